"""What is offered instead of nothing: while somebody types, and when nothing was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Tag
from articles.queries.compiled import CompiledQuery
from articles.search import hangul, names
from articles.search.engines import beginning_with
from articles.search.names import Suggestion
from articles.search.tokens import KEY_LENGTH, prepared

MOST_CHARACTERS = 60
_MOST_WORDS = 5
_MOST_TITLES = 6
# Of the titles that were written last, whether they are published or not: the more when too few
# of the few are.
_MOST_LOOKED_AT = (60, 1_000)
_MOST_NAMES = 3
# Tags of so many of the newest articles are what is written about now.
_LATELY = 300
_MOST_TAGS = 14
_MOST_NEWEST = 4

_WORD = re.compile(r"[^\W_]+")


def suggestions(text: str) -> list[Suggestion]:
    """Return pages that may be meant by what is typed so far, in two queries, three or none.

    A syllable that is still open, as 기수 on its way to 기술, and initials are enough.
    """
    keys = keys_of(text)
    if not keys:
        return []
    typed = " ".join(prepared(text[:MOST_CHARACTERS]).split())
    return [*names.beginning_with(typed, _MOST_NAMES), *_titles(keys)]


def _titles(keys: Sequence[str]) -> list[Suggestion]:
    found: list[Suggestion] = []
    for most in _MOST_LOOKED_AT:
        matches = beginning_with(keys, most)
        rows = _articles(matches.sql)(timezone.now(), *matches.params)
        found = [Suggestion.of("articles:article", "글", title, slug) for title, slug in rows]
        if len(found) == _MOST_TITLES:
            break
    return found


def keys_of(text: str) -> list[str]:
    """Return how the words of a title begin that is being typed; none of a single letter."""
    letters = [hangul.letters(word) for word in _WORD.findall(prepared(text[:MOST_CHARACTERS]))]
    if len("".join(letters[:_MOST_WORDS])) < 2:
        return []
    return [word[:KEY_LENGTH] for word in letters[:_MOST_WORDS]]


def places_called(text: str) -> list[Suggestion]:
    """Return the author, series and tag of exactly this name, in one query."""
    return names.called(text)


@cache
def _articles(sql: str) -> CompiledQuery:
    def build(at: Any, *params: Any) -> QuerySet[Article, Any]:
        matches = RawSQL(sql, params)  # noqa: S611 - of articles.search.engines
        newest = Article.objects.published(at).filter(pk__in=matches).newest_first()
        return newest.values_list("title", "slug")[:_MOST_TITLES]

    return CompiledQuery(build)


def tags_of_late() -> QuerySet[Tag]:
    """Return the tags that most of the newest articles have, the most frequent first."""
    newest = Article.objects.published().newest_first().values_list("pk", flat=True)[:_LATELY]
    tags = Tag.objects.filter(tagged_articles__content_object__in=list(newest))
    by_use: QuerySet[Tag] = tags.annotate(uses=Count("tagged_articles")).order_by("-uses", "name")
    return by_use[:_MOST_TAGS]


def newest() -> ArticleQuerySet:
    shown = ("slug", "title", "published_at")
    return Article.objects.published().newest_first().only(*shown)[:_MOST_NEWEST]
