"""Tell search engines and hubs what has changed: once, or for as long as the process runs."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from articles.announcements import AnnouncementError, Receiver, announce, receivers
from articles.watching import add_watch_argument, watch

# Whoever does not answer is asked less and less often, and at least once an hour.
LONGEST_PAUSE = 3600


class Command(BaseCommand):
    help = (
        "Tell IndexNow (INDEXNOW_KEY) and the WebSub hub (WEBSUB_HUB) which articles are new, "
        "changed or gone since they were last told. What fails is told the next time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not receivers():
            self.stdout.write("Nobody is to be told: set INDEXNOW_KEY or WEBSUB_HUB.")
        elif options["watch"] is not None:
            self.watch(max(1, options["watch"]))
        elif failures := [failure for failure in map(self.tell, receivers()) if failure]:
            raise CommandError(" ".join(failures))

    def watch(self, seconds: int) -> None:
        """Tell whoever is due; whoever does not answer rests twice as long each time."""
        pauses = dict.fromkeys(receivers(), 0)
        due = dict.fromkeys(pauses, time.monotonic())

        def tell_due(stopping: Event) -> None:
            for receiver in pauses:
                if stopping.is_set() or time.monotonic() < due[receiver]:
                    continue
                failure = self.tell(receiver)
                if failure:
                    self.stderr.write(failure)
                longer = min(LONGEST_PAUSE, 2 * pauses[receiver] or seconds)
                pauses[receiver] = longer if failure else 0
                due[receiver] = time.monotonic() + pauses[receiver]

        watch(tell_due, seconds)

    def tell(self, receiver: Receiver) -> str:
        """Tell one receiver, and return what went wrong, or ""."""
        try:
            told = announce(receiver)
        except AnnouncementError as error:
            return str(error)
        except (OperationalError, InterfaceError) as error:
            return f"The database is away: {type(error).__name__}"
        if told:
            self.stdout.write(f"{receiver.label} was told of {told} articles")
        return ""
