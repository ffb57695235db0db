"""Turning an address that was asked for in vain into a redirect: to what, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles.address_guesses import Candidate, best_guesses, sounds, words_of
from articles.models import Article, MissingPage, Redirect
from articles.models.article import path_of_slug
from articles.navigation import public_authors, public_sections, public_series, public_tags

# Essays beyond this many of the newest are found by search only.
_MOST_CANDIDATES = 5000


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an old address can be sent: an article by its number, or else a path."""

    name: str
    article: int | None = None
    target: str = ""


class Destinations:
    """Every page that a missing address may have meant, loaded once for many guesses."""

    def __init__(self) -> None:
        self._candidates = [*_articles(), *_lists(), *_old_addresses()]

    def for_path(self, path: str, count: int = 3) -> list[Destination]:
        """The likeliest destinations of a path, the best first."""
        guesses = best_guesses(path, self._candidates, count)
        return [guess.page for guess in guesses if isinstance(guess.page, Destination)]


def destination_of(article: Article) -> Destination:
    return Destination(f"〈{article.title}〉 글", article=article.pk)


def _articles() -> Iterable[Candidate]:
    rows = Article.objects.published().newest_first().only("slug", "title")[:_MOST_CANDIDATES]
    for article in rows:
        yield Candidate(destination_of(article), (sounds(article.slug), sounds(article.title)))


def _lists() -> Iterable[Candidate]:
    kinds: dict[str, QuerySet[Any]] = {
        "카테고리": public_sections().only("slug", "name"),
        "연재": public_series().only("slug", "title"),
        "필자": public_authors().only("slug", "name"),
        "태그": public_tags().only("slug", "name"),
    }
    for kind, rows in kinds.items():
        for row in rows[:_MOST_CANDIDATES]:
            # Paths are kept as a reader would type them.
            prefix = row.get_absolute_url().split("/")[1]
            page = Destination(f"〈{row}〉 {kind}", target=f"/{prefix}/{row.slug}/")
            yield Candidate(page, (sounds(row.slug), sounds(str(row))))


def _old_addresses() -> Iterable[Candidate]:
    """Former addresses of what readers see: a slip in one of them means the same article."""
    rows = Redirect.objects.filter(article__in=Article.objects.published().values("pk"))
    for old in rows.select_related("article").only("old_path", "article__title")[:_MOST_CANDIDATES]:
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
