"""What a read weighs, at every hour of the clock."""

from datetime import datetime, timedelta

import pytest

from articles.ranking import weights
from tests.builders import KST

MIDNIGHT = datetime(2026, 3, 3, tzinfo=KST)


def weight(read_at: datetime, now: datetime) -> float:
    return weights(now)[read_at.replace(minute=0)]


@pytest.mark.parametrize("hour", [0, 1, 12, 23])
def test_a_hundred_of_yesterday_stand_below_sixty_of_today(hour: int) -> None:
    now = MIDNIGHT + timedelta(hours=hour, minutes=50)
    late_yesterday, early_today = MIDNIGHT - timedelta(minutes=1), MIDNIGHT
    assert 100 * weight(late_yesterday, now) < 60 * weight(early_today, now)


def test_a_read_of_this_hour_weighs_one() -> None:
    now = MIDNIGHT + timedelta(hours=9, minutes=59)
    assert weight(now, now) == 1


def test_a_read_loses_weight_through_the_day() -> None:
    now = MIDNIGHT + timedelta(hours=20)
    by_hour = [weight(MIDNIGHT + timedelta(hours=hour), now) for hour in range(21)]
    assert by_hour == sorted(set(by_hour))


def test_midnight_changes_no_order_of_what_was_read_before() -> None:
    reads = [MIDNIGHT - timedelta(hours=hours) for hours in (1, 5, 20, 30, 50)]
    before = [weight(read, MIDNIGHT - timedelta(minutes=1)) for read in reads]
    after = [weight(read, MIDNIGHT) for read in reads]
    assert before == sorted(before, reverse=True)
    assert [new / old for new, old in zip(after, before, strict=True)] == pytest.approx(
        [after[0] / before[0]] * len(reads)
    )


def test_what_is_older_than_three_days_weighs_nothing() -> None:
    assert MIDNIGHT - timedelta(hours=72) not in weights(MIDNIGHT)
