"""A million comments within a minute or two: rows are copied by the database, and indexed in the end."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from articles.models import Article
from comments.counting import recount
from comments.models import Comment
from tests.builders import make_articles

_FIRST = 10_000
_ARTICLES = 100


def make_many_comments(count: int) -> Article:
    """Return one of the hundred articles that have the comments."""
    articles = make_articles(_ARTICLES)
    indexes = Comment._meta.indexes
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(Comment, index)
    _make_first(articles, min(count, _FIRST))
    _copy(count)
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(Comment, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for article in articles:
        recount(article.pk, [])
    return articles[0]


def _make_first(articles: list[Article], count: int) -> None:
    start = timezone.now() - timedelta(days=3650)
    Comment.objects.bulk_create(
        Comment(
            article=articles[number % _ARTICLES],
            is_guest=True,
            name="나그네",
            password="!",
            body=f"댓글 {number}",
            status="visible",
            created_at=start + timedelta(hours=number),
        )
        for number in range(count)
    )


def _copy(count: int) -> None:
    fields = Comment._meta.local_concrete_fields
    columns = ", ".join(f.column for f in fields if not (f.primary_key or f.generated))
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        while (missing := count - Comment.objects.count()) > 0:
            cursor.execute(
                f"INSERT INTO {table} ({columns})"  # noqa: S608
                f" SELECT {columns} FROM {table} ORDER BY id LIMIT {missing}"
            )
