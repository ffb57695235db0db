"""Render stored articles anew, as after a change of the renderer."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.models import Article
from articles.rendering import RenderingError


class Command(BaseCommand):
    help = "Render articles anew; with --stale only those of an older renderer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stale", action="store_true", help="only what an older one rendered")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.stale() if options["stale"] else Article.objects.all()
        keys = list(articles.order_by("pk").values_list("pk", flat=True))
        failed = 0
        for key in tqdm(keys, unit="글", disable=not sys.stderr.isatty()):
            try:
                Article.objects.rerender(key)
            except RenderingError as error:
                failed += 1
                self.stderr.write(f"article {key}: {error}", self.style.ERROR)
        self.stdout.write(f"{len(keys) - failed} rendered, {failed} failed")
        if failed:
            raise CommandError(
                f"{failed} articles could not be rendered and are left as they were."
            )
