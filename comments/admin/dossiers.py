"""What a moderator sees beside each comment, loaded for a whole page in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.safestring import SafeString

from comments.admin.histories import RECENT, History, histories_of
from comments.decisions import SETTLED, version_of
from comments.marking import marked
from comments.models import Ban, Comment, ModeratorNote, Report, ReportReason


@dataclass(frozen=True, slots=True)
class Reported:
    """The open reports of one comment for one reason, with what readers added."""

    label: str
    count: int
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Dossier:
    comment: Comment
    html: SafeString
    history: History
    # Comments of the last days from the same network.
    neighbours: int
    reports: list[Reported] = field(default_factory=list)
    notes: list[ModeratorNote] = field(default_factory=list)
    ban: Ban | None = None

    @property
    def version(self) -> str:
        return version_of(self.comment)

    @property
    def is_settled(self) -> bool:
        return self.comment.status in SETTLED

    @property
    def known_by(self) -> str:
        """Say how sure it is that the history is this writer's."""
        kinds = {"account": "계정", "browser": "같은 브라우저", "name": "같은 이름"}
        return kinds[self.comment.author_key.partition(":")[0]]


def dossiers_of(comments: Sequence[Comment]) -> list[Dossier]:
    """Return the comments with all that is known about each, in a fixed number of queries."""
    histories = histories_of(comment.author_key for comment in comments)
    neighbours = _neighbours(comments)
    reports = _reports(comments)
    notes = _notes(comments)
    bans = list(_bans(comments))
    return [
        Dossier(
            comment=comment,
            html=marked(comment.body_html, _found_words(comment)),
            history=histories.get(comment.author_key, History()),
            neighbours=neighbours.get(comment.network_hash, 0),
            reports=reports.get(comment.pk, []),
            notes=notes.get(comment.author_key, []),
            ban=next((ban for ban in bans if _hits(ban, comment)), None),
        )
        for comment in comments
    ]


def _found_words(comment: Comment) -> list[str]:
    return [str(reason["found"]) for reason in comment.reasons if reason.get("found")]


def _neighbours(comments: Iterable[Comment]) -> dict[str, int]:
    networks = {comment.network_hash for comment in comments} - {""}
    since = timezone.now() - RECENT
    found = Comment.objects.filter(network_hash__in=networks, created_at__gt=since)
    rows = found.order_by().values_list("network_hash").annotate(number=Count("pk"))
    return dict(rows)


def _reports(comments: Iterable[Comment]) -> Mapping[int, list[Reported]]:
    reported = [comment.pk for comment in comments if comment.report_count]
    rows = Report.objects.filter(comment__in=reported, resolved_at=None).order_by("pk")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    notes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for pk, reason, note in rows.values_list("comment_id", "reason", "note"):
        counts[pk][reason] += 1
        if note:
            notes[pk, reason].append(note)
    return {
        pk: [
            Reported(ReportReason(reason).label, number, notes[pk, reason])
            for reason, number in by_reason.most_common()
        ]
        for pk, by_reason in counts.items()
    }


def _notes(comments: Iterable[Comment]) -> Mapping[str, list[ModeratorNote]]:
    """Return by author what moderators have noted about any comment of theirs, newest first."""
    keys = {comment.author_key for comment in comments}
    found = ModeratorNote.objects.filter(author_key__in=keys).select_related("written_by")
    by_author: dict[str, list[ModeratorNote]] = defaultdict(list)
    for note in found.defer("written_by__password"):
        by_author[note.author_key].append(note)
    return by_author


def _bans(comments: Iterable[Comment]) -> Iterable[Ban]:
    accounts = {comment.account_id for comment in comments} - {None}
    networks = {comment.network_hash for comment in comments} - {""}
    return Ban.objects.in_force().filter(Q(account__in=accounts) | Q(network_hash__in=networks))


def _hits(ban: Ban, comment: Comment) -> bool:
    if ban.account_id is not None:
        return ban.account_id == comment.account_id
    return bool(ban.network_hash) and ban.network_hash == comment.network_hash
