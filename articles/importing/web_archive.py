"""A page saved together with its pictures: as MHTML, as Safari's web archive, or as a frame.

What belongs to the page is found in the reading's folder, under the address that it had on the web.
"""

from __future__ import annotations

import binascii
import io
import plistlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.html_source import parse_page
from articles.importing.image_paths import candidates
from articles.importing.picture_addresses import original
from articles.importing.readings import Reading
from articles.importing.sources import Folder, Source

MAX_BYTES = 60_000_000
MAX_PARTS = 5000
_MAX_HEADER_BYTES = 20_000
# As much as a picture may be, with what base64 adds to it.
_MAX_PART_BYTES = 30_000_000
_MAX_OBJECTS = 100_000
_HEAD = 4000

_MHTML = re.compile(
    rb"^(?:Content-Type:\s*multipart/related|From: <Saved by )", re.IGNORECASE | re.MULTILINE
)
_HEADER = re.compile(rb"\s{0,9}[A-Za-z][A-Za-z0-9-]{1,60}: ?")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_SAFARI = b"bplist00"
_FRAME = re.compile(rb"<i?frame\b[^<>]{0,800}\bid=[\"']?mainFrame\b[^<>]{0,800}>", re.IGNORECASE)
_BESIDE_FRAME = re.compile(rb"(\bsrc=[\"'])\./(?=[^\"'<>/]{1,250}[\"'])")
_FRAME_SOURCE = re.compile(rb"\bsrc=[\"']([^\"'<>]{1,600})")


def is_web_archive(head: bytes) -> bool:
    """Whether the beginning of a file is that of a page saved with what belongs to it."""
    if head.startswith(_SAFARI):
        return True
    return _HEADER.match(head) is not None and _MHTML.search(head[:_HEAD]) is not None


def is_frame(head: bytes) -> bool:
    """Whether a page is the one of Naver's that only frames a post."""
    return b"naver.com" in head and _FRAME.search(head) is not None


def read_web_archive(source: Source, *, takes_pages: bool) -> Iterator[Reading]:
    """Yield the page in the archive. Raises ImportFailure when it is too large or holds none."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportFailure(f"the web archive is larger than {MAX_BYTES // 1_000_000} MB")
    parts = list(_safari_parts(data) if data.startswith(_SAFARI) else _mhtml_parts(data))
    own = replace(source, folder=_ArchiveFolder(source.folder, parts))
    yield Reading(own, partial(_loaded, _page(parts), source.name))


def read_frame(source: Source, *, takes_pages: bool) -> Iterator[Reading]:
    """Yield the post that the browser has saved beside the page that frames it.

    Without one the page itself is yielded, whose reading says what is wrong.
    """
    data = source.read()
    match = _FRAME.search(data)
    address = _FRAME_SOURCE.search(match[0]) if match else None
    inner = address[1].decode("utf-8", "replace") if address else ""
    places = [] if "//" in inner or not inner else candidates(inner, source.name)
    found = next((place for place in places if source.folder.has(place)), source.name)
    own = replace(source, name=found)
    yield Reading(own, partial(_read_inner, own))


def _read_inner(source: Source) -> tuple[ImportedArticle, bytes]:
    data = source.read()
    # The frame's own file lies among what it shows, and says so.
    folder = PurePosixPath(source.name).parent.name.encode()
    page = _BESIDE_FRAME.sub(rb"\1./" + folder.replace(b"\\", rb"\\") + b"/", data)
    return parse_page(page if folder.endswith(b"_files") else data, source.name), data


@dataclass(frozen=True, slots=True)
class _Part:
    """A file in an archive; `address` is where it was on the web."""

    address: str
    kind: str
    encoding: str
    data: bytes
    start: int
    end: int

    def content(self) -> bytes:
        """Return the file's bytes. Raises ImportFailure."""
        if self.end - self.start > _MAX_PART_BYTES:
            raise ImportFailure("a part of the web archive is larger than 20 MB")
        raw = self.data[self.start : self.end]
        if self.encoding == "quoted-printable":
            return quopri.decodestring(raw)
        if self.encoding != "base64":
            return raw
        try:
            return binascii.a2b_base64(raw)
        except binascii.Error as error:
            raise ImportFailure(f"a part of the web archive is damaged: {error}") from error


def _loaded(page: _Part, name: str) -> tuple[ImportedArticle, bytes]:
    data = page.content()
    return parse_page(data, name), data


def _mhtml_parts(data: bytes) -> Iterator[_Part]:
    top, body = _headers(data, 0, len(data))
    base = _text(top, "Snapshot-Content-Location") or _text(top, "Content-Location")
    boundary = (top.get_boundary() or "").encode("ascii", "replace")
    if not boundary:
        yield _part(top, base, data, body, len(data))
        return
    marks = re.compile(rb"^--" + re.escape(boundary), re.MULTILINE).finditer(data, body)
    starts = [mark.start() for mark, _ in zip(marks, range(MAX_PARTS + 1), strict=False)]
    if len(starts) > MAX_PARTS:
        raise ImportFailure(f"the web archive holds more than {MAX_PARTS} files")
    for start, end in pairwise([*starts, len(data)]):
        line_end = data.find(b"\n", start, end) + 1
        if line_end and not data.startswith(b"--", start + len(boundary) + 2):
            headers, content = _headers(data, line_end, end)
            yield _part(headers, base, data, content, end)


def _headers(data: bytes, start: int, end: int) -> tuple[Message, int]:
    """Return the headers from `start` on, and where they have ended."""
    found = _HEADER_END.search(data, start, min(end, start + _MAX_HEADER_BYTES))
    stop = found.end() if found else start
    return BytesHeaderParser().parsebytes(data[start:stop]), stop


def _text(headers: Message, name: str) -> str:
    return str(headers.get(name, "")).strip()


def _part(headers: Message, base: str, data: bytes, start: int, end: int) -> _Part:
    address = _joined(base, _text(headers, "Content-Location"))
    encoding = _text(headers, "Content-Transfer-Encoding").lower()
    return _Part(address, headers.get_content_type(), encoding, data, start, end)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _safari_parts(data: bytes) -> Iterator[_Part]:
    # The last 32 bytes say how many objects there are, each of which takes memory.
    if int.from_bytes(data[-24:-16], "big") > _MAX_OBJECTS:
        raise ImportFailure(f"the web archive holds more than {_MAX_OBJECTS:,} objects")
    try:
        archive = plistlib.loads(data)
    except (plistlib.InvalidFileException, ValueError, RecursionError, OverflowError) as error:
        raise ImportFailure("the web archive of Safari cannot be read") from error
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    others = archive.get("WebSubresources") if isinstance(archive, dict) else None
    for each in [main, *(others if isinstance(others, list) else [])][:MAX_PARTS]:
        content = _field(each, "WebResourceData", bytes)
        if content is not None:
            kind = _field(each, "WebResourceMIMEType", str) or ""
            address = _field(each, "WebResourceURL", str) or ""
            yield _Part(address, kind, "", content, 0, len(content))


def _field(record: object, name: str, kind: type) -> Any:
    value = record.get(name) if isinstance(record, dict) else None
    return value if isinstance(value, kind) else None


def _page(parts: list[_Part]) -> _Part:
    """Return the page: the first one, unless that only frames a post of Naver's."""
    pages = [part for part in parts if part.kind in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ImportFailure("the web archive holds no page")
    framed = (page for page in pages[1:] if "/PostView." in page.address)
    return next(framed, pages[0]) if is_frame(pages[0].content()) else pages[0]


class _ArchiveFolder:
    """What was saved with a page, by web address, over the folder that the archive is in."""

    def __init__(self, around: Folder, parts: list[_Part]) -> None:
        self._around = around
        self._parts: dict[str, _Part] = {}
        for part in sorted(parts, key=lambda each: each.end - each.start, reverse=True):
            for name in _names(part.address):
                self._parts.setdefault(name, part)

    def documents(self) -> Iterator[str]:
        return iter(())

    def has(self, name: str) -> bool:
        return self._part(name) is not None or self._around.has(name)

    def named(self, file_name: str) -> list[str]:
        return self._around.named(file_name)

    def read(self, name: str) -> bytes:
        part = self._part(name)
        return part.content() if part else self._around.read(name)

    def open(self, name: str) -> BinaryIO:
        part = self._part(name)
        return io.BytesIO(part.content()) if part else self._around.open(name)

    def _part(self, name: str) -> _Part | None:
        found = (self._parts[each] for each in _names(name) if each in self._parts)
        return next(found, None)


def _names(address: str) -> list[str]:
    """Return what a picture is known by: its address, that of its original, both without sizes.

    A blurred stand-in is never taken for the picture.
    """
    try:
        query = urlsplit(address).query
    except ValueError:
        return [address]
    if "blur" in query:
        return [address]
    whole = original(address)
    return [address, whole, whole.partition("?")[0]]
