"""Merging and renaming tags: no article loses one, no address dies."""

import unicodedata
from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.roles import Role
from articles.models import Redirect, Tag
from articles.tag_merging import merge_tags
from tests.articles.desk import make_staff, messages_of, signed_in
from tests.builders import make_article, make_redirect, make_tag, make_user
from tests.roles import make_member

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/tag/"
MERGE = "/admin/articles/tag/merge/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_member(Role.EDITOR))


def change(tag: Tag) -> str:
    return f"{LIST}{tag.pk}/change/"


def test_articles_of_both_tags_keep_one_and_old_addresses_lead_on(desk: Client) -> None:
    both = make_article("둘 다", tags=["인공지능", "AI"])
    one = make_article("하나", tags=["AI"])
    kept, gone = Tag.objects.get(name="인공지능"), Tag.objects.get(name="AI")
    make_redirect("/tags/에이아이/", target="/tags/ai/")
    chosen = {"action": "merge_selected", "_selected_action": [kept.pk, gone.pk]}
    page = desk.post(LIST, chosen, follow=True)
    assert "어느 이름을 남길까요?" in page.content.decode()
    response = desk.post(MERGE, {"tag": [kept.pk, gone.pk], "keep": kept.pk}, follow=True)
    assert "글 1편에 새로 붙었고" in messages_of(response)[0]
    assert [list(article.tags.names()) for article in (both, one)] == [["인공지능"]] * 2
    for old in ("ai", "에이아이"):
        moved = Client().get(f"/tags/{old}/")
        assert (moved.status_code, moved["Location"]) == (301, f"/tags/{quote('인공지능')}/")
    assert Client().get("/tags/ai/feed/")["Location"] == f"/tags/{quote('인공지능')}/feed/"
    assert LogEntry.objects.count() == 2


def test_merging_there_and_back_makes_no_loop() -> None:
    user = make_user()
    make_article(tags=["가", "나"])
    merge_tags(Tag.objects.get(name="가"), [Tag.objects.get(name="나")], user.pk)
    merge_tags(make_tag("나"), [Tag.objects.get(name="가")], user.pk)
    assert Client().get("/tags/나/").status_code == 200
    assert Client().get("/tags/가/")["Location"] == f"/tags/{quote('나')}/"


def test_one_tag_or_none_to_keep_is_refused(desk: Client) -> None:
    one, two = make_tag("가"), make_tag("나")
    assert desk.post(MERGE, {"tag": [one.pk], "keep": one.pk}).status_code == 302
    assert desk.post(MERGE, {"tag": [one.pk, two.pk]}).status_code == 422
    assert desk.post(MERGE, {"tag": ["x", "9" * 30], "keep": "x"}).status_code == 302
    assert Tag.objects.count() == 2


def test_a_tag_that_has_gone_meanwhile_is_a_conflict(desk: Client) -> None:
    one, two, three = make_tag("가"), make_tag("나"), make_tag("다")
    three.delete()
    form = {"tag": [one.pk, two.pk, three.pk or 10**6], "keep": one.pk}
    assert desk.post(MERGE, form).status_code == 409
    assert Tag.objects.count() == 2


def test_a_colleague_without_the_right_merges_nothing() -> None:
    one, two = make_tag("가"), make_tag("나")
    bob = signed_in(make_staff("view_tag", "change_tag"))
    assert bob.post(MERGE, {"tag": [one.pk, two.pk], "keep": one.pk}).status_code == 403
    assert Tag.objects.count() == 2


def test_a_new_name_keeps_the_address_and_says_so(desk: Client) -> None:
    tag = make_tag("인공지능")
    response = desk.post(change(tag), {"name": "기계지능", "slug": "인공지능"}, follow=True)
    assert any("이름만 바꾸었습니다" in told for told in messages_of(response))
    assert not Redirect.objects.exists()


def test_a_new_address_leaves_a_redirect(desk: Client) -> None:
    make_article(tags=["인공지능"])
    tag = Tag.objects.get()
    response = desk.post(change(tag), {"name": "기계지능", "slug": ""}, follow=True)
    assert any("옛 주소 /tags/인공지능/" in told for told in messages_of(response))
    assert Client().get("/tags/인공지능/")["Location"] == f"/tags/{quote('기계지능')}/"


@pytest.mark.parametrize("name", ["ai", unicodedata.normalize("NFD", "인공지능")])
def test_a_name_that_is_taken_offers_to_merge(desk: Client, name: str) -> None:
    make_tag("AI")
    make_tag("인공지능")
    tag = make_tag("다른 것")
    response = desk.post(change(tag), {"name": name, "slug": tag.slug})
    assert response.status_code == 422
    assert f"{MERGE}?tag={tag.pk}&amp;tag=" in response.content.decode()


def test_the_list_counts_articles_and_finds_what_is_unused(desk: Client) -> None:
    make_article(tags=["쓰임"])
    make_tag("남음")
    rows = desk.get(LIST, {"use": "unused"}).context["cl"].result_list
    assert [tag.name for tag in rows] == ["남음"]
