import re

import pytest

from articles.markup.addresses import WEB_ADDRESS, trim_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.kr/b).", "https://a.kr/b"),
        ("https://a.kr/b_(c))", "https://a.kr/b_(c)"),
        ("https://a.kr/을", "https://a.kr/"),
        ("HTTPS://A.KR/을", "HTTPS://A.KR/"),
        ("https://a.kr/b/에서", "https://a.kr/b/"),
        ("https://a.kr/wiki/도", "https://a.kr/wiki/도"),
    ],
)
def test_what_belongs_to_the_sentence_is_trimmed(address: str, expected: str) -> None:
    assert trim_address(address) == expected


@pytest.mark.parametrize(
    "text", ["xhttps://a.kr", "me@https://a.kr", "https://한국.kr", "https:///"]
)
def test_no_address_is_found(text: str) -> None:
    assert re.search(WEB_ADDRESS, text) is None
