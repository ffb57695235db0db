"""Tell the caches in front what has changed: once, or for as long as the process runs."""

from __future__ import annotations

from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.purging.purgers import purgers
from articles.purging.queue import Tally, purge_due
from articles.watching import add_watch_argument, watch


class Command(BaseCommand):
    help = (
        "Have nginx (PURGE_NGINX_URLS), Fastly (FASTLY_SERVICE_ID) and Cloudflare "
        "(CLOUDFLARE_ZONE_ID) drop the pages that have changed. Any number of these may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_long = parser.add_mutually_exclusive_group()
        how_long.add_argument("--once", action="store_true", help="work once (the default)")
        add_watch_argument(how_long)

    def handle(self, *args: Any, **options: Any) -> None:
        self.caches = purgers()
        if not self.caches:
            self.stdout.write("No cache is to be told: it lets go of pages within a minute.")
        elif options["watch"] is not None:
            watch(self.go_on, options["watch"])
        elif problem := self.work(Event()).problem:
            raise CommandError(problem)

    def go_on(self, stopping: Event) -> None:
        self.work(stopping)

    def work(self, stopping: Event) -> Tally:
        """Work until nothing is due; a batch that was begun is finished first."""
        while True:
            tally = purge_due(self.caches)
            if tally.problem:
                self.stderr.write(
                    f"{tally.failed} changes are tried again, {tally.given_up} given up: {tally.problem}"
                )
            elif tally.told:
                self.stdout.write(f"Caches were told of {tally.told} changes.")
            if not tally.told or stopping.is_set():
                return tally
