from datetime import UTC, datetime, timedelta

import pytest

from comments.access import Access, access_to, closed_notice

PUBLISHED_AT = datetime(2025, 3, 3, tzinfo=UTC)


def access(policy="open", *, close_after_days=0, after=timedelta(days=100), writing_enabled=True):
    return access_to(
        policy,
        published_at=PUBLISHED_AT,
        close_after_days=close_after_days,
        at=PUBLISHED_AT + after,
        writing_enabled=writing_enabled,
    )


def test_an_open_discussion_stays_open_for_ever():
    assert access() == Access.OPEN


def test_a_read_only_discussion_is_closed():
    assert access("read_only") == Access.CLOSED


def test_a_hidden_discussion_is_hidden_whatever_its_age():
    assert access("hidden", close_after_days=1) == Access.HIDDEN


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(days=7) - timedelta(seconds=1), Access.OPEN),
        (timedelta(days=7), Access.CLOSED),
    ],
)
def test_a_discussion_closes_to_the_second(after, expected):
    assert access(close_after_days=7, after=after) == expected


def test_the_switch_pauses_what_is_open_and_changes_nothing_else():
    assert access(writing_enabled=False) == Access.PAUSED
    assert access("read_only", writing_enabled=False) == Access.CLOSED
    assert access("hidden", writing_enabled=False) == Access.HIDDEN


def test_only_where_nothing_can_be_written_readers_are_told_so():
    assert closed_notice(Access.OPEN) == ""
    assert "더 이상" in closed_notice(Access.CLOSED)
    assert "잠시 뒤" in closed_notice(Access.PAUSED)
