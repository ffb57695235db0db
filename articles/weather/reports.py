"""What is told of the weather, who can be asked for it, and where it is kept until it is old.

Whoever wants another service writes a Provider and returns it from `provider()`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from articles.weather.kma import Kma
from articles.weather.report import Report

# Older than this it says more about the past than about the weather.
LIFETIME = timedelta(hours=3)
# With the number of the Report's shape, since an older release may have left one.
_KEY = "weather:1"


class Provider(Protocol):
    """A service that knows the weather at the place it was made for."""

    def report(self, now: datetime) -> Report:
        """Return the weather at an aware moment. Raises WeatherError."""


def provider() -> Provider | None:
    """Return whom the environment says to ask, or None."""
    if not settings.KMA_API_KEY:
        return None
    return Kma(settings.KMA_API_KEY, settings.WEATHER_PLACE)


def fetch(source: Provider) -> Report:
    """Ask for the weather and keep it. Raises WeatherError; what was kept stays then."""
    report = source.report(timezone.now())
    left = report.observed_at + LIFETIME - timezone.now()
    cache.set(_KEY, report, left.total_seconds())
    return report


def current() -> Report | None:
    """Return the weather if it is known and not old; the cache may keep its time badly."""
    report: Report | None = cache.get(_KEY)
    if report is None or timezone.now() - report.observed_at >= LIFETIME:
        return None
    return report
