"""Pages without an article, and pages that mean harm."""

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.html_source import parse_page

from .samples import FIRST, SECOND

pytestmark = pytest.mark.any_engine

TEXT = f"<article><p>{FIRST}</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            '<html><body><div id="root"></div><script src="/app.js"></script></body></html>',
            "by scripts",
        ),
        ("<html><body><h1>로그인</h1><form><input></form></body></html>", "asks to sign in"),
        (
            "<html><body><ul>" + "<li><a href='/1'>다른 글</a></li>" * 9 + "</ul></body></html>",
            "no article text",
        ),
        (
            f"<html><body>{'<article><h2>글</h2>' + FIRST + '</article>'}</body></html>".replace(
                "</body>", f"<article>{SECOND}</article>" * 4 + "</body>"
            ),
            "no article text",
        ),
        (TEXT + "<div>" * 50_000, "more than 40,000 elements"),
        (
            TEXT + "<p " + " ".join(f"a{number}='>'" for number in range(9_000)) + ">",
            "2,000 attributes",
        ),
        (TEXT + "<p>" + "가 " * 300_000, "longer than 500,000"),
        (TEXT + "\0", "NUL"),
    ],
)
def test_it_is_refused_by_name(page, message):
    with pytest.raises(ImportFailure, match=message):
        parse_page(page.encode(), "x.html")


@pytest.mark.promise("I3")
def test_files_and_entities_of_the_machine_are_never_read():
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hosts">]>'
        f'<html><head><base href="file:///etc/"></head><body>{TEXT}<p>&x;<a href="file:///etc/hosts">가</a>'
        '<img src="file:///etc/a.png"><img src="\\\\host\\a.png"><a href="javascript:x()">나</a></p></article></body></html>'
    )
    article = parse_page(page.encode(), "x.html")
    assert [each.reference for each in article.images] == ["https://host/a.png"]
    assert "localhost" not in article.body
    assert "javascript" not in article.body


def test_a_few_damaged_letters_do_not_cost_the_page():
    page = (
        f'<html><head><meta charset="utf-8"></head><body>{TEXT}<p>'.encode()
        + b"\xff"
        + (SECOND * 9).encode()
    )
    assert FIRST in parse_page(page, "x.html").body


def test_pictures_inside_the_page_are_named_and_left_out():
    page = f'{TEXT}<img src="data:image/png;base64,{"A" * 6_000_000}"></article>'
    assert "data:" not in parse_page(page.encode(), "x.html").body


def test_characters_that_no_tree_holds_are_left_out():
    page = f'{TEXT}<p><img src="a.png" alt="가&#xD800;&#0;&#99999999999;나"></p></article>'
    assert [each.alt for each in parse_page(page.encode(), "x.html").images] == ["가나"]
    with pytest.raises(ImportFailure):
        parse_page(b"<html><head><title>" + TEXT.encode(), "x.html")
