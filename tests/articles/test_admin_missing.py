"""What the desk shows of dead links and missing pages, and the one click that sends readers on."""

from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.roles import Role
from articles import new_ways
from articles.link_checks import check_links
from articles.models import BrokenLink, MissingPage, Redirect
from articles.search import index
from tests.articles.desk import make_editor, make_staff, messages_of, signed_in
from tests.builders import make_article, make_category, make_draft, make_redirect
from tests.roles import make_member

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/missingpage/"
LINKS = "/admin/articles/brokenlink/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_member(Role.EDITOR))


def make_missing(path: str = "/articles/붓을-건내는-시간/", **fields: object) -> MissingPage:
    return MissingPage.objects.create(path=path, **fields)


def send(page: MissingPage) -> str:
    return f"{LIST}{page.pk}/send/"


def test_one_click_makes_a_redirect_to_the_article_that_was_meant(desk: Client) -> None:
    article = make_article("붓을 건네는 시간")
    page = make_missing()
    shown = desk.get(LIST).content.decode()
    assert f'formaction="{send(page)}" name="to" value="article:{article.pk}"' in shown
    assert "→ 〈붓을 건네는 시간〉 글로 보내기" in shown
    response = desk.post(send(page), {"to": f"article:{article.pk}"}, follow=True)
    assert "쪽으로 갑니다" in messages_of(response)[0]
    assert not MissingPage.objects.exists()
    assert Client().get(page.path)["Location"] == article.get_absolute_url()
    assert LogEntry.objects.get().change_message == "없는 주소를 보냈습니다."


def test_articles_of_any_age_are_found_by_their_words_and_addresses(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_ways, "_NEWEST", 0)
    old = make_article("붓을 건네는 시간", slug="brush")
    index.refresh([old.pk])
    make_missing("/articles/붓을-건내는-시간들/")
    make_missing("/2019/03/brush.html")
    assert desk.get(LIST).content.decode().count("→ 〈붓을 건네는 시간〉 글로 보내기") == 2


def test_an_address_of_an_article_becomes_a_redirect_that_follows_it(desk: Client) -> None:
    article = make_article("글")
    desk.post(send(make_missing("/old/")), {"target": "/articles/글/"})
    assert Redirect.objects.get().article == article


def test_an_old_address_of_something_hidden_is_sent_on_anew(desk: Client) -> None:
    make_redirect("/old/", article=make_draft())
    category = make_category()
    desk.post(send(make_missing("/old/")), {"target": "/categories/기술/"})
    assert Client().get("/old/")["Location"] == category.get_absolute_url()


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "target", ["", "/none/", "//evil.example/", "javascript:alert(1)", "/moved/", "article:999"]
)
def test_a_target_that_cannot_be_is_refused_with_the_text_kept(desk: Client, target: str) -> None:
    make_redirect("/moved/", target="/archive/")
    page = make_missing("/none/")
    response = desk.post(send(page), {"target": target})
    assert response.status_code == 422
    assert f'value="{target}"' in response.content.decode()
    assert MissingPage.objects.exists()


def test_other_articles_are_found_by_their_titles(desk: Client) -> None:
    article = make_article("퇴직연금의 시계")
    make_draft("퇴직연금 초고")
    page = desk.get(send(make_missing("/x/")), {"q": "퇴직"}).content.decode()
    assert f'value="article:{article.pk}"' in page
    assert "초고" not in page


def test_what_is_ignored_leaves_the_list_until_it_is_asked_for(desk: Client) -> None:
    page = make_missing()
    form = {"action": "ignore", "_selected_action": [page.pk]}
    assert messages_of(desk.post(LIST, form, follow=True)) == ["주소 1개를 무시합니다."]
    assert page.path not in desk.get(LIST).content.decode()
    assert page.path in desk.get(LIST, {"standing": "ignored"}).content.decode()


@pytest.mark.any_engine
def test_whoever_may_not_make_redirects_may_only_look() -> None:
    page = make_missing()
    make_article("붓을 건네는 시간")
    bob = signed_in(make_staff("view_missingpage"))
    assert "보내기" not in bob.get(LIST).content.decode()
    assert bob.post(send(page), {"target": "/archive/"}).status_code == 403
    bob.post(LIST, {"action": "ignore", "_selected_action": [page.pk]})
    page.refresh_from_db()
    assert not page.ignored


@pytest.mark.any_engine
def test_a_path_full_of_markup_is_shown_as_text(desk: Client) -> None:
    page = make_missing("/<script>alert(1)</script>/", referrer="/<b>/")
    for address in (LIST, send(page), "/admin/"):
        assert "<script>alert" not in desk.get(address).content.decode()


@pytest.mark.any_engine
def test_a_broken_link_leads_to_its_line_in_the_form(desk: Client) -> None:
    article = make_article("글", body="가\n\n[나](/articles/없음/)")
    list(check_links([article.pk]))
    page = desk.get(LINKS).content.decode()
    assert f"/admin/articles/article/{article.pk}/change/?line=3#id_body" in page
    assert "그런 주소의 글이 없습니다." in page


def test_what_was_repaired_leaves_the_report_when_it_is_checked_again(desk: Client) -> None:
    article = make_article("글", body="[나](/articles/없음/)")
    list(check_links([article.pk]))
    link = BrokenLink.objects.get()
    make_article("없음")
    form = {"action": "check_again", "_selected_action": [link.pk]}
    [told] = messages_of(desk.post(LINKS, form, follow=True))
    assert told == "글 1편을 다시 살폈습니다. 끊긴 링크는 0개입니다."
    assert not BrokenLink.objects.exists()


def test_an_address_that_is_redirected_by_hand_is_no_longer_missing() -> None:
    page = make_missing("/old/")
    form = {"old_path": page.path, "target": "/archive/", "article": ""}
    root = signed_in(make_editor())
    assert root.post("/admin/articles/redirect/add/", form).status_code == 302
    assert not MissingPage.objects.exists()


def test_the_address_may_be_quoted(desk: Client) -> None:
    article = make_article("글")
    desk.post(send(make_missing("/old/")), {"target": f"/articles/{quote('글')}/"})
    assert Redirect.objects.get().article == article
