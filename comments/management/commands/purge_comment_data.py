"""Forget what has been kept long enough. Meant to run every hour, harmless at any time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from comments.privacy.retention import duties


class Command(BaseCommand):
    help = "End blinds, erase the trash, and forget addresses and requests whose time is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, say what would be done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for duty in duties():
            count = duty.count()
            if not options["dry_run"]:
                # tqdm draws nothing unless standard error is a terminal.
                with tqdm(total=count, desc=duty.label, unit="row", disable=None) as bar:
                    count = duty.run(bar.update)
            self.stdout.write(f"{duty.label}: {count}")
