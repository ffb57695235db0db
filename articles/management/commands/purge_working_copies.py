"""Forget what writers left unsaved long ago. Autosaving does the same in passing."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.admin.copies import purge


class Command(BaseCommand):
    help = "Delete working copies that nobody has touched for 90 days, and marks of open pages."

    def handle(self, *args: Any, **options: Any) -> None:
        copies, presences = purge()
        self.stdout.write(f"working copies: {copies}, open pages: {presences}")
