"""A Ghost export's posts as articles, field by field, and what is wrong with hostile ones."""

import json
import unicodedata
from datetime import UTC, datetime

import pytest

from articles.importing import json_records
from articles.importing.detection import is_ghost_export
from articles.importing.documents import ImportFailure
from articles.importing.readings import Reading
from tests.articles.importing.ghost import articles_in, export, post, read

FIRST = post()["id"]


def test_a_post_keeps_what_it_says(tmp_path):
    written = post(
        slug="봄날의-강",
        title=unicodedata.normalize("NFD", " 봄날의 <강>\0 "),
        custom_excerpt="강가에서\n쓴 글",
        feature_image="__GHOST_URL__/content/images/size/w1000/2020/05/a.jpg",
        canonical_url="https://first.example/river/",
        codeinjection_foot="<script></script>",
        custom_template="custom-wide",
    )
    article, second = articles_in(
        tmp_path,
        export(
            written,
            post(2, author_id="u1"),
            users=[{"id": "u1", "name": "문지기"}, {"id": "u2", "name": "나그네"}],
            tags=[
                {"id": "t1", "name": "수필"},
                {"id": "t2", "name": "#hidden"},
                {"id": "t3", "name": "강"},
            ],
            posts_tags=[
                {"post_id": FIRST, "tag_id": "t3", "sort_order": 2},
                {"post_id": FIRST, "tag_id": "t2", "sort_order": 0},
                {"post_id": FIRST, "tag_id": "t1", "sort_order": 1},
            ],
            posts_authors=[
                {"post_id": FIRST, "author_id": "u1", "sort_order": 1},
                {"post_id": FIRST, "author_id": "u2", "sort_order": 0},
            ],
            posts_meta=[
                {
                    "post_id": FIRST,
                    "feature_image_alt": "강",
                    "feature_image_caption": "<b>강가</b>",
                }
            ],
        ),
    )
    assert (article.title, article.slug, article.dek) == (
        "봄날의 <강>",
        "봄날의-강",
        "강가에서 쓴 글",
    )
    assert (article.category, article.tags) == ("수필", ("수필", "강"))
    assert (article.authors, second.authors) == (("나그네", "문지기"), ("문지기",))
    assert article.published_at == datetime(2020, 5, 1, tzinfo=UTC)
    assert (article.lead_image, article.lead_alt, article.lead_caption) == (
        "/content/images/2020/05/a.jpg",
        "강",
        "강가",
    )
    assert article.canonical_url == "https://first.example/river/"
    assert article.old_paths == ("/봄날의-강/",)
    assert article.warnings == (
        "left out: code injected into its foot",
        "left out: the template custom-wide",
    )


@pytest.mark.parametrize(
    ("said", "status", "is_withheld", "is_dated"),
    [
        ({}, "published", False, True),
        ({"status": "scheduled"}, "published", False, True),
        ({"status": "scheduled", "published_at": "soon"}, "draft", True, False),
        ({"status": "draft"}, "draft", True, False),
        ({"status": "sent"}, "draft", True, True),
        ({"visibility": "paid"}, "draft", True, True),
        ({"status": "published", "published_at": 1_588_291_200_000}, "published", False, True),
    ],
)
def test_only_what_everybody_could_read_may_be_published(
    tmp_path, said, status, is_withheld, is_dated
):
    (article,) = articles_in(tmp_path, export(post(**said)))
    assert (article.status, article.is_withheld) == (status, is_withheld)
    assert (article.published_at is not None) == is_dated


def test_old_exports_and_answers_of_the_interface_are_read(tmp_path):
    old = {
        "meta": {"exported_on": 1},
        "data": {
            "posts": [
                {"id": 1, "title": "옛 글", "slug": "old", "markdown": "![](/content/images/a.jpg)"}
                | {
                    "page": 0,
                    "status": "published",
                    "published_at": 1388318310783,
                    "image": "/i.png",
                }
            ],
            "tags": [{"id": 1, "name": "옛날"}],
            "posts_tags": [{"post_id": 1, "tag_id": 1}],
            "settings": [{"key": "permalinks", "value": "/:year/:month/:slug/"}],
        },
    }
    (article,) = articles_in(tmp_path, b"\xef\xbb\xbf" + json.dumps(old).encode())
    assert article.body == "![](/content/images/a.jpg)"
    assert (article.category, article.lead_image) == ("옛날", "/i.png")
    assert article.old_paths == ("/2013/12/old/", "/old/")
    answer = {"posts": [post(url="https://blog.example/b/post-1/", tags=[{"name": "수필"}])]}
    (article,) = articles_in(tmp_path, json.dumps(answer))
    assert (article.category, article.site) == ("수필", "https://blog.example/b")
    assert article.old_paths == ("/b/post-1/",)


@pytest.mark.parametrize(
    ("pictures", "site"),
    [
        (["https://a.example/b", "https://a.example/b", "http://c.example"], "https://a.example/b"),
        (["__GHOST_URL__", "http://c.example"], ""),
        (["", "http:///"], ""),
    ],
)
def test_the_site_is_told_by_its_pictures(tmp_path, pictures, site):
    texts = [f'<img src="{root}/content/images/2020/x.jpg">글' for root in pictures]
    articles = articles_in(tmp_path, export(*(post(n, html=text) for n, text in enumerate(texts))))
    assert {article.site for article in articles} == {site}


def test_pages_and_empty_posts_are_left_out(tmp_path):
    text = export(post(1), post(2, type="page"), post(3, page=1), post(4, title="", html=None))
    *found, remainder = read(tmp_path, text, takes_pages=False)
    assert len(found) == 1
    assert sum(remainder.left_out.values()) == 3
    assert len(read(tmp_path, text)) == 4


def test_a_posts_identity_outlives_its_changes(tmp_path):
    posts = [post(1), post(2, uuid=None), post(3, uuid=None, id=3)]
    refs = [found.source.ref for found in read(tmp_path, export(*posts))[:-1]]
    assert refs == [f"ghost:{posts[0]['uuid']}", f"ghost:{posts[1]['id']}", "ghost::post-3"]


@pytest.mark.parametrize(
    "wrong", [1, "x", None, [], {}, True, [["a"]], {"a": [1]}, "\ud800\0", 10**30]
)
def test_values_of_a_wrong_kind_cost_at_most_their_post(tmp_path, wrong):
    names = [*post(), "lexical", "mobiledoc", "tags", "authors", "feature_image", "author_id"]
    posts = [post(n, **{"uuid": None, name: wrong}) for n, name in enumerate(names)]
    rows = [wrong, {"id": wrong, "post_id": wrong, "tag_id": wrong, "name": wrong, "key": wrong}]
    tables = dict.fromkeys(["users", "tags", "posts_tags", "posts_meta", "settings"], rows)
    text = export(wrong, *posts, post(99, title="끝"), **tables).replace("\ud800", "\\ud800")
    good = []
    for found in read(tmp_path, text):
        if isinstance(found, Reading):
            try:
                good.append(found.load()[0].title)
            except ImportFailure:
                continue
    assert good[-1] == "끝"
    assert len(good) > len(posts) / 2


HEAD = '{"db":[{"meta":{"exported_on":1},"data":'


@pytest.mark.parametrize(
    "text",
    [
        export(post())[:-9],
        HEAD + '{"posts":' + "[" * 100_000,
        HEAD + '{"posts":[]}}]}',
        '{"db":"x"}',
        "[]",
        "",
        HEAD + '{"posts":[{"title":"' + "\\",
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(tmp_path, text):
    with pytest.raises(ImportFailure):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "row",
    [
        '"title":"a","html":"b","z":' + "[" * 50_000 + "]" * 50_000,
        '"title":"a","title":',
        '"title":"a","z":"' + "가" * json_records.MAX_RECORD_LENGTH + '"',
        '"title":"a","lexical":"{\\"root\\":{\\"children\\":'
        + '[{\\"type\\":\\"p\\",\\"children\\":' * 5_000
        + "[]"
        + "}]" * 5_000
        + '}}"',
    ],
    ids=["deep", "broken", "long", "deep text"],
)
def test_a_hostile_post_costs_no_other(tmp_path, row):
    text = HEAD + '{"posts":[{' + row + '},{"title":"끝","html":NaN,"z":Infinity}]}}]}'
    bad, good, _ = read(tmp_path, text)
    with pytest.raises(ImportFailure):
        bad.load()
    assert good.load()[0].title == "끝"


def test_a_file_may_be_cut_into_pieces_anywhere(tmp_path, monkeypatch):
    text = export(post(html='<p>"\\ 강 {[</p>', z=[{}, [1, "]"]]), users=[{"id": "1"}])
    whole = articles_in(tmp_path, text)
    for size in (1, 2, 3, 7):
        monkeypatch.setattr(json_records, "_CHUNK", size)
        assert articles_in(tmp_path, text) == whole
    monkeypatch.setattr(json_records, "MAX_FILE_BYTES", 100)
    with pytest.raises(ImportFailure, match="larger than"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "is_ghosts"),
    [
        ('{"db":[{"meta":{"exported_on":1,"version":"5.75"},"data":{"benefits":[', True),
        ('\ufeff {\n "db": [{"data": {"posts": []}}]}', True),
        ('{"meta":{"exported_on":1,"version":"000"},"data":{"posts":[', True),
        ('{"data":{"posts":[{"title":"a"}],"posts_tags":[]}}', True),
        ('{"posts":[{"id":"1","html":"","comment_id":"1"}],"meta":{}}', True),
        ('{"name":"db","dependencies":{"ghost":"1","lexical":"2","mobiledoc":"3"}}', False),
        ('{"version":"https://jsonfeed.org/version/1","items":[{"content_html":"x"}]}', False),
        ('{"cells":[{"cell_type":"code","metadata":{},"source":["x"]}],"nbformat":4}', False),
        ('{"found":1,"posts":[{"ID":1,"site_ID":2,"title":"a","content":"b","slug":"c"}]}', False),
        ('{"db":[{"host":"x"}],"data":{"posts":[{"title":"a"}]},"meta":{}}', False),
        ('{"text":"\\"db\\":[{\\"data\\":{\\"posts\\":[]}}]"}', False),
        ('[{"mobiledoc":"x"}]', False),
        ("[" * 70_000, False),
    ],
)
def test_exports_are_told_from_other_json(text, is_ghosts):
    assert is_ghost_export(text.encode()) == is_ghosts
