import unicodedata

import pytest

from articles.text import normalised, one_line, whole_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 두\n\t줄  글 ", "두 줄 글"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("제\x00\x01목\x7f\x9f", "제목"),
        ("짝 잃은 \ud800글", "짝 잃은 글"),
        ("앞\x85뒤\x1c끝", "앞 뒤 끝"),
        ("가족 👨\u200d👩\u200d👧", "가족 👨\u200d👩\u200d👧"),
    ],
)
def test_one_line_of_text(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("12", 12), (" 012 ", 12), ("", None), ("-1", None), ("1.0", None), ("١٢", None)],
)
def test_whole_number(written: str, expected: int | None) -> None:
    assert whole_number(written) == expected


def test_a_number_that_no_database_holds_is_none() -> None:
    assert whole_number("9" * 18) == 10**18 - 1
    assert whole_number("0" * 20 + "9" * 5000) is None


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0344\u0f73≠", "\u0323\u20dd\u0301"])
def test_a_run_of_marks_is_normalised_as_any_text(marks: str) -> None:
    text = f"á{marks * 600}가"
    assert normalised(text) == unicodedata.normalize("NFC", text)
