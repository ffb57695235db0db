"""What editors have arranged on the front page: as the desk stores it, and as readers meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils import timezone

from accounts.models import User
from articles.models import Banner, Category, FrontBlock, FrontPage, FrontPin
from articles.pages.stories import Named
from articles.queries.compiled import CompiledQuery

# How many each block shows, unless an editor says otherwise.
SECTION_SIZE = 4
SERIES_SIZE = 3
LATEST_SIZE = 8

_PIN = "pin"


class PlacedBlock(NamedTuple):
    """A block as a FrontBlock says it; only a section's has a category."""

    kind: str
    category: Named | None
    size: int
    is_shown: bool = True

    @property
    def category_id(self) -> int | None:
        return self.category.pk if self.category else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is arranged for one moment.

    The keys of the pinned articles whose time is not over, a block for everything there is, all
    categories in the editors' order, and the banners that run, by their slot.
    """

    pins: Sequence[int]
    blocks: Sequence[PlacedBlock]
    categories: Sequence[Named]
    banners: dict[str, list[Banner]]

    @classmethod
    def stored(cls, at: datetime | None = None) -> Self:
        """Return what is stored for `at` (now), by two queries."""
        at = at or timezone.now()
        rows = [_Row(*row) for row in _rows(at)]
        categories = [row.named for row in rows if row.kind in {None, FrontBlock.Kind.SECTION}]
        placed = sorted(row for row in rows if row.kind not in {None, _PIN})
        return cls(
            [row.key for row in sorted(row for row in rows if row.kind == _PIN)],
            arranged([row.block for row in placed], categories, PlacedBlock),
            categories,
            _by_slot(_banners(), at),
        )


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

    def plan(self, at: datetime | None = None) -> Plan:
        """Return what readers would meet at `at` (now), were it stored."""
        at = at or timezone.now()
        categories = [_named(category) for category in Category.objects.all()]
        placed = [
            PlacedBlock(b.kind, _named(b.category) if b.category else None, b.size, b.is_shown)
            for b in self.blocks
        ]
        return Plan(
            [pin.article_id for pin in self.pins if pin.is_in_force(at)],
            arranged(placed, categories, PlacedBlock),
            categories,
            _by_slot(self.banners, at),
        )


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


class _Placed(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def category_id(self) -> int | None: ...


AnyBlock = TypeVar("AnyBlock", bound=_Placed)


def arranged(
    blocks: Iterable[AnyBlock],
    categories: Iterable[Any],
    make: Callable[..., AnyBlock],
) -> list[AnyBlock]:
    """Return a block for everything there is, those that an editor has placed in their order.

    A section that is new since then follows the last one; with nothing placed this is the
    page that arranges itself. `make` makes a block of its fields.
    """
    placed = list(blocks)
    known = {block.category_id for block in placed}
    new = [
        make(kind=FrontBlock.Kind.SECTION.value, category=category, size=SECTION_SIZE)
        for category in categories
        if category.pk not in known
    ]
    last = max((n for n, block in enumerate(placed) if block.category_id), default=-1)
    placed[last + 1 : last + 1] = new
    kinds = {block.kind for block in placed}
    defaults = {
        FrontBlock.Kind.SERIES.value: SERIES_SIZE,
        FrontBlock.Kind.LATEST.value: LATEST_SIZE,
    }
    missing = [
        make(kind=kind, category=None, size=size)
        for kind, size in defaults.items()
        if kind not in kinds
    ]
    return [*placed, *missing]


def _by_slot(banners: Iterable[Banner], at: datetime) -> dict[str, list[Banner]]:
    running = [banner for banner in banners if banner.is_running(at)]
    return {slot: [b for b in running if b.slot == slot] for slot in Banner.Slot.values}


def _named(category: Category) -> Named:
    return Named(category.pk, category.name, category.slug)


class _Row(NamedTuple):
    """A category with its block if it was given one, a block of another kind, or a pin.

    `key` is that of the category or of the article.
    """

    position: int
    number: int
    kind: str | None
    size: int
    is_shown: bool
    key: int
    name: str
    slug: str
    order: int

    @property
    def named(self) -> Named:
        return Named(self.key, self.name, self.slug)

    @property
    def block(self) -> PlacedBlock:
        category = self.named if self.kind == FrontBlock.Kind.SECTION else None
        return PlacedBlock(str(self.kind), category, self.size, self.is_shown)


def _arranged_rows(at: datetime) -> QuerySet[Any, Any]:
    """Return all rows as of a _Row; the categories among them are in the editors' order."""
    block = ("position", "pk", "kind", "size", "is_shown")
    category = ("pk", "name", "slug", "position")
    of_categories = Category.objects.values_list(*(f"front_block__{f}" for f in block), *category)
    others = FrontBlock.objects.filter(category=None)
    others_rows = others.values_list(*block, *(f"category__{f}" for f in category))
    pins = FrontPin.objects.in_force(at).values_list(
        *("position", "pk", Value(_PIN), Value(0), Value(True), "article"),
        *(Value(""), Value(""), Value(0)),
    )
    parts = (of_categories.order_by(), others_rows.order_by(), pins.order_by())
    return parts[0].union(*parts[1:], all=True).order_by("position", "name")


_rows = CompiledQuery(_arranged_rows)
_banners = CompiledQuery(lambda: Banner.objects.select_related("image"))
