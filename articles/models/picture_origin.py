"""Where on the web a picture was fetched from, so that it is fetched once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from articles.models.image import Image

MAX_ADDRESS = 2000


class PictureOriginQuerySet(models.QuerySet["PictureOrigin"]):
    def by_address(self, addresses: Iterable[str]) -> dict[str, PictureOrigin]:
        """Map those of the web addresses that were fetched before to what they became."""
        known = self.filter(address__in=set(addresses)).select_related("image")
        return {origin.address: origin for origin in known}

    def note(self, address: str, checksum: str, image: Image) -> None:
        """Remember what was fetched; an address beyond all reason is fetched again next time."""
        if len(address) <= MAX_ADDRESS:
            self.update_or_create(address=address, defaults={"checksum": checksum, "image": image})


class PictureOrigin(models.Model):
    image = models.ForeignKey(Image, models.CASCADE, verbose_name="그림", related_name="origins")
    address = models.CharField("주소", max_length=MAX_ADDRESS, unique=True)
    # Of the original bytes: another file may have taken the picture's place since.
    checksum = models.CharField("확인값", max_length=64)
    fetched_at = models.DateTimeField("가져온 때", auto_now_add=True)

    objects = PictureOriginQuerySet.as_manager()

    class Meta:
        verbose_name = "그림이 온 곳"
        verbose_name_plural = "그림이 온 곳"

    def __str__(self) -> str:
        return self.address
