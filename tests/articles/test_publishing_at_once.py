"""Several editors at once: what one of them has published, the others find done."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from articles.editing import Actor, head_of
from articles.models import Article, Deed, DeskEvent
from articles.publishing import AlreadyPublicError, Order, fingerprint, publish
from tests.articles.desk import (
    LIST,
    make_editor,
    make_ready_draft,
    publish_form,
    room_url,
    signed_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_clicks_at_once_one_publishes():
    article = make_ready_draft()
    order = Order(seen=fingerprint(article, head_of(article)))

    def click(number: int) -> bool:
        try:
            publish(article.pk, order, Actor(f"편집자 {number}"))
        except AlreadyPublicError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(click, range(4))) == 1
    assert Article.objects.published().count() == 1
    assert list(DeskEvent.objects.values_list("deed", flat=True)) == [Deed.PUBLISH]


def test_whoever_comes_too_late_for_a_deleted_article_is_told_so():
    article, desk = make_ready_draft(), signed_in(make_editor())
    chosen = {"_selected_action": [article.pk], "post": "yes"}
    posts = [
        (room_url(article, "delete"), {"post": "yes"}),
        (LIST, chosen | {"action": "delete_selected"}),
        (LIST, chosen | {"action": "publish_selected"}),
        (room_url(article, "publish"), publish_form(article)),
        (room_url(article, "publish"), {"drop": "1"}),
        (room_url(article, "links"), {"days": "7"}),
    ]

    def post(address_and_form: tuple) -> int:
        try:
            client = Client(raise_request_exception=False)
            client.cookies = desk.cookies
            return client.post(*address_and_form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as threads:
        assert max(threads.map(post, posts)) < 500
    assert not Article.objects.exists()
    assert DeskEvent.objects.filter(deed=Deed.DELETE).count() == 1
