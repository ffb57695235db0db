"""Make articles findable anew, as after a restored backup or a change of the rules."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.models import Article
from articles.search import index


class Command(BaseCommand):
    help = (
        "Index every article for the search, drafts too; with --stale only those that have "
        "changed since, which also goes on after an interrupted run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stale", action="store_true", help="only what is not up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        total = index.stale_articles() if options["stale"] else Article.objects.count()
        batches = index.refresh_stale() if options["stale"] else index.rebuild()
        done = 0
        with tqdm(total=total, unit="글", disable=not sys.stderr.isatty()) as progress:
            for count in batches:
                done += count
                progress.update(count)
        self.stdout.write(f"{done} indexed, {index.stale_articles()} stale")
