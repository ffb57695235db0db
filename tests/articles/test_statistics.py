import pytest
from django.core.management import call_command
from django.db import connection

from tests.builders import make_article, make_articles


@pytest.mark.django_db
def test_statistics_tell_of_what_is_there_now():
    make_article()
    call_command("renew_statistics")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'articles_article'")
            assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_what_few_rows_have_is_expected_of_few() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks by itself.")
    make_articles(12, tags=["흔한 것"])
    make_article("다른 글", tags=["드문 것", "다른 것"])
    call_command("renew_statistics")
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1")
        told = {name.rpartition("_")[0]: stat for name, stat in cursor.fetchall() if name}
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'articles_redirect'")
        empty = cursor.fetchone()[0]
    assert told["articles_taggedarticle_tag_id"] == "14 5"
    # Nothing is a translation, which is one value as well.
    assert told["articles_article_translation_of_id"] == "13 1"
    assert empty == "1000"
