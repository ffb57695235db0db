"""Where documents and their pictures are read from: files, folders and zip archives.

Nothing outside the folder that the operator named is ever read, and an archive is read in
place, never unpacked, so a hostile name or link in it can do nothing.
"""

from __future__ import annotations

import errno
import os
import posixpath
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO, Protocol, cast

from articles.importing.archive_directory import is_directory_within
from articles.importing.detection import HEAD_LENGTH, is_ghost_export, is_wordpress_export
from articles.importing.documents import ImportFailure
from articles.text import normalised

MAX_FILE_BYTES = 20_000_000
MAX_ARCHIVE_FILES = 100_000
# Room for that many names of a hundred bytes, and what stands beside each.
MAX_ARCHIVE_DIRECTORY = 200 * MAX_ARCHIVE_FILES
MAX_ARCHIVE_BYTES = 1_000_000_000
MAX_ARCHIVE_RATIO = 200
# Folders within folders; pictures are looked for in each of those around a document.
MAX_DEPTH = 50

# What stands before a file's bytes in an archive, its name not counted.
_LOCAL_HEADER = 30
_TEXT_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".mdown", ".txt", ".text")
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive")
DOCUMENT_SUFFIXES = frozenset([*_TEXT_SUFFIXES, *_PAGE_SUFFIXES])
# Files of these endings are documents only if they are exports of many.
_EXPORTS = {".xml": is_wordpress_export, ".json": is_ghost_export}
# The bit by which an archive says that a name in it is UTF-8.
_IS_UTF_8 = 0x800
# Where browsers put what belongs to a page that they save: `Essay.html`, `Essay_files/`.
_COMPANY = ("_files", ".files")
# Folders of drafts and posts lie one below the site's root, where their pictures are found.
POST_FOLDERS = frozenset({"_posts", "_drafts", "_pages", "posts", "drafts"})


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold; files of up to `any_ratio` bytes may be packed however tightly."""

    files: int = MAX_ARCHIVE_FILES
    total_bytes: int = MAX_ARCHIVE_BYTES
    any_ratio: int = 0


class Folder(Protocol):
    """A tree of files that may be read, by path relative to its top, in NFC, with slashes."""

    def documents(self) -> Iterator[str]:
        """Yield the names of the documents in it, sorted."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is such a file, inside the tree."""
        ...

    def named(self, file_name: str) -> list[str]:
        """Return every file of that name, in whatever folder of the tree."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's bytes. Raises ImportFailure when it cannot or may not be read."""
        ...

    def open(self, name: str) -> BinaryIO:
        """Open a file of any size, to be read bit by bit. Raises ImportFailure."""
        ...


class DiskFolder:
    """A folder on disk; links that lead out of it are as good as absent."""

    def __init__(self, top: Path) -> None:
        self._top = top.resolve()
        # What may not be looked into, and why; known once the folder's files were listed.
        self.closed: dict[str, str] = {}

    @cached_property
    def _names(self) -> list[str]:
        names = []
        for folder, inner, files in os.walk(self._top, onerror=self._note_closed):
            inside = Path(folder).relative_to(self._top)
            if len(inside.parts) >= MAX_DEPTH and inner:
                inner.clear()
                self.closed[_name_of(inside)] = f"it holds folders more than {MAX_DEPTH} deep"
            paths = (Path(folder, file) for file in files)
            names += [
                _name_of(path.relative_to(self._top)) for path in paths if self._is_file(path)
            ]
        return sorted(names)

    def _is_file(self, path: Path) -> bool:
        """Whether it is a plain file, or a link to one: a pipe would be waited for, for ever."""
        try:
            return stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ELOOP):
                self._note_closed(error)
            return False

    def _note_closed(self, error: OSError) -> None:
        name = _name_of(Path(str(error.filename)).relative_to(self._top))
        self.closed[name] = f"it cannot be read: {error.strerror}"

    def documents(self) -> Iterator[str]:
        return (name for name in self._names if self.has(name) and _holds_documents(self, name))

    def has(self, name: str) -> bool:
        return self.path_of(name) is not None

    @cached_property
    def _by_file_name(self) -> dict[str, list[str]]:
        return _by_file_name(self._names)

    def named(self, file_name: str) -> list[str]:
        return self._by_file_name.get(file_name, [])

    def read(self, name: str) -> bytes:
        path = self.path_of(name)
        if path is None:
            raise ImportFailure("there is no such file in the folder")
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise ImportFailure("the file is larger than 20 MB")
            return path.read_bytes()
        except OSError as error:
            raise ImportFailure(f"the file cannot be read: {error.strerror}") from error

    def open(self, name: str) -> BinaryIO:
        """Open a file of any size, to be read bit by bit. Raises ImportFailure."""
        path = self.path_of(name)
        if path is None:
            raise ImportFailure("there is no such file in the folder")
        try:
            return path.open("rb")
        except OSError as error:
            raise ImportFailure(f"the file cannot be read: {error.strerror}") from error

    def path_of(self, name: str) -> Path | None:
        """Find the file under the name's composed or decomposed form, links resolved."""
        for form in dict.fromkeys(unicodedata.normalize(form, name) for form in ("NFC", "NFD")):
            try:
                place = self._top / form
                # Pictures are looked for at many places; only what is there is worth resolving.
                path = place.resolve() if place.is_file() else None
                if path and path.is_relative_to(self._top) and path.is_file():
                    return path
            except (OSError, ValueError, RuntimeError):
                # No file can have a name this long, or with a NUL in it, or be a link to itself.
                return None
        return None


class FileSurroundings(DiskFolder):
    """The folder around one named document: its pictures are found where they are said to be.

    Nothing is searched for, because the folder may be somebody's whole home.
    """

    def named(self, file_name: str) -> list[str]:
        return []


class ZipFolder:
    """The files inside a zip archive, refused as a whole when the archive is hostile."""

    def __init__(self, path: Path, limits: ArchiveLimits = ArchiveLimits()) -> None:
        self._archive = open_archive(path, limits)
        entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        _refuse_hostile_archive(entries, limits)
        self._entries = {_name_of(PurePosixPath(_file_name(entry))): entry for entry in entries}

    @cached_property
    def _by_file_name(self) -> dict[str, list[str]]:
        return _by_file_name(self._entries)

    def documents(self) -> Iterator[str]:
        return (name for name in sorted(self._entries) if _holds_documents(self, name))

    def has(self, name: str) -> bool:
        return name in self._entries

    def named(self, file_name: str) -> list[str]:
        return self._by_file_name.get(file_name, [])

    def read(self, name: str) -> bytes:
        try:
            with self._archive.open(self._entries[name]) as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except (KeyError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise ImportFailure(f"the file cannot be read from the archive: {error}") from error
        if len(data) > MAX_FILE_BYTES:
            raise ImportFailure("the file is larger than 20 MB")
        return data

    def open(self, name: str) -> BinaryIO:
        """Open a file of any size, to be read bit by bit. Raises ImportFailure."""
        try:
            return cast("BinaryIO", self._archive.open(self._entries[name]))
        except (KeyError, OSError, RuntimeError, zipfile.BadZipFile) as error:
            raise ImportFailure(f"the file cannot be read from the archive: {error}") from error


def _by_file_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names by what stands after their last slash."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[2], []).append(name)
    return found


def _file_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; of archives that do not say so, it is UTF-8, or Windows' Korean."""
    if entry.flag_bits & _IS_UTF_8 or entry.filename.isascii():
        return entry.filename
    for encoding in ("utf-8", "cp949"):
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode(encoding)
    return entry.filename


def is_document(name: str) -> bool:
    """Whether a file of this name may hold an essay: by its ending, hidden ones left out."""
    return _suffix(name) in DOCUMENT_SUFFIXES and not _is_hidden(name)


def _suffix(name: str) -> str:
    return posixpath.splitext(name)[1].lower()


def _holds_documents(folder: Folder, name: str) -> bool:
    """Whether a file is a document, or an export of many; other XML is a blog's feed or map."""
    is_export = _EXPORTS.get(_suffix(name))
    if is_export is None or _is_hidden(name):
        return is_document(name) and not _belongs_to_page(folder, name)
    try:
        with Source(name, name, name, folder).open() as file:
            return is_export(file.read(HEAD_LENGTH))
    except ImportFailure:
        return False


def _belongs_to_page(folder: Folder, name: str) -> bool:
    """Whether a browser has saved the file along with a page, as a frame or an advertisement."""
    if not any(f"{end}/" in name for end in _COMPANY):
        return False
    for parent in PurePosixPath(name).parents:
        stem = next(
            (parent.name.removesuffix(end) for end in _COMPANY if parent.name.endswith(end)), ""
        )
        if stem and any(
            folder.has(str(parent.parent / f"{stem}{end}")) for end in (".html", ".htm")
        ):
            return True
    return False


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def open_archive(path: Path, limits: ArchiveLimits) -> zipfile.ZipFile:
    """Open an archive, unless it is none or has too many files, which is told before reading names.

    Raises ImportFailure.
    """
    try:
        with path.open("rb") as file:
            is_within = is_directory_within(file, MAX_ARCHIVE_DIRECTORY, limits.files)
        if is_within:
            return zipfile.ZipFile(path)
    except (OSError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
        raise ImportFailure(f"the zip archive cannot be opened: {error}") from error
    raise ImportFailure("the zip archive holds more files than anybody's site")


def _refuse_hostile_archive(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(entries) > limits.files:
        raise ImportFailure(f"the zip archive holds more than {limits.files} files")
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        size = limits.total_bytes // 1_000_000_000
        raise ImportFailure(f"the zip archive unpacks to more than {size} GB")
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(in_order):
        if entry.header_offset + entry.compress_size + _LOCAL_HEADER > following.header_offset:
            raise ImportFailure(f"the zip archive's files overlap: {entry.filename[:200]!r}")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        # A bare "." has no parts, and no place inside the archive either.
        outside = path.is_absolute() or ".." in path.parts or not path.parts
        if outside or ":" in path.parts[0] or len(path.parts) > MAX_DEPTH:
            raise ImportFailure(f"the zip archive holds an unsafe name: {entry.filename[:200]!r}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ImportFailure(f"the zip archive holds a link: {entry.filename[:200]!r}")
        bomb = entry.file_size > MAX_ARCHIVE_RATIO * max(entry.compress_size, 1024)
        if bomb and entry.file_size > limits.any_ratio:
            raise ImportFailure(f"the zip archive holds a zip bomb: {entry.filename[:200]!r}")


@dataclass(frozen=True)
class Source:
    """One document to import.

    `label` is what reports call it, `ref` its lasting identity, `name` its path inside
    `folder`, in which its pictures are looked for. `is_self_named` is whether the document itself
    says its identity, which then holds whatever becomes of its text.
    """

    label: str
    ref: str
    name: str
    folder: Folder
    is_self_named: bool = False

    def read(self) -> bytes:
        """Return the document's bytes. Raises ImportFailure."""
        return self.folder.read(self.name)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the document, however large, at its beginning. Raises ImportFailure.

        That goes for what only shows while it is read, too, such as an archive's damage.
        """
        try:
            with self.folder.open(self.name) as file:
                yield file
        except (OSError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ImportFailure(f"the file cannot be read: {error}") from error

    def with_folder_in_ref(self) -> Source:
        """Return the source under an identity that names the folder or archive it is from too."""
        outside = self.label.removesuffix(self.ref).rstrip("/")
        return replace(self, ref=f"{PurePosixPath(outside).name}/{self.ref}".lstrip("/"))


@dataclass(frozen=True)
class UnreadableSource:
    """A path that gave no document, and why."""

    label: str
    problem: str


def find_sources(paths: Iterable[Path]) -> Iterator[Source | UnreadableSource]:
    """Yield every document that the paths name, each path in its own sorted order.

    The identity of a document is its path inside the folder or archive that was named, so
    the same import from another working directory finds the same articles again.
    """
    for path in paths:
        try:
            for source in _sources_at(path):
                yield _with_readable_name(source) if isinstance(source, Source) else source
        except ImportFailure as failure:
            yield UnreadableSource(printable(str(path)), str(failure))


def _with_readable_name(source: Source) -> Source | UnreadableSource:
    """Refuse a file whose name is not one line of text, as reports and the database want it."""
    label = printable(source.label)
    if label == source.label:
        return source
    return UnreadableSource(label, "the file's name is not one line of UTF-8; rename the file")


def printable(label: str) -> str:
    """Return the label as one line of text; what is none, or would break the line, is escaped."""
    if label.isprintable():
        return label
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in {"Cc", "Cs"}
        else character
        for character in label
    )


def _sources_at(path: Path) -> Iterator[Source | UnreadableSource]:
    mode = _mode_of(path)
    if stat.S_ISDIR(mode):
        yield from _documents(str(path), DiskFolder(path))
    elif not stat.S_ISREG(mode):
        raise ImportFailure("it is neither a file nor a folder (- reads standard input)")
    elif zipfile.is_zipfile(path):
        yield from _documents(str(path), ZipFolder(path))
    else:
        top = path.resolve().parent
        top = top.parent if top.name in POST_FOLDERS else top
        name = _name_of(path.resolve().relative_to(top))
        ref = normalised(path.name)
        yield Source(str(path), ref, name, FileSurroundings(top))


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ImportFailure("there is no such file or folder") from error
    except OSError as error:
        raise ImportFailure(f"it cannot be read: {error.strerror}") from error


def _documents(label: str, folder: DiskFolder | ZipFolder) -> Iterator[Source | UnreadableSource]:
    names = list(folder.documents())
    closed = folder.closed if isinstance(folder, DiskFolder) else {}
    if not names and not closed:
        raise ImportFailure("no document was found in it")
    label = label.rstrip("/")
    for name, problem in closed.items():
        yield UnreadableSource(printable(f"{label}/{name}".removesuffix("/.")), problem)
    for name in names:
        yield Source(f"{label}/{name}", name, name, folder)


def _name_of(path: PurePath) -> str:
    return normalised(path.as_posix())
