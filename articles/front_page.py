"""What the front page shows: the top, then blocks in the editors' order, and banners.

`select` is pure. Pins come first, and every block takes from what the blocks before it have
left, so nothing appears twice, and a block that finds nothing is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Self

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.compound import all_of
from articles.models import (
    Article,
    ArticleQuerySet,
    Banner,
    Category,
    FrontBlock,
    FrontPage,
    FrontPin,
    Series,
)
from articles.navigation import running_series
from articles.stories import Story, newest_stories

# The lead and those beside it.
TOP_SIZE = 4
# How many each block shows, unless an editor says otherwise.
SECTION_SIZE = 4
SERIES_SIZE = 3
LATEST_SIZE = 8
# Without a pin the newest story leads, unless it has no picture and one of the next few has.
LEAD_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class SectionBlock:
    kind: ClassVar[str] = FrontBlock.Kind.SECTION.value
    category: Category
    lead: Story
    headlines: list[Story]


@dataclass(frozen=True, slots=True)
class SeriesBlock:
    kind: ClassVar[str] = FrontBlock.Kind.SERIES.value
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class LatestBlock:
    kind: ClassVar[str] = FrontBlock.Kind.LATEST.value
    stories: list[Story]


Block = SectionBlock | SeriesBlock | LatestBlock


@dataclass(frozen=True, slots=True)
class FrontLayout:
    """The page in reading order; `lead` is None on an empty site."""

    lead: Story | None = None
    secondary: list[Story] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What editors have arranged, stored or still in their form."""

    pins: Sequence[FrontPin] = ()
    blocks: Sequence[FrontBlock] = ()
    banners: Sequence[Banner] = ()

    @classmethod
    def stored(cls) -> Self:
        return cls(
            list(FrontPin.objects.all()),
            list(FrontBlock.objects.select_related("category")),
            list(Banner.objects.select_related("image")),
        )

    def banners_at(self, at: datetime | None = None) -> dict[str, list[Banner]]:
        """Return the banners that run at `at` (now), by their slot."""
        at = at or timezone.now()
        running = [banner for banner in self.banners if banner.is_running(at)]
        return {slot: [b for b in running if b.slot == slot] for slot in Banner.Slot.values}


@transaction.atomic
def store(arrangement: Arrangement, *, seen: int, by: User) -> FrontPage | None:
    """Put the arrangement in the place of the edition that was seen.

    Returns the new edition, or None, with nothing changed, when another has come meanwhile.
    """
    page = FrontPage.locked()
    if page.edition != seen:
        return None
    FrontPin.objects.all().delete()
    FrontPin.objects.bulk_create(arrangement.pins)
    FrontBlock.objects.all().delete()
    FrontBlock.objects.bulk_create(arrangement.blocks)
    Banner.objects.all().delete()
    Banner.objects.bulk_create(arrangement.banners)
    page.edition += 1
    page.changed_at, page.changed_by = timezone.now(), by
    page.save()
    return page


def arranged(blocks: Iterable[FrontBlock], categories: Iterable[Category]) -> list[FrontBlock]:
    """Return a block for everything there is, those that an editor has placed in their order.

    A section that is new since then follows the last one; with nothing placed this is the
    page that arranges itself.
    """
    placed = list(blocks)
    known = {block.category_id for block in placed}
    new = [
        FrontBlock(kind=FrontBlock.Kind.SECTION, category=category, size=SECTION_SIZE)
        for category in categories
        if category.pk not in known
    ]
    last = max((n for n, block in enumerate(placed) if block.category_id), default=-1)
    placed[last + 1 : last + 1] = new
    kinds = {block.kind for block in placed}
    defaults = {FrontBlock.Kind.SERIES: SERIES_SIZE, FrontBlock.Kind.LATEST: LATEST_SIZE}
    missing = [FrontBlock(kind=k, size=size) for k, size in defaults.items() if k not in kinds]
    return [*placed, *missing]


def load(
    arrangement: Arrangement, categories: Iterable[Category], at: datetime | None = None
) -> FrontLayout:
    """Choose from the database what readers see at `at` (now).

    One query finds the newest stories of all sections by index; all rows then come at once.
    """
    at = at or timezone.now()
    blocks = [b for b in arranged(arrangement.blocks, categories) if b.is_shown]
    pins = [pin.article_id for pin in arrangement.pins if pin.is_in_force(at)]
    published = Article.objects.published(at)
    wanted = {*pins, *_newest_of_each(published, blocks)}
    stories = newest_stories(wanted, at)
    by_key = {story.pk: story for story in stories}
    pinned = [by_key[key] for key in pins if key in by_key]
    return select(stories, blocks, pinned=pinned, series=_series_for(blocks, at))


def _newest_of_each(published: ArticleQuerySet, blocks: Sequence[FrontBlock]) -> set[int]:
    """Return enough keys that the top cannot empty a block, even if it is all of one section."""
    latest = max((b.size for b in blocks if b.kind == FrontBlock.Kind.LATEST), default=0)
    keys = published.newest_first().values_list("pk")
    wanted = [keys[: TOP_SIZE + latest]]
    wanted += [
        keys.filter(category=block.category_id)[: TOP_SIZE + block.size]
        for block in blocks
        if block.category_id
    ]
    return {key for (key,) in all_of(wanted)}


def _series_for(blocks: Sequence[FrontBlock], at: datetime) -> list[Series]:
    size = max((b.size for b in blocks if b.kind == FrontBlock.Kind.SERIES), default=0)
    return list(running_series(at, size)) if size else []


def select(
    newest_first: Sequence[Story],
    blocks: Iterable[FrontBlock],
    *,
    pinned: Sequence[Story] = (),
    series: Sequence[Series] = (),
) -> FrontLayout:
    """Lay the stories out: pins, who else is new beside them, then block after block.

    `pinned` are some of the stories, in the order in which they shall stand; those for which
    the top has no room are stories like any other.
    """
    if not newest_first:
        return FrontLayout()
    top = list(pinned[:TOP_SIZE]) or [_lead_of(newest_first)]
    remaining = [story for story in newest_first if story not in top]
    beside = TOP_SIZE - len(top)
    top, remaining = top + remaining[:beside], remaining[beside:]
    filled = []
    for block in blocks:
        if found := _filled(block, remaining, series):
            filled.append(found)
            taken = _stories_of(found)
            remaining = [story for story in remaining if story not in taken]
    return FrontLayout(top[0], top[1:], filled)


def _filled(block: FrontBlock, stories: Sequence[Story], series: Sequence[Series]) -> Block | None:
    """Fill one block from the stories that are left, or say that there is none for it."""
    if block.kind == FrontBlock.Kind.SERIES:
        return SeriesBlock(series[: block.size]) if series else None
    if block.category is None:
        return LatestBlock(list(stories[: block.size])) if stories else None
    section = block.category.pk
    own = [story for story in stories if story.category and story.category.pk == section]
    if not own:
        return None
    lead, *headlines = _pictured_first(own[: block.size])
    return SectionBlock(block.category, lead, headlines)


def _stories_of(block: Block) -> list[Story]:
    if isinstance(block, SectionBlock):
        return [block.lead, *block.headlines]
    return block.stories if isinstance(block, LatestBlock) else []


def _lead_of(stories: Sequence[Story]) -> Story:
    return _pictured_first(stories[:LEAD_CANDIDATES])[0]


def _pictured_first(stories: Sequence[Story]) -> list[Story]:
    """Put the newest story with a picture in front, and keep the order of the others."""
    first = next((story for story in stories if story.lead_image), stories[0])
    return [first, *(story for story in stories if story is not first)]
