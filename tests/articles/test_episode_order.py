"""Numbering a series anew at the desk, and adding to it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from articles.episode_order import numbers_of, order_mark
from articles.models import Article, Series
from tests.articles.desk import make_staff, messages_of, signed_in
from tests.builders import make_article, make_draft, make_series
from tests.roles import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return signed_in(make_member(Role.EDITOR))


@pytest.fixture
def series() -> Series:
    series = make_series()
    for number in (1, 2, 5):
        make_article(f"{number}회", series=series, episode=number)
    return series


def page_of(series: Series) -> str:
    return f"/admin/articles/series/{series.pk}/episodes/"


def numbers(series: Series) -> dict[str, int]:
    return dict(Article.objects.filter(series=series).values_list("title", "episode"))


def form_of(series: Series, **wanted: int) -> dict[str, object]:
    keys = dict(Article.objects.filter(series=series).values_list("title", "pk"))
    current = numbers(series) | {name.removeprefix("n"): value for name, value in wanted.items()}
    fields = {f"number-{keys[title]}": number for title, number in current.items()}
    return {"mark": order_mark(numbers_of(series)), **fields}


def test_numbers_can_be_swapped_and_gaps_stay(desk: Client, series: Series) -> None:
    form = form_of(series, n1회=2, n2회=1)
    response = desk.post(page_of(series), form, follow=True)
    assert messages_of(response) == ["회차 2개의 번호를 바꾸었습니다."]
    assert numbers(series) == {"1회": 2, "2회": 1, "5회": 5}


def test_gaps_are_closed_when_that_is_chosen(desk: Client, series: Series) -> None:
    desk.post(page_of(series), form_of(series, n1회=9) | {"compact": "on"})
    assert numbers(series) == {"2회": 1, "5회": 2, "1회": 3}


@pytest.mark.parametrize("number", [2, 0, 100_001, "", "세"])
def test_a_number_that_cannot_be_is_refused(desk: Client, series: Series, number: object) -> None:
    form = form_of(series) | {next(iter(form_of(series).keys() - {"mark"})): number}
    form |= {"number-" + str(Article.objects.get(title="1회").pk): number}
    response = desk.post(page_of(series), form)
    assert response.status_code == 422
    assert numbers(series) == {"1회": 1, "2회": 2, "5회": 5}


def test_a_stale_order_is_a_conflict_and_changes_nothing(desk: Client, series: Series) -> None:
    form = form_of(series, n1회=7)
    make_article("6회", series=series, episode=6)
    response = desk.post(page_of(series), form)
    assert response.status_code == 409
    assert "그사이에 다른 사람이" in response.content.decode()
    assert numbers(series)["1회"] == 1


def test_an_article_is_found_and_added_with_the_next_number(desk: Client, series: Series) -> None:
    article = make_draft("새로 쓰는 글")
    page = desk.get(page_of(series), {"q": "새로"}).content.decode()
    assert f'value="{article.pk}"' in page
    form = {"add": article.pk, "mark": order_mark(numbers_of(series))}
    told = messages_of(desk.post(page_of(series), form, follow=True))
    assert told == ["〈새로 쓰는 글〉 글을 6화로 넣었습니다."]
    assert numbers(series)["새로 쓰는 글"] == 6


def test_an_article_of_another_series_is_not_taken_from_it(desk: Client, series: Series) -> None:
    other = make_article("남의 글", series=make_series("다른 연재"), episode=1)
    form = {"add": other.pk, "mark": order_mark(numbers_of(series))}
    assert desk.post(page_of(series), form).status_code == 409
    assert desk.post(page_of(series), form | {"add": "x"}).status_code == 409


def test_a_colleague_who_may_not_change_articles_orders_nothing(series: Series) -> None:
    bob = signed_in(make_staff("view_series", "change_series", "view_article"))
    assert bob.post(page_of(series), form_of(series, n1회=7)).status_code == 403
    shown = bob.get(f"/admin/articles/series/{series.pk}/change/").content.decode()
    assert "1회" in shown
    assert "회차 저장" not in shown


def test_thirty_five_episodes_take_no_more_queries_than_three(
    desk: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(page_of(series))  # leaves behind the settings of the site
    with django_assert_max_num_queries(7) as few:
        desk.get(page_of(series))
    for number in range(6, 38):
        make_article(f"{number}회", series=series, episode=number)
    # On a slow machine so much time goes by that the account's activity is noted once more.
    with django_assert_max_num_queries(len(few) + 2):
        desk.get(page_of(series))


def test_a_writer_is_not_told_of_episodes_that_colleagues_write(series: Series) -> None:
    make_draft("남의 초고", series=series, episode=6)
    desk = signed_in(make_member(Role.WRITER))
    page = desk.get(f"/admin/articles/series/{series.pk}/change/").content.decode()
    assert "2회" in page
    assert "남의 초고" not in page
