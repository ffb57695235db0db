"""`manage.py copy_database URL`: everything from this database into an empty one."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, Error, connections
from tqdm import tqdm

from config.backing_services import database_settings
from config.backups import copying
from config.backups.errors import BackupError
from config.pending_migrations import pending_migrations

TARGET = "copy_target"


class Command(BaseCommand):
    help = (
        "Copy every row of this database (DATABASE_URL) into another, and compare all of them. "
        "Stop the site first; media stay where they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="URL", help="postgres://user:password@host/name")

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        if pending_migrations(DEFAULT_DB_ALIAS):
            raise CommandError("This database is not migrated: run `manage.py migrate` first.")
        _migrate(target)
        try:
            with _target_at(target):
                rows = self._copied()
        except BackupError as error:
            raise CommandError(str(error)) from error
        except Error as error:
            raise CommandError(f"The database at the other end: {error}") from error
        self.stdout.write(f"{rows} rows copied and compared, one by one.")
        self.stdout.write("Now set DATABASE_URL to the new address, and start the site.")

    def _copied(self) -> int:
        tables = copying.tables()
        rows = 0
        with tqdm(total=len(tables), unit="table", disable=None) as bar:
            for _, copied in copying.copy_rows(DEFAULT_DB_ALIAS, TARGET, tables):
                rows += copied
                bar.update()
        return rows


def _migrate(url: str) -> None:
    """Bring the other database to our migrations, some of which know only one database."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise CommandError(f"The other database cannot be migrated: {run.stderr.strip()[-500:]}")


@contextmanager
def _target_at(url: str) -> Iterator[None]:
    """Make the database at the address one of Django's for a while."""
    connections.databases[TARGET] = connections.configure_settings(
        {DEFAULT_DB_ALIAS: settings.DATABASES[DEFAULT_DB_ALIAS], TARGET: _settings_of(url)}
    )[TARGET]
    try:
        yield
    finally:
        connections[TARGET].close()
        del connections[TARGET]
        del connections.databases[TARGET]


def _settings_of(url: str) -> dict[str, Any]:
    database = database_settings(url)
    # One connection, which ends with the command.
    database["OPTIONS"].pop("pool", None)
    return database
