"""Finding the pictures of a document beside it and taking them into the media library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.db import DatabaseError

from articles.importing.documents import ImportedArticle, ImportedImage, ImportFailure
from articles.importing.image_paths import candidates, copies, is_of_site, is_remote
from articles.importing.sources import Folder, Source
from articles.models import Image
from articles.models.image import checksum_of, image_name, remove_files_after_commit
from articles.pictures import Picture, PictureError, cleaned_picture
from articles.text import normalised


@dataclass(frozen=True, slots=True)
class PlannedPicture:
    """A picture found beside its document; `url` is where it is, or will be once stored.

    `picture` is None when the library holds the same bytes already.
    """

    reference: str
    url: str
    checksum: str
    picture: Picture | None
    alt: str
    caption: str
    leads: bool

    def needed_by(self, changes: AbstractSet[str]) -> bool:
        """Whether one of the fields that change shows this picture."""
        return "body" in changes or (self.leads and "lead_image" in changes)

    def store(self) -> None:
        if self.picture is None or Image.objects.with_checksum(self.checksum):
            return
        Image.objects.shelve(self.checksum, self.picture, alt=self.alt, caption=self.caption)

    @property
    def file_name(self) -> str:
        return self.url.removeprefix(settings.MEDIA_URL)


@contextmanager
def without_stray_files(pictures: Sequence[PlannedPicture]) -> Iterator[None]:
    """Remove the files of these pictures that no row knows when storing them comes to nothing."""
    try:
        yield
    except (Exception, KeyboardInterrupt):
        names = {picture.file_name for picture in pictures if picture.picture is not None}
        with suppress(DatabaseError):
            if names:
                remove_files_after_commit(names)
        raise


def plan_pictures(
    document: ImportedArticle, source: Source
) -> tuple[list[PlannedPicture], list[str]]:
    """Find the document's local pictures; returns them and a warning for each one missing.

    Reads the source's folder and the database and writes nothing.
    """
    found: list[PlannedPicture] = []
    warnings: list[str] = []
    for image in pictures_in(document):
        if not _is_at_hand(image.reference, document, source):
            continue
        try:
            data = read_picture(image.reference, document, source)
            found.append(_planned(image, data, leads=image.reference == document.lead_image))
        except ImportFailure as failure:
            warnings.append(f"image {failure}: {image.reference[:200]}")
    return found, warnings


def _is_at_hand(reference: str, document: ImportedArticle, source: Source) -> bool:
    """Whether a picture is to be looked for beside the document, or was saved along with it."""
    is_elsewhere = is_web_address(reference) and not is_of_site(reference, document.site)
    return not is_elsewhere or source.folder.has(reference)


def is_web_address(reference: str) -> bool:
    """Whether the picture lives elsewhere on the web, or in our own library already.

    Blogs have a folder of our library's name too: what it does not hold is looked for beside them.
    """
    if reference.startswith(settings.MEDIA_URL):
        return bool(Image.objects.at([reference]))
    return reference.startswith(("http://", "https://", "//"))


def pictures_in(document: ImportedArticle) -> list[ImportedImage]:
    """Return the pictures that a document shows, its lead image last unless the text shows it."""
    images = {image.reference: image for image in document.images}
    if document.lead_image:
        images.setdefault(document.lead_image, ImportedImage(document.lead_image))
    return list(images.values())


def read_picture(reference: str, document: ImportedArticle, source: Source) -> bytes:
    """Return the bytes of a picture beside its document. Raises ImportFailure."""
    if is_web_address(reference) and source.folder.has(reference):
        return source.folder.read(reference)
    if is_of_site(reference, document.site):
        return _read_copy(reference, source)
    if is_remote(reference):
        raise ImportFailure("has an address that is never read")
    for name in candidates(reference, source.name, document.image_root):
        if source.folder.has(name):
            return source.folder.read(name)
    return source.folder.read(_only_file_named(reference, source.folder))


def _read_copy(address: str, source: Source) -> bytes:
    """Read a picture of the document's own site from the copy of its files beside the document."""
    for name in copies(address, source.name):
        if source.folder.has(name):
            return source.folder.read(name)
    raise ImportFailure("not found beside the export")


def _only_file_named(reference: str, folder: Folder) -> str:
    """Find the picture by its file name alone, when only one file has that name."""
    names = folder.named(PurePosixPath(normalised(unquote(reference))).name)
    if not names:
        raise ImportFailure("not found")
    if len(names) > 1:
        raise ImportFailure(f"not found where it is said to be, and {len(names)} share its name")
    return names[0]


def _planned(image: ImportedImage, data: bytes, *, leads: bool) -> PlannedPicture:
    checksum = checksum_of(data)
    stored = Image.objects.with_checksum(checksum)
    picture = None
    if stored is None:
        try:
            picture = cleaned_picture(data)
        except PictureError as error:
            raise ImportFailure(f"refused ({error})") from error
        url = settings.MEDIA_URL + image_name(checksum, picture.suffix)
    else:
        url = stored.url_of(checksum)
    return PlannedPicture(image.reference, url, checksum, picture, image.alt, image.caption, leads)
