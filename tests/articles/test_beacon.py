"""Reporting a read: who counts, who does not, and that the answer tells nothing."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from articles import beacon
from articles.models import Article, DailyReads
from articles.reads import gathered
from tests.articles.test_visits import PHONE
from tests.builders import FAR_FUTURE, make_article, make_draft, make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

READER = {
    "user-agent": PHONE,
    "origin": "http://testserver",
    "sec-fetch-site": "same-origin",
}


@pytest.fixture
def article() -> Article:
    return make_article()


def report(pk: int, *, client: Client | None = None, **headers: str) -> HttpResponse:
    """Report a read as a page does, from a network of its own if the client has one."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client()).post(f"/reads/{pk}/", headers=READER | named)


def total() -> int:
    gathered.store()
    return sum(DailyReads.objects.values_list("count", flat=True))


def test_a_read_counts_without_a_query_or_a_cookie(
    article: Article, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = report(article.pk)
    assert (response.status_code, response.content) == (204, b"")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert total() == 1


def test_a_refresh_does_not_count(article: Article) -> None:
    for _ in range(3):
        report(article.pk)
    assert total() == 1


def test_another_browser_network_and_article_count(article: Article) -> None:
    report(article.pk)
    report(article.pk, user_agent=f"{PHONE} Edg/140.0")
    report(article.pk, client=Client(REMOTE_ADDR="192.0.2.7"))
    report(make_article("다른 글").pk)
    assert total() == 4


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"},
        {"origin": "https://evil.example", "sec_fetch_site": "cross-site"},
        {"sec_purpose": "prefetch"},
    ],
)
def test_who_is_no_reader_gets_the_same_answer_and_does_not_count(
    article: Article, headers: dict[str, str]
) -> None:
    assert report(article.pk, **headers).status_code == 204
    assert total() == 0


def test_what_readers_cannot_see_is_answered_alike_and_does_not_count() -> None:
    hidden = [make_draft(), make_article("올 글", published_at=FAR_FUTURE)]
    answers = [report(pk) for pk in (*(article.pk for article in hidden), 0, 2**63, 10**40)]
    assert {answer.status_code for answer in answers} == {204}
    assert total() == 0


def test_a_signed_in_editor_is_not_looked_at(
    article: Article, django_assert_num_queries: Any
) -> None:
    client = Client()
    client.force_login(make_user(is_staff=True))
    with django_assert_num_queries(0):
        assert not report(article.pk, client=client).cookies


def test_a_form_token_is_not_asked_for(article: Article) -> None:
    report(article.pk, client=Client(enforce_csrf_checks=True))
    assert total() == 1


def test_one_network_cannot_take_a_thousand_names(article: Article) -> None:
    for number in range(beacon.READERS_OF_NETWORK + 5):
        report(article.pk, user_agent=f"{PHONE} {number}")
    assert total() == beacon.READERS_OF_NETWORK


def test_reports_of_one_network_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beacon, "REPORTS_OF_NETWORK", 2)
    for number in range(4):
        report(make_article(f"글 {number}").pk)
    assert total() == 2


def test_reading_is_only_ever_posted(article: Article) -> None:
    assert Client().get(f"/reads/{article.pk}/", headers=READER).status_code == 405
    assert total() == 0


def test_the_cacheable_page_names_the_address(article: Article) -> None:
    response = Client().get(article.get_absolute_url())
    assert f'data-reads="/reads/{article.pk}/"' in response.text
    assert not response.cookies
