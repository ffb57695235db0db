"""Finding the pictures of a document beside it and taking them into the media library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from articles.intake.web_pictures import web_address
from articles.models import Image, PictureOrigin
from articles.models.image import checksum_of, image_name, remove_files_after_commit
from articles.pictures import Picture, PictureError, cleaned_picture
from articles.text import normalised

Fetch = Callable[[str], bytes]

# Each is looked for at dozens of places.
MAX_PICTURES = 5000


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
    # Where on the web it was fetched from just now.
    origin: str = ""

    def needed_by(self, changes: AbstractSet[str]) -> bool:
        """Whether one of the fields that change shows this picture."""
        return "body" in changes or (self.leads and "lead_image" in changes)

    def store(self) -> None:
        if self.picture is None and not self.origin:
            return
        stored = Image.objects.with_checksum(self.checksum)
        if stored is None and self.picture is not None:
            stored = Image.objects.shelve(
                self.checksum, self.picture, alt=self.alt, caption=self.caption
            )
        if self.origin and stored is not None:
            PictureOrigin.objects.note(self.origin, self.checksum, stored)

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
    document: ImportedArticle, source: Source, fetch: Fetch | None = None
) -> tuple[list[PlannedPicture], list[str]]:
    """Find the document's pictures; returns them and a warning for each one missing.

    Looks beside the document, then among those fetched before, and at last asks `fetch`, which
    returns the bytes at a web address or raises ImportFailure. Writes nothing. Raises
    ImportFailure for a document of absurdly many pictures.
    """
    found: list[PlannedPicture] = []
    warnings: list[str] = []
    wanted = pictures_in(document)
    if len(wanted) > MAX_PICTURES:
        raise ImportFailure(f"the document shows more than {MAX_PICTURES:,} pictures")
    origins = _origins_of(wanted)
    for image in wanted:
        try:
            if picture := _found(image, document, source, origins, fetch):
                found.append(picture)
        except ImportFailure as failure:
            warnings.append(f"image {failure}: {image.reference[:200]}")
    return found, warnings


def _found(
    image: ImportedImage,
    document: ImportedArticle,
    source: Source,
    origins: Mapping[str, PictureOrigin],
    fetch: Fetch | None,
) -> PlannedPicture | None:
    """Return the picture, or None for one that stays where it is. Raises ImportFailure."""
    reference = image.reference
    leads = reference == document.lead_image
    if not is_web_address(reference):
        return _planned(image, read_picture(reference, document, source), leads=leads)
    if (data := _copy(reference, document, source)) is not None:
        return _planned(image, data, leads=leads)
    address = web_address(reference)
    if origin := origins.get(address):
        return _fetched_before(image, origin, leads=leads)
    if fetch is not None and not _is_ours(reference):
        return _planned(image, fetch(address), leads=leads, origin=address)
    if is_of_site(reference, document.site):
        raise ImportFailure("not found beside the export")
    return None


def _origins_of(images: Sequence[ImportedImage]) -> dict[str, PictureOrigin]:
    """Return what was fetched before of the pictures on the web, by address."""
    addresses = [web_address(image.reference) for image in images if is_remote(image.reference)]
    return PictureOrigin.objects.by_address(addresses) if addresses else {}


def is_web_address(reference: str) -> bool:
    """Whether the picture lives elsewhere on the web, or in our own library already.

    Blogs have a folder of our library's name too: what it does not hold is looked for beside them.
    """
    return _is_ours(reference) or reference.startswith(("http://", "https://", "//"))


def _is_ours(reference: str) -> bool:
    return bool(Image.objects.may_be_at(reference) and Image.objects.at([reference]))


def pictures_in(document: ImportedArticle) -> list[ImportedImage]:
    """Return the pictures that a document shows, its lead image last unless the text shows it."""
    images = {image.reference: image for image in document.images}
    if document.lead_image:
        images.setdefault(document.lead_image, ImportedImage(document.lead_image))
    return list(images.values())


def read_picture(reference: str, document: ImportedArticle, source: Source) -> bytes:
    """Return the bytes of a picture beside its document. Raises ImportFailure."""
    if is_remote(reference):
        data = _copy(reference, document, source)
        if data is None:
            raise ImportFailure("has an address that is never read")
        return data
    for name in candidates(reference, source.name, document.image_root):
        if source.folder.has(name):
            return source.folder.read(name)
    return source.folder.read(_only_file_named(reference, source.folder))


def _copy(address: str, document: ImportedArticle, source: Source) -> bytes | None:
    """Return the copy of a web picture that was saved along with its page, or lies beside it."""
    if source.folder.has(address):
        return source.folder.read(address)
    if is_of_site(address, document.site):
        for name in copies(address, source.name):
            if source.folder.has(name):
                return source.folder.read(name)
    return None


def _only_file_named(reference: str, folder: Folder) -> str:
    """Find the picture by its file name alone, when only one file has that name."""
    names = folder.named(PurePosixPath(normalised(unquote(reference))).name)
    if not names:
        raise ImportFailure("not found")
    if len(names) > 1:
        raise ImportFailure(f"not found where it is said to be, and {len(names)} share its name")
    return names[0]


def _planned(image: ImportedImage, data: bytes, *, leads: bool, origin: str = "") -> PlannedPicture:
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
    return PlannedPicture(
        image.reference, url, checksum, picture, image.alt, image.caption, leads, origin
    )


def _fetched_before(image: ImportedImage, origin: PictureOrigin, *, leads: bool) -> PlannedPicture:
    url = origin.image.url_of(origin.checksum)
    return PlannedPicture(
        image.reference, url, origin.checksum, None, image.alt, image.caption, leads
    )
