"""The questions asked of many comments at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from articles.models import HEAVY_FIELDS
from comments.models.status import WAITING, Place, Status

if TYPE_CHECKING:
    from comments.models.comment import Comment  # noqa: F401

# What no public page has any use for.
SECRETS = ("email", "password", "network_hash", "network_prefix")
# What a page shows of a comment, sorts it by and judges it by; and of whom it answers.
_SHOWN = (
    *("article_id", "root_id", "is_guest", "name", "browser_hash", "body", "status", "removed_by"),
    *("blinded_until", "recommended_at", "folded_at", "created_at", "edited_at"),
    *("reply_count", "likes", "dislikes", "net_likes", "ratio_score"),
    *("account__is_staff", "in_reply_to__name", "in_reply_to__status"),
)

# What is asked for in the place of an account and of a hash that are not known: nobody has them.
NO_ACCOUNT = 0
NO_HASH = "-"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> Self:
        """Keep what readers may read. Nothing else says this rule."""
        return self.filter(status=Status.VISIBLE)

    def shown_roots(self) -> Self:
        """Keep the openers that pages show: visible, or tombstones with a reason to stand."""
        return self.filter(place=Place.ROOT)

    def shown_replies(self) -> Self:
        """Keep the replies that pages show, likewise."""
        return self.filter(place=Place.REPLY)

    def waiting(self) -> Self:
        """Keep what waits for a moderator's decision."""
        return self.filter(status__in=WAITING)

    def held(self) -> Self:
        """Keep what the rules have doubts about, without what they take for spam."""
        return self.filter(status=Status.HELD)

    def reported(self) -> Self:
        """Keep what readers see and have reported, and no moderator has looked at since."""
        return self.visible().filter(report_count__gt=0)

    def roots(self) -> Self:
        return self.filter(root__isnull=True)

    def replies(self) -> Self:
        return self.filter(root__isnull=False)

    def written_by(self, author_key: str) -> Self:
        """Keep what one author wrote; `Comment.author_key` says who that is."""
        kind, _, value = author_key.partition(":")
        if kind == "account":
            return self.filter(account=int(value))
        if kind == "browser":
            return self.filter(is_guest=True, browser_hash=value)
        return self.filter(is_guest=True, browser_hash="", name=value)

    def sent_by(self, account_id: int, browser_hash: str, network_hash: str) -> Self:
        """Keep what comes from the same account, browser or network."""
        return self.filter(
            Q(account=account_id) | Q(browser_hash=browser_hash) | Q(network_hash=network_hash)
        )

    def sent_with(self, email: str) -> Self:
        """Keep what guests wrote under an e-mail address, whatever case they typed it in."""
        lowered = self.alias(lower_email=Lower("email"))
        return lowered.filter(lower_email=Lower(Value(email))).exclude(email="")

    def overdue(self, now: datetime | None = None) -> Self:
        """Keep what is still blinded though the time for that has passed."""
        return self.filter(status=Status.BLINDED, blinded_until__lte=now or timezone.now())

    def for_page(self) -> Self:
        """Load with each comment what its place on a page needs, and no secrets."""
        return self.select_related("account", "in_reply_to").only(*_SHOWN)

    def with_article(self) -> Self:
        """Load with each comment its article, without the article's text."""
        text = (f"article__{name}" for name in HEAVY_FIELDS)
        return self.select_related("article").defer(*text)
