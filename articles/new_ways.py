"""Turning an address that was asked for in vain into a redirect: to what, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet

from articles.address_guesses import Candidate, best_guesses, last_name, sounds, words_of
from articles.models import Article, MissingPage, Redirect
from articles.models.article import path_of_slug
from articles.models.existence import there_is
from articles.navigation import public_authors, public_sections, public_series, public_tags
from articles.queries.compiled import Statement
from articles.queries.compound import answers
from articles.search.engines import beginning_with_any
from articles.search.suggestions import keys_of

# Essays beyond this many of the newest, whose every sound is compared, are found by their words.
_NEWEST = 1000
_MOST_WITH_THE_WORDS = 20
_MOST_LISTS = 5000


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an old address can be sent: an article by its number, or else a path."""

    name: str
    article: int | None = None
    target: str = ""


class Destinations:
    """Every page that some missing addresses may have meant, loaded once for all of them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._candidates = [*_articles(paths), *_lists(), *_old_addresses()]

    def for_path(self, path: str, count: int = 3) -> list[Destination]:
        """The likeliest destinations of a path, the best first."""
        guesses = best_guesses(path, self._candidates, count)
        return [guess.page for guess in guesses if isinstance(guess.page, Destination)]


def destination_of(article: Article) -> Destination:
    return Destination(_called(article.title), article=article.pk)


def _called(title: str) -> str:
    return f"〈{title}〉 글"


def _articles(paths: Iterable[str]) -> Iterable[Candidate]:
    shown = Article.objects.published().newest_first()
    paths = list(paths)
    rows = {row[0]: row for row in _named(shown[:_NEWEST])}
    older = (
        shown.filter(pk__in=_with_the_words_of(paths)),
        shown.filter(slug__in=[last_name(path) for path in paths]),
    )
    for articles in older:
        rows |= {row[0]: row for row in _named(articles)}
    for pk, slug, title in rows.values():
        page = Destination(_called(title), article=pk)
        yield Candidate(page, (sounds(slug), sounds(title)))


def _named(articles: QuerySet[Article]) -> QuerySet[Any, Any]:
    return articles.values_list("pk", "slug", "title")


def _with_the_words_of(paths: Iterable[str]) -> list[int]:
    """Return articles of any age with two words of a path in the title, or its only one.

    A slip in one of three words leaves the others.
    """
    asked: list[Statement] = []
    for path in paths:
        keys = keys_of(words_of(path))
        groups = [list(pair) for pair in combinations(keys, 2)] or [keys]
        if keys:
            ways = beginning_with_any(groups, _MOST_WITH_THE_WORDS)
            asked.append(Statement(ways.sql, ways.params))
    return [key for found in answers(asked) for (key,) in found]


def _lists() -> Iterable[Candidate]:
    kinds: dict[str, tuple[QuerySet[Any], str]] = {
        "카테고리": (public_sections(), "name"),
        "연재": (public_series(), "title"),
        "필자": (public_authors(), "name"),
        "태그": (public_tags(), "name"),
    }
    for kind, (rows, label) in kinds.items():
        # Paths are kept as a reader would type them.
        prefix = rows.model(slug="x").get_absolute_url().split("/")[1]
        for slug, name in rows.values_list("slug", label)[:_MOST_LISTS]:
            page = Destination(f"〈{name}〉 {kind}", target=f"/{prefix}/{slug}/")
            yield Candidate(page, (sounds(slug), sounds(name)))


def _old_addresses() -> Iterable[Candidate]:
    """Former addresses of what readers see: a slip in one of them means the same article."""
    # Asked of each, because SQLite would make a list of all that is published first.
    rows = Redirect.objects.filter(
        there_is(Article.objects.published().filter(pk=OuterRef("article")))
    )
    for old in rows.select_related("article").only("old_path", "article__title")[:_MOST_LISTS]:
        if old.article:
            yield Candidate(destination_of(old.article), (sounds(words_of(old.old_path)),))


def send_on(page: MissingPage, redirect: Redirect) -> None:
    """Keep the redirect of a missing page and take the page off the list.

    The path may have been an old one already, of something readers no longer see.
    """
    with transaction.atomic():
        Redirect.objects.filter(old_path=redirect.old_path).delete()
        redirect.save()
        MissingPage.objects.filter(pk=page.pk).delete()


def article_at(path: str) -> Article | None:
    """The article whose page has this path, which a redirect then follows wherever it moves."""
    parts = path.split("/")
    if len(parts) != 4 or path != path_of_slug(parts[2]):
        return None
    return Article.objects.filter(slug=parts[2]).only("slug", "title").first()
