"""Send the newsletter: once, or for as long as the process runs."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from articles.newsletter import mailings, sending
from articles.watching import add_watch_argument, watch


class Command(BaseCommand):
    help = (
        "Begin the mailings whose time has come and send their letters, at most "
        "NEWSLETTER_PER_MINUTE a minute by all workers together."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch_argument(parser)
        parser.add_argument("--limit", type=int, default=200, help="letters sent in one round")

    def handle(self, *args: Any, **options: Any) -> None:
        limit: int = options["limit"]

        def work(stopping: Event) -> None:
            self.work(limit, stopping.wait)

        if options["watch"] is None:
            self.work(limit, time.sleep)
        else:
            # A letter that is being sent when told to stop is finished first.
            watch(work, options["watch"])

    def work(self, limit: int, wait: sending.Wait) -> None:
        begun = mailings.prepare()
        tally = sending.send_due(limit, wait)
        if begun or tally.sent or tally.failed:
            self.stdout.write(
                f"{begun} mailings begun, {tally.sent} letters sent, {tally.failed} failed."
            )
