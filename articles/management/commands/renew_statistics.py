from typing import Any

from django.core.management.base import BaseCommand

from articles.statistics import renew_statistics


class Command(BaseCommand):
    help = "Renew the statistics by which SQLite chooses its indexes; once a day is enough."

    def handle(self, **options: Any) -> None:
        renew_statistics()
