"""Editors in one article see each other, and see when the text they began with is no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Presence
from tests.articles.desk import change_url, form_of, make_editor, make_staff, signed_in
from tests.builders import make_draft

pytestmark = pytest.mark.django_db

KEEP = "/admin/articles/article/working-copy/"


@pytest.fixture
def article() -> Article:
    return make_draft()


@pytest.fixture
def alice() -> Client:
    return signed_in(make_editor())


@pytest.fixture
def bob() -> Client:
    bob = make_staff("view_article", "change_article", "change_any_article")
    return signed_in(bob)


def beat(client: Client, article: Article, **more: Any) -> list[str]:
    notices: list[str] = client.post(KEEP, {"article": article.pk, **more}).json()["notices"]
    return notices


def test_who_opens_an_article_sees_who_is_there(
    alice: Client, bob: Client, article: Article
) -> None:
    assert "함께 열어" not in bob.get(change_url(article)).text
    assert "밥 님이 함께 열어 두었습니다." in alice.get(change_url(article)).text
    assert beat(bob, article) == ["편집자 님이 함께 열어 두었습니다."]


def test_who_leaves_is_not_there(alice: Client, bob: Client, article: Article) -> None:
    beat(bob, article)
    beat(bob, article, leaving="1")
    assert beat(alice, article) == []


def test_who_has_said_nothing_for_a_while_is_not_there(
    alice: Client, bob: Client, article: Article
) -> None:
    beat(bob, article)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=46))
    assert beat(alice, article) == []


def test_a_viewer_is_not_taken_for_a_writer(alice: Client, article: Article) -> None:
    viewer = make_staff("view_article", "change_any_article", email="v@pildam.example")
    signed_in(viewer).get(change_url(article))
    assert beat(alice, article) == []


def test_a_save_is_told_to_who_began_before(alice: Client, bob: Client, article: Article) -> None:
    base = form_of(article)["base"]
    bob.post(change_url(article), form_of(article, dek="밥의 부제"))
    [told] = beat(alice, article, base=base)
    assert told.startswith("밥 님이 ")
    assert told.endswith("이 글을 저장했습니다. 저장하면 두 글을 견주어 보게 됩니다.")
    assert beat(bob, article, base=base)[-1].startswith("다른 창에서 ")
