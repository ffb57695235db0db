"""The picture above a text, with words of its own or those of the picture."""

from __future__ import annotations

from django.db import models

from articles.models.fields import NormalisedCharField
from articles.models.image import Image


class WithLeadPicture(models.Model):
    """A row with a lead picture; words that are not given are the picture's."""

    lead_image = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name="대표 그림",
        null=True,
        blank=True,
        related_name="leading_articles",
    )
    lead_image_alt = NormalisedCharField(
        "대표 그림의 대체 텍스트",
        max_length=300,
        blank=True,
        help_text="비워 두면 그림에 적어 둔 것을 씁니다.",
    )
    lead_image_caption = NormalisedCharField("대표 그림의 설명", max_length=300, blank=True)
    lead_image_credit = NormalisedCharField("대표 그림의 출처", max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def lead_alt(self) -> str:
        return self.lead_image_alt or (self.lead_image.alt if self.lead_image else "")

    @property
    def lead_caption(self) -> str:
        return self.lead_image_caption or (self.lead_image.caption if self.lead_image else "")

    @property
    def lead_credit(self) -> str:
        return self.lead_image_credit or (self.lead_image.credit if self.lead_image else "")
