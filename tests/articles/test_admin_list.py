"""The list of articles at the desk: what it shows, finds, and does to many at once."""

import unicodedata
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Deed, DeskEvent, Status
from tests.articles.desk import (
    LIST,
    change_url,
    make_editor,
    make_ready_draft,
    make_staff,
    messages_of,
    room_url,
    signed_in,
)
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_series,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def titles(desk: Client, **query: str) -> set[str]:
    response = desk.get(LIST, query)
    return {article.title for article in response.context["cl"].result_list}


def act(desk: Client, action: str, *articles: Article) -> list[str]:
    form = {"action": action, "_selected_action": [article.pk for article in articles]}
    return messages_of(desk.post(LIST, form, follow=True))


def make_one_in_each_state() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    make_draft("쓰는 글")
    make_article("보는 글", status=Status.IN_REVIEW)
    make_article("올 글", published_at=FAR_FUTURE)
    make_article("있는 글")
    make_article("간 글", expires_at=yesterday)
    make_article("내린 글", status=Status.WITHDRAWN)


def test_every_state_has_its_label(desk: Client) -> None:
    make_one_in_each_state()
    page = desk.get(LIST).content.decode()
    for label in ("초고", "검토 중", "예약", "발행", "종료", "내림"):
        assert page.count(f"\n{label}\n</span>") == 1


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("draft", "쓰는 글"),
        ("in_review", "보는 글"),
        ("scheduled", "올 글"),
        ("public", "있는 글"),
        ("expired", "간 글"),
        ("withdrawn", "내린 글"),
    ],
)
def test_the_filter_finds_what_the_label_says(desk: Client, state: str, title: str) -> None:
    make_one_in_each_state()
    assert titles(desk, state=state) == {title}


def test_an_unknown_state_filters_nothing(desk: Client) -> None:
    make_draft()
    assert len(titles(desk, state="nonsense")) == 1


def test_filters_by_category_series_and_author(desk: Client) -> None:
    category, series, author = make_category(), make_series(), make_author()
    make_article("분류된 글", category=category)
    make_article("연재된 글", series=series, episode=1)
    make_article("필자의 글", authors=[author])
    assert titles(desk, category__id__exact=str(category.pk)) == {"분류된 글"}
    assert titles(desk, series__id__exact=str(series.pk)) == {"연재된 글"}
    assert titles(desk, authors__id__exact=str(author.pk)) == {"필자의 글"}


def test_search_reads_title_and_body_in_either_unicode_form(desk: Client) -> None:
    make_article("붓을 건네는 시간", body="먹을 간다.")
    make_article("다른 글")
    assert titles(desk, q=unicodedata.normalize("NFD", "건네는")) == {"붓을 건네는 시간"}
    assert titles(desk, q="먹을") == {"붓을 건네는 시간"}


def test_the_newest_comes_first(desk: Client) -> None:
    make_articles(3)
    rows = desk.get(LIST).context["cl"].result_list
    assert [article.title for article in rows] == ["글 1", "글 2", "글 3"]


def test_times_are_korean(desk: Client) -> None:
    make_article(published_at=PUBLISHED_AT)
    assert "2025.03.03 09:00" in desk.get(LIST).content.decode()


def test_twenty_articles_take_no_more_queries_than_two(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author, category = make_author(), make_category()
    make_articles(2, authors=[author], category=category)
    desk.get(LIST)
    with django_assert_num_queries(5) as of_two:
        desk.get(LIST)
    make_articles(18, title="더", authors=[author], category=category)
    with django_assert_num_queries(len(of_two)) as of_twenty:
        desk.get(LIST)
    assert not any('"articles_article"."body_html"' in query["sql"] for query in of_twenty)


def test_bulk_publishing_shows_the_articles_and_counts_them(desk: Client) -> None:
    first, second = make_ready_draft("첫째"), make_ready_draft("둘째")
    assert act(desk, "publish_selected", first, second) == ["글 2편을 발행했습니다: 둘째, 첫째"]
    assert Article.objects.published().count() == 2


def test_bulk_publishing_names_and_skips_what_cannot_be_published(desk: Client) -> None:
    empty, whole = make_ready_draft("빈 글", body=" \n"), make_ready_draft("찬 글")
    refused, done = act(desk, "publish_selected", empty, whole)
    assert done == "글 1편을 발행했습니다: 찬 글"
    assert f'href="{room_url(empty, "publish")}">빈 글</a>' in refused
    assert f'href="{change_url(empty)}#id_body">본문을 적어 주세요.</a>' in refused
    empty.refresh_from_db()
    assert empty.status == Status.DRAFT


def test_publishing_with_a_time_to_come_schedules(desk: Client) -> None:
    article = make_ready_draft("올 글", published_at=FAR_FUTURE)
    [told] = act(desk, "publish_selected", article)
    assert told == "예약했습니다. 2999.01.01 09:00에 공개됩니다: 올 글"
    assert not Article.objects.published().exists()


@pytest.mark.any_engine
def test_bulk_withdrawing_asks_for_the_reason_first(desk: Client) -> None:
    articles = make_articles(7)
    chosen = {"action": "withdraw_selected", "_selected_action": [each.pk for each in articles]}
    asked = desk.post(LIST, chosen)
    assert "내리는 까닭" in asked.content.decode()
    assert Article.objects.published().count() == 7
    answer = chosen | {"confirmed": "1", "reason": "", "withdrawn_as": "missing"}
    assert desk.post(LIST, answer).status_code == 422
    [told] = messages_of(desk.post(LIST, answer | {"reason": "오보였습니다."}, follow=True))
    assert told == "글 7편을 내렸습니다: 글 1, 글 2, 글 3, 글 4, 글 5 외 2편"
    assert not Article.objects.published().exists()
    assert DeskEvent.objects.filter(deed=Deed.WITHDRAW, note="오보였습니다.").count() == 7


@pytest.mark.any_engine
def test_a_viewer_cannot_publish_by_a_crafted_bulk_action() -> None:
    article = make_draft()
    bob = signed_in(make_staff("view_article", "change_any_article"))
    chosen = {"action": "publish_selected", "_selected_action": [article.pk]}
    assert bob.post(LIST, chosen).status_code == 403
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    assert DeskEvent.objects.get().deed == Deed.REFUSED


@pytest.mark.any_engine
def test_what_happens_to_many_is_said_in_plain_korean(desk: Client) -> None:
    article = make_draft("지울 글")
    assert "고른 글 지우기" in desk.get(LIST).content.decode()
    form = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    assert messages_of(desk.post(LIST, form, follow=True)) == ["글 1건을 지웠습니다."]
    assert [(each.deed, each.article_title) for each in DeskEvent.objects.all()] == [
        (Deed.DELETE, "지울 글")
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/article/?published_at__year=99999999999999999999",
        "/admin/articles/article/?q=%00&p=%%0000",
        "/admin/articles/deskevent/?deed__exact=%00",
        "/admin/articles/article/add/?series=x&lead_image=%00",
        "/admin/autocomplete/?app_label=articles&model_name=article&field_name=series&term=%00",
    ],
)
def test_nonsense_in_an_address_of_the_desk_is_no_error(address):
    assert signed_in(make_editor()).get(address, follow=True).status_code == 200
