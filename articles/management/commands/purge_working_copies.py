"""Forget what writers left unsaved, or uploaded, long ago. The desk does the same in passing."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.admin.copies import purge
from articles.intake import import_files


class Command(BaseCommand):
    help = (
        "Delete working copies that nobody has touched for 90 days, marks of open pages, and "
        "uploads that nobody has gone on importing for 7 days."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        copies, presences = purge()
        uploads = import_files.purge()
        self.stdout.write(
            f"working copies: {copies}, open pages: {presences}, uploads to import: {uploads}"
        )
