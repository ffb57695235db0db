"""A discussion as one reader sees it: their votes, reports and blocks, and what waits of theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from articles.models import Article
from comments.models import Block, Comment, Report, Vote
from comments.readers import Reader
from comments.shown_comment import ShownComment

# A reader with more than these waiting has other worries than seeing all of them.
WAITING_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Perspective:
    """What one reader has done to the comments of one page."""

    reader: Reader | None = None
    votes: dict[int, int] = field(default_factory=dict)
    reported: frozenset[int] = frozenset()
    blocked: frozenset[str] = frozenset()

    def fold_of(self, comment: ShownComment) -> str:
        """Return why the comment is folded for this reader, "" if it is not."""
        if self.blocked and comment.author_key in self.blocked:
            return "차단하신 분의 댓글입니다."
        if comment.pk in self.reported:
            return "신고하신 댓글입니다."
        if comment.is_folded:
            return "여러 독자의 신고로 접힌 댓글입니다."
        return ""

    def owns(self, comment: ShownComment) -> bool:
        return self.reader is not None and self.reader.wrote(comment)


# Nobody in particular, as on pages that are the same for everybody.
ANYBODY = Perspective()


def perspective_of(reader: Reader, comment_ids: Collection[int]) -> Perspective:
    """Ask what the reader has done to these comments, in three queries, or none without a key."""
    key = reader.key
    if not key:
        return Perspective(reader)
    votes = Vote.objects.filter(voter=key, comment__in=comment_ids)
    reports = Report.objects.filter(reporter=key, comment__in=comment_ids, resolved_at=None)
    blocks = Block.objects.filter(reader=key)
    return Perspective(
        reader,
        votes=dict(votes.values_list("comment", "value")),
        reported=frozenset(reports.values_list("comment", flat=True)),
        blocked=frozenset(blocks.values_list("author", flat=True)),
    )


def waiting_of(reader: Reader, article: Article) -> list[Comment]:
    """Return what this reader has written under the article that waits for a moderator."""
    if not reader.key:
        return []
    own = Q(account=reader.account) if reader.account else Q(browser_hash=reader.browser_hash)
    waiting = Comment.objects.waiting().filter(own, article=article).for_page()
    return list(waiting.order_by("created_at", "pk")[:WAITING_SHOWN])
