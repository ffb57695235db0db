"""What keeps pages as quick with a hundred thousand articles as with a thousand."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from articles import archive, counts
from articles.admin.state import with_visibility
from articles.archive import between, period
from articles.models import Article, Author, Category, DeskEvent, Tag
from articles.pages import listings
from articles.pages.listings import by_age
from articles.pages.related import _alike
from comments.admin.queues import QUEUES
from comments.models import Comment, ModerationEvent
from comments.orders import ORDERS
from comments.privacy.retention import _with_address
from tests.articles.page import titles_in
from tests.builders import make_article, make_articles, make_author

pytestmark = pytest.mark.django_db


@pytest.mark.any_engine
@pytest.mark.parametrize("below", ["", "feed/"])
def test_a_long_list_is_the_same_as_a_short_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    author = make_author()
    make_articles(22, authors=[author])
    for article in Article.objects.all():
        article.tags.set(["책"])
    make_article("이 목록에 없는 글")
    addresses = [f"{row.get_absolute_url()}{below}" for row in (author, Tag.objects.get())]
    short = [client.get(address).content for address in addresses]
    monkeypatch.setattr(listings, "SORTED", 5)
    assert [client.get(address).content for address in addresses] == short
    if not below:
        assert len(titles_in(client.get(addresses[0]))) == listings.PAGE_SIZE


@pytest.mark.any_engine
def test_only_long_lists_are_counted_as_of_some_minutes_ago(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "EXACT", 3)
    monkeypatch.setattr(archive, "EXACT", 3)
    for count, shown in ((3, 3), (1, 4), (1, 4)):
        make_articles(count, title=f"글 {Article.objects.count()}")
        assert f"<span>{shown}편</span>" in client.get("/articles/").text
        assert f"<span>{shown}편</span>" in client.get("/archive/").text


def _roots(order: Any) -> QuerySet[Any]:
    shown = Comment.objects.shown_roots().filter(article=1, recommended_at__isnull=True)
    ordered: QuerySet[Any] = order.sorted(shown)
    return ordered


def _queued(queue: Any) -> QuerySet[Any]:
    sign = "-" if queue.order.startswith("-") else ""
    queued: QuerySet[Any] = queue.comments.order_by(queue.order, f"{sign}pk")
    return queued


def _at_desk() -> Any:
    return with_visibility(Article.objects.for_list(), timezone.now())


def _published() -> Any:
    return Article.objects.published()


LISTS: dict[str, Callable[[], QuerySet[Any]]] = {
    "all": lambda: _published().newest_first(),
    "category": lambda: _published().filter(category=Category(pk=1)).newest_first(),
    "month": lambda: between(_published(), *period(2025, 3)).newest_first(),
    "long tag": lambda: by_age(_published().tagged(Tag(pk=1))).newest_first(),
    "long author": lambda: by_age(_published().by(Author(pk=1))).newest_first(),
    "desk": lambda: _at_desk().order_by("-published_at", "-pk"),
    "desk by title": lambda: _at_desk().order_by("title", "-pk"),
    "desk by change": lambda: _at_desk().order_by("-updated_at", "-pk"),
    "episodes": lambda: _published().filter(series__isnull=False).newest_first(),
    "related": lambda: _alike(["category"], True, timezone.now(), 1, (1,)),
    "thread": lambda: Comment.objects.shown_replies().filter(root=1).order_by("created_at", "pk"),
    "addresses to forget": lambda: _with_address(timezone.now()).order_by("created_at"),
    "waiting": lambda: Comment.objects.held().order_by("created_at"),
    "changes of a desk": lambda: DeskEvent.objects.order_by("-at", "-pk"),
    "decisions": lambda: ModerationEvent.objects.order_by("-at", "-pk"),
    **{
        f"queue {queue.name}": lambda queue=queue: _queued(queue)
        for queue in QUEUES
        # All are read in the order of the table.
        if queue.name != "all"
    },
    **{f"comments by {order.name}": lambda order=order: _roots(order) for order in ORDERS},
}


def test_an_index_has_the_order_of_every_list() -> None:
    """The database neither reads a table through nor sorts what it finds."""
    numbers = ("--articles", "300", "--comments", "4", "--discussion", "60")
    call_command("make_load_test_data", *numbers, stdout=StringIO())
    if connection.vendor == "postgresql":
        # With tables so small it would do either; told not to, it does so only where it must.
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plans = {name: rows().values("pk")[:21].explain() for name, rows in LISTS.items()}
    assert {name: plan for name, plan in plans.items() if not _is_by_index(plan)} == {}


def _is_by_index(plan: str) -> bool:
    scans = ("Seq Scan on articles_article ", "Seq Scan on comments_comment ")
    # SQLite says so where it puts only rows of the same moment in order.
    sorts = plan.replace("TEMP B-TREE FOR RIGHT PART OF ORDER BY", "")
    is_read_through = any(
        line.split()[3:4] == ["SCAN"] and "INDEX" not in line for line in plan.splitlines()
    )
    return not (
        is_read_through
        or any(scan in plan for scan in scans)
        or "TEMP B-TREE" in sorts
        or ("Sort Key" in sorts.replace("Presorted Key", "") and "Incremental Sort" not in plan)
    )
