from django.db import models

from articles.models.author import Author


class ArticleAuthor(models.Model):
    """One name in a byline; position orders the names."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="byline"
    )
    author = models.ForeignKey(Author, models.PROTECT, verbose_name="필자")
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = "필자"
        verbose_name_plural = "필자"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("article", "author"),
                name="articles_articleauthor_unique",
                violation_error_message="같은 필자가 두 번 들어 있습니다.",
            )
        ]

    def __str__(self) -> str:
        return str(self.author)
