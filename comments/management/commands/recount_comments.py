"""Count all comments again, or only say where a stored count is wrong."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.models import Article
from comments.counting import (
    miscounted_articles,
    miscounted_comments,
    miscounted_reactions,
    misranked_comments,
    repair,
)


class Command(BaseCommand):
    help = "Count the comments of every article again from the rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing, name every wrong count, and exit with 1 if there is one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            self._repair()

    def _check(self) -> None:
        wrong = 0
        articles = miscounted_articles().values_list("slug", "comment_count", "actual_count")
        comments = miscounted_comments().values_list("pk", "reply_count", "actual_count")
        for kind, rows in (("article", articles), ("comment", comments)):
            for name, stored, actual in rows.iterator():
                wrong += 1
                self.stderr.write(f"{kind} {name}: {stored} stored, {actual} counted")
        for comment in miscounted_reactions().iterator():
            wrong += 1
            self.stderr.write(f"comment {comment.pk}: votes or reports are counted wrong")
        for comment in misranked_comments():
            wrong += 1
            self.stderr.write(f"comment {comment.pk}: the ranking does not follow the votes")
        if wrong:
            raise CommandError(f"{wrong} counts are wrong; run recount_comments to correct them.")
        self.stdout.write("All counts are right.")

    def _repair(self) -> None:
        """Look for what is wrong first, which takes seconds, and count those discussions again."""
        # tqdm draws nothing unless standard error is a terminal.
        bar = tqdm(sorted(set(_wrong())), desc="Recounting", unit="article", disable=None)
        corrected = sum(map(_repaired, bar))
        articles = Article.objects.count()
        self.stdout.write(f"{articles} articles, {corrected} counts corrected.")


def _wrong() -> Iterator[int]:
    """Yield the articles of all wrong counts, some of them more than once."""
    yield from miscounted_articles().order_by().values_list("pk", flat=True).iterator()
    for comments in (miscounted_comments(), miscounted_reactions()):
        yield from comments.order_by().values_list("article", flat=True).iterator()


def _repaired(article: int) -> int:
    """Return how many counts were wrong; none of an article that is gone by now."""
    try:
        return repair(article)
    except Article.DoesNotExist:
        return 0
