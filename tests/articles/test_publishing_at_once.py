"""Several editors at once: what one of them has published, the others find done."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from articles.editing import Actor, head_of
from articles.models import Article, Deed, DeskEvent
from articles.publishing import AlreadyPublicError, Order, fingerprint, publish
from tests.articles.desk import make_ready_draft

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
