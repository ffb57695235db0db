import re
import unicodedata

import pytest

from articles.converters import HangulSlugConverter, MonthConverter, YearConverter

NFC = "붓을-건네는-시간"
NFD = unicodedata.normalize("NFD", NFC)


@pytest.mark.parametrize("slug", [NFC, NFD, "openai-2025", "ㅋㅋㅋ", "筆談", "cafe\u0301"])
def test_slug_with_letters_of_any_script_matches(slug: str) -> None:
    assert re.fullmatch(HangulSlugConverter.regex, slug)


@pytest.mark.parametrize("slug", ["", "붓/시간", "붓 시간", "붓.html", "붓\x00", "붓?"])
def test_what_cannot_be_a_slug_does_not_match(slug: str) -> None:
    assert not re.fullmatch(HangulSlugConverter.regex, slug)


def test_nfd_and_capitals_mean_the_same_slug() -> None:
    assert HangulSlugConverter().to_python(NFD) == NFC
    assert HangulSlugConverter().to_python("K-테크") == "k-테크"


def test_address_of_a_slug_is_nfc() -> None:
    assert HangulSlugConverter().to_url(NFD) == NFC


@pytest.mark.parametrize("month", ["0", "00", "13", "9", "1a"])
def test_month_is_two_digits_of_the_calendar(month: str) -> None:
    assert not re.fullmatch(MonthConverter.regex, month)


def test_year_and_month_survive_the_way_there_and_back() -> None:
    assert YearConverter().to_url(YearConverter().to_python("2026")) == "2026"
    assert MonthConverter().to_url(MonthConverter().to_python("09")) == "09"
