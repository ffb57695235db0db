"""What the front page shows: the top, then blocks in the editors' order.

`select` is pure. Pins come first, and every block takes from what the blocks before it have
left, so nothing appears twice, and a block that finds nothing is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, FrontBlock, Series
from articles.most_read import first_seven
from articles.navigation import running_series
from articles.pages.front_arrangement import PlacedBlock, Plan
from articles.pages.stories import Named, Story, padded, stories
from articles.queries.compiled import CompiledQuery
from articles.queries.compound import answers

# The lead and those beside it.
TOP_SIZE = 4
# Without a pin the newest story leads, unless it has no picture and one of the next few has.
LEAD_CANDIDATES = 4
# Queries are kept for so many sizes of blocks.
_SIZES = 32


class Candidate(NamedTuple):
    """What decides where an article stands; in order by age, whichever way moments are written."""

    published_at: Any
    pk: int
    category_id: int | None
    lead_image_id: int | None


# What stands in a layout: candidates while it is made, then stories.
Item = TypeVar("Item")


class SectionBlock(NamedTuple, Generic[Item]):
    category: Named
    lead: Item
    headlines: tuple[Item, ...]

    @property
    def kind(self) -> str:
        return FrontBlock.Kind.SECTION.value

    @property
    def items(self) -> tuple[Item, ...]:
        return (self.lead, *self.headlines)


class SeriesBlock(NamedTuple):
    series: tuple[Series, ...]

    @property
    def kind(self) -> str:
        return FrontBlock.Kind.SERIES.value


class LatestBlock(NamedTuple, Generic[Item]):
    items: tuple[Item, ...]

    @property
    def kind(self) -> str:
        return FrontBlock.Kind.LATEST.value


Block = SectionBlock[Item] | SeriesBlock | LatestBlock[Item]


@dataclass(frozen=True, slots=True)
class FrontLayout(Generic[Item]):
    """The page in reading order; `lead` is None on an empty site."""

    lead: Item | None = None
    secondary: tuple[Item, ...] = ()
    blocks: tuple[Block[Item], ...] = ()

    def items(self) -> Iterator[Item]:
        if self.lead is not None:
            yield self.lead
        yield from self.secondary
        for block in self.blocks:
            if not isinstance(block, SeriesBlock):
                yield from block.items


@dataclass(frozen=True, slots=True)
class Front:
    """What readers see: the layout, the sections in which they find something, and what is hot."""

    layout: FrontLayout[Story]
    sections: list[Named]
    hot: tuple[Story, ...]


def load(plan: Plan, at: datetime | None = None, *, ranking: Sequence[int] = ()) -> Front:
    """Choose from the database what readers see at `at` (now), of a ranking the first seven.

    One query finds keys by index, two what is shown of those that were chosen, one the series.
    """
    at = at or timezone.now()
    blocks = [block for block in plan.blocks if block.is_shown]
    found = _found(plan, blocks, at, ranking)
    series = _series_for(blocks, at)
    layout = select(found.newest_first, blocks, pinned=found.pinned, series=series)
    hot = first_seven(ranking, found.ranked)
    shown = {s.pk: s for s in stories([*(item.pk for item in layout.items()), *hot], at)}
    if any(item.pk not in shown for item in layout.items()):
        # It was withdrawn since its key was found.
        left = [[c for c in each if c.pk in shown] for each in (found.newest_first, found.pinned)]
        layout = select(left[0], blocks, pinned=left[1], series=series)
    return Front(
        _with_stories(layout, shown),
        found.sections,
        tuple(shown[key] for key in hot if key in shown),
    )


class _Found(NamedTuple):
    """What readers may see: candidates, those of them that are pinned, keys that are ranked."""

    newest_first: list[Candidate]
    pinned: list[Candidate]
    sections: list[Named]
    ranked: set[int]


def _found(
    plan: Plan, blocks: Sequence[PlacedBlock], at: datetime, ranking: Sequence[int]
) -> _Found:
    """Find enough that the top cannot empty a block, even if it is all of one section."""
    latest = max((b.size for b in blocks if b.kind == FrontBlock.Kind.LATEST), default=0)
    sizes = {b.category_id: b.size for b in blocks if b.category_id}
    # Of a section whose block is hidden, whether there is any.
    limits = [TOP_SIZE + sizes[c.pk] if c.pk in sizes else 1 for c in plan.categories]
    newest, pinned, ranked, *of_sections = answers(
        [
            _newest(TOP_SIZE + latest).statement(at),
            _named.statement(at, _some(plan.pins)),
            _named.statement(at, _some(ranking)),
            *(
                _newest_in_section(limit).statement(at, section.pk)
                for section, limit in zip(plan.categories, limits, strict=True)
            ),
        ],
        using=Article.objects.db,
    )
    rows = {row for part in (newest, pinned, *of_sections) for row in part}
    by_key = {row[1]: Candidate(*row) for row in sorted(rows, reverse=True)}
    return _Found(
        list(by_key.values()),
        [by_key[key] for key in plan.pins if key in by_key],
        [c for c, part in zip(plan.categories, of_sections, strict=True) if part],
        {row[1] for row in ranked},
    )


def _candidates(at: datetime) -> QuerySet[Article, Any]:
    columns = ("published_at", "pk", "category_id", "lead_image_id")
    return Article.objects.published(at).newest_first().values_list(*columns)


_named = CompiledQuery(lambda at, keys: _candidates(at).order_by().filter(pk__in=keys))


@lru_cache(maxsize=_SIZES)
def _newest(count: int) -> CompiledQuery:
    return CompiledQuery(lambda at: _candidates(at)[:count])


@lru_cache(maxsize=_SIZES)
def _newest_in_section(count: int) -> CompiledQuery:
    return CompiledQuery(lambda at, section: _candidates(at).filter(category=section)[:count])


def _some(keys: Sequence[int]) -> tuple[int, ...]:
    """Return the keys as `padded` does, or one that nothing has: no statement asks for none."""
    return padded(list(keys) or [0])


def _series_for(blocks: Sequence[PlacedBlock], at: datetime) -> list[Series]:
    size = max((b.size for b in blocks if b.kind == FrontBlock.Kind.SERIES), default=0)
    return _running(size)(at) if size else []


@lru_cache(maxsize=_SIZES)
def _running(size: int) -> CompiledQuery:
    return CompiledQuery(lambda at: running_series(at, size))


def select(
    newest_first: Sequence[Candidate],
    blocks: Iterable[PlacedBlock],
    *,
    pinned: Sequence[Candidate] = (),
    series: Sequence[Series] = (),
) -> FrontLayout[Candidate]:
    """Lay the stories out: pins, who else is new beside them, then block after block.

    `pinned` are some of the stories, in the order in which they shall stand; those for which
    the top has no room are stories like any other.
    """
    if not newest_first:
        return FrontLayout()
    left = _Left(newest_first)
    top = left.taken(list(pinned[:TOP_SIZE]) or [_lead_of(newest_first)])
    top += left.taken(left.newest(TOP_SIZE - len(top)))
    filled = [block for each in blocks if (block := _filled(each, left, series))]
    return FrontLayout(top[0], tuple(top[1:]), tuple(filled))


class _Left:
    """The candidates that stand nowhere yet."""

    def __init__(self, newest_first: Sequence[Candidate]) -> None:
        self._all = newest_first
        self._of_sections: dict[int | None, list[Candidate]] = {}
        for candidate in newest_first:
            self._of_sections.setdefault(candidate.category_id, []).append(candidate)
        self._taken: set[int] = set()

    def newest(self, count: int) -> list[Candidate]:
        return self._first(count, self._all)

    def newest_of(self, category: int, count: int) -> list[Candidate]:
        return self._first(count, self._of_sections.get(category, ()))

    def taken(self, candidates: list[Candidate]) -> list[Candidate]:
        """Return the candidates, which are not left any more."""
        self._taken.update(candidate.pk for candidate in candidates)
        return candidates

    def _first(self, count: int, candidates: Iterable[Candidate]) -> list[Candidate]:
        return list(islice((each for each in candidates if each.pk not in self._taken), count))


def _filled(block: PlacedBlock, left: _Left, series: Sequence[Series]) -> Block[Candidate] | None:
    """Fill one block from the stories that are left, or say that there is none for it."""
    if block.kind == FrontBlock.Kind.SERIES:
        return SeriesBlock(tuple(series[: block.size])) if series else None
    if block.category is None:
        newest = left.taken(left.newest(block.size))
        return LatestBlock(tuple(newest)) if newest else None
    own = left.taken(left.newest_of(block.category.pk, block.size))
    if not own:
        return None
    lead, *headlines = _pictured_first(own)
    return SectionBlock(block.category, lead, tuple(headlines))


def _lead_of(candidates: Sequence[Candidate]) -> Candidate:
    return _pictured_first(candidates[:LEAD_CANDIDATES])[0]


def _pictured_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put the newest story with a picture in front, and keep the order of the others."""
    first = next((each for each in candidates if each.lead_image_id), candidates[0])
    return [first, *(each for each in candidates if each is not first)]


def _with_stories(layout: FrontLayout[Candidate], shown: Mapping[int, Story]) -> FrontLayout[Story]:
    """Put the stories, by their keys, in the places of their candidates."""
    if layout.lead is None:
        return FrontLayout()

    def of(candidates: Iterable[Candidate]) -> tuple[Story, ...]:
        return tuple(shown[candidate.pk] for candidate in candidates)

    blocks: list[Block[Story]] = []
    for block in layout.blocks:
        match block:
            case SectionBlock(category, lead, headlines):
                blocks.append(SectionBlock(category, shown[lead.pk], of(headlines)))
            case LatestBlock(items):
                blocks.append(LatestBlock(of(items)))
            case _:
                blocks.append(block)
    return FrontLayout(shown[layout.lead.pk], of(layout.secondary), tuple(blocks))
