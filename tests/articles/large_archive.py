"""What the planners of both databases know of an archive of a hundred thousand articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection, models

from articles.models import Article, ArticleAuthor, Author, Category, Tag, TaggedArticle
from comments.models import Comment

# SQLite chooses by these alone: `sqlite_stat1` after `make_load_test_data --articles 100000`, whose
# lines the drill explain_pages writes anew.
STATISTICS = Path(__file__).with_name("large_archive_statistics.txt")
LARGE = (Article, Comment, TaggedArticle, ArticleAuthor)
TABLES = {model._meta.db_table for model in LARGE}
ARTICLES = 100_000


def pretend() -> None:
    """Let the database plan as for so many, until the transaction is rolled back.

    PostgreSQL looks at the sizes of its files, so that there are narrow rows; few of them can be
    rendered. SQLite is told, and has the rows of a small archive.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            _fill(cursor)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            cursor.execute("ANALYZE")
            return
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        lines = STATISTICS.read_text().splitlines()
        rows = [tuple(value or None for value in line.split("|")) for line in lines]
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_master")


def written_down() -> str:
    """Return the statistics of the configured SQLite database, as `STATISTICS` has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx")
        rows = cursor.fetchall()
    return "".join("|".join(value or "" for value in row) + "\n" for row in rows)


def _fill(cursor: Any) -> None:
    """Write rows behind those that are there, of each kind in one statement."""
    sections, tags, authors = (
        [row.pk for row in model._default_manager.all()] for model in (Category, Tag, Author)
    )
    moment = "now() - n * interval '1 hour'"
    _rows(
        cursor,
        Article,
        slug="'text-' || n",
        title="'Text ' || n %% 50000",
        category_id=_one_of(sections),
        status="'published'",
        published_at=moment,
        created_at=moment,
        updated_at=moment,
    )
    _rows(cursor, TaggedArticle, content_object_id="1000000 + n", tag_id=_one_of(tags))
    _rows(cursor, ArticleAuthor, article_id="1000000 + n", author_id=_one_of(authors), position="0")
    _rows(
        cursor,
        Comment,
        article_id="1000000 + n",
        is_guest="true",
        password="'!'",
        name="'name ' || n %% 100",
        body="'word'",
        body_digest="'digest ' || n %% 5000",
        browser_hash="'browser ' || n %% 2000",
        network_hash="'network ' || n %% 2000",
        status="'visible'",
        created_at=moment,
    )


def _one_of(keys: list[int]) -> str:
    return f"(ARRAY{keys}::bigint[])[1 + n %% {len(keys)}]"


def _rows(cursor: Any, model: type[models.Model], **expressions: str) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = ["id", *expressions]
    selected = ["1000000 + n", *expressions.values()]
    defaults = []
    for field in fields:
        if field.column not in columns:
            columns.append(field.column)
            selected.append(f"%s::{field.db_type(connection)}")
            defaults.append(field.get_db_prep_save(field.get_default(), connection))
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"  # noqa: S608 - our own names
        f" SELECT {', '.join(selected)} FROM generate_series(1, {ARTICLES}) AS n",
        defaults,
    )
