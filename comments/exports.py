"""All comments as lines of our own format; `comments.importing.ndjson` reads them.

The same comments give the same lines, byte for byte, on whatever site and database they stand:
nothing in them is a number of ours, and their order hangs on nothing else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from articles.models import Article, ArticleQuerySet
from comments.importing.ndjson import HEADER
from comments.intake.rows import unknown_reader
from comments.models import Announcement, Comment, DiscussionSettings, Report, Vote
from comments.refs import chunks, ref_of

_COPIED = (
    "is_guest",
    "name",
    "password",
    "email",
    "browser_hash",
    "network_hash",
    "network_prefix",
    "body",
    "status",
    "removed_by",
    "reasons",
    "score",
    "likes",
    "dislikes",
    "report_count",
)
_TIMES = (
    "created_at",
    "edited_at",
    "status_changed_at",
    "blinded_until",
    "recommended_at",
    "folded_at",
    "reports_cleared_at",
)
_VOTES = {Vote.LIKE: "like", Vote.DISLIKE: "dislike"}


def discussions() -> ArticleQuerySet:
    """Return the articles that have something to export."""
    own = OuterRef("pk")
    return Article.objects.filter(
        Exists(Comment.objects.filter(article=own))
        | Exists(DiscussionSettings.objects.filter(article=own))
    )


def export_lines(articles: ArticleQuerySet) -> Iterator[str]:
    """Yield the lines, each with its end; memory holds a few hundred comments at a time."""
    yield _line(HEADER)
    named = articles.order_by().values_list("slug", "pk", "title", "import_ref")
    for slug, pk, title, import_ref in sorted(named):
        yield _line(
            {
                "kind": "article",
                "slug": slug,
                "title": title,
                "import_ref": import_ref,
                "settings": _settings(pk),
            }
        )
        for record in _records(pk, slug):
            yield _line(record)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _settings(article_id: int) -> dict[str, Any] | None:
    names = ("mode", "default_sort", "close_after_days")
    own = DiscussionSettings.objects.filter(article=article_id).first()
    return None if own is None else {name: getattr(own, name) for name in names}


def _records(article_id: int, slug: str) -> Iterator[dict[str, Any]]:
    """Yield the comments of one article by time, and those of one moment by their identity."""
    rows = Comment.objects.filter(article=article_id).order_by()
    order = sorted(
        (created_at, ref_of(pk, created_at, import_ref), pk)
        for pk, created_at, import_ref in rows.values_list("pk", "created_at", "import_ref")
    )
    refs = {pk: ref for _, ref, pk in order}
    for chunk in chunks(pk for _, _, pk in order):
        comments = Comment.objects.select_related("account").in_bulk(chunk)
        there = [comments[pk] for pk in chunk if pk in comments]
        yield from _Chunk(there, refs, slug).records()


class _Chunk:
    """Some comments and what hangs on them, in five queries."""

    def __init__(self, comments: list[Comment], refs: dict[int, str], slug: str) -> None:
        self._comments = comments
        self._refs = refs
        self._slug = slug
        pks = [comment.pk for comment in comments]
        self._votes = _by_comment(Vote.objects.filter(comment__in=pks))
        self._reports = _by_comment(Report.objects.filter(comment__in=pks))
        announced = Announcement.objects.filter(comment__in=pks)
        self._announced = frozenset(announced.values_list("comment_id", flat=True))
        self._addresses = _addresses_of(
            [
                *(vote.voter for votes in self._votes.values() for vote in votes),
                *(report.reporter for reports in self._reports.values() for report in reports),
            ]
        )

    def records(self) -> Iterator[dict[str, Any]]:
        for comment in self._comments:
            yield {
                "kind": "comment",
                "ref": self._refs[comment.pk],
                "article": self._slug,
                "root": self._ref(comment.root_id),
                "in_reply_to": self._ref(comment.in_reply_to_id),
                "account": comment.account.email if comment.account else None,
                **{name: getattr(comment, name) for name in _COPIED},
                **{name: _time(getattr(comment, name)) for name in _TIMES},
                "announced": comment.is_visible or comment.pk in self._announced,
                "votes": self._votes_of(comment),
                "reports": self._reports_of(comment),
            }

    def _ref(self, pk: int | None) -> str | None:
        return None if pk is None else self._refs.get(pk)

    def _votes_of(self, comment: Comment) -> list[dict[str, Any]]:
        return _sorted(
            {
                "reader": self._reader(vote.voter),
                "vote": _VOTES[vote.value],
                "created_at": _time(vote.created_at),
            }
            for vote in self._votes[comment.pk]
        )

    def _reports_of(self, comment: Comment) -> list[dict[str, Any]]:
        return _sorted(
            {
                "reader": self._reader(report.reporter),
                "reason": report.reason,
                "note": report.note,
                "created_at": _time(report.created_at),
                "resolved_at": _time(report.resolved_at),
            }
            for report in self._reports[comment.pk]
        )

    def _reader(self, key: str) -> str:
        kind, _, value = key.partition(":")
        if kind != "account":
            return key
        address = self._addresses.get(value)
        return f"account:{address}" if address else unknown_reader(key)


def _by_comment(reactions: Iterable[Any]) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for reaction in reactions:
        grouped[reaction.comment_id].append(reaction)
    return grouped


def _addresses_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the addresses of the accounts among readers' keys, by their numbers."""
    pairs = (key.partition(":") for key in keys)
    numbers = {value for kind, _, value in pairs if kind == "account" and value.isdecimal()}
    found: dict[str, str] = {}
    for chunk in chunks(sorted(numbers)):
        users = User.objects.filter(pk__in=chunk).values_list("pk", "email")
        found |= {str(pk): email for pk, email in users}
    return found


def _sorted(reactions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(reactions, key=lambda reaction: str(reaction["reader"]))


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
