"""Several readers at once: whatever is answered as stored is stored once and counted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from comments.counting import miscounted_articles, miscounted_comments
from comments.models import Comment
from tests.builders import make_article
from tests.comments.builders import form_token, make_comment, post_comment

pytestmark = pytest.mark.django_db(transaction=True)


def post_at_once(article, submissions) -> list[int]:
    """Send the forms in parallel, each from an address of its own; return the statuses."""

    def post(numbered) -> int:
        number, fields = numbered
        try:
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            return post_comment(client, article, **fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(submissions)) as threads:
        return list(threads.map(post, enumerate(submissions)))


def test_the_same_form_sent_at_once_makes_one_comment():
    article = make_article()
    sent = {"body": "한 번만", "form_token": form_token(article)}
    statuses = post_at_once(article, [sent] * 20)
    assert statuses == [303] * 20
    assert Comment.objects.count() == 1


def test_comments_written_at_once_are_all_counted():
    article = make_article()
    root = make_comment(article)
    post_at_once(article, [{"body": f"답글 {n}", "parent": root.pk} for n in range(8)])
    article.refresh_from_db()
    assert article.comment_count == 9
    assert not miscounted_articles().exists()
    assert not miscounted_comments().exists()
