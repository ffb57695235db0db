"""Make the smaller copies of pictures: once, or for as long as the process runs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.models import Article, Image
from articles.picture_library import add_renditions, forget_lost_renditions
from articles.rendering import RenderingError
from articles.share_cards import draw_ahead
from articles.watching import add_watch_argument, watch


class Command(BaseCommand):
    help = (
        "Make the smaller copies of pictures that lack them, render anew the texts that show them, "
        "and draw the share cards of new articles without a picture. Any number of these may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--missing",
            action="store_true",
            help="believe the database about what exists, without looking at the files",
        )
        add_watch_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = Event()
        # Articles that cannot be rendered, which there is no use in trying every few seconds.
        self.refused: set[int] = set()
        if not options["missing"]:
            forget_lost_renditions()
        if options["watch"] is None:
            self.work()
        else:
            watch(self.go_on, options["watch"], politely=True)

    def go_on(self, stopping: Event) -> None:
        """Work once; a picture that is being worked on when told to stop is finished first."""
        self.stopping = stopping
        self.work()

    def work(self) -> None:
        waiting = list(Image.objects.without_renditions().values_list("pk", flat=True))
        made = sum(add_renditions(key) for key in self.progress(waiting, "그림"))
        rendered = self.render_stale()
        drawn = draw_ahead()
        if made or rendered or drawn:
            self.stdout.write(
                f"{made} pictures given copies, {rendered} articles rendered anew, "
                f"{drawn} share cards drawn"
            )

    def render_stale(self) -> int:
        stale = Article.objects.stale().exclude(pk__in=self.refused)
        rendered = 0
        for key in self.progress(list(stale.values_list("pk", flat=True)), "글"):
            try:
                Article.objects.rerender(key)
                rendered += 1
            except Article.DoesNotExist:
                continue
            except RenderingError as error:
                self.refused.add(key)
                self.stderr.write(f"article {key}: {error}", self.style.ERROR)
        return rendered

    def progress(self, keys: Sequence[int], unit: str) -> Any:
        shown = tqdm(keys, unit=unit, disable=not keys or not sys.stderr.isatty())
        return (key for key in shown if not self.stopping.is_set())
