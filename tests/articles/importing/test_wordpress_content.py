"""The texts of WordPress's two editors."""

import json
from contextlib import suppress

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.wordpress_content import Surroundings, footnotes_in, markdown_of
from articles.rendering import render

pytestmark = pytest.mark.any_engine

PICTURES = {"1": '<figure><img src="/1.jpg" alt="하나"></figure>'}


def read(content: str, **surroundings: object) -> tuple[str, list[str]]:
    def gallery(numbers: list[str]) -> str:
        return "".join(PICTURES.get(number, "") for number in numbers)

    return markdown_of(content, Surroundings(gallery=gallery, **surroundings))


def block(name: str, inner: str = "") -> str:
    return f"<!-- wp:{name} -->\n{inner}\n<!-- /wp:{name} -->\n\n"


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (block("paragraph", "<p>가\n나</p>") + block("separator", "<hr/>"), "가 나\n\n* * *"),
        (
            block("columns", block("column", "<p>왼</p>") + block("column", "<p>오른</p>")),
            "왼\n\n오른",
        ),
        (
            block(
                "pullquote", "<figure><blockquote><p>말</p><cite>벗</cite></blockquote></figure>"
            ),
            "> 말\n>\n> — 벗",
        ),
        (
            block("gallery", "<figure>" + block("image", PICTURES["1"]) + "</figure>"),
            "![하나](/1.jpg)",
        ),
        (
            block(
                "embed",
                '<figure class="wp-block-embed"><div>\nhttps://a.example/b\n</div></figure>',
            ),
            "<https://a.example/b>",
        ),
        (
            block("buttons", '<div><a class="wp-block-button__link" href="/b">가기</a></div>'),
            "[가기](/b)",
        ),
        (block("verse", '<pre class="wp-block-verse">가\n나</pre>'), "가  \n나"),
        (block("freeform", "가\n나\n\n다") + "낀\n글", "가  \n나\n\n다\n\n낀  \n글"),
        ("가\n<!--more-->\n나<!--nextpage-->다", "가\n\n나\n\n다"),
        ('[caption width="9"]<img src="/a.jpg" alt="강" /> 저녁[/caption]', '![강](/a.jpg "저녁")'),
        ('앞\n\n[gallery ids="1,9"]', "앞\n\n![하나](/1.jpg)"),
        ("[embed]https://a.example/?b=1&amp;c=2[/embed]", "<https://a.example/?b=1&c=2>"),
        (
            "[youtube https://youtu.be/dQw4w9WgXcQ]",
            "<https://youtu.be/dQw4w9WgXcQ>",
        ),
        ('[code lang="py"]\nx = "<b>"\n\n[gallery]\n[/code]', '```py\nx = "<b>"\n\n[gallery]\n```'),
        ("[toc]\n\n가 <strong><em>나</em></strong>", "가 ***나***"),
        ("<strong>가 <em>나</em></strong>다", "**가 *나***다"),
        ("<blockquote>가 <cite>나</cite>, <b>다</b></blockquote>", "> 가\n>\n> — 나, **다**"),
        ("<pre>[gallery]</pre>", "```\n[gallery]\n```"),
        ("[[gallery]]와 [단독]", "[gallery]와 [단독]"),
    ],
)
def test_blocks_and_shortcodes_become_what_they_show(content, written):
    assert read(content) == (written, [])


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('[contact-form-7 id="5"]', "contact-form-7"),
        ("[box]가[/box]", "box"),
        ("<!-- wp:latest-posts /-->", "latest-posts"),
        ("<form><p>이름</p></form>", "form"),
    ],
)
def test_what_does_not_carry_over_is_named(content, named):
    _, warnings = read(content)
    assert len(warnings) == 1
    assert named in warnings[0]


def test_a_block_that_posts_share_is_put_in():
    written, _ = read('<!-- wp:block {"ref":5} /-->', shared_block={"5": "<p>함께</p>"}.get)
    assert written == "함께"


def test_footnotes_become_footnotes():
    field = json.dumps([{"id": "ab-1", "content": "<em>옛</em> 책"}, "?"])
    text = '<p>강<sup data-fn="ab-1" class="fn"><a href="#ab-1">1</a></sup></p>'
    written, warnings = read(block("paragraph", text), footnotes=footnotes_in(field))
    assert (written, warnings) == ("강[^ab-1]\n\n[^ab-1]: *옛* 책", [])
    assert 'href="#fn-1"' in render(written).html


@pytest.mark.parametrize("field", ["", "[", "{}", "[" * 3000])
def test_a_broken_field_of_footnotes_holds_none(field):
    assert footnotes_in(field) == {}


@pytest.mark.parametrize("scrap", ["[caption ", "[code]", "<!-- wp:x {", "<pre>", "[" * 9])
def test_scraps_by_the_thousand_are_read_or_refused_at_once(scrap):
    with suppress(ImportFailure):
        assert read("가" + scrap * 20_000)[0].startswith("가")
