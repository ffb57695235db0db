"""Everything in another database, down to the last row."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from articles.models import Article, Image
from comments.models import Comment
from config.backups.copying import fingerprint
from tests.builders import make_article, make_user, picture_bytes
from tests.comments.builders import make_comments

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_engine]


COPY_TWICE = """
import sys
import django
from django.core.management import CommandError, call_command

django.setup()
call_command("copy_database", sys.argv[1])
try:
    call_command("copy_database", sys.argv[1])
except CommandError as error:
    print("Refused:", error)
"""


def copied_twice_in_a_process(url):
    # Tests may open no database but their own.
    return subprocess.run(
        [sys.executable, "-c", COPY_TWICE, url],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def value(path, sql):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchone()[0]


def test_every_row_is_in_the_other_database(tmp_path):
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as here:
        here.execute("VACUUM INTO ?", [str(other)])
    article = make_article(
        "옮길 글", lead_image=Image.objects.store(picture_bytes()), tags=["기술"]
    )
    make_comments(article, 3)
    make_user()
    run = copied_twice_in_a_process(f"sqlite:///{other}")
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("compared") == 1
    assert value(other, "SELECT title FROM articles_article") == article.title
    assert value(other, "SELECT count(*) FROM comments_comment") == Comment.objects.count() == 3
    assert value(other, "SELECT count(*) FROM accounts_user") == 1
    assert "Refused: The other database is not empty" in run.stdout


def test_a_fingerprint_knows_every_value_and_no_order():
    first, second = make_article("하나"), make_article("둘")
    before = fingerprint(Article, "default")
    assert before[0] == 2
    Article.objects.filter(pk=first.pk).update(title="하나둘")
    assert fingerprint(Article, "default") != before
    Article.objects.filter(pk=first.pk).update(title="하나")
    assert fingerprint(Article, "default") == before
    Article.objects.filter(pk=second.pk).delete()
    assert fingerprint(Article, "default")[0] == 1
