import pytest

from articles.text import one_line


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
