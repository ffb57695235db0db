"""One article in several languages: where readers and search engines find the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from articles.languages import name_of
from articles.models import Article
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

    all: list[Version] = field(default_factory=list)
    default: Version | None = None

    def besides(self, language: str) -> list[Version]:
        return [version for version in self.all if version.language != language]


def versions_of(article: Article) -> Versions:
    """Return what readers find of an article from `with_translations()` in other languages.

    Two queries, or none for an article that has no other version.
    """
    if article.translation_of_id is None and not article.is_translated:  # type: ignore[attr-defined]
        return Versions()
    original = article.translation_of_id or article.pk
    return _grouped([original]).get(original, Versions())


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
    groups: dict[int, list[Article]] = defaultdict(list)
    for article in known.order_by("pk").only("slug", "language", "translation_of"):
        groups[article.translation_of_id or article.pk].append(article)
    return {key: _versions(group, key) for key, group in groups.items() if len(group) > 1}


def _versions(group: Iterable[Article], original: int) -> Versions:
    by_key: Mapping[int, Version] = {article.pk: _version(article) for article in group}
    return Versions(list(by_key.values()), by_key.get(original))


def _version(article: Any) -> Version:
    return Version(article.language, name_of(article.language), article.get_absolute_url())
