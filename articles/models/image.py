"""Pictures: one row and one file for the same bytes, however often they are used."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from articles.models.fields import NormalisedCharField
from articles.picture_renditions import (
    MEDIA_TYPES,
    RENDITIONS_VERSION,
    rendition_name,
    rendition_widths,
)
from articles.pictures import Picture, cleaned_picture
from articles.rendering import KnownImage, SourceSet

# A picture's name and those of its copies begin with the first digits of its checksum.
_NAME = re.compile(r"images/[0-9a-f]{2}/([0-9a-f]{20})[.-]")
# The stylesheet has a class for every tenth.
_FOCUS_STEP = 10


class ImageQuerySet(models.QuerySet["Image"]):
    def store(self, data: bytes, *, alt: str = "", caption: str = "", credit: str = "") -> Image:
        """Return the image of these bytes, writing file and row only the first time.

        Raises PictureError for anything that is not a picture fit to show.
        """
        checksum = checksum_of(data)
        if existing := self.with_checksum(checksum):
            return existing
        return self.shelve(checksum, cleaned_picture(data), alt=alt, caption=caption, credit=credit)

    def shelve(
        self, checksum: str, picture: Picture, *, alt: str = "", caption: str = "", credit: str = ""
    ) -> Image:
        """Write a picture that was cleaned before; `checksum` is that of its original bytes."""
        image = Image(alt=alt[:300], caption=caption[:300], credit=credit[:120])
        image.take(checksum, picture)
        try:
            with transaction.atomic():
                image.save()
        except IntegrityError:
            # Somebody else has stored the same bytes since they were looked for.
            return self.get(checksum=checksum)
        return image

    def with_checksum(self, checksum: str) -> Image | None:
        """Return the image of the original bytes, or the one that has taken their place."""
        return self.filter(checksum=checksum).first() or (
            self.filter(former_files__checksum=checksum).first()
        )

    def with_url(self, url: str) -> Image:
        """Return the image at an address of ours (`/media/…`); raises DoesNotExist."""
        if image := self.at([url]).get(url):
            return image
        raise self.model.DoesNotExist(f"No image has the address {url}.")

    @staticmethod
    def may_be_at(source: str) -> bool:
        """Whether the address is one of the media library."""
        return source.startswith(settings.MEDIA_URL)

    def at(self, sources: Iterable[str]) -> dict[str, Image]:
        """Map those of the given addresses (`/media/…`) that we hold to their images.

        An address from before a replacement leads to the picture that stands there now.
        """
        prefix = settings.MEDIA_URL
        names = {s.removeprefix(prefix) for s in sources if self.may_be_at(s)}
        if not names:
            return {}
        found: dict[str, Image] = {str(row.file.name): row for row in self.filter(file__in=names)}
        if former := names - found.keys():
            files = FormerFile.objects.filter(name__in=former).select_related("image")
            found |= {file.name: file.image for file in files}
        return {f"{prefix}{name}": image for name, image in found.items()}

    def standing_for(self, name: str) -> Image | None:
        """Return the image that a file which is no longer there has belonged to."""
        if match := _NAME.match(name):
            former = Q(former_files__checksum__startswith=match[1])
            return self.filter(former | Q(checksum__startswith=match[1])).first()
        return None

    def unused(self) -> ImageQuerySet:
        """Keep what no article, author, series or banner shows."""
        return self.filter(
            leading_articles=None,
            uses=None,
            portrayed_authors=None,
            covered_series=None,
            banners=None,
        )

    def with_use_counts(self) -> ImageQuerySet:
        """Add lead_count, text_count and so on: who shows the picture."""
        relations = {
            "lead_count": "leading_articles",
            "text_count": "uses",
            "portrait_count": "portrayed_authors",
            "cover_count": "covered_series",
            "banner_count": "banners",
        }
        return self.annotate(**{name: _count_of(relation) for name, relation in relations.items()})

    def without_renditions(self) -> ImageQuerySet:
        """Keep what has no smaller copies yet, or those of an older recipe."""
        return self.exclude(renditions_version=RENDITIONS_VERSION)

    def delete(self) -> tuple[int, dict[str, int]]:
        names = [name for image in self for name in image.file_names()]
        deleted = super().delete()
        remove_files_after_commit(names)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


def _count_of(relation: str) -> Coalesce:
    """Count by a query of its own, because joins would multiply one count by the other."""
    counts = Image.objects.filter(pk=OuterRef("pk")).order_by().annotate(number=Count(relation))
    return Coalesce(Subquery(counts.values("number")), 0)


def checksum_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal: a picture's identity."""
    return hashlib.sha256(data).hexdigest()


def image_name(checksum: str, suffix: str) -> str:
    """Return the storage name of a picture.

    It comes from the content, so a hostile or clashing file name cannot matter.
    """
    return f"images/{checksum[:2]}/{checksum[:20]}{suffix}"


def write_file(name: str, data: bytes) -> None:
    """Store a file under exactly this name.

    What no row knows was left by a process that was killed, perhaps half written. The name
    belongs to these bytes: under another one no text would find the picture.
    """
    default_storage.delete(name)
    try:
        default_storage.save(name, ContentFile(data))
        _await_disk(name)
    except OSError:
        # A full disk shall not leave half a picture.
        default_storage.delete(name)
        raise


def _await_disk(name: str) -> None:
    """Return when the bytes are on the disk: the row that names them soon will be, too."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        # A bucket keeps what it has acknowledged.
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())


def remove_files_after_commit(names: Iterable[str]) -> None:
    """Remove files that no image knows any more once that is certain."""
    names = set(names)

    def remove() -> None:
        images = Image.objects.filter(file__in=names)
        kept = {name for image in images for name in image.file_names()}
        for name in names - kept:
            default_storage.delete(name)

    transaction.on_commit(remove)


class Image(models.Model):
    file = models.FileField("파일", upload_to="images/", max_length=200, unique=True)
    alt = NormalisedCharField(
        "대체 텍스트",
        max_length=300,
        blank=True,
        help_text="그림을 보지 못하는 독자에게 읽어 주는 글입니다.",
    )
    caption = NormalisedCharField("설명", max_length=300, blank=True)
    credit = NormalisedCharField("출처", max_length=120, blank=True)
    width = models.PositiveIntegerField("너비", editable=False)
    height = models.PositiveIntegerField("높이", editable=False)
    focus_x = models.PositiveSmallIntegerField(
        "초점 가로(%)", default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        "초점 세로(%)", default=50, validators=[MaxValueValidator(100)]
    )
    checksum = models.CharField("확인값", max_length=64, unique=True, editable=False)
    # Widths that exist in every kind of file, and the recipe they were made by; 0 is none yet.
    rendition_widths = models.JSONField(editable=False, default=list)
    renditions_version = models.PositiveSmallIntegerField(editable=False, default=0, db_index=True)
    renditions_claimed_until = models.DateTimeField(editable=False, null=True)
    created_at = models.DateTimeField("올린 때", auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "그림"
        verbose_name_plural = "그림"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="articles_image_has_a_size"
            ),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100),
                name="articles_image_focus_is_inside",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or PurePosixPath(self.file.name or "").name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and its files once that is certain; raises ProtectedError when in use."""
        names = self.file_names()
        deleted = super().delete(*args, **kwargs)
        remove_files_after_commit(names)
        return deleted

    @property
    def url(self) -> str:
        return self.file.url

    def url_of(self, checksum: str) -> str:
        """The address by which texts call the picture that these original bytes became."""
        former = self.former_files.filter(checksum=checksum).first()
        return f"{settings.MEDIA_URL}{former.name}" if former else self.url

    def take(self, checksum: str, picture: Picture) -> None:
        """Write the file of a picture and become that picture, without saving."""
        name = image_name(checksum, picture.suffix)
        write_file(name, picture.data)
        self.file.name = name
        self.checksum = checksum
        self.width, self.height = picture.width, picture.height
        self.rendition_widths, self.renditions_version = [], 0
        self.renditions_claimed_until = None

    def rendition_url(self, width: int, suffix: str) -> str:
        return rendition_name(self.url, width, self.renditions_version, suffix)

    def copy_url(self, at_least: int) -> str:
        """Return the smallest copy of that width or more, or the picture itself."""
        fitting = [width for width in self.rendition_widths if width >= at_least]
        return self.rendition_url(min(fitting), "webp") if fitting else self.url

    @property
    def source_sets(self) -> tuple[SourceSet, ...]:
        """The copies that exist, the best kind first; empty for a picture without any."""
        if not self.rendition_widths:
            return ()
        return tuple(
            SourceSet(
                media_type,
                ", ".join(f"{self.rendition_url(w, suffix)} {w}w" for w in self.rendition_widths),
            )
            for suffix, media_type in MEDIA_TYPES.items()
        )

    def known_as(self, source: str) -> KnownImage:
        """What the renderer has to know of the picture that a text calls by this address."""
        is_current = source == f"{settings.MEDIA_URL}{self.file.name}"
        return KnownImage(self.width, self.height, "" if is_current else self.url, self.source_sets)

    @property
    def focus_classes(self) -> str:
        """The classes that keep what matters in sight where the picture is cropped."""
        places = (("x", self.focus_x), ("y", self.focus_y))
        nearest = (
            (axis, (v + _FOCUS_STEP // 2) // _FOCUS_STEP * _FOCUS_STEP) for axis, v in places
        )
        return " ".join(f"focus-{axis}-{place}" for axis, place in nearest if place != 50)

    def file_names(self) -> list[str]:
        """The storage names of the picture and of every copy that may be there of it."""
        # A copy that is being made, or was when its maker was killed, is in no row yet.
        upcoming = self._names_of(rendition_widths(self.width), RENDITIONS_VERSION)
        return list(dict.fromkeys([str(self.file.name), *self.rendition_names(), *upcoming]))

    def rendition_names(self) -> list[str]:
        """The storage names of the copies that are noted."""
        return self._names_of(self.rendition_widths, self.renditions_version)

    def _names_of(self, widths: Iterable[int], version: int) -> list[str]:
        name = str(self.file.name)
        return [
            rendition_name(name, width, version, suffix)
            for width in widths
            for suffix in MEDIA_TYPES
        ]


class FormerFile(models.Model):
    """What an image was before it was replaced: texts and documents may still call it so."""

    image = models.ForeignKey(
        Image, models.CASCADE, verbose_name="그림", related_name="former_files"
    )
    name = models.CharField("파일", max_length=200, unique=True)
    checksum = models.CharField("확인값", max_length=64, unique=True)

    class Meta:
        verbose_name = "옛 파일"
        verbose_name_plural = "옛 파일"

    def __str__(self) -> str:
        return self.name
