"""What SQLite's planner knows of an archive of a hundred thousand articles, and chooses by."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from articles.models import Article, ArticleAuthor, TaggedArticle
from comments.models import Comment

# `sqlite_stat1` after `make_load_test_data --articles 100000`, as the drill explain_pages writes it.
STATISTICS = Path(__file__).with_name("large_archive_statistics.txt")
TABLES = {model._meta.db_table for model in (Article, Comment, TaggedArticle, ArticleAuthor)}
# What the desk counts for all its readers, at most every ten minutes.
COUNTED_SELDOM = ('SUM("articles_article"."comment_count")', 'COUNT("articles_taggedarticle"."id")')


def pretend() -> None:
    """Let SQLite plan as for so many articles until the transaction is rolled back.

    It looks at its statistics alone. PostgreSQL looks at the sizes of its files, and at how values are
    spread: only the drill, which has a real archive, can ask it.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        lines = STATISTICS.read_text().splitlines()
        rows = [tuple(value or None for value in line.split("|")) for line in lines]
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_master")


def written_down() -> str:
    """Return the statistics of the configured database, as `STATISTICS` has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx")
        rows = cursor.fetchall()
    return "".join("|".join(value or "" for value in row) + "\n" for row in rows)
