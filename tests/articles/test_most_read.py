"""Lists of what is read most: on the front page, and at the desk."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from articles.models import Article, HourlyReads
from articles.most_read import HOT_SIZE, hot
from articles.ranking import start_of_hour
from articles.reads import add_to_database
from tests.articles.desk import make_editor, make_staff, signed_in
from tests.builders import make_article, make_articles

pytestmark = pytest.mark.django_db


def make_reads(article: Article, count: int, *, days_ago: int = 0) -> None:
    hour = start_of_hour(timezone.localtime() - timedelta(days=days_ago))
    add_to_database({(article.pk, hour): count})


def make_read_articles(count: int) -> list[Article]:
    """Return articles, each read once more than the one after it."""
    articles = make_articles(count)
    for reads, article in enumerate(reversed(articles), start=1):
        make_reads(article, reads)
    return articles


def rows(client: Client, title: str) -> list[tuple[str, str]]:
    response = client.get("/admin/")
    panels = {panel["title"]: panel["rows"] for panel in response.context["panels"]}
    assert "제목 없음" not in response.text
    return [(row["title"], row["note"]) for row in panels[title]]


def test_the_front_page_ranks_seven(client: Client) -> None:
    articles = make_read_articles(HOT_SIZE + 2)
    response = client.get("/")
    assert [story.title for story in response.context["hot"]] == [a.title for a in articles[:7]]
    assert response.text.count('<ol class="hot-list"') == 1


def test_yesterdays_hundred_stand_below_todays_sixty() -> None:
    old, new, third = make_articles(3)
    make_reads(old, 100, days_ago=1)
    make_reads(new, 60)
    make_reads(third, 1)
    assert hot()[:2] == [new, old]


def test_two_articles_make_no_list(client: Client) -> None:
    make_read_articles(2)
    assert "hot-list" not in client.get("/").text


def test_a_withdrawn_article_leaves_the_list_at_once() -> None:
    first, *others = make_read_articles(4)
    assert hot()[0] == first
    first.withdraw()
    assert hot() == others


def test_a_ranking_is_kept_for_a_moment(django_assert_num_queries) -> None:
    articles = make_read_articles(3)
    hot()
    make_reads(articles[2], 50)
    # Which of them readers may see is asked anew.
    with django_assert_num_queries(1):
        assert hot() == articles
    cache.clear()
    assert hot()[0] == articles[2]


def test_the_desk_counts_today_and_the_week() -> None:
    today, week, old = make_articles(3)
    make_reads(today, 3)
    make_reads(week, 1)
    make_reads(week, 1_200, days_ago=6)
    make_reads(old, 5, days_ago=7)
    desk = signed_in(make_editor())
    assert rows(desk, "오늘 많이 읽은 글") == [("글 1", "3번 읽힘"), ("글 2", "1번 읽힘")]
    assert rows(desk, "이번 주 많이 읽은 글") == [("글 2", "1,201번 읽힘"), ("글 1", "3번 읽힘")]


def test_a_colleague_is_led_to_what_they_may_open() -> None:
    article = make_article()
    make_reads(article, 1)
    for person, address in (
        (make_editor(), f"/admin/articles/article/{article.pk}/change/"),
        (make_staff("view_article"), article.get_absolute_url()),
    ):
        panels = signed_in(person).get("/admin/").context["panels"]
        assert panels[-1]["rows"][0]["url"] == address


def test_an_article_takes_its_counts_along_when_it_is_deleted() -> None:
    article = make_article()
    make_reads(article, 1)
    article.delete()
    assert not HourlyReads.objects.exists()
