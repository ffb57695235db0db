"""Reads on their way to the database: gathered in this process, stored together.

A read costs no query. The first one that waits sets a clock, and when it has run down a thread
adds up everything that came meanwhile in one transaction. Processes gather apart and add to the
same rows. What a process holds is stored when it ends; only one that is killed loses what it
gathered within the last STORED_AFTER_SECONDS.
"""

from __future__ import annotations

import atexit
import logging
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from threading import Lock, Timer

from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from articles.models import Article, DailyReads, HourlyReads
from articles.ranking import start_of_hour

logger = logging.getLogger(__name__)

STORED_AFTER_SECONDS = 15
# Somebody may invent articles; what they are not, storing finds out.
MOST_GATHERED = 5_000
HOURS_KEPT = timedelta(days=8)

# An article, and the beginning of an hour.
Key = tuple[int, datetime]


class GatheredReads:
    """Counts by article and hour that no row of the database holds yet."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._clock: Timer | None = None
        self._gathering = Lock()
        # Held while rows are written, so that the end of the process waits for them.
        self._storing = Lock()

    def add(self, article: int, at: datetime | None = None) -> None:
        """Count a read of the article with this key, at `at` (default now)."""
        key = (article, start_of_hour(timezone.localtime(at)))
        with self._gathering:
            if key in self._counts or len(self._counts) < MOST_GATHERED:
                self._counts[key] += 1
            self._set_clock()

    def store(self) -> None:
        """Add what was gathered to the database; while that is away, keep it for the next time."""
        with self._storing:
            counts = self._taken()
            if not counts:
                return
            try:
                add_to_database(counts)
            except DatabaseError as error:
                logger.warning("%d reads wait for the database: %r", counts.total(), error)
                with self._gathering:
                    self._counts.update(counts)
                    self._set_clock()

    def forget(self) -> None:
        """Drop what was gathered, as tests do between one another."""
        self._taken()

    def _taken(self) -> Counter[Key]:
        with self._gathering:
            counts, self._counts = self._counts, Counter()
            if self._clock is not None:
                self._clock.cancel()
                self._clock = None
            return counts

    def _set_clock(self) -> None:
        if self._clock is None:
            self._clock = Timer(STORED_AFTER_SECONDS, self._store_in_thread)
            # A clock must not hold up the end of the process, at which everything is stored.
            self._clock.daemon = True
            self._clock.start()

    def _store_in_thread(self) -> None:
        try:
            self.store()
        finally:
            connections.close_all()


@transaction.atomic
def add_to_database(counts: Mapping[Key, int]) -> None:
    """Add the reads of articles that readers can see to their hours and days, and tidy up."""
    articles = Article.objects.published().filter(pk__in={article for article, _ in counts})
    public = set(articles.values_list("pk", flat=True))
    hours = {key: count for key, count in counts.items() if key[0] in public}
    days: Counter[tuple[int, date]] = Counter()
    for (article, hour), count in hours.items():
        days[article, timezone.localdate(hour)] += count
    HourlyReads.objects.add(hours)
    DailyReads.objects.add(days)
    HourlyReads.objects.filter(hour__lt=timezone.now() - HOURS_KEPT).delete()


gathered = GatheredReads()
atexit.register(gathered.store)
