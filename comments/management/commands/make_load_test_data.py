"""Fill an empty database with a synthetic magazine, to measure how the site grows."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime, time
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from articles.models import Article, Author, Category, Series, Tag
from articles.search import index
from articles.synthetic.magazine import Magazine
from articles.synthetic.rows import analyse, go_on_behind, indexes_made_afterwards
from comments.models import Comment, Vote
from comments.synthetic import MAIL_HOST, Discussions

BATCH_SIZE = 500
# Whatever is numbered from 1 here must not be there yet.
_NUMBERED = (Article, Author, Category, Series, Tag, Comment)


class Command(BaseCommand):
    help = (
        "Fill an empty database with synthetic articles and comments, the same ones for the same "
        "numbers, seed and day. Everything is stored at the end, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=_count, required=True, metavar="N")
        parser.add_argument(
            "--comments", type=_count, default=20, metavar="M", help="under each article (20)"
        )
        parser.add_argument(
            "--discussion",
            type=_count,
            nargs="+",
            default=[],
            metavar="K",
            help="so many comments under the newest article instead, and under the one before …",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--until",
            type=_day,
            default=timezone.localdate(),
            metavar="YYYY-MM-DD",
            help="the day before which everything has appeared (today)",
        )
        parser.add_argument(
            "--search", action="store_true", help="index the articles too, which takes longest"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete all articles, comments and what they stand in first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = _comment_counts(options["articles"], options["comments"], options["discussion"])
        end = timezone.make_aware(datetime.combine(options["until"], time.min))
        with transaction.atomic():
            self._make_room(replace=options["replace"])
            with indexes_made_afterwards(Comment, Vote):
                _write(Magazine(options["articles"], end, Random(options["seed"])), counts)
            go_on_behind(*_NUMBERED)
        analyse()
        self.stdout.write(f"{len(counts)} articles with {sum(counts)} comments.")
        if options["search"]:
            with tqdm(total=len(counts), unit="글", disable=not sys.stderr.isatty()) as bar:
                for done in index.rebuild():
                    bar.update(done)

    def _make_room(self, *, replace: bool) -> None:
        """Refuse a database that holds anything, or empty it when that is asked for."""
        if replace:
            for model in (Comment, Article, Series, Tag, Category, Author):
                model._default_manager.get_queryset().delete()
            User.objects.filter(email__endswith=f"@{MAIL_HOST}").delete()
        full = [model._meta.label for model in _NUMBERED if model._default_manager.exists()]
        if full:
            raise CommandError(
                f"The database already holds rows of {', '.join(full)}. Nothing was changed. "
                "Use an empty one (DATABASE_URL), or --replace to delete what is there."
            )


def _write(magazine: Magazine, comment_counts: list[int]) -> None:
    discussions = Discussions(magazine.random)
    magazine.write_surroundings()
    discussions.write_people()
    rows = magazine.article_rows(comment_counts)
    # tqdm draws nothing unless standard error is a terminal.
    with tqdm(total=magazine.count, unit="글", disable=None) as bar:
        while batch := magazine.write_articles(rows, BATCH_SIZE):
            discussions.write([(row[0], row[-3], row[-1]) for row in batch])
            bar.update(len(batch))
    magazine.write_reads()


def _comment_counts(articles: int, each: int, long_discussions: list[int]) -> list[int]:
    """Return how many comments each article gets, the oldest first."""
    if len(long_discussions) > articles:
        raise CommandError("There are more discussions than articles.")
    counts = [each] * articles
    for place, count in enumerate(long_discussions, 1):
        counts[-place] = count
    return counts


def _count(written: str) -> int:
    if not written.isdecimal():
        raise ArgumentTypeError(f"{written!r} is not a whole number.")
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(f"{written!r} is not a day, such as 2026-01-31.") from error
