"""The buttons under an article: publishing is one click, never a link, never for everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Status
from tests.articles.desk import (
    ADD,
    LIST,
    change_url,
    form_of,
    make_editor,
    make_staff,
    messages_of,
    signed_in,
)
from tests.builders import make_article, make_author, make_draft

pytestmark = pytest.mark.django_db

PUBLISH = "articles_article_publish_now"
WITHDRAW = "articles_article_withdraw_now"
REVIEW = "articles_article_send_to_review"
RETURN = "articles_article_return_to_draft"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def press(desk: Client, article: Article, button: str, **changes: Any) -> Any:
    response = desk.post(
        change_url(article), form_of(article, **changes, **{button: ""}), follow=True
    )
    article.refresh_from_db()
    return response


def test_one_click_publishes_what_the_form_says(desk: Client) -> None:
    article = make_draft()
    response = press(desk, article, PUBLISH, body="다 쓴 글")
    assert messages_of(response) == ["글 1편을 발행했습니다: 아직 쓰는 글"]
    assert article.is_public()
    assert article.body == "다 쓴 글"


def test_after_a_button_the_editor_stays_with_the_article(desk: Client) -> None:
    article = make_draft()
    response = press(desk, article, PUBLISH)
    assert response.redirect_chain[-1][0] == change_url(article)


def test_an_empty_article_is_saved_but_not_published(desk: Client) -> None:
    article = make_draft()
    [told] = messages_of(press(desk, article, PUBLISH, body=""))
    assert told == "발행하지 못했습니다: 아직 쓰는 글 – 본문이 비어 있습니다."
    assert (article.status, article.body) == (Status.DRAFT, "")


def test_a_form_with_an_error_publishes_nothing(desk: Client) -> None:
    article = make_draft()
    press(desk, article, PUBLISH, title="")
    assert article.status == Status.DRAFT


def test_one_click_withdraws(desk: Client) -> None:
    article = make_article()
    press(desk, article, WITHDRAW)
    assert article.status == Status.WITHDRAWN


def test_publishing_again_lifts_an_end_that_has_passed(desk: Client) -> None:
    article = make_article(expires_at=timezone.now() - timedelta(days=1))
    press(desk, article, PUBLISH)
    assert article.is_public()


def test_a_draft_goes_to_review_and_back(desk: Client) -> None:
    article = make_draft()
    press(desk, article, REVIEW)
    assert article.status == Status.IN_REVIEW
    press(desk, article, RETURN)
    assert article.status == Status.DRAFT


def test_a_public_article_cannot_be_sent_to_review_by_a_crafted_post(desk: Client) -> None:
    article = make_article()
    press(desk, article, REVIEW)
    assert article.status == Status.PUBLISHED


def test_only_the_buttons_that_fit_are_shown(desk: Client) -> None:
    draft = desk.get(change_url(make_draft())).content.decode()
    assert f'name="{PUBLISH}"' in draft
    assert f'name="{WITHDRAW}"' not in draft
    live = desk.get(change_url(make_article())).content.decode()
    assert f'name="{PUBLISH}"' not in live
    assert f'name="{WITHDRAW}"' in live


@pytest.mark.parametrize("name", [PUBLISH, "publish_now", "publish-now"])
def test_a_get_never_publishes(desk: Client, name: str) -> None:
    article = make_draft()
    desk.get(change_url(article), {name: ""})
    desk.get(f"/admin/articles/article/{article.pk}/{name}/", follow=True)
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_a_viewer_cannot_publish_by_a_crafted_post() -> None:
    article = make_draft()
    bob = signed_in(make_staff("view_article", "change_any_article"))
    assert press(bob, article, PUBLISH).status_code == 403
    assert article.status == Status.DRAFT


def test_publishing_asks_for_the_csrf_token() -> None:
    article = make_draft()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_editor())
    assert careful.post(change_url(article), form_of(article, **{PUBLISH: ""})).status_code == 403


def test_the_link_to_the_site_is_there_once_readers_see_the_article(desk: Client) -> None:
    draft, live = make_draft(), make_article()
    assert "사이트에서 보기" not in desk.get(change_url(draft)).content.decode()
    assert f'href="{live.get_absolute_url()}"' in desk.get(change_url(live)).content.decode()


@pytest.fixture
def writer():
    return make_staff(
        "view_article", "add_article", "change_article", email="writer@pildam.example"
    )


def test_a_writer_sees_and_changes_drafts_of_their_own_alone(writer):
    desk = signed_in(writer)
    own, named, others = make_draft("내 글"), make_draft("내 이름의 글"), make_draft("남의 글")
    Article.objects.filter(pk=own.pk).update(owner=writer)
    named.set_authors([make_author("캐럴", user=writer)])
    listed = desk.get(LIST).content.decode()
    assert "내 글" in listed
    assert "내 이름의 글" in listed
    assert "남의 글" not in listed
    assert desk.get(change_url(own)).status_code == 200
    assert desk.get(change_url(others)).status_code == 302
    desk.post(change_url(others), form_of(others, title="빼앗은 글"))
    others.refresh_from_db()
    assert others.title == "남의 글"


def test_what_a_writer_begins_is_theirs(writer):
    signed_in(writer).post(ADD, form_of(title="처음 쓰는 글"))
    assert Article.objects.get().owner == writer


@pytest.mark.parametrize("name", ["publish_now", "withdraw_now"])
def test_a_writer_cannot_publish_by_a_crafted_button(writer, name):
    draft = make_draft()
    Article.objects.filter(pk=draft.pk).update(owner=writer)
    button = {f"articles_article_{name}": ""}
    signed_in(writer).post(change_url(draft), form_of(draft) | button | {"status": "published"})
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_writer_cannot_publish_by_a_bulk_action(writer):
    draft = make_draft()
    Article.objects.filter(pk=draft.pk).update(owner=writer)
    action = {"action": "publish_selected", "_selected_action": [draft.pk]}
    signed_in(writer).post(LIST, action)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_writer_asks_for_a_review_and_takes_it_back(writer):
    draft = make_draft()
    Article.objects.filter(pk=draft.pk).update(owner=writer)
    desk = signed_in(writer)
    for button, status in (
        ("send_to_review", Status.IN_REVIEW),
        ("return_to_draft", Status.DRAFT),
    ):
        desk.post(change_url(draft), form_of(draft) | {f"articles_article_{button}": ""})
        draft.refresh_from_db()
        assert draft.status == status


def test_a_writer_reads_what_is_published_of_their_own_and_no_longer_changes_it(writer):
    article = make_article("실린 글")
    Article.objects.filter(pk=article.pk).update(owner=writer)
    desk = signed_in(writer)
    assert desk.get(change_url(article)).status_code == 200
    assert desk.post(change_url(article), form_of(article, title="바뀐 글")).status_code == 403
    article.refresh_from_db()
    assert article.title == "실린 글"
