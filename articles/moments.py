"""When public pages change by the clock alone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Banner, FrontPin, Status


def next_moment(after: datetime) -> datetime:
    """Return the first moment at which some page is not what it was at `after`.

    An article appears or ends, a banner begins or ends, a pin is over, or, at the latest, a new
    day begins in Korea, which the front page names. A few queries, each by an index.
    """
    published = Article.objects.filter(status=Status.PUBLISHED)
    coming = (
        _first(published, "published_at", after),
        _first(published, "expires_at", after),
        _first(Banner.objects.all(), "starts_at", after),
        _first(Banner.objects.all(), "ends_at", after),
        _first(FrontPin.objects.all(), "until", after),
    )
    return min([next_midnight(after), *filter(None, coming)])


def next_midnight(after: datetime) -> datetime:
    """Return when the next day begins in Korea."""
    tomorrow = timezone.localdate(after) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def _first(rows: QuerySet[Any], name: str, after: datetime) -> datetime | None:
    later = rows.filter(**{f"{name}__gt": after})
    return later.order_by(name).values_list(name, flat=True).first()
