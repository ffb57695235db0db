"""Posts, pages and what hangs on them, from a WordPress export."""

from datetime import UTC, datetime

import pytest

from articles.importing.documents import BrokenExportError, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import FileSurroundings, Source, find_sources
from tests.articles.importing.wordpress import (
    BLOG,
    UNDATED,
    articles_in,
    attachment,
    comment,
    export,
    item,
    meta,
    term,
)

pytestmark = pytest.mark.any_engine


def source_of(folder, data: bytes) -> Source:
    (folder / "export.xml").write_bytes(data)
    return Source("export.xml", "export.xml", "export.xml", FileSurroundings(folder))


def test_a_post_carries_its_fields_over(tmp_path):
    post = item(
        7,
        "<p>본문</p>",
        term("미분류"),
        term("기술"),
        term("강", "post_tag"),
        meta("_thumbnail_id", "9"),
        title="낮 &amp; <b>밤</b>",
        excerpt="짧은 <i>소개</i>",
        post_name="%eb%82%ae-%eb%b0%a4-%eb%b",
        link=f"{BLOG}/2020/05/%EB%82%AE/",
    )
    article, *rest = articles_in(tmp_path, post, attachment(9, "a.jpg", alt="물", caption="저녁"))
    assert (article.title, article.dek, article.body) == ("낮 & 밤", "짧은 소개", "본문")
    assert (article.category, article.tags, article.authors) == ("기술", ("강",), ("문지기",))
    assert article.slug == "낮-밤-"
    assert article.published_at == datetime(2020, 5, 1, tzinfo=UTC)
    assert article.old_paths == ("/2020/05/낮/", "/?p=7")
    assert article.lead_image == f"{BLOG}/wp-content/uploads/a.jpg"
    assert (article.lead_alt, article.lead_caption, rest) == ("물", "저녁", [])


@pytest.mark.promise("I5")
@pytest.mark.parametrize(
    ("fields", "status", "is_withheld"),
    [
        ({"status": "publish"}, "published", False),
        ({"status": "future", "post_date_gmt": "2100-01-01 00:00:00"}, "published", False),
        ({"status": "future", "post_date_gmt": UNDATED, "post_date": "9999-1-1"}, "draft", True),
        ({"status": "draft", "post_date_gmt": UNDATED}, "draft", True),
        ({"status": "pending", "post_date_gmt": UNDATED}, "in_review", True),
        ({"status": "private"}, "draft", True),
        ({"status": "publish", "post_password": "열려라"}, "draft", True),
        ({"status": "my-own"}, "draft", True),
    ],
)
def test_what_readers_could_not_see_is_withheld(tmp_path, fields, status, is_withheld):
    (article,) = articles_in(tmp_path, item(**fields))
    assert (article.status, article.is_withheld) == (status, is_withheld)


def test_what_was_never_published_has_no_date_to_be_published_under(tmp_path):
    draft, private = articles_in(tmp_path, item(1, status="draft"), item(2, status="private"))
    assert draft.published_at is None
    assert private.published_at == datetime(2020, 5, 1, tzinfo=UTC)


def test_a_time_without_greenwich_is_of_the_blogs_own_clock(tmp_path):
    other = item(1, post_date="2020-05-01 03:00:00", post_date_gmt="2020-05-01 01:00:00")
    undated = item(2, post_date="2020-05-02 12:00:00", post_date_gmt=UNDATED)
    _, article = articles_in(tmp_path, other, undated)
    assert article.published_at == datetime(2020, 5, 2, 10, tzinfo=UTC)


def test_a_smaller_rendition_becomes_its_original(tmp_path):
    content = '<img src="//i0.wp.com/blog.example/wp-content/uploads/2020/a-300x200.jpg?w=9">'
    article = articles_in(tmp_path, item(7, content), attachment(9, "2020/a.jpg"))[0]
    assert article.body == f"![]({BLOG}/wp-content/uploads/2020/a.jpg)"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("//a.example/b", "https://a.example/b"),
        ("www.a.example", "http://www.a.example"),
        ("?p=8", f"{BLOG}/?p=8"),
        ("/b", "/b"),
    ],
)
def test_links_get_what_their_writers_left_out(tmp_path, written, whole):
    (article,) = articles_in(tmp_path, item(7, f'<a href="{written}">강</a>'))
    assert article.body == f"[강]({whole})"


def test_what_holds_no_posts_is_no_export(tmp_path):
    with pytest.raises(ImportFailure, match="no items"):
        next(readings(source_of(tmp_path, b"<feed/>"), "wordpress"))


def test_what_becomes_no_article_is_counted(tmp_path):
    items = [item(1, status="trash"), item(2, post_type="product"), item(3, post_type="page")]
    source = source_of(
        tmp_path, export(*items, item(4, "", title=""), item(5, "글", comment(1))).encode()
    )
    *found, remainder = readings(source, takes_pages=False)
    assert [reading.source.ref for reading in found] == ["wordpress:blog.example:5"]
    assert isinstance(remainder, Remainder)
    assert (remainder.left_out.total(), remainder.comment_count) == (4, 1)


def test_one_bad_post_costs_no_other(tmp_path):
    deep = item(1, "<div>" * 3000, title="깊은 글")
    source = source_of(tmp_path, export(deep, item(2, "앞\x08뒤")).encode())
    bad, good = (found for found in readings(source) if isinstance(found, Reading))
    with pytest.raises(ImportFailure, match="nested"):
        bad.load()
    assert bad.source.label == "export.xml:12: post 1 “깊은 글”"
    article, _ = good.load()
    assert article.body == "앞뒤"
    assert any("control characters" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<rss", '<!DOCTYPE lol [<!ENTITY a "b">]><rss', "lol"),
        ("</channel></rss>", "", "well-formed"),
        ("<item>", "<x>" * 3000 + "<item>", "nested"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_before_its_first_post(tmp_path, old, new, problem):
    source = source_of(tmp_path, export(item()).replace(old, new, 1).encode())
    with pytest.raises(BrokenExportError, match=problem):
        next(readings(source))


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16"])
def test_another_encoding_than_the_file_claims_is_read(tmp_path, encoding):
    text = (
        "\n\n" + export(item(title="한글 제목"))
        if encoding == "cp949"
        else export(item(title="한글 제목"))
    )
    found = next(readings(source_of(tmp_path, text.encode(encoding))))
    assert isinstance(found, Reading)
    assert found.load()[0].title == "한글 제목"


def test_of_the_xml_in_a_folder_only_exports_are_documents(tmp_path):
    (tmp_path / "feed.xml").write_text("<?xml version='1.0'?><feed/>")
    (tmp_path / "export.xml").write_text(export(item()))
    assert [source.ref for source in find_sources([tmp_path])] == ["export.xml"]


def test_posts_that_share_a_number_are_two(tmp_path):
    (tmp_path / "export.xml").write_text(export(item(7, "하나"), item(7, "둘")))
    found = readings(Source("export.xml", "export.xml", "export.xml", FileSurroundings(tmp_path)))
    refs = [each.source.ref for each in found if isinstance(each, Reading)]
    assert len(set(refs)) == 2
