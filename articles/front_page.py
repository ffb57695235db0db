"""What the front page shows: the top, then blocks in the editors' order.

`select` is pure. Pins come first, and every block takes from what the blocks before it have
left, so nothing appears twice, and a block that finds nothing is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from articles.compiled import CompiledCompound, CompiledQuery
from articles.front_arrangement import PlacedBlock, Plan
from articles.models import Article, FrontBlock, Series
from articles.most_read import first_seven
from articles.navigation import running_series
from articles.stories import Named, Story, stories

# The lead and those beside it.
TOP_SIZE = 4
# Without a pin the newest story leads, unless it has no picture and one of the next few has.
LEAD_CANDIDATES = 4


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
    newest, pinned, ranked, *of_sections = _keys_of(
        (TOP_SIZE + latest, *limits),
        at,
        _padded(plan.pins),
        _padded(ranking),
        *(category.pk for category in plan.categories),
    )
    rows = {row for part in (newest, pinned, *of_sections) for row in part}
    by_key = {row[1]: Candidate(*row) for row in sorted(rows, reverse=True)}
    return _Found(
        list(by_key.values()),
        [by_key[key] for key in plan.pins if key in by_key],
        [c for c, part in zip(plan.categories, of_sections, strict=True) if part],
        {row[1] for row in ranked},
    )


def _newest_and_named(
    limits: Sequence[int],
    at: datetime,
    pins: Sequence[int],
    ranking: Sequence[int],
    *categories: int,
) -> list[QuerySet[Any, Any]]:
    """Ask for the newest of all, those with these keys, and the newest of each category."""
    columns = ("published_at", "pk", "category_id", "lead_image_id")
    published = Article.objects.published(at).newest_first().values_list(*columns)
    return [
        published[: limits[0]],
        published.order_by().filter(pk__in=pins),
        published.order_by().filter(pk__in=ranking),
        *(
            published.filter(category=category)[:limit]
            for category, limit in zip(categories, limits[1:], strict=True)
        ),
    ]


_keys_of = CompiledCompound(_newest_and_named)


def _padded(keys: Sequence[int]) -> tuple[int, ...]:
    """Add keys that nothing has up to a power of two, so that few shapes are compiled."""
    length = 1 << max(len(keys) - 1, 0).bit_length()
    return (*keys, *(0,) * (length - len(keys)))


def _series_for(blocks: Sequence[PlacedBlock], at: datetime) -> list[Series]:
    size = max((b.size for b in blocks if b.kind == FrontBlock.Kind.SERIES), default=0)
    return _running(size)(at) if size else []


@cache
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
    top = list(pinned[:TOP_SIZE]) or [_lead_of(newest_first)]
    top += _others(newest_first, top)[: TOP_SIZE - len(top)]
    remaining = _others(newest_first, top)
    filled = []
    for block in blocks:
        if found := _filled(block, remaining, series):
            filled.append(found)
            if not isinstance(found, SeriesBlock):
                remaining = _others(remaining, found.items)
    return FrontLayout(top[0], tuple(top[1:]), tuple(filled))


def _others(candidates: Iterable[Candidate], taken: Iterable[Candidate]) -> list[Candidate]:
    keys = {candidate.pk for candidate in taken}
    return [candidate for candidate in candidates if candidate.pk not in keys]


def _filled(
    block: PlacedBlock, remaining: Sequence[Candidate], series: Sequence[Series]
) -> Block[Candidate] | None:
    """Fill one block from the stories that are left, or say that there is none for it."""
    if block.kind == FrontBlock.Kind.SERIES:
        return SeriesBlock(tuple(series[: block.size])) if series else None
    if block.category is None:
        return LatestBlock(tuple(remaining[: block.size])) if remaining else None
    own = [c for c in remaining if c.category_id == block.category_id][: block.size]
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
