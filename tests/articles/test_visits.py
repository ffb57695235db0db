"""Which reports of a read are believed, by their headers."""

import pytest

from articles.visits import is_ahead_of_a_visit, is_machine, is_own_page

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = f"Mozilla/5.0 (Linux; Android 15; SM-S931N) {WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    "user_agent",
    [
        PHONE,
        f"{PHONE};KAKAOTALK 2510080",
        f"{PHONE} NAVER(inapp; search; 2000; 12.12.50)",
        f"{PHONE} DaumApps/7.20.0",
        f"Mozilla/5.0 (Linux; Android 12; CUBOT X50) {WEBKIT} Chrome/120.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
    ],
)
def test_people_are_believed(user_agent: str) -> None:
    assert not is_machine(user_agent)


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "curl/8.5.0",
        "python-requests/2.32.0",
        "facebookexternalhit/1.1;kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
        f"{PHONE} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        f"Mozilla/5.0 {WEBKIT}; compatible; ChatGPT-User/1.0",
        "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
        "Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html)",
        f"{PHONE} Chrome-Lighthouse",
    ],
)
def test_machines_are_not(user_agent: str) -> None:
    assert is_machine(user_agent)


@pytest.mark.parametrize(
    ("origin", "fetch_site", "believed"),
    [
        ("https://pildam.example", "same-origin", True),
        ("http://pildam.example", "", True),
        ("https://pildam.example", "cross-site", False),
        ("https://evil.example", "", False),
        ("https://pildam.example.evil.example", "", False),
        ("null", "same-origin", False),
        ("", "", False),
    ],
)
def test_only_our_own_pages_report(origin: str, fetch_site: str, believed: bool) -> None:
    assert is_own_page(origin, fetch_site, "pildam.example") is believed


def test_what_is_fetched_in_advance_is_no_visit() -> None:
    assert is_ahead_of_a_visit("prefetch;prerender")
    assert not is_ahead_of_a_visit("")
