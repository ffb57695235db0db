from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from articles.search import index
from tests.builders import make_article, make_articles, make_author, make_category, make_draft

pytestmark = pytest.mark.django_db


def indexed(*articles: Article) -> None:
    index.refresh([article.pk for article in articles])


def page(client: Client, **asked: str) -> str:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_hit_shows_why(client: Client) -> None:
    indexed(make_article("역사를 읽는 밤", body="낡은 장부에서 혁신과 실패를 본다."))
    shown = page(client, q="혁신")
    assert "낡은 장부에서 <mark>혁신과</mark> 실패를" in shown
    assert "1편" in shown
    assert "<mark>역사를</mark> 읽는 밤" in page(client, q="역사")


@pytest.mark.any_engine
def test_page_is_for_caches_and_one_to_search_engines(client: Client) -> None:
    indexed(make_article("역사"))
    response = client.get("/search/?q=역사")
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert not response.has_header("Vary")
    assert 'content="nofollow"' in response.text
    assert '<link rel="canonical" href="http://testserver/search/">' in response.text
    assert 'content="noindex, follow"' in page(client, q="zzqq")


@pytest.mark.any_engine
def test_text_is_escaped(client: Client) -> None:
    indexed(make_article("<b>역사</b>", body="역사 `<script>`"))
    shown = page(client, q="역사 <script>alert(1)</script>")
    assert "<script>alert" not in shown
    assert "&lt;b&gt;<mark>역사</mark>" in page(client, q="역사")


@pytest.mark.parametrize(
    "asked",
    [
        "가" * 1000,
        'AND OR "NEAR(',
        "\x00",
        "%00",
        "()*:^",
        "🐼",
        "ㄱ",
        "ㅏ",
        "'",
        "\\",
        " ",
        "g끝",
        "-",
    ],
)
def test_hostile_question_is_a_page(client: Client, asked: str) -> None:
    indexed(make_article("역사"))
    for sort in ("relevance", "newest", "nonsense"):
        page(client, q=asked, sort=sort)
    assert client.get("/search/suggest/", {"q": asked}).status_code == 200


@pytest.mark.any_engine
def test_nonsense_in_filters_is_left_out(client: Client) -> None:
    indexed(make_article("역사"))
    assert "1편" in page(client, q="역사", category="\x00", author="없음", period="century")


@pytest.mark.any_engine
@pytest.mark.parametrize("cursor", ["x", "MQ", "a" * 200, "%00"])
def test_unknown_cursor_is_404(client: Client, cursor: str) -> None:
    indexed(make_article("역사"))
    for sort in ("relevance", "newest"):
        asked = {"q": "역사", "after": cursor, "sort": sort}
        assert client.get("/search/", asked).status_code == 404


@pytest.mark.any_engine
def test_filters_stay_on_the_way(client: Client) -> None:
    category, author = make_category("기록"), make_author("앨리스")
    indexed(*(make_article(f"역사 {n}", category=category, authors=[author]) for n in range(21)))
    shown = page(client, q="역사", category="기록", author="앨리스", sort="newest")
    assert "?q=%EC%97%AD%EC%82%AC&amp;sort=newest&amp;category=" in shown
    assert shown.count("<option value=") == 3 + 4 + 2
    assert shown.count(" selected>") == 2


@pytest.mark.any_engine
def test_days_narrow_and_unfit_days_are_told(client: Client) -> None:
    category = make_category("기록")
    day = datetime(2025, 3, 9, 23, 30, tzinfo=timezone.get_current_timezone())
    indexed(*(make_article(f"역사 {n}", category=category, published_at=day) for n in range(2)))
    asked = {"q": "역사", "period": "dates", "category": "기록"}
    shown = page(client, **asked, **{"from": "2025-03-09", "to": "2025-03-09"})
    assert "2편" in shown
    assert "&amp;period=dates&amp;from=2025-03-09&amp;to=2025-03-09" in shown
    assert 'value="dates" selected' in shown
    assert "조건 없이 찾으면" in page(client, **asked, to="2025-03-08")
    shown = page(client, **asked, **{"from": "2025-02-30", "to": "2025-03-08"})
    assert "‘2025-02-30’: 날짜로 읽을 수 없습니다" in shown
    assert 'value="2025-03-08"' in shown
    assert 'value="기록" selected' in shown
    assert "2편" in shown


def test_slip_is_asked_about(client: Client) -> None:
    indexed(make_article("혁신의 값"))
    shown = page(client, q="혁쉰")
    assert "혹시" in shown
    assert "<strong>혁신</strong></a>을 찾으셨나요?" in shown
    assert "<mark>혁신의</mark> 값" in shown


@pytest.mark.any_engine
def test_nothing_found_helps(client: Client) -> None:
    indexed(make_article("역사", tags=["장부"]))
    shown = page(client, q="zzzz")
    assert "찾으시는 글이 없습니다" in shown
    assert ">장부</a>" in shown
    assert "최근에 실린 글" in shown


@pytest.mark.any_engine
def test_nothing_in_this_period_says_what_there_is_elsewhere(client: Client) -> None:
    indexed(make_article("역사"))
    assert "조건 없이 찾으면 1편이 있습니다" in page(client, q="역사", period="week")


@pytest.mark.any_engine
def test_name_leads_to_its_page(client: Client) -> None:
    indexed(make_article("역사", authors=[make_author("신피질")]))
    assert 'href="/authors/%EC%8B%A0%ED%94%BC%EC%A7%88/"' in page(client, q="신피질")


def test_number_of_queries_is_constant(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    indexed(*make_articles(25, title="역사"))
    page(client, q="역사")
    with django_assert_num_queries(9):
        page(client, q="역사")


def test_suggestions_for_open_syllables_and_initials(client: Client) -> None:
    indexed(
        make_article("첨단기술의 산업화 전략", authors=[make_author("첨성대")]),
        make_draft("첨단의 초안"),
    )
    for asked, expected in (
        ("첨", ["첨성대", "첨단기술의 산업화 전략"]),
        ("첨단기수", ["첨단기술의 산업화 전략"]),
        ("산업", ["첨단기술의 산업화 전략"]),
        ("전략 첨단", ["첨단기술의 산업화 전략"]),
        ("ㅅㅇㅎ", ["첨단기술의 산업화 전략"]),
        ("없는 말", []),
        ("", []),
    ):
        response = client.get("/search/suggest/", {"q": asked})
        assert [item["text"] for item in response.json()["suggestions"]] == expected
        assert "public" in response["Cache-Control"]


@pytest.mark.any_engine
def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    make_articles(2)
    call_command("rebuild_search")
    call_command("rebuild_search", "--stale")
    assert capsys.readouterr().out == "2 indexed, 0 stale\n0 indexed, 0 stale\n"
