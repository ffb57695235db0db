"""What readers can do with a discussion at a moment. A pure rule."""

from datetime import datetime, timedelta
from enum import StrEnum


class Access(StrEnum):
    """What readers can do with an article's discussion."""

    OPEN = "open"
    CLOSED = "closed"
    # Closed by the switch for the whole site, and soon open again.
    PAUSED = "paused"
    HIDDEN = "hidden"


_CLOSED_NOTICES = {
    Access.CLOSED: "이 글은 더 이상 댓글을 받지 않습니다.",
    Access.PAUSED: "지금은 댓글을 쓸 수 없습니다. 잠시 뒤에 다시 찾아 주세요.",
}


def closed_notice(access: Access) -> str:
    """Return what readers are told where they cannot write, "" where they can."""
    return _CLOSED_NOTICES.get(access, "")


def closing_time(
    published_at: datetime | None, close_after_days: int, at: datetime
) -> datetime | None:
    """Return when an open discussion closes by itself, or None if it does not after `at`."""
    if not close_after_days or published_at is None:
        return None
    end = published_at + timedelta(days=close_after_days)
    return end if end > at else None


def access_to(
    policy: str,
    *,
    published_at: datetime | None,
    close_after_days: int,
    at: datetime,
    writing_enabled: bool = True,
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
    return Access.OPEN if writing_enabled else Access.PAUSED
