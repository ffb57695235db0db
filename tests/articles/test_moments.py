"""When pages change by the clock alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from articles.models import Banner, FrontPin, Status
from articles.moments import next_midnight, next_moment
from tests.builders import KST, make_article

NOW = datetime(2026, 3, 3, 21, 0, tzinfo=KST)
SOON = NOW + timedelta(hours=1)


def test_a_day_begins_in_korea() -> None:
    assert next_midnight(NOW) == datetime(2026, 3, 4, tzinfo=KST)
    assert next_midnight(datetime(2026, 3, 4, tzinfo=KST)) == datetime(2026, 3, 5, tzinfo=KST)


@pytest.mark.django_db
@pytest.mark.any_engine
def test_the_first_of_what_is_to_come_counts(django_assert_max_num_queries) -> None:
    shown = make_article("붓", published_at=NOW, expires_at=NOW + timedelta(days=9))
    make_article("초고", status=Status.DRAFT, published_at=SOON)
    assert next_moment(NOW) == next_midnight(NOW)
    coming = [
        lambda at: FrontPin.objects.create(article=shown, until=at),
        lambda at: Banner.objects.create(title="끝", starts_at=NOW, ends_at=at),
        lambda at: Banner.objects.create(title="처음", starts_at=at),
        lambda at: make_article("먹", published_at=NOW, expires_at=at),
        lambda at: make_article("벼루", published_at=at),
    ]
    for minutes, lay_in in enumerate(coming, start=1):
        at = SOON - timedelta(minutes=minutes)
        lay_in(at)
        assert next_moment(NOW) == at
    with django_assert_max_num_queries(5):
        next_moment(NOW)
