"""What is offered instead of nothing: while somebody types, and when nothing was found."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db.models import Count, QuerySet

from articles.models import Article, ArticleQuerySet, Author, Series, Tag
from articles.navigation import public_authors, public_series, public_tags
from articles.search import hangul
from articles.search.engines import beginning_with
from articles.search.tokens import KEY_LENGTH, prepared

MOST_CHARACTERS = 60
_MOST_WORDS = 5
_MOST_TITLES = 6
# Of the titles that were written last, whether they are published or not.
_MOST_LOOKED_AT = 1_000
_MOST_NAMES = 3
# Tags of so many of the newest articles are what is written about now.
_LATELY = 300
_MOST_TAGS = 14
_MOST_NEWEST = 4

_WORD = re.compile(r"[^\W_]+")


class Suggestion(NamedTuple):
    """A page of the site: what it is called, of what kind it is, and where."""

    text: str
    kind: str
    url: str


def suggestions(text: str) -> list[Suggestion]:
    """Return pages that may be meant by what is typed so far, in four queries or none.

    A syllable that is still open, as 기수 on its way to 기술, and initials are enough.
    """
    keys = keys_of(text)
    if not keys:
        return []
    beginning = beginning_with(keys, _MOST_LOOKED_AT)
    titles = Article.objects.published().filter(pk__in=beginning).newest_first()
    found = [
        Suggestion(article.title, "글", article.get_absolute_url())
        for article in titles.only("title", "slug")[:_MOST_TITLES]
    ]
    typed = " ".join(prepared(text[:MOST_CHARACTERS]).split())
    return [*_names_beginning(typed), *found]


def keys_of(text: str) -> list[str]:
    """Return how the words of a title begin that is being typed; none of a single letter."""
    letters = [hangul.letters(word) for word in _WORD.findall(prepared(text[:MOST_CHARACTERS]))]
    if len("".join(letters[:_MOST_WORDS])) < 2:
        return []
    return [word[:KEY_LENGTH] for word in letters[:_MOST_WORDS]]


def _names_beginning(text: str) -> list[Suggestion]:
    tags = public_tags().filter(name__istartswith=text)[:_MOST_NAMES]
    authors = public_authors().filter(name__istartswith=text)[:_MOST_NAMES]
    series = public_series().filter(title__istartswith=text)[:_MOST_NAMES]
    return _as_suggestions(authors, series, tags)


def places_called(text: str) -> list[Suggestion]:
    """Return the author, series and tag of exactly this name, in three queries."""
    tags = public_tags().filter(name__iexact=text)[:1]
    authors = public_authors().filter(name__iexact=text)[:1]
    series = public_series().filter(title__iexact=text)[:1]
    return _as_suggestions(authors, series, tags)


def _as_suggestions(
    authors: QuerySet[Author], series: QuerySet[Series], tags: QuerySet[Tag]
) -> list[Suggestion]:
    return [
        *(Suggestion(author.name, "필자", author.get_absolute_url()) for author in authors),
        *(Suggestion(one.title, "연재", one.get_absolute_url()) for one in series),
        *(Suggestion(f"#{tag.name}", "태그", tag.get_absolute_url()) for tag in tags),
    ]


def tags_of_late() -> QuerySet[Tag]:
    """Return the tags that most of the newest articles have, the most frequent first."""
    newest = Article.objects.published().newest_first().values_list("pk", flat=True)[:_LATELY]
    tags = Tag.objects.filter(tagged_articles__content_object__in=list(newest))
    by_use: QuerySet[Tag] = tags.annotate(uses=Count("tagged_articles")).order_by("-uses", "name")
    return by_use[:_MOST_TAGS]


def newest() -> ArticleQuerySet:
    shown = ("slug", "title", "published_at")
    return Article.objects.published().newest_first().only(*shown)[:_MOST_NEWEST]
