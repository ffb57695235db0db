"""`manage.py restore FILE`: what `backup` has written, brought back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups.errors import BackupError
from config.backups.restoring import check_backup, restore_backup


class Command(BaseCommand):
    help = "Bring back database and media from a backup. Stop the site first."
    # What is restored may stand in the place of a database that is broken or empty.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the secret key of an encrypted backup"
        )
        parser.add_argument(
            "--check", action="store_true", help="only read the backup to its end and judge it"
        )
        parser.add_argument("--replace", action="store_true", help="lose what is here now")

    def handle(
        self,
        *args: Any,
        file: Path,
        identity: Path | None,
        check: bool,
        replace: bool,
        **options: Any,
    ) -> None:
        try:
            if check:
                manifest = check_backup(file, identity=identity)
            else:
                manifest = restore_backup(file, identity=identity, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        done = "whole" if check else "restored"
        self.stdout.write(f"{file}: {manifest.extent} of {manifest.made_at}, {done}")
        if not check:
            self.stdout.write("Now run `manage.py migrate`, then start the site.")
