from datetime import UTC, datetime, timedelta

import pytest

from comments.moderation import Access, Verdict, Writer, access_to, judge

PUBLISHED_AT = datetime(2025, 3, 3, tzinfo=UTC)
GUEST = Writer()
NEWCOMER = Writer(has_account=True)
REGULAR = Writer(has_account=True, has_visible_comment=True)
MODERATOR = Writer(has_account=True, is_moderator=True)


def access(policy="open", *, close_after_days=0, after=timedelta(days=100)):
    return access_to(
        policy,
        published_at=PUBLISHED_AT,
        close_after_days=close_after_days,
        at=PUBLISHED_AT + after,
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


@pytest.mark.parametrize("writer", [GUEST, NEWCOMER, REGULAR, MODERATOR])
def test_post_publishes_everybody_at_once(writer):
    assert judge("post", writer) == Verdict.PUBLISH


@pytest.mark.parametrize("writer", [GUEST, NEWCOMER, REGULAR])
def test_pre_holds_everybody(writer):
    assert judge("pre", writer) == Verdict.HOLD


@pytest.mark.parametrize(
    ("writer", "expected"),
    [(GUEST, Verdict.HOLD), (NEWCOMER, Verdict.HOLD), (REGULAR, Verdict.PUBLISH)],
)
def test_first_trusts_accounts_with_a_visible_comment(writer, expected):
    assert judge("first", writer) == expected


def test_a_guest_gains_no_trust():
    assert judge("first", Writer(has_visible_comment=True)) == Verdict.HOLD


@pytest.mark.parametrize("mode", ["post", "pre", "first"])
def test_moderators_are_never_held(mode):
    assert judge(mode, MODERATOR) == Verdict.PUBLISH
