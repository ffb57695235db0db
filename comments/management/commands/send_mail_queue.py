"""Work on the mail queue: once, or for as long as the process runs."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from articles.watching import add_watch_argument, watch
from comments.mail import digests, notices, outbox

HOUSEKEEPING_SECONDS = 60 * 60


class Command(BaseCommand):
    help = "Write and send the mails that are due. Any number of these may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_long = parser.add_mutually_exclusive_group()
        how_long.add_argument("--once", action="store_true", help="work once (the default)")
        add_watch_argument(how_long)
        parser.add_argument("--limit", type=int, default=200, help="mails sent in one round")

    _tidied_at: float | None = None

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"] is None:
            outbox.forget_old()
            self._work(options["limit"], Event())
        else:
            # A mail that is being sent when told to stop is finished first.
            watch(lambda stopping: self._go_on(options["limit"], stopping), options["watch"])

    def _go_on(self, limit: int, stopping: Event) -> None:
        if self._tidied_at is None or time.monotonic() - self._tidied_at > HOUSEKEEPING_SECONDS:
            outbox.forget_old()
            self._tidied_at = time.monotonic()
        self._work(limit, stopping)

    def _work(self, limit: int, stopping: Event) -> None:
        spread = notices.spread()
        written = digests.compose() + digests.compose_for_moderators()
        tally = outbox.send_due(limit, stopping.is_set)
        if spread or written or tally.sent or tally.failed:
            self.stdout.write(
                f"{spread} comments announced, {written} mails written, "
                f"{tally.sent} sent, {tally.failed} failed."
            )
