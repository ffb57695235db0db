"""Withdrawing: with a reason, for everybody at once, and with a word to readers if wanted."""

import pytest
from django.test import Client

from articles.caching import MISSING
from articles.editing import Actor
from articles.models import Article, Deed, DeskEvent, Status, Withdrawal
from articles.publishing import Order, publish, withdraw
from tests.articles.desk import (
    change_url,
    make_editor,
    make_ready_draft,
    messages_of,
    room_url,
    signed_in,
)
from tests.articles.test_preview_links import change, link_to
from tests.builders import make_article, make_draft

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
BOB = Actor("밥")
FORM = {
    "reason": "사실과 달랐습니다.",
    "withdrawn_as": "gone",
    "notice": "바로잡아 다시 싣겠습니다.",
}


@pytest.fixture
def desk():
    return signed_in(make_editor())


def test_the_page_withdraws_with_a_reason(desk):
    article = make_article()
    response = desk.post(room_url(article, "withdraw"), FORM, follow=True)
    assert response.redirect_chain == [(change_url(article), 303)]
    assert messages_of(response) == ["내렸습니다. 이제 독자에게 보이지 않습니다: 붓을 건네는 시간"]
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    event = DeskEvent.objects.get()
    assert (event.deed, event.note) == (Deed.WITHDRAW, "사실과 달랐습니다.")


def test_without_a_reason_nothing_is_withdrawn(desk):
    article = make_article()
    response = desk.post(room_url(article, "withdraw"), FORM | {"reason": " "})
    assert response.status_code == 422
    assert "바로잡아 다시 싣겠습니다." in response.content.decode()
    assert article.is_public()


def test_what_is_not_published_cannot_be_withdrawn(desk):
    article = make_draft()
    assert desk.post(room_url(article, "withdraw"), FORM).status_code == 409
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_readers_of_what_is_gone_are_told_so_and_not_what_it_was(client: Client):
    article, other = make_article("내린 글의 제목"), make_article("남은 글")
    withdraw(article.pk, BOB, "까닭", withdrawn_as=Withdrawal.GONE, notice="<b>사과</b>드립니다.")
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert response["Cache-Control"] == MISSING
    assert 'content="noindex"' in page
    assert "&lt;b&gt;사과&lt;/b&gt;드립니다." in page
    assert "내린 글의 제목" not in page
    assert "까닭" not in page
    assert other.title in page
    assert not response.cookies


def test_readers_of_what_is_missing_are_told_nothing(client: Client):
    article = make_article()
    withdraw(article.pk, BOB, "까닭", notice="새어 나오면 안 되는 말")
    assert client.get(article.get_absolute_url()).status_code == 404
    article.refresh_from_db()
    assert article.withdrawal_notice == ""


@pytest.mark.parametrize("withdrawn_as", Withdrawal)
def test_its_discussion_and_its_places_in_lists_are_gone(client: Client, withdrawn_as):
    article = make_article("내린 글")
    withdraw(article.pk, BOB, "까닭", withdrawn_as=withdrawn_as)
    assert client.get(f"{article.get_absolute_url()}comments/").status_code == 404
    for address in ("/", "/articles/", "/feed/", "/sitemap-articles.xml"):
        assert "내린 글" not in client.get(address).content.decode()


def test_links_to_a_preview_die_with_it(client: Client):
    article = make_article()
    change(article, body="고친 글")
    address = link_to(article)
    withdraw(article.pk, BOB, "까닭")
    assert client.get(address).status_code == 404


def test_a_change_that_waited_still_waits_and_can_be_gone_on_with(client: Client):
    article = make_ready_draft(body="처음 글")
    publish(article.pk, Order(), BOB)
    change(article, body="고친 글")
    withdraw(article.pk, BOB, "까닭")
    change(article, body="더 고친 글")
    publish(article.pk, Order(), BOB)
    article = Article.objects.get()
    assert (article.body, article.pending) == ("더 고친 글", None)
    assert client.get(article.get_absolute_url()).status_code == 200
