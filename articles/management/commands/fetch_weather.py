"""Fetch the weather for the front page: once, or for as long as the process runs."""

from __future__ import annotations

from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.watching import add_watch_argument, watch
from articles.weather.report import WeatherError
from articles.weather.reports import fetch, provider


class Command(BaseCommand):
    help = (
        "Fetch the weather at WEATHER_PLACE from 기상청 (KMA_API_KEY) into the cache, from which "
        "the front page shows it for three hours. Needs a cache that processes share (CACHE_URL)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if provider() is None:
            self.stdout.write("No weather is fetched: set KMA_API_KEY.")
            return
        if settings.CACHES["shared"]["BACKEND"].endswith("LocMemCache"):
            raise CommandError(
                "The server would never see it: set CACHE_URL to a cache that processes share."
            )
        if options["watch"] is not None:
            watch(self._go_on, max(60, options["watch"]))
        elif failure := self._fetch():
            raise CommandError(failure)

    def _go_on(self, stopping: Event) -> None:
        if failure := self._fetch():
            self.stderr.write(failure)

    def _fetch(self) -> str:
        """Fetch it, and return what went wrong, or ""."""
        source = provider()
        if source is None:
            return ""
        try:
            report = fetch(source)
        except WeatherError as error:
            return f"The weather could not be fetched: {error}"
        self.stdout.write(f"{report.place}: {report.degrees}°C, {report.sky}")
        return ""
