"""What articles are found by, made from them by `articles.search.index`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections, models, transaction

from articles.models.fields import NormalisedCharField
from articles.search.queries import phrase_of
from articles.text import one_line


class StaleTextManager(models.Manager["StaleText"]):
    def mark(self, articles: Iterable[int]) -> None:
        """Note that articles are not found by what they say. It costs one query."""
        marks = [self.model(article_id=article) for article in sorted(articles)]
        self.bulk_create(marks, ignore_conflicts=True)

    def mark_all(self, documents: models.QuerySet[SearchDocument]) -> None:
        """Note it of the articles of these documents, however many. It costs one query."""
        keys = documents.order_by("pk").distinct().values("pk")
        sql, values = keys.query.sql_with_params()
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"{_MARK} SELECT * FROM ({sql}) AS marked {_ONCE}", values)  # noqa: S608


# A query that ends with a table's name would be joined with what follows, hence the condition.
_MARK = "INSERT INTO articles_staletext (article_id)"
_ONCE = "WHERE TRUE ON CONFLICT DO NOTHING"


class StaleText(models.Model):
    """An article that is to be indexed, though it may be found by what it said before.

    A row of its own, because to change anything about a document costs PostgreSQL a new entry in
    its index for each of hundreds of words.
    """

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="stale_text"
    )

    objects = StaleTextManager()

    class Meta:
        verbose_name = "다시 색인할 글"
        verbose_name_plural = "다시 색인할 글"

    def __str__(self) -> str:
        return str(self.article_id)


class SearchDocument(models.Model):
    """The tokens of one article, between spaces; `articles.search.tokens` says what they are.

    Each database keeps an index of these columns by itself, in SQL that a migration wrote. SQLite
    does it by triggers: a migration that alters this table must create them anew.
    """

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="search_document"
    )
    title_tokens = models.TextField(blank=True)
    body_tokens = models.TextField(blank=True)
    gram_tokens = models.TextField(blank=True)
    title_keys = models.TextField(blank=True)
    # Of the rules by which the tokens were made.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "찾기 색인"
        verbose_name_plural = "찾기 색인"


@contextmanager
def following_the_name(named: models.Model, field: str, place: str) -> Iterator[None]:
    """Save a row within: if its name becomes another, the articles found by it become stale.

    `place` is where a document names such rows. It costs one query when the name stays.
    """
    with transaction.atomic():
        rows = type(named)._default_manager.filter(pk=named.pk)
        before = rows.values_list(field, flat=True).first() if named.pk else None
        yield
        if before not in (None, getattr(named, field)):
            StaleText.objects.mark_all(SearchDocument.objects.filter(**{place: named}))


class SearchTerm(models.Model):
    """A word that some article holds, published or not, and in how many it was when counted."""

    word = models.CharField(max_length=40, unique=True)
    article_count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "찾는 낱말"
        verbose_name_plural = "찾는 낱말"


class SynonymGroup(models.Model):
    """Words that readers mean the same by: whoever looks for one finds the others too."""

    words = NormalisedCharField(
        "같은 말",
        max_length=300,
        unique=True,
        help_text="쉼표로 나눕니다. 보기: 오픈AI, OpenAI, 오픈에이아이",
    )
    phrases = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = "동의어"
        verbose_name_plural = "동의어"
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words

    def save(self, **kwargs: Any) -> None:
        """Save, dividing the words into tokens as texts are divided now."""
        self.phrases = [list(phrase) for phrase in self._phrases()]
        super().save(**kwargs)

    def clean(self) -> None:
        super().clean()
        if len(self._phrases()) < 2:
            raise ValidationError({"words": "서로 다른 말을 둘 이상 쉼표로 나누어 적어 주세요."})

    def _phrases(self) -> list[tuple[str, ...]]:
        names = (one_line(name) for name in self.words.split(","))
        phrases = (phrase_of(name) for name in names)
        return list(dict.fromkeys(phrase for phrase in phrases if phrase))
