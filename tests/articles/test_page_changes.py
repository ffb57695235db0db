"""What is noted when something that readers see changes, and by which tags pages are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.models import (
    Article,
    Banner,
    FrontPage,
    PageChange,
    Redirect,
    SiteSettings,
    Status,
    SynonymGroup,
)
from articles.page_changes import note_change, noted_together, prune
from comments.counting import recount
from comments.models import CommentSettings, DiscussionSettings
from comments.models import Status as CommentStatus
from comments.transitions import RULES, change_status
from tests.builders import make_article, make_category, make_image, make_tag
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@contextmanager
def noted() -> Iterator[set[str]]:
    """Yield a set that afterwards holds the tags noted meanwhile."""
    last = PageChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    tags: set[str] = set()
    yield tags
    for row in PageChange.objects.filter(pk__gt=last):
        tags.update(row.tags.split())


def test_each_page_carries_the_tags_of_what_it_shows(client: Client) -> None:
    shown = make_article("붓", tags=["서예"])
    discussed = f"discussion-{shown.pk}"
    tags = {
        path: set(client.get(path)["Cache-Tag"].split())
        for path in (
            shown.get_absolute_url(),
            "/articles/",
            "/feed/",
            f"{shown.get_absolute_url()}comments/feed/",
            "/search/",
            "/sitemap.xml",
            "/nothing/",
            "/site.webmanifest",
        )
    }
    every = {"site", "articles"}
    assert list(tags.values()) == [
        every | {f"article-{shown.pk}", discussed},
        every | {discussed},
        every,
        every | {discussed},
        every | {"search"},
        every,
        every | {"addresses"},
        every,
    ]


def test_what_no_cache_may_keep_has_no_tag(client: Client) -> None:
    shown = make_article()
    assert "Cache-Tag" not in client.get(f"{shown.get_absolute_url()}comments/")


def test_a_draft_that_nobody_has_seen_changes_no_page() -> None:
    with noted() as tags:
        draft = make_article(status=Status.DRAFT, published_at=None)
        draft.title = "다른 제목"
        draft.save()
        draft.delete()
    assert tags == set()


def test_whatever_becomes_of_an_article_is_noted() -> None:
    article = make_article()
    own = {"articles", f"article-{article.pk}"}
    with noted() as published:
        Article.objects.filter(pk=article.pk).update(expires_at=None)
    with noted() as withdrawn:
        article.withdraw()
    with noted() as deleted:
        Article.objects.filter(pk=article.pk).delete()
    assert (published, withdrawn, deleted) == ({"articles"}, own, own)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda: make_category("과학"), "site"),
        (lambda: SiteSettings.stored().save(), "site"),
        (lambda: CommentSettings.current().save(), "site"),
        (lambda: FrontPage.current().save(), "articles"),
        (lambda: Banner.objects.create(title="강연"), "articles"),
        (lambda: make_tag("서예"), "articles"),
        (lambda: make_image().save(), "articles"),
        (lambda: Redirect.objects.create(old_path="/a/", target="/b/"), "addresses"),
        (lambda: SynonymGroup.objects.create(words="붓, 필"), "search"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_editors_arrange_is_noted(change: Callable[[], object], expected: str) -> None:
    with noted() as tags:
        change()
    assert tags == {expected}


def test_a_comment_concerns_the_pages_of_its_discussion_alone() -> None:
    article = make_article()
    own = {f"discussion-{article.pk}"}
    comment = make_comment(article)
    with noted() as counted:
        recount(article.pk, [comment])
    with noted() as hidden:
        change_status(
            type(comment).objects.filter(pk=comment.pk), CommentStatus.HIDDEN, actor=RULES
        )
    with noted() as arranged:
        DiscussionSettings.objects.create(article=article)
    assert (counted, hidden, arranged) == (own, own, own)


def test_a_change_that_is_rolled_back_was_none() -> None:
    with noted() as tags:
        try:
            with transaction.atomic():
                note_change("site")
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert tags == set()


def test_a_batch_is_one_change() -> None:
    with noted_together():
        note_change("articles", "article-1")
        note_change("article-2", "discussion-2", "site")
    with noted_together():
        note_change("discussion-3")
    assert list(PageChange.objects.values_list("tags", flat=True)) == [
        "articles site",
        "discussion-3",
    ]


def test_what_no_cache_can_still_hold_is_forgotten() -> None:
    note_change("site")
    PageChange.objects.update(created_at=timezone.now() - timedelta(days=2))
    note_change("articles")
    assert prune() == 1
    assert PageChange.objects.get().tags == "articles"
