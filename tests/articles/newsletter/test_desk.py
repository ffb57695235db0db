"""The newsletter at the desk."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from articles.models import Article, Mailing, Newsletter
from articles.newsletter.mailings import HOLD
from tests.articles.desk import make_ready_draft as ready
from tests.articles.desk import messages_of, publish_form, room_url, signed_in
from tests.articles.newsletter.builders import (
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
    work,
)
from tests.builders import make_article
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
OVERVIEW = "/admin/articles/mailing/"


@pytest.fixture(autouse=True)
def newsletter():
    return make_newsletter()


@pytest.fixture
def editor():
    return signed_in(make_member(Role.EDITOR))


def test_editors_see_numbers_and_no_address(editor):
    make_subscription()
    make_subscriber("asked@pildam.example", confirmed_at=None)
    make_news("나간 글")
    work()
    text = editor.get(OVERVIEW).content.decode()
    assert "<strong>1</strong>받는 분" in text
    assert "<strong>1</strong>확인을 기다리는 분" in text
    assert "나간 글" in text
    assert "bob@" not in text
    assert "asked@" not in text


def test_an_editor_looks_at_the_next_letter_and_sends_it_to_themselves_alone(editor):
    make_subscription()
    article = make_news("다음 글", body="첫 문장입니다.")
    room = room_url(article, "letter")
    page = editor.get(room).content.decode()
    assert "첫 문장입니다." in page
    assert "지금 보낸다면 구독자 1명이 받습니다." in page
    assert "prefers-color-scheme" in editor.get(f"{room}html/").content.decode()
    editor.post(room, {"do": "test"})
    assert [message.to for message in mail.outbox] == [["editor@pildam.example"]]
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert not Mailing.objects.exists()


def test_a_test_that_fails_is_told_and_not_an_error_page(editor, settings):
    settings.EMAIL_BACKEND = "tests.articles.newsletter.test_sending.AwayBackend"
    answer = editor.post(room_url(make_news(), "letter"), {"do": "test"}, follow=True)
    assert messages_of(answer) == [
        "메일 서버가 받지 않았습니다(ConnectionRefusedError). 서버 설정을 살펴봐 주세요."
    ]


def test_an_article_is_left_out_taken_in_again_and_started(editor):
    make_subscription()
    article = make_news()
    room = room_url(article, "letter")
    editor.post(room, {"do": "skip"})
    assert work() == []
    for _ in range(2):
        editor.post(room, {"do": "advertising"})
        assert Mailing.objects.get().is_advertising
    editor.post(room, {"do": "wait"})
    assert Mailing.objects.get().state == "waiting"
    editor.post(room, {"do": "start"})
    assert len(work()) == 1
    assert "다 보냈습니다" in editor.get(room).content.decode()


def test_an_article_can_be_left_out_as_it_is_published(editor):
    make_subscription()
    quiet, loud = ready("조용한 글"), ready("알릴 글")
    editor.post(room_url(quiet, "publish"), publish_form(quiet, no_mail="on"))
    editor.post(room_url(loud, "publish"), publish_form(loud))
    assert work() == [], "not before the time for second thoughts is over"
    Article.objects.update(published_at=timezone.now() - HOLD)
    assert [message.subject for message in work()] == ["알릴 글"]


def test_an_old_article_says_that_it_does_not_leave_by_itself(editor):
    page = editor.get(room_url(make_article("옛글"), "letter")).content.decode()
    assert "저절로 나가지는 않습니다." in page
    assert "지금 보내기" in page


def test_an_article_that_has_a_mailing_can_still_be_deleted(editor):
    article = ready()
    Mailing.objects.create(article=article, state="skipped")
    editor.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert not Article.objects.exists()
    assert not Mailing.objects.exists()


def test_the_letter_of_the_week_is_seen_and_all_is_paused(editor):
    make_news("이 주의 소식")
    week = editor.get(f"{OVERVIEW}week/").content.decode()
    assert "이 주의 소식" in week or "실릴 글이 아직 없습니다" in week
    editor.post(f"{OVERVIEW}week/", {"do": "skip"})
    assert Mailing.objects.get().state == "skipped"
    editor.post(OVERVIEW, {"do": "pause"})
    assert Newsletter.current().is_paused
    editor.post(OVERVIEW, {"do": "resume"})
    assert not Newsletter.current().is_paused
