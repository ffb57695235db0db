"""`make_load_test_data` fills an empty database, with counts that are right."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article
from comments.models import Comment
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def make(*arguments: str) -> str:
    out = StringIO()
    call_command(
        "make_load_test_data", "--articles", "30", "--comments", "4", *arguments, stdout=out
    )
    return out.getvalue()


def test_it_works() -> None:
    assert make("--discussion", "40") == "30 articles with 156 comments.\n"
    assert Article.objects.published().count() == 30
    newest, *others = Article.objects.newest_first()
    assert newest.comment_count == newest.comments.visible().count() == 40
    assert {article.comment_count for article in others} == {4}
    call_command("recount_comments", "--check", stdout=StringIO())
    # The database goes on counting, and has the indexes back that were set aside.
    assert make_article("다음 글").pk > newest.pk
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Comment._meta.db_table)
    assert {index.name for index in Comment._meta.indexes} <= found.keys()


def test_a_database_that_holds_something_is_left_alone() -> None:
    make_article("남의 글")
    with pytest.raises(CommandError, match="already holds rows"):
        make()
    assert Article.objects.get().title == "남의 글"
    make("--replace")
    assert Article.objects.count() == 30
