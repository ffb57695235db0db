"""Whatever somebody writes as an article or a comment: rendered whole and harmless, or refused."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from articles.markup.heading_uses import heading_uses
from articles.markup.link_uses import link_uses
from articles.markup.picture_uses import picture_uses
from articles.markup.source import normalise_source
from articles.rendering import KnownImage, RenderingError, Rendition, image_references, render
from articles.text import normalised
from comments.marking import marked
from comments.rendering import render_body
from tests.browser.xss_payloads import PAYLOADS
from tests.fuzz.bounds import at_most
from tests.fuzz.html_checks import ARTICLE_TAGS, COMMENT_TAGS, check_harmless, check_whole
from tests.fuzz.mutations import any_text, mutated

_CASES = Path(__file__).parents[1] / "articles" / "markdown_cases"
SOURCES = [
    case["source"]
    for name in ("blocks", "emphasis", "links")
    for case in json.loads((_CASES / f"{name}.json").read_text("utf-8"))
] + [
    "## 가 {#나}\n\n## 가\n\n[다](#나) [^1] [^라]\n\n[^1]: 마\n[^라]: 바\n\n    사\n",
    "![강](/media/a.png '캡션')\n\n![가](https://a.example/b.png)\n*설명*\n\nhttps://youtu.be/abcdefghijk\n",
    "> [!NOTE] 제목\n> - [x] 가\n> - [ ] 나\n\n```python\nprint('가')\n```\n\n| 가 | 나 |\n|:-|-:|\n| `다` | **라** |\n",
    "<details open><summary>가</summary>\n\n나 <kbd>Ctrl</kbd> <span class='x' id='y'>다</span>\n\n</details>\n",
    "<table><tr><td colspan=2 align=left>가<p style='x'>나</table>\n\n<img src=/media/a.png width=3>\n",
    *(payload for payload in PAYLOADS if isinstance(payload, str)),
]
# A rendering gives up after 0.9 s; what comes after it is linear.
MOST_SECONDS = 3.0


def _rendered(source: str, **options: object) -> Rendition | None:
    try:
        return render(source, **options)
    except RenderingError:
        return None


@given(source=mutated(SOURCES) | any_text())
def test_an_article_is_rendered_whole_and_harmless(source: str) -> None:
    images = {"/media/a.png": KnownImage(640, 480)}
    with at_most(MOST_SECONDS):
        rendition = _rendered(source, images=images, site_hosts=frozenset({"testserver"}))
    if rendition is None:
        return
    check_whole(rendition.html)
    check_harmless(rendition.html, ARTICLE_TAGS)
    anchors = [entry.id for entry in rendition.toc]
    assert all(f'id="{anchor}"' in rendition.html for anchor in anchors)


@given(source=mutated(SOURCES) | any_text())
def test_a_source_is_brought_into_its_one_form_once(source: str) -> None:
    try:
        once = normalise_source(source)
    except RenderingError:
        return
    assert normalise_source(once) == once == normalised(once)


@given(source=mutated(SOURCES))
def test_links_pictures_and_headings_stand_on_lines_of_the_source(source: str) -> None:
    try:
        with at_most(MOST_SECONDS):
            uses = [*link_uses(source), *picture_uses(source), *heading_uses(source)]
    except RenderingError:
        return
    lines = normalise_source(source).split("\n")
    assert [use for use in uses if not 1 <= use.line <= len(lines)] == []


@given(source=mutated(SOURCES))
def test_noting_lines_changes_nothing_else(source: str) -> None:
    with at_most(MOST_SECONDS):
        plain, noted = _rendered(source), _rendered(source, notes_lines=True)
    if plain is not None and noted is not None:
        # The lines are noted in classes of the HTML.
        assert replace(noted, html="") == replace(plain, html="")


@given(source=mutated(SOURCES))
def test_the_pictures_of_a_source_are_those_that_are_rendered(source: str) -> None:
    if (rendition := _rendered(source)) is not None:
        assert image_references(source) == rendition.image_sources


COMMENTS = [
    "잘 읽었습니다.\n\n> **인용** *하나*\n답 `코드` [여기](https://a.example/b) https://한글.example/가?나=다#라",
    "***가*** a*b*c [https://a.example](https://evil.example) (https://a.example/b_(c)).",
    *(payload for payload in PAYLOADS if isinstance(payload, str)),
]


@given(text=mutated(COMMENTS) | any_text(), words=st.lists(any_text(8), max_size=3))
def test_a_comment_is_rendered_whole_and_harmless(text: str, words: list[str]) -> None:
    # What is stored has no lone surrogates; `comments.text` refuses them.
    text, *words = (each.encode("utf-8", "ignore").decode() for each in (text, *words))
    with at_most(1.0):
        html = render_body(text)
    check_whole(html)
    check_harmless(html, COMMENT_TAGS)
    with_marks = marked(html, words)
    check_whole(with_marks)
    check_harmless(with_marks, COMMENT_TAGS | {"mark"})
    assert unescape(re.sub("</?mark>", "", with_marks)) == unescape(html)
