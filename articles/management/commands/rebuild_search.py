"""Make articles findable: all of them anew, or what has changed, for as long as the process runs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.models import Article
from articles.search import index
from articles.watching import watch


class Command(BaseCommand):
    help = (
        "Index every article for the search, drafts too; with --stale only those that have "
        "changed since, which also goes on after an interrupted run."
    )

    has_looked_at_all = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stale", action="store_true", help="only what is not up to date")
        parser.add_argument(
            "--watch",
            type=int,
            metavar="SECONDS",
            help="with --stale: go on, with a pause of so many seconds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"] is not None:
            if not options["stale"]:
                raise CommandError("--watch goes with --stale.")
            watch(self.refresh, options["watch"], politely=True)
        else:
            self.work(is_stale_only=options["stale"])

    def work(self, *, is_stale_only: bool) -> None:
        total = index.stale_articles() if is_stale_only else Article.objects.count()
        batches = index.refresh_stale() if is_stale_only else index.rebuild()
        done = 0
        with tqdm(total=total, unit="글", disable=not sys.stderr.isatty()) as progress:
            for count in batches:
                done += count
                progress.update(count)
        self.stdout.write(f"{done} indexed, {index.stale_articles()} stale")

    def refresh(self, stopping: Event) -> None:
        """Index what has become stale; a batch that was begun is finished first.

        The first time every article is looked at, then what was marked stale or has just come in.
        """
        for _ in index.refresh_changed() if self.has_looked_at_all else index.refresh_stale():
            if stopping.is_set():
                return
        self.has_looked_at_all = True
