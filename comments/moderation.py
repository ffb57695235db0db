"""Who may write now, and what becomes of what they write. Pure rules, without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Access(StrEnum):
    """What readers can do with an article's discussion."""

    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


class Verdict(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Writer:
    """What is known of whoever writes; a guest has no account and so no history."""

    has_account: bool = False
    has_visible_comment: bool = False
    is_moderator: bool = False


def access_to(
    policy: str, *, published_at: datetime | None, close_after_days: int, at: datetime
) -> Access:
    """Return the access to a discussion at a moment.

    `policy` is the article's own: "open", "read_only" or "hidden". An open discussion closes
    `close_after_days` days after publication to the second; 0 keeps it open.
    """
    if policy == "hidden":
        return Access.HIDDEN
    if policy != "open" or published_at is None:
        return Access.CLOSED
    if close_after_days and at >= published_at + timedelta(days=close_after_days):
        return Access.CLOSED
    return Access.OPEN


def judge(mode: str, writer: Writer) -> Verdict:
    """Return the verdict on a comment, or on a changed one, under a mode of moderation.

    "post" publishes at once. "pre" holds everything for a moderator. "first" holds until the
    same account has one comment that readers see. Moderators are never held.
    """
    if writer.is_moderator or mode == "post":
        return Verdict.PUBLISH
    if mode == "first" and writer.has_account and writer.has_visible_comment:
        return Verdict.PUBLISH
    return Verdict.HOLD
