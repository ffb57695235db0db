"""The other pages of the desk: the first one, and the lists of what articles belong to."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.editing import Actor
from articles.models import Category, Redirect, Status
from tests.articles.desk import make_editor, make_staff, signed_in
from tests.builders import (
    FAR_FUTURE,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_redirect,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db

FRONT = "/admin/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def numbers(desk: Client) -> dict[str, int]:
    return {str(n["title"]): n["count"] for n in desk.get(FRONT).context["numbers"]}


def test_the_first_page_counts_truly(desk: Client) -> None:
    make_article("있는 글", comment_count=3)
    make_article("올 글", published_at=FAR_FUTURE)
    make_article("보는 글", status=Status.IN_REVIEW)
    make_draft()
    articles = {"발행": 1, "예약": 1, "승인": 0, "검토 중": 1, "초고": 1}
    assert numbers(desk) == articles | {"댓글": 3, "댓글 대기": "0", "댓글 신고": "0"}


def panels(desk: Client) -> dict[str, list[dict[str, str]]]:
    return {panel["title"]: panel["rows"] for panel in desk.get(FRONT).context["panels"]}


def test_the_first_page_lists_what_waits(desk: Client) -> None:
    soon = timezone.now() + timedelta(days=2)
    make_article("올 글", published_at=soon)
    make_article("먼 글", published_at=FAR_FUTURE)
    make_article("보는 글", status=Status.IN_REVIEW, authors=[make_author("신피질")])
    shown = panels(desk)
    assert [row["title"] for row in shown["이번 주에 예약된 글"]] == ["올 글"]
    [waiting] = shown["검토를 기다리는 글"]
    assert (waiting["title"], waiting["note"][:5]) == ("보는 글", "신피질 ·")


def test_my_drafts_are_those_that_i_began() -> None:
    editor = make_editor()
    make_draft("내 글", owner=editor)
    make_draft("남의 글")
    assert [row["title"] for row in panels(signed_in(editor))["내 초고"]] == ["내 글"]


def test_what_was_changed_and_not_published_is_remembered(desk: Client) -> None:
    article = make_article("고치는 글")
    editing.save(article, editing.head_of(article).content | {"dek": "새 부제"}, Actor("앨리스"))
    rows = panels(desk)["고친 내용이 발행을 기다리는 글"]
    assert [row["title"] for row in rows] == ["고치는 글"]


def test_the_first_page_takes_as_many_queries_for_many_as_for_few(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = make_author()
    make_articles(2, authors=[author])
    desk.get(FRONT)
    with django_assert_num_queries(19):
        desk.get(FRONT)
    make_articles(30, title="더", authors=[author])
    # What is remembered for seconds only may be over by now.
    desk.get(FRONT)
    with django_assert_num_queries(19):
        desk.get(FRONT)


@pytest.mark.any_engine
def test_the_first_page_tells_nothing_to_those_who_may_not_see_articles() -> None:
    make_draft("감춘 글")
    page = signed_in(make_staff("view_category")).get(FRONT)
    assert page.status_code == 200
    assert "감춘 글" not in page.content.decode()


@pytest.mark.parametrize(
    "name", ["article", "author", "category", "image", "redirect", "series", "tag"]
)
def test_every_list_and_form_opens(desk: Client, name: str) -> None:
    image = make_image()
    article = make_article(
        category=make_category(),
        series=make_series(cover=image),
        episode=1,
        authors=[make_author(portrait=image)],
        tags=["기술"],
        lead_image=image,
    )
    make_redirect("/옛-글.html", article=article)
    response = desk.get(f"/admin/articles/{name}/")
    [row] = response.context["cl"].result_list
    assert desk.get(f"/admin/articles/{name}/add/").status_code == 200
    assert desk.get(f"/admin/articles/{name}/{row.pk}/change/").status_code == 200


def test_lists_count_the_articles(desk: Client) -> None:
    category, author = make_category(), make_author()
    make_articles(2, category=category, authors=[author], tags=["기술"])
    for name in ("category", "author", "tag"):
        [row] = desk.get(f"/admin/articles/{name}/").context["cl"].result_list
        assert row.number_of_articles == 2


def test_categories_are_put_in_order_in_their_list(desk: Client) -> None:
    category = make_category(position=10)
    form = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": category.pk,
        "form-0-position": 5,
        "_save": "저장",
    }
    desk.post("/admin/articles/category/", form)
    assert Category.objects.get().position == 5


def test_the_same_name_of_a_category_is_refused_with_a_message(desk: Client) -> None:
    make_category("기술")
    form = {"name": "기술", "description": "", "position": 1, "slug": ""}
    response = desk.post("/admin/articles/category/add/", form)
    assert "같은 이름의 카테고리가 이미 있습니다." in response.content.decode()


def test_a_category_with_articles_is_kept(desk: Client) -> None:
    category = make_category()
    make_article(category=category)
    desk.post(f"/admin/articles/category/{category.pk}/delete/", {"post": "yes"})
    assert Category.objects.exists()


def test_an_old_address_says_where_it_leads(desk: Client) -> None:
    make_redirect("/옛-글.html", article=make_article("새 글"))
    make_redirect("/옛-목록.html", target="/articles/")
    page = desk.get("/admin/articles/redirect/").content.decode()
    assert "/articles/새-글/" in page
    assert "/옛-목록.html" in page


def test_an_old_address_with_two_destinations_is_refused(desk: Client) -> None:
    form = {"old_path": "/옛-글.html", "article": make_article().pk, "target": "/articles/"}
    response = desk.post("/admin/articles/redirect/add/", form)
    assert "하나만 적어 주세요" in response.content.decode()
    assert not Redirect.objects.exists()


@pytest.mark.any_engine
def test_what_unfold_says_is_korean(desk: Client) -> None:
    page = desk.get("/admin/articles/article/").content.decode()
    assert "필터 적용" in page
    assert "Filters" not in page
    assert "Select action" not in page


def test_an_emptied_address_of_a_tag_is_made_anew(desk: Client) -> None:
    make_tag("C")
    tag = make_tag("C++", slug="씨플플")
    answer = desk.post(f"/admin/articles/tag/{tag.pk}/change/", {"name": "C++", "slug": ""})
    tag.refresh_from_db()
    assert (answer.status_code, tag.slug) == (302, "c-2")
