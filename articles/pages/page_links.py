"""What an article's page leads to by a name and an address, in one query whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value

from articles.models import Article, ArticleQuerySet, TaggedArticle
from articles.pages.episodes import Neighbours, neighbours
from articles.pages.section_neighbours import SectionNeighbours, newer_in, older_in
from articles.pages.steps import Step
from articles.queries.compiled import CompiledQuery
from articles.translations import Versions, in_any_language, versions_by

_TAG, _VERSION, _EPISODE, _OLDER, _NEWER = range(5)

Rows = QuerySet[Any, Any]


class TagLink(NamedTuple):
    pk: int
    slug: str
    name: str


class PageLinks(NamedTuple):
    """The tags by name, the other languages, and the steps in the series or else the category."""

    tags: tuple[TagLink, ...]
    versions: Versions
    episodes: Neighbours | None
    section_steps: SectionNeighbours | None

    @property
    def steps(self) -> list[Step]:
        """What the steps to both sides lead to."""
        both: Iterable[Step | None] = ()
        if self.episodes:
            both = (self.episodes.previous, self.episodes.next)
        elif self.section_steps:
            both = self.section_steps
        return [step for step in both if step]


class _Row(NamedTuple):
    """`name` is what its kind is called by: a tag's name, a version's language, a title."""

    kind: int
    pk: int
    episode: int
    slug: str
    name: str

    @property
    def step(self) -> Step:
        return Step(*self[1:])


def links_of(article: Article, at: datetime) -> PageLinks:
    """Return what readers find beside an article at `at`."""
    original = article.translation_of_id or article.pk
    found = [_Row(*row) for row in _asked(article, original, at)]

    def steps(kind: int) -> list[Step]:
        return [row.step for row in found if row.kind == kind]

    tags = (TagLink(row.pk, row.slug, row.name) for row in found if row.kind == _TAG)
    languages = {row.pk: (row.name, row.slug) for row in found if row.kind == _VERSION}
    episodes = neighbours(article.pk, steps(_EPISODE))
    section_steps = None
    if episodes is None and article.category_id is not None:
        older, newer = (next(iter(steps(kind)), None) for kind in (_OLDER, _NEWER))
        section_steps = SectionNeighbours(older, newer)
    return PageLinks(
        tuple(sorted(tags, key=lambda tag: tag.name)),
        versions_by(dict(sorted(languages.items())), original),
        episodes,
        section_steps,
    )


def _asked(article: Article, original: int, at: datetime) -> list[Any]:
    if article.series_id is not None:
        return _in_series(article.pk, original, at, article.series_id)
    if article.category_id is not None and article.published_at is not None:
        return _in_section(article.pk, original, at, article.category_id, article.published_at)
    return _alone(article.pk, original, at)


def _beside(pk: int, original: int, at: datetime) -> tuple[Rows, Rows]:
    tags = TaggedArticle.objects.filter(content_object=pk).order_by()
    return (
        tags.values_list(Value(_TAG), "tag_id", Value(0), "tag__slug", "tag__name"),
        _as_rows(_VERSION, _those_seen(in_any_language(original), at), name="language"),
    )


def _those_seen(articles: ArticleQuerySet, at: datetime) -> ArticleQuerySet:
    """Keep what readers see at `at` of a few articles.

    Each is looked at by its number: SQLite would rather read every published article first.
    """
    return articles.filter(
        Exists(Article.objects.published(at).filter(pk=OuterRef("pk")).order_by())
    )


def _as_rows(
    kind: int, articles: ArticleQuerySet, *, episode: str = "", name: str = "title"
) -> Rows:
    number = episode or Value(0)
    return articles.order_by().values_list(Value(kind), "pk", number, "slug", name)


def _together(ask: Callable[..., Iterable[Rows]]) -> CompiledQuery:
    def asked(*values: Any) -> Rows:
        first, *others = ask(*values)
        return first.union(*others, all=True)

    return CompiledQuery(asked)


_alone = _together(_beside)
_in_series = _together(
    lambda pk, original, at, series: (
        *_beside(pk, original, at),
        _as_rows(
            _EPISODE, _those_seen(Article.objects.filter(series=series), at), episode="episode"
        ),
    )
)
_in_section = _together(
    lambda pk, original, at, category, moment: (
        *_beside(pk, original, at),
        _as_rows(_OLDER, older_in(category, moment, pk, at)),
        _as_rows(_NEWER, newer_in(category, moment, pk, at)),
    )
)
