"""The arrangement of the front page as one form, and what it says of each of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from accounts.models import User
from articles.admin.front_forms import (
    BannerForm,
    Banners,
    Blocks,
    MomentField,
    PinForm,
    Pins,
    name_of,
)
from articles.admin.state import State, state_of, with_visibility
from articles.admin.wording import short_moment
from articles.models import Article, ArticleQuerySet, Banner, Category, FrontBlock, FrontPin, Image
from articles.pages.front_arrangement import Arrangement, arranged

# What a list of suggestions holds; everything else is found by its title or address.
SUGGESTED = 100
NOTES = {
    State.DRAFT: "아직 초고여서 보이지 않습니다. 발행하면 이 자리에 나타납니다.",
    State.IN_REVIEW: "검토 중이어서 보이지 않습니다. 발행하면 이 자리에 나타납니다.",
    State.EXPIRED: "게재가 끝난 글이어서 보이지 않습니다.",
    State.WITHDRAWN: "내린 글이어서 보이지 않습니다.",
}

Row = TypeVar("Row", FrontPin, FrontBlock, Banner)


class ArrangementForm:
    """Pins, blocks and banners: valid together or not at all."""

    def __init__(self, data: Mapping[str, Any] | None, *, user: User, now: datetime) -> None:
        self.now = now
        self.articles = with_visibility(_articles_for(user), now)
        stored = Arrangement.stored()
        blocks = arranged(stored.blocks, Category.objects.all(), FrontBlock)
        known = {key_of(block): block for block in blocks}
        self.pins = Pins(
            data, prefix="pins", initial=self._pins(stored), form_kwargs={"articles": self.articles}
        )
        self.blocks = Blocks(
            data,
            prefix="blocks",
            initial=[
                {"key": key, "size": block.size, "is_shown": block.is_shown, "position": number}
                for number, (key, block) in enumerate(known.items(), start=1)
            ],
            form_kwargs={"known": known},
        )
        self.banners = Banners(data, prefix="banners", initial=_banners(stored))

    def _pins(self, stored: Arrangement) -> list[dict[str, Any]]:
        articles = with_visibility(Article.objects.without_text(), self.now).in_bulk(
            [pin.article_id for pin in stored.pins]
        )
        return [
            {"position": number, "article": articles[pin.article_id], "until": pin.until}
            for number, pin in enumerate(stored.pins, start=1)
            if pin.article_id in articles
        ]

    def is_valid(self) -> bool:
        # All of them, so that every error is shown at once.
        return all([self.pins.is_valid(), self.blocks.is_valid(), self.banners.is_valid()])

    def arrangement(self) -> Arrangement:
        """Return what the valid form says, not stored."""
        # Once each, however often a crafted form names them; a section that was deleted while
        # the form was open is in none.
        blocks = {key_of(form.block): form for form in self.blocks.rows() if form.block}
        return Arrangement(
            _numbered(form.pin() for form in self.pins.rows()),
            _numbered(map(_block_of, blocks.values())),
            _numbered(form.instance for form in self.banners.rows()),
        )

    # What the page shows beside the rows

    def pin_rows(self) -> Iterator[tuple[PinForm, str]]:
        for form in self.pins.forms:
            pin = form.pin()
            yield form, note_on(pin, self.now) if pin else ""

    def banner_rows(self) -> Iterator[tuple[BannerForm, str]]:
        for form in self.banners.forms:
            banner = form.banner()
            yield form, standing_of(banner, self.now) if banner else ""

    def suggested_articles(self) -> list[str]:
        articles = self.articles.without_text()
        # By themselves, because PostgreSQL's index has those without a date before all others.
        dated = list(articles.filter(published_at__isnull=False).newest_first()[:SUGGESTED])
        undated = articles.filter(published_at__isnull=True).order_by("-pk")
        return [name_of(article) for article in (*dated, *undated[: SUGGESTED - len(dated)])]

    def suggested_images(self) -> QuerySet[Image]:
        return Image.objects.order_by("-created_at", "-pk")[:SUGGESTED]


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with their places in the order in which they come."""
    placed = list(rows)
    for number, row in enumerate(placed, start=1):
        row.position = number
    return placed


def _block_of(form: Any) -> FrontBlock:
    said, block = form.cleaned_data, form.block
    return FrontBlock(
        kind=block.kind,
        category=block.category,
        size=said["size"],
        is_shown=said["is_shown"],
    )


def _articles_for(user: User) -> ArticleQuerySet:
    """Return what a colleague may pin: what readers see, and what they see at the desk."""
    return Article.objects.at_desk_of(user) | Article.objects.published()


def _banners(stored: Arrangement) -> list[dict[str, Any]]:
    names = ("slot", "title", "text", "image", "target", "is_advertisement", "starts_at", "ends_at")
    return [
        {name: getattr(banner, name) for name in names} | {"position": number}
        for number, banner in enumerate(stored.banners, start=1)
    ]


def key_of(block: FrontBlock) -> str:
    """Return what the form calls a block, whether it is stored or not."""
    return f"section-{block.category_id}" if block.category_id else str(block.kind)


def note_on(pin: FrontPin, now: datetime) -> str:
    """Say why readers do not see a pin, and when they will; "" when they do."""
    if not pin.is_in_force(now):
        return "앞세울 기간이 끝났습니다."
    state = state_of(pin.article, now)
    if state == State.SCHEDULED:
        return f"{short_moment(pin.article.published_at, now)}에 나타납니다."
    return NOTES.get(state, "")


def standing_of(banner: Banner, now: datetime) -> str:
    if banner.is_running(now):
        return "게재 중"
    return "예정" if banner.starts_at > now else "끝남"


def moment_of(text: str) -> datetime | None:
    """Return the moment at which a preview is asked for; raises ValidationError."""
    return MomentField().clean(text)
