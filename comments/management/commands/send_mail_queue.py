"""Work on the mail queue: once, or for as long as the process runs."""

from __future__ import annotations

import logging
import signal
import time
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from comments.mail import digests, notices, outbox

logger = logging.getLogger(__name__)

HOUSEKEEPING_SECONDS = 60 * 60


class Command(BaseCommand):
    help = "Write and send the mails that are due. Any number of these may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_long = parser.add_mutually_exclusive_group()
        how_long.add_argument("--once", action="store_true", help="work once (the default)")
        how_long.add_argument(
            "--watch", type=int, metavar="SECONDS", help="go on, with a pause of so many seconds"
        )
        parser.add_argument("--limit", type=int, default=200, help="mails sent in one round")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"] is None:
            outbox.forget_old()
            self._work(options["limit"])
        else:
            self._watch(max(1, options["watch"]), options["limit"])

    def _watch(self, seconds: int, limit: int) -> None:
        """Work until told to stop; a mail that is being sent is finished first."""
        stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        tidied_at: float | None = None
        while not stopping.is_set():
            close_old_connections()
            try:
                if tidied_at is None or time.monotonic() - tidied_at > HOUSEKEEPING_SECONDS:
                    outbox.forget_old()
                    tidied_at = time.monotonic()
                self._work(limit)
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database is away: %s", type(error).__name__)
            stopping.wait(seconds)

    def _work(self, limit: int) -> None:
        spread = notices.spread()
        written = digests.compose() + digests.compose_for_moderators()
        tally = outbox.send_due(limit)
        if spread or written or tally.sent or tally.failed:
            self.stdout.write(
                f"{spread} comments announced, {written} mails written, "
                f"{tally.sent} sent, {tally.failed} failed."
            )
