"""Commands that go on until they are told to stop, beside the server."""

from __future__ import annotations

import logging
import os
import signal
from argparse import _ActionsContainer
from collections.abc import Callable
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections

logger = logging.getLogger(__name__)

# Readers and editors come first on a small machine.
POLITENESS = 10


def add_watch_argument(parser: _ActionsContainer) -> None:
    """Add `--watch SECONDS`; None asks for one round."""
    parser.add_argument(
        "--watch", type=int, metavar="SECONDS", help="go on, with a pause of so many seconds"
    )


def watch(work: Callable[[Event], None], seconds: int, *, politely: bool = False) -> None:
    """Do the work again and again, with a pause of so many seconds, until SIGTERM or SIGINT.

    `work` is given the event that is set then, to look at between two pieces. A database that is
    away, or a disk that is full, is waited for. With `politely` every other process comes first.
    """
    if politely:
        os.nice(POLITENESS)
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set():
        close_old_connections()
        try:
            work(stopping)
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database is away: %s", type(error).__name__)
        except OSError as error:
            # Even what was to be said of the work may have found no room.
            logger.warning("The work is put off: %s", error.strerror or type(error).__name__)
        stopping.wait(max(1, seconds))
