"""What readers may do with an article, as the page offers it before any script has run."""

import pytest
from django.test import Client

from articles.middleware import KAKAO_SCRIPTS, KAKAO_SHARER
from tests.articles.page import in_one_line, is_for_everybody
from tests.builders import make_article, make_articles, make_category

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

KEY = "0123456789abcdef0123456789abcdef"


def test_settings_are_applied_before_the_stylesheet_and_labelled(client: Client) -> None:
    text = client.get("/").text
    assert text.index("reading/settings.js") < text.index("css/site.css")
    for words in ("글자 크기", "본문 글꼴", "화면"):
        assert f"<legend>{words}</legend>" in text
    assert text.count('type="radio"') == 9
    assert 'popovertarget="reader-settings"' in text


@pytest.mark.parametrize("path", ["/", "/articles/"])
def test_settings_are_opened_from_the_masthead(client: Client, path: str) -> None:
    masthead = client.get(path).text.partition("</header>")[0]
    assert 'popovertarget="reader-settings"' in masthead


def test_a_letter_with_the_address_needs_no_script(client: Client) -> None:
    article = make_article("붓과 & 종이")
    text = in_one_line(client.get(article.get_absolute_url()))
    assert "mailto:?subject=%EB%B6%93%EA%B3%BC%20%26%20%EC%A2%85%EC%9D%B4&amp;body=http" in text
    assert "%25EB%25B6%2593" in text


def test_without_a_key_nothing_of_kakao_is_there(client: Client) -> None:
    response = client.get(make_article().get_absolute_url())
    assert "data-kakao" not in response.text
    assert "kakao" not in response["Content-Security-Policy"]


def test_with_a_key_kakao_can_be_asked(client: Client, settings) -> None:
    settings.KAKAO_JS_KEY = KEY
    address = make_article().get_absolute_url()
    response = client.get(address)
    assert f'data-kakao="{KEY}"' in response.text
    # Its script comes when it is pressed, not with the page.
    assert KAKAO_SCRIPTS not in response.text
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    for policy in (each["Content-Security-Policy"] for each in (response, again)):
        assert f"script-src 'self' {KAKAO_SCRIPTS};" in policy + ";"
        assert f"form-action 'self' {KAKAO_SHARER};" in policy + ";"
    assert "kakaocdn" not in client.get("/accounts/login/")["Content-Security-Policy"]


def test_section_leads_on_to_the_articles_around(client: Client) -> None:
    articles = make_articles(3, category=make_category())
    text = client.get(articles[1].get_absolute_url()).text
    steps = text.partition('aria-label="기술의 앞뒤 글"')[2].partition("</nav>")[0]
    assert articles[0].title in steps
    assert articles[2].title in steps


def test_reading_list_is_the_same_empty_page_for_everybody(client: Client) -> None:
    response = client.get("/reading-list/")
    assert is_for_everybody(response)
    assert "public" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex' in response.text
    assert "<noscript>" in response.text
    assert '<a href="/reading-list/">읽기 목록</a>' in response.text
