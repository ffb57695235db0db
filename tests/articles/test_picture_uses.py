"""Where the pictures of a text stand, and whether they have words for those who do not see."""

import pytest

from articles.markup.picture_uses import PictureUse, picture_uses
from articles.rendering import render


def test_a_picture_is_told_with_its_line_and_its_words() -> None:
    uses = picture_uses("첫 문단\n\n둘째 문단의\n![공장](/media/가.webp) 그림\n")
    assert uses == [PictureUse(4, "/media/가.webp", "공장", decorative=False)]


def test_missing_words_are_not_a_decorative_picture() -> None:
    body = "![](/a.webp)\n\n![](/b.webp){: .decorative}\n\n![말](/c.webp){:.wide .decorative}\n"
    assert [(use.alt, use.decorative) for use in picture_uses(body)] == [
        ("", False),
        ("", True),
        ("", True),
    ]


def test_raw_html_says_decorative_with_an_empty_alt() -> None:
    body = '문단\n\n<div>\n<img src="/a.webp">\n<img src="/b.webp" alt="">\n</div>\n'
    assert [(use.line, use.decorative) for use in picture_uses(body)] == [(4, False), (5, True)]


def test_each_use_has_its_own_line() -> None:
    body = "![가](/a.webp)\n![나](/a.webp) ![다](/a.webp)\n\n- 목록\n  ![라](/a%20b.webp)\n"
    assert [use.line for use in picture_uses(body)] == [1, 2, 2, 5]


def test_a_picture_by_reference_stands_where_it_is_shown() -> None:
    body = "가\n\n![나][그림]\n\n다\n\n[그림]: /a.webp\n"
    assert picture_uses(body) == [PictureUse(3, "/a.webp", "나", decorative=False)]


@pytest.mark.parametrize("body", ["`![](/a.webp)`", "```\n![](/a.webp)\n```", r"\![가](/a.webp"])
def test_what_shows_no_picture_is_none(body: str) -> None:
    assert picture_uses(body) == []


def test_a_picture_in_a_note_is_found_at_the_note() -> None:
    body = "가[^1]\n\n나\n\n[^1]: 다\n    ![라](/a.webp)\n"
    assert picture_uses(body) == [PictureUse(6, "/a.webp", "라", decorative=False)]


def test_a_decorative_picture_is_silent_for_readers_and_leaves_no_trace_of_the_mark() -> None:
    html = render('![무늬](/a.webp "설명"){: .decorative}\n').html
    assert 'alt=""' in html
    assert "<figcaption>설명</figcaption>" in html
    assert "decorative" not in html


def test_lines_are_noted_only_when_asked_for() -> None:
    source = "## 제목\n\n문단\n\n- 하나\n- 둘\n\n![가](/media/없음.webp)\n\n> [!NOTE]\n> 말\n"
    noted = render(source, images={}, notes_lines=True).html
    assert '<h2 id="제목" class="source-line-1">' in noted
    assert '<li class="source-line-6">' in noted
    assert 'class="image-missing source-line-8"' in noted
    assert "source-line" not in render(source, images={}).html
