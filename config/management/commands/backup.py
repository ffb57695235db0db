"""`manage.py backup [FOLDER]`: database and media in one verified file, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backups.errors import BackupError
from config.backups.making import forget_old, make_backup


class Command(BaseCommand):
    help = "Write database and media into one new file, encrypted if BACKUP_KEY is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", help="where backups are kept (default: BACKUP_FOLDER)"
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="delete all but the newest N afterwards"
        )

    def handle(self, *args: Any, folder: Path | None, keep: int | None, **options: Any) -> None:
        folder = folder or settings.BACKUP_FOLDER
        if folder is None:
            raise CommandError("Name a folder, here or as BACKUP_FOLDER.")
        if keep is not None and keep < 1:
            raise CommandError("--keep must be at least 1: the backup just made would go too.")
        try:
            backup = make_backup(folder, public_key=settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(str(error)) from error
        # What is encrypted can be read back only by whoever has its key.
        done = "encrypted: try it with restore --check" if settings.BACKUP_KEY else "verified"
        self.stdout.write(f"{backup.path}: {backup.manifest.extent}, {done}")
        for path in forget_old(folder, keep) if keep else ():
            self.stdout.write(f"{path}: deleted")
