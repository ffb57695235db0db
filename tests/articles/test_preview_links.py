"""Links for readers without an account: they show what waits, for a while, and leave no trace."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from articles.content import content_of
from articles.editing import Actor, save
from articles.models import Article, Deed, DeskEvent, PreviewLink
from articles.publishing import Order, publish
from tests.articles.desk import make_editor, make_ready_draft, room_url, signed_in
from tests.builders import FAR_FUTURE, PUBLISHED_AT, make_article, make_author, make_draft
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
BOB = Actor("밥")


def link_to(article, **fields):
    """Return the address behind a new link."""
    _, token = PreviewLink.objects.make(article, make_editor(f"{article.pk}@a.example"), **fields)
    return f"/preview/{token}/"


def change(article, **parts):
    stored = Article.objects.get(pk=article.pk)
    save(stored, content_of(stored) | parts, BOB)


def test_a_stranger_reads_the_draft_with_its_byline_and_without_comments():
    draft = make_draft("쓰는 글", body="**자본(資本)**을", authors=[make_author("캐럴")])
    response = Client().get(link_to(draft))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>자본(資本)</strong>을" in page
    assert "캐럴" in page
    assert "data-article-id" not in page
    assert 'id="comments"' not in page


@pytest.mark.promise("P3")
def test_nobody_keeps_lists_or_passes_on_what_it_shows():
    response = Client().get(link_to(make_draft()))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert '<meta name="robots" content="noindex' in response.content.decode()


def test_of_a_live_article_it_shows_the_change_that_waits():
    article = make_article(body="처음 글")
    change(article, body="고친 글", title="고친 제목")
    page = Client().get(link_to(article)).content.decode()
    assert "고친 글" in page
    assert "고친 제목" in page


def test_of_what_was_scheduled_it_stays_dead_when_the_time_of_the_article_is_over():
    now = timezone.now()
    article = make_article(
        published_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1)
    )
    before, after = link_to(article), link_to(make_article("다른 글", expires_at=now))
    made = PreviewLink.objects.filter(article=article)
    made.update(made_at=now - timedelta(hours=3))
    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200


@pytest.mark.promise("P3")
@pytest.mark.parametrize("change_of_link", [{"expires_at"}, {"revoked_at"}])
def test_over_or_revoked_it_is_gone(change_of_link):
    address = link_to(make_draft())
    long_ago = timezone.now() - timedelta(days=9)
    PreviewLink.objects.update(
        made_at=long_ago - timedelta(days=1), **dict.fromkeys(change_of_link, long_ago)
    )
    assert Client().get(address).status_code == 404
    assert Client().get("/preview/no-such-token/").status_code == 404


def test_it_dies_with_the_account_that_made_it():
    draft, editor = make_draft(), make_editor()
    _, token = PreviewLink.objects.make(draft, editor)
    assert Client().get(f"/preview/{token}/").status_code == 200
    editor.is_active = False
    editor.save()
    assert Client().get(f"/preview/{token}/").status_code == 404


@pytest.mark.promise("P3")
def test_it_dies_when_what_it_shows_is_published_and_stays_dead():
    article = make_ready_draft()
    address = link_to(article)
    publish(article.pk, Order(), BOB)
    assert Client().get(address).status_code == 404
    change(article, body="나중에 고친 글")
    assert Client().get(address).status_code == 404


def test_of_a_scheduled_article_it_dies_by_itself_at_its_time():
    article = make_ready_draft()
    address = link_to(article, lifetime=timedelta(days=30))
    publish(article.pk, Order(at=FAR_FUTURE), BOB)
    assert Client().get(address).status_code == 200
    Article.objects.filter(pk=article.pk).update(published_at=PUBLISHED_AT)
    assert Client().get(address).status_code == 404


def test_a_writer_makes_and_revokes_a_link_to_their_own_draft():
    writer = make_member(Role.WRITER)
    article = make_draft(owner=writer)
    desk, links = signed_in(writer), room_url(article, "links")
    page = desk.post(links, {"days": "1", "note": "감수자"}).content.decode()
    [address] = re.findall(r'value="https?://[^/]+(/preview/[^"]+)"', page)
    assert Client().get(address).status_code == 200
    assert address not in desk.get(links).content.decode()
    desk.post(links, {"revoke": str(PreviewLink.objects.get().pk)})
    assert Client().get(address).status_code == 404
    deeds = DeskEvent.objects.order_by("pk").values_list("deed", "note")
    assert list(deeds) == [(Deed.SHARE, "감수자"), (Deed.UNSHARE, "")]


def test_a_lifetime_that_is_not_offered_is_refused():
    article = make_draft()
    response = signed_in(make_editor()).post(room_url(article, "links"), {"days": "3650"})
    assert response.status_code == 422
    assert not PreviewLink.objects.exists()


def test_nobody_shares_or_revokes_what_they_may_not_change():
    writer, other = make_member(Role.WRITER), make_draft("남의 글")
    address = link_to(other)
    desk = signed_in(writer)
    key = str(PreviewLink.objects.get().pk)
    for form in ({"days": "1"}, {"revoke": key}):
        assert desk.post(room_url(other, "links"), form).status_code == 403
    own = make_draft("내 글", owner=writer)
    desk.post(room_url(own, "links"), {"revoke": key})
    assert Client().get(address).status_code == 200


def test_for_what_readers_have_no_link_is_made():
    article = make_article()
    response = signed_in(make_editor()).post(room_url(article, "links"), {"days": "1"})
    assert response.status_code == 409
    assert not PreviewLink.objects.exists()
