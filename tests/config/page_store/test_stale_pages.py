"""After every kind of change, what is stored or put together from remembered parts is what is made anew.

The drill `compare_pages` does the same with processes, all kinds of pages and dice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from pytest_django import Settings

from articles.models import (
    Article,
    Author,
    Banner,
    Category,
    FrontBlock,
    Image,
    PageChange,
    Series,
    SiteSettings,
    Tag,
)
from articles.picture_library import forget_lost_renditions
from articles.tag_merging import merge_tags
from comments.models import Comment, CommentSettings, Status
from comments.transitions import Actor, change_status, erase
from config.page_store.application import PageStoreApplication
from config.page_store.changes import Changes
from config.page_store.store import PageStore
from tests.builders import (
    make_article,
    make_author,
    make_banner,
    make_category,
    make_image,
    make_series,
    make_tag,
    make_user,
)
from tests.comments.builders import make_comment
from tests.config.page_store.pages import get

BOB = Actor("밥", ref=7)


class NotedWatch:
    """Tells what was noted in the transaction of the test."""

    def __init__(self) -> None:
        self._last = 0

    def news(self) -> Changes:
        rows = list(PageChange.objects.filter(pk__gt=self._last).order_by("pk"))
        self._last = rows[-1].pk if rows else self._last
        return tuple(frozenset(row.tags.split()) for row in rows)

    def close(self) -> None:
        pass


@pytest.fixture
def stored(db: None) -> Iterator[PageStoreApplication]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield PageStoreApplication(get_wsgi_application(), PageStore(10_000_000), NotedWatch())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _roll_back() -> None:
    with transaction.atomic():
        SiteSettings(name="버린 이름").save()
        Article.objects.update(title="버린 제목")
        assert SiteSettings.current().name == "버린 이름"
        transaction.set_rollback(True)


def _comment() -> Comment:
    return Comment.objects.earliest("pk")


def _article() -> Article:
    return Article.objects.get(slug="붓")


CHANGES: dict[str, Callable[[], object]] = {
    "article": lambda: setattr(_article(), "title", "새 붓") or _article().save(),
    "update": lambda: Article.objects.filter(slug="붓").update(title="고친 붓"),
    "bulk_create": lambda: Article.objects.bulk_create(
        [Article(title="새 글", slug="새", status="published", published_at=timezone.now())]
    ),
    "tag added": lambda: _article().tags.add("벼루"),
    "byline": lambda: _article().set_authors([make_author("둘째")]),
    "author": lambda: Author.objects.filter(name="첫째").update(name="맏이"),
    "category": lambda: Category.objects.update(name="새 분야"),
    "series": lambda: Series.objects.update(title="새 연재"),
    "tag renamed": lambda: Tag.objects.filter(slug="먹").update(name="먹물"),
    "tags merged": lambda: merge_tags(
        Tag.objects.get(slug="먹"), [make_tag("합칠 것")], make_user("carol@pildam.example").pk
    ),
    "picture": lambda: Image.objects.get().save(),
    "lost copies": forget_lost_renditions,
    "banner": lambda: make_banner("모임"),
    "banners": lambda: Banner.objects.update(title="새 모임"),
    "block": lambda: FrontBlock.objects.bulk_create(
        [FrontBlock(kind="section", category=Category.objects.earliest("pk"), size=1)]
    ),
    "house": lambda: SiteSettings(name="새 집").save(),
    "rolled back": _roll_back,
    "comment": lambda: make_comment(_article(), "새 댓글"),
    "hidden": lambda: change_status(Comment.objects.all(), Status.HIDDEN, actor=BOB),
    "shown": lambda: change_status(Comment.objects.all(), Status.VISIBLE, actor=BOB),
    "badge": lambda: _grant_desk(),
    "order": lambda: CommentSettings(default_sort="oldest").save(),
    "paused": lambda: CommentSettings(writing_enabled=False).save(),
    "erased": lambda: erase(_comment()),
    "withdrawn": lambda: _article().withdraw(),
}


def _grant_desk() -> None:
    reader = _comment().account
    assert reader is not None
    reader.is_staff = True
    reader.save(update_fields=["is_staff"])


@pytest.mark.any_engine
@pytest.mark.promise("K5")
def test_no_change_leaves_an_old_page(stored: PageStoreApplication, settings: Settings) -> None:
    image = make_image(rendition_widths=[640], renditions_version=1)
    now = timezone.now()
    article = make_article(
        "붓",
        tags=["먹"],
        authors=[make_author("첫째")],
        category=make_category(),
        series=make_series(cover=image),
        episode=1,
        lead_image=image,
        published_at=now - timedelta(days=2),
    )
    make_comment(article, account=make_user(), created_at=now)
    addresses = ("/", article.path, "/tags/먹/", "/series/손이-아는-것/")
    made = get_wsgi_application()
    for name, change in CHANGES.items():
        change()
        for address in addresses:
            shown = get(stored, address)
            settings.DEBUG = True  # Nothing is remembered then.
            right = get(made, address)
            settings.DEBUG = False
            assert shown.status == right.status, (name, address)
            # What is missing is told otherwise then.
            assert shown.status == 404 or shown.body == right.body, (name, address)
    assert get(stored, "/").state == "hit"
