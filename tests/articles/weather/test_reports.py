"""The weather from the service to the front page, and what is shown when there is none."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.caching import PAGE, page_of_today
from articles.weather import reports
from articles.weather.places import Place
from articles.weather.report import Report, WeatherError
from tests.articles.page import in_one_line
from tests.builders import KST

pytestmark = pytest.mark.any_engine


class Service:
    """Tells the weather as it was some time ago, or nothing."""

    def __init__(self, age: timedelta | None) -> None:
        self.age = age

    def report(self, now: datetime) -> Report:
        if self.age is None:
            raise WeatherError("it takes too long")
        return Report("서울", now - self.age, -0.6, "맑음", 0)


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


@pytest.mark.django_db
def test_front_page_tells_day_and_weather(client: Client) -> None:
    today = timezone.localtime()
    assert "°C" not in client.get("/").text
    reports.fetch(Service(timedelta(minutes=50)))
    page = in_one_line(client.get("/"))
    assert f'<time datetime="{today:%Y-%m-%d}">{today.year}년 {today.month}월 {today.day}일' in page
    assert "서울 맑음 −1°C" in page
    assert "강수 확률 0%" in page


def test_old_weather_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    reports.fetch(Service(timedelta(hours=2, minutes=59)))
    assert reports.current() is not None
    with pytest.raises(WeatherError):
        reports.fetch(Service(None))
    assert reports.current() is not None
    now = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert reports.current() is None
    reports.fetch(Service(timedelta(hours=4)))
    assert reports.current() is None


def test_command_says_what_is_missing(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KMA_API_KEY = ""
    call_command("fetch_weather")
    assert "set KMA_API_KEY" in capsys.readouterr().out
    settings.KMA_API_KEY = "key"
    with pytest.raises(CommandError, match="CACHE_URL"):
        call_command("fetch_weather")
    monkeypatch.setitem(settings.CACHES["shared"], "BACKEND", "RedisCache")
    service = Service(None)
    monkeypatch.setattr("articles.management.commands.fetch_weather.provider", lambda: service)
    with pytest.raises(CommandError, match="it takes too long"):
        call_command("fetch_weather")


def test_provider_is_the_one_whose_key_there_is(settings: Settings) -> None:
    settings.KMA_API_KEY, settings.WEATHER_PLACE = "", Place("서울", 60, 127)
    assert reports.provider() is None
    settings.KMA_API_KEY = "key"
    assert reports.provider() is not None


@pytest.mark.parametrize(
    ("clock", "kept"),
    [
        ("23:58:00", PAGE),
        ("23:59:30", "public, max-age=0, s-maxage=30, stale-if-error=86400"),
        ("23:59:59", "public, max-age=0, s-maxage=1, stale-if-error=86400"),
        ("00:00:00", PAGE),
    ],
)
def test_page_that_names_the_day_is_not_kept_past_midnight(clock: str, kept: str) -> None:
    assert page_of_today(datetime.fromisoformat(f"2026-01-05 {clock}").replace(tzinfo=KST)) == kept
