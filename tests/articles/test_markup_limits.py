"""A body renders within about a second or is refused, whatever is in it."""

import pytest

from articles.rendering import MAX_BODY_BYTES, RenderingError, render


def test_long_essay_is_rendered() -> None:
    section = "## 소제목\n\n" + "**혁신(革新)**은 [기술](https://a.kr)과 함께 온다. " * 12 + "\n\n"
    source = section * (400_000 // len(section.encode()))
    assert render(source).html.count("<strong>") == 12 * source.count("##")


@pytest.mark.parametrize(
    ("source", "word"),
    [("가" * (MAX_BODY_BYTES // 3 + 1), "500kB"), ("가\0나", "NUL"), ("\ud800", "깨진")],
)
def test_unfit_body_is_refused_in_korean(source: str, word: str) -> None:
    with pytest.raises(RenderingError, match=word):
        render(source)


REFUSED = {
    "brackets": "[" * 20_000,
    "lists on a line": "- " * 5_000 + "가",
    "quotes on a line": ">" * 20_000,
    "open bold": "**a " * 50_000,
    "closed bold": "**a** " * 50_000,
    "backticks": "`a " * 50_000,
    "images": "![" * 50_000,
    "angles": "<" * 100_000,
    "strikes": "~~a " * 50_000,
    "footnotes": "[^a]" * 50_000 + "\n\n[^a]: b",
    "tags": "<div>" * 60_000,
    "inline tags": "<b>" * 60_000,
    "unclosed tags": "".join(f'<b title="{n}">' for n in range(200)) + "\n\n가" * 2_000,
    "table": "|a|b|\n|-|-|\n" + "|a|b|\n" * 50_000,
    "list depth": "\n".join("  " * depth + "- a" for depth in range(300)),
    "paragraphs": "a\n\n" * 100_000,
    "lexer": "```java\n" + "a " * 9_000 + "\n```",
}
RENDERED = {
    "rule": "*" * 400_000,
    "parentheses": "[a](" + "(" * 100_000,
    "heading with spaces": "# a" + " " * 400_000 + "b",
    "hashes": "# a " + "# " * 200_000 + "b",
    "spaces": "a" + " " * 400_000 + "b\nc",
    "definitions": "[a]: b\n" * 50_000,
    "address": "http://a.kr/" + ")." * 100_000,
    "quotes": ">\n" * 50_000,
    "pipes": "|" * 400_000,
    "comments": "<!--" * 100_000,
    "fenced code": "```python\n" + "def f(x): return x\n" * 20_000 + "```",
    "headings": "## 가\n\n" * 5_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_pathological_body_is_refused(name: str) -> None:
    with pytest.raises(RenderingError):
        render(REFUSED[name])


@pytest.mark.parametrize("name", RENDERED)
def test_odd_but_cheap_body_is_rendered(name: str) -> None:
    assert render(RENDERED[name]).html is not None
