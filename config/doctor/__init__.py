"""What ails a site, and what to do about it: questions that `manage.py doctor` asks one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.doctor import contents, ground, queues, storage

# Yields, for each thing that is wrong, what it is and what to do.
Question = Callable[[], Iterator[str]]

QUESTIONS: dict[str, Question] = {
    "configuration": ground.configuration,
    "database": ground.database,
    "clock": ground.clock,
    "migrations": ground.migrations,
    "cache": ground.cache,
    "disk": storage.disk,
    "backups": storage.backups,
    "certificate": ground.certificate,
    "mail server": ground.mail_server,
    "mail": queues.mail,
    "newsletter": queues.newsletter,
    "announcements": queues.announcing,
    "purging": queues.purging,
    "housekeeping": queues.housekeeping,
    "copies of pictures": queues.copies,
    "search index": contents.search_index,
    "renderings": contents.renderings,
    "counters": contents.counters,
    "pictures": contents.pictures,
}
# What needs no database, and is asked whether that answers or not.
WITHOUT_DATABASE = frozenset(
    ["configuration", "cache", "disk", "backups", "certificate", "mail server"]
)
