"""Which article shows which picture in its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from articles.models.image import Image

if TYPE_CHECKING:
    from articles.models.article import Article


class ImageUseQuerySet(models.QuerySet["ImageUse"]):
    def record(self, article: Article, images: Iterable[Image]) -> None:
        """Note that the article's text shows exactly these pictures."""
        shown = {image.pk for image in images}
        noted = set(self.filter(article=article).values_list("image_id", flat=True))
        if gone := noted - shown:
            self.filter(article=article, image_id__in=gone).delete()
        # Another save of the same article may note the same at the same time.
        new = [ImageUse(article=article, image_id=key) for key in sorted(shown - noted)]
        ImageUse.objects.bulk_create(new, ignore_conflicts=True)


class ImageUse(models.Model):
    """One picture in one text, written whenever the text is rendered.

    It protects the picture from being deleted, and says what to render anew when it changes.
    """

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="image_uses"
    )
    image = models.ForeignKey(Image, models.PROTECT, verbose_name="그림", related_name="uses")

    objects = ImageUseQuerySet.as_manager()

    class Meta:
        verbose_name = "본문의 그림"
        verbose_name_plural = "본문의 그림"
        constraints = [
            models.UniqueConstraint(
                fields=("article", "image"), name="articles_imageuse_once_per_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.image}"
