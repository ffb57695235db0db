"""Pictures: one row and one file for the same bytes, however often they are used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from articles.models.fields import NormalisedCharField
from articles.pictures import Picture, cleaned_picture
from articles.rendering import ImageSize


class ImageQuerySet(models.QuerySet["Image"]):
    def store(self, data: bytes, *, alt: str = "", caption: str = "", credit: str = "") -> Image:
        """Return the image of these bytes, writing file and row only the first time.

        Raises PictureError for anything that is not a picture fit to show.
        """
        checksum = checksum_of(data)
        if existing := self.filter(checksum=checksum).first():
            return existing
        return self.shelve(checksum, cleaned_picture(data), alt=alt, caption=caption, credit=credit)

    def shelve(
        self, checksum: str, picture: Picture, *, alt: str = "", caption: str = "", credit: str = ""
    ) -> Image:
        """Write a picture that was cleaned before; `checksum` is that of its original bytes."""
        image = Image(
            alt=alt[:300],
            caption=caption[:300],
            credit=credit[:120],
            width=picture.width,
            height=picture.height,
            checksum=checksum,
        )
        name = image_name(checksum, picture.suffix)
        # A file that no row knows was left by an import that was killed, perhaps half written.
        # The name belongs to these bytes: under another one no text would find the picture.
        default_storage.delete(name)
        image.file.name = default_storage.save(name, ContentFile(picture.data))
        try:
            with transaction.atomic():
                image.save()
        except IntegrityError:
            # Somebody else has stored the same bytes since they were looked for.
            return self.get(checksum=checksum)
        return image

    def with_url(self, url: str) -> Image:
        """Return the image at an address of ours (`/media/…`); raises DoesNotExist."""
        return self.get(file=url.removeprefix(settings.MEDIA_URL))

    def sizes(self, sources: Iterable[str]) -> dict[str, ImageSize]:
        """Map those of the given addresses (`/media/…`) that we hold to width and height."""
        prefix = settings.MEDIA_URL
        names = {s.removeprefix(prefix) for s in sources if s.startswith(prefix)}
        rows = self.filter(file__in=names).values_list("file", "width", "height")
        return {f"{prefix}{name}": ImageSize(width, height) for name, width, height in rows}


def checksum_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal: a picture's identity."""
    return hashlib.sha256(data).hexdigest()


def image_name(checksum: str, suffix: str) -> str:
    """Return the storage name of a picture.

    It comes from the content, so a hostile or clashing file name cannot matter.
    """
    return f"images/{checksum[:2]}/{checksum[:20]}{suffix}"


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
    checksum = models.CharField("확인값", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("올린 때", auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "그림"
        verbose_name_plural = "그림"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="articles_image_has_a_size"
            )
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or PurePosixPath(self.file.name or "").name

    @property
    def url(self) -> str:
        return self.file.url
