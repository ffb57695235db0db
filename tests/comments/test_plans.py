"""Every order of a discussion is read from an index, with the very parameters that pages use."""

import pytest
from django.db import connection

from comments.models import Comment
from comments.orders import OLDEST, ORDERS
from tests.builders import make_article
from tests.comments.builders import make_comment

pytestmark = pytest.mark.django_db
INDEXES = {
    "newest": "comments_roots_by_time",
    "oldest": "comments_roots_by_time",
    "likes": "comments_roots_by_likes",
    "ratio": "comments_roots_by_ratio",
    "replies": "comments_roots_by_replies",
}


def plan_of(comments) -> str:
    if connection.vendor == "postgresql":
        # A table of a few rows is read whole unless that is forbidden.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return comments.explain()


def is_sorted_by_hand(plan: str) -> bool:
    return "TEMP B-TREE" in plan or "Sort Key" in plan


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_roots_are_read_in_order(order):
    article = make_article()
    make_comment(article)
    roots = Comment.objects.shown_roots().filter(article=article, recommended_at=None)
    plan = plan_of(order.sorted(roots)[:21])
    assert INDEXES[order.name] in plan
    assert not is_sorted_by_hand(plan)


def test_replies_are_read_in_order():
    root = make_comment(make_article())
    plan = plan_of(OLDEST.sorted(Comment.objects.shown_replies().filter(root=root))[:3])
    assert "comments_replies_by_time" in plan
    assert not is_sorted_by_hand(plan)


@pytest.mark.parametrize("name", ["browser_hash", "network_hash", "body_digest", "email"])
def test_writers_and_words_are_found_by_an_index(name):
    make_comment(make_article())
    plan = plan_of(Comment.objects.filter(**{name: "a" * 32}).order_by())
    assert "comments_by_" in plan


def test_the_visible_comments_of_an_article_are_counted_in_an_index():
    article = make_article()
    make_comment(article)
    plan = plan_of(Comment.objects.visible().filter(article=article).order_by())
    assert "Seq Scan" not in plan
    assert "SCAN comments_comment" not in plan
