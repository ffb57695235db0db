"""One article in several languages: where readers and search engines find the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from articles.languages import name_of
from articles.models import Article, ArticleQuerySet
from articles.site import absolute


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language; `address` is absolute, `path` is the site's own."""

    language: str
    name: str
    path: str

    @property
    def address(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions that readers may see, this one among them; nothing where it is the only one.

    `default` is the original, for readers of any other language; None while they cannot see it.
    """

    all: tuple[Version, ...] = ()
    default: Version | None = None

    def besides(self, language: str) -> list[Version]:
        return [version for version in self.all if version.language != language]


def versions_by(languages: Mapping[int, tuple[str, str]], original: int) -> Versions:
    """Return the versions that readers see, by the language and slug of each article's number."""
    if len(languages) < 2:
        return Versions()
    by_key = {
        pk: Version(language, name_of(language), reverse("articles:article", args=[slug]))
        for pk, (language, slug) in languages.items()
    }
    return Versions(tuple(by_key.values()), by_key.get(original))


def in_any_language(original: int) -> ArticleQuerySet:
    """Keep an original and its translations, whether readers see them or not."""
    return Article.objects.filter(Q(pk=original) | Q(translation_of=original))


def versions_in_part(first: int, end: int) -> dict[int, Versions]:
    """Return the versions of the articles with these numbers that have some, by their originals.

    One query where nothing is translated, otherwise three.
    """
    touched = Q(translation_of__gte=first, translation_of__lt=end) | Q(pk__gte=first, pk__lt=end)
    translated = Article.objects.filter(touched, translation_of__isnull=False)
    originals = set(translated.order_by().values_list("translation_of", flat=True))
    return _grouped(originals) if originals else {}


def _grouped(originals: Iterable[int | None]) -> dict[int, Versions]:
    keys = list(originals)
    # By number, because SQLite would read every published article to find these few.
    joined = Article.objects.filter(Q(pk__in=keys) | Q(translation_of__in=keys)).order_by()
    known = Article.objects.published().filter(pk__in=list(joined.values_list("pk", flat=True)))
    groups: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for article in known.order_by("pk").only("slug", "language", "translation_of"):
        group = groups[article.translation_of_id or article.pk]
        group[article.pk] = (article.language, article.slug)
    return {key: versions_by(group, key) for key, group in groups.items() if len(group) > 1}
