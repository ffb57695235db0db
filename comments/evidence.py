"""What the database knows about a comment that is about to be judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery
from django.utils import timezone

from articles.models import Article
from articles.queries.compiled import CompiledQuery
from articles.queries.gathered import Rows
from comments.models import NO_ACCOUNT, NO_HASH, Ban, Comment, CommentQuerySet, RemovedBy, Status
from comments.moderation.facts import Writer
from comments.readers import Reader
from comments.repetition import near_count
from comments.word_rules import enabled_rules

# How much of somebody's past is looked at, and how long a flood is remembered.
HISTORY = 200
FLOOD_WINDOW = timedelta(minutes=10)
NEAR_WINDOW = timedelta(hours=1)
COMPARED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is stored of a writer, and the moderators' words as `word_rules` reads them."""

    is_banned: bool
    writer: Writer
    recent_bodies: list[str]
    recent_from_network: int
    word_rules: str

    def near_repeats(self, body: str) -> int:
        """Count this writer's recent comments, on any article, that say nearly the same."""
        return near_count(body, self.recent_bodies)


def about(reader: Reader, article_id: int, *, besides: int = 0) -> Evidence:
    """Ask, with one query, what is known of whoever writes; a comment may be left out of it.

    Nothing is known of the history of a browser without a key. Raises Article.DoesNotExist.
    """
    account = reader.account
    now = timezone.now()
    ask = _of_guest if account is None else _of_account
    found = ask.first(
        article_id, *_hand(reader), besides, now, now - NEAR_WINDOW, now - FLOOD_WINDOW
    )
    if found is None:
        raise Article.DoesNotExist
    is_banned, ends, bodies, recent_from_network, word_rules = found
    # Who cannot enter the desk moderates nothing.
    is_moderator = (
        account is not None and account.is_staff and account.has_perm("comments.change_comment")
    )
    return Evidence(
        is_banned=is_banned,
        writer=_writer(json.loads(ends), is_moderator),
        recent_bodies=[body for (body,) in json.loads(bodies)],
        recent_from_network=recent_from_network or 0,
        word_rules=word_rules,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a form has sent a comment already, and whether its writer has used the same words."""

    by_this_form: bool
    lately: bool


def asked_what_was_said(
    article_id: int, nonce: str, digest: str, reader: Reader, name: str, window: timedelta
) -> Callable[[], Said]:
    """Ask under the lock, and return what reads the answer (`articles.queries.compiled`).

    Words count on any article. The answer raises Article.DoesNotExist.
    """
    guest = name if reader.account is None else ""
    since = timezone.now() - window
    answer = _said.asked(article_id, nonce, digest, *_hand(reader), guest, since)

    def read() -> Said:
        if found := answer():
            return Said(*found[0])
        raise Article.DoesNotExist

    return read


def _asked_of(pk: int) -> QuerySet[Article]:
    """Return the one row that a statement with several questions is asked of."""
    return Article.objects.filter(pk=pk).order_by()


def _knowledge(of: Any) -> CompiledQuery:
    def build(
        article_id: int,
        account_id: int,
        browser_hash: str,
        network_hash: str,
        besides: int,
        now: datetime,
        near_since: datetime,
        flood_since: datetime,
    ) -> QuerySet[Any, Any]:
        sent = Comment.objects.sent_by(account_id, browser_hash, network_hash)
        recent = sent.filter(created_at__gt=near_since).exclude(pk=besides)
        from_network = (
            Comment.objects.filter(network_hash=network_hash, created_at__gt=flood_since)
            .order_by()
            .values("network_hash")
            .values_list(Count("pk"))
        )
        ends = of(account_id, browser_hash).order_by("-created_at")
        return _asked_of(article_id).values_list(
            Exists(Ban.objects.in_force(now).against(account_id, network_hash)),
            Rows(ends.values_list("status", "removed_by")[:HISTORY]),
            Rows(recent.order_by("-created_at").values_list("body")[:COMPARED]),
            Subquery(from_network),
            Rows(enabled_rules()),
        )

    return CompiledQuery(build)


def _of_account_alone(account_id: int, browser_hash: str) -> CommentQuerySet:
    return Comment.objects.filter(account=account_id)


def _of_browser_alone(account_id: int, browser_hash: str) -> CommentQuerySet:
    return Comment.objects.filter(is_guest=True, browser_hash=browser_hash)


_of_account = _knowledge(_of_account_alone)
_of_guest = _knowledge(_of_browser_alone)


def _same(
    article_id: int,
    nonce: str,
    digest: str,
    account_id: int,
    browser_hash: str,
    network_hash: str,
    name: str,
    since: datetime,
) -> QuerySet[Any, Any]:
    sent = Comment.objects.filter(body_digest=digest, created_at__gt=since)
    by_hand = sent.sent_by(account_id, browser_hash, network_hash)
    return _asked_of(article_id).values_list(
        Exists(Comment.objects.filter(form_nonce=nonce)),
        Exists(by_hand | sent.filter(is_guest=True, name=name)),
    )


_said = CompiledQuery(_same)


def _writer(ends: list[list[str]], is_moderator: bool) -> Writer:
    return Writer(
        approved=sum(status == Status.VISIBLE for status, _ in ends),
        removed=sum(by in {RemovedBy.MODERATOR, RemovedBy.RULE} for _, by in ends),
        is_moderator=is_moderator,
    )


def _hand(reader: Reader) -> tuple[int, str, str]:
    """Return what is known of the hand that writes: account, browser, network."""
    account_id = NO_ACCOUNT if reader.account is None else reader.account.pk
    return account_id, reader.browser_hash or NO_HASH, reader.network_hash or NO_HASH
