"""What articles are found by, made from them by `articles.search.index`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from articles.models.fields import NormalisedCharField
from articles.search.queries import phrase_of
from articles.search.tokens import VERSION
from articles.text import one_line


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def mark_stale(self, articles: Iterable[int]) -> None:
        """Note that articles have another text than they are found by. It costs one query."""
        self.filter(pk__in=articles).update(version=0)

    def expect(self, article: int) -> None:
        """Let an article wait to be indexed that does not look newly added. It costs one query."""
        self.bulk_create([self.model(article_id=article)], ignore_conflicts=True)

    def mark_all_stale(self) -> None:
        """Note it of all that are chosen. Within a transaction; it costs two queries."""
        # Locked in one order, so that somebody who indexes some of them is waited for, not met.
        list(self.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        self.update(version=0)


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
    # Of the rules by which the tokens were made; 0 when the article has changed since.
    version = models.PositiveIntegerField(default=0)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "찾기 색인"
        verbose_name_plural = "찾기 색인"
        indexes = [
            # What waits to be indexed is asked for every few seconds.
            models.Index(
                fields=("article",), condition=models.Q(version=0), name="articles_search_stale"
            ),
        ]

    @property
    def is_stale(self) -> bool:
        return self.version != VERSION


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
            SearchDocument.objects.filter(**{place: named}).mark_all_stale()


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
