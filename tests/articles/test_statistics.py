import pytest
from django.core.management import call_command
from django.db import connection

from tests.builders import make_article


@pytest.mark.django_db
def test_statistics_tell_of_what_is_there_now():
    make_article()
    call_command("renew_statistics")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'articles_article'")
            assert cursor.fetchone()[0] > 0
