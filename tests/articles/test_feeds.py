from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.elsewhere import for_elsewhere
from articles.models import Article, Tag
from tests.articles.page import is_for_everybody
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_series,
)

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "http://testserver/articles/a/"
FORMATS = ["/feed/", "/feed/atom/", "/feed.json"]


def rss_titles(client: Client, path: str) -> list[str | None]:
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own XML
    return [item.findtext("title") for item in root.iter("item")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="/media/a.webp">', '<img src="http://testserver/media/a.webp">'),
        (
            '<picture><source type="image/avif" srcset="/a 1w" sizes="92vw"><img src="/a"></picture>',
            '<img src="http://testserver/a">',
        ),
        ('<a href="#fn-1">1</a>', f'<a href="{ADDRESS}#fn-1">1</a>'),
        ('<a href="https://e.com/">e</a>', '<a href="https://e.com/">e</a>'),
        ('<a title="a > b" href="/x">x</a>', '<a title="a > b" href="http://testserver/x">x</a>'),
        ('<p>a href="/x" 라고 쓴다</p>', '<p>a href="/x" 라고 쓴다</p>'),
        ('<code>&lt;a href="/x"&gt;</code>', '<code>&lt;a href="/x"&gt;</code>'),
    ],
)
def test_html_for_elsewhere_has_absolute_addresses(html: str, expected: str) -> None:
    assert for_elsewhere(html, ADDRESS) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/", "/feed.json", "/articles/feed/"])
def test_feed_is_cacheable_for_everybody(client: Client, path: str) -> None:
    make_article()
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, s-maxage=300"
    assert response["ETag"]
    assert is_for_everybody(response)


@pytest.mark.django_db
def test_rss_holds_the_whole_article(client: Client) -> None:
    article = make_article(
        "붓을 건네는 시간",
        body="**종이**를 [펼친다](/archive/).",
        dek="부제다",
        authors=[make_author("오세린")],
        category=make_category("문화"),
        tags=["기록"],
    )
    root = ElementTree.fromstring(client.get("/feed/").content)  # noqa: S314 - our own XML
    item = root.find("channel/item")
    assert item is not None
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("description") == "부제다"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "오세린"
    assert [category.text for category in item.findall("category")] == ["문화", "기록"]
    assert "<strong>종이</strong>" in item.findtext(CONTENT, "")
    assert 'href="http://testserver/archive/"' in item.findtext(CONTENT, "")


@pytest.mark.django_db
def test_atom_holds_the_whole_article(client: Client) -> None:
    make_article(body="**종이**", authors=[make_author("오세린")])
    root = ElementTree.fromstring(client.get("/feed/atom/").content)  # noqa: S314 - our own XML
    assert root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "오세린"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "필담"
    assert "<strong>종이</strong>" in root.findtext(f"{ATOM}entry/{ATOM}content", "")


@pytest.mark.django_db
def test_json_feed_holds_the_whole_article(client: Client) -> None:
    article = make_article("붓", body="**종이**", lead_image=make_image("대표"))
    response = client.get("/feed.json")
    body = response.json()
    (item,) = body["items"]
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert body["version"] == "https://jsonfeed.org/version/1.1"
    assert item["url"] == f"http://testserver{article.get_absolute_url()}"
    assert item["content_html"].endswith("<p><strong>종이</strong></p>")
    assert item["image"] == f"http://testserver{quote('/media/images/대표.webp')}"


def text_of(response: HttpResponse) -> str:
    return response.text.replace("&lt;", "<").replace("&gt;", ">").replace('\\"', '"')


@pytest.mark.django_db
@pytest.mark.parametrize("path", FORMATS)
def test_lead_picture_stands_above_the_text(client: Client, path: str) -> None:
    image = make_image("lead", alt="뱃머리 <1>", caption="도크", credit="필담")
    make_article(lead_image=image, body="본문")
    text = text_of(client.get(path))
    shown = '<img src="http://testserver/media/images/lead.webp" width="1600" height="1000"'
    assert shown in text
    assert "<figcaption>도크 필담</figcaption></figure><p>본문" in text


@pytest.mark.django_db
def test_article_is_the_same_item_under_another_address(client: Client) -> None:
    article = make_article()
    before = [identities(client, path) for path in FORMATS]
    article.slug = "다른-주소"
    article.save()
    assert [identities(client, path) for path in FORMATS] == before
    assert before[0] == before[1] == before[2]


def identities(client: Client, path: str) -> list[str | None]:
    if path == "/feed.json":
        return [item["id"] for item in client.get(path).json()["items"]]
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own XML
    return [e.text for e in (*root.iter("guid"), *root.iterfind(f"{ATOM}entry/{ATOM}id"))]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*FORMATS, "/sitemap-articles.xml"])
@pytest.mark.parametrize("question", ["ETag", "Last-Modified"])
def test_reader_who_asks_again_is_told_what_is_new_and_what_is_gone(
    client: Client, path: str, question: str
) -> None:
    """By a date as well as by a tag, and within one second."""

    def asked_again(last: HttpResponse) -> HttpResponse:
        header = "If-None-Match" if question == "ETag" else "If-Modified-Since"
        return client.get(path, headers={header: last[question]})

    article = make_article("글", published_at=FAR_FUTURE)
    empty = client.get(path)
    assert asked_again(empty).status_code == 304
    Article.objects.update(published_at=PUBLISHED_AT)
    with_article = asked_again(empty)
    assert with_article.status_code == 200
    assert asked_again(with_article).status_code == 304
    Article.objects.filter(pk=article.pk).update(expires_at=PUBLISHED_AT + timedelta(days=1))
    assert asked_again(with_article).status_code == 200


@pytest.mark.promise("P2")
@pytest.mark.django_db
@pytest.mark.parametrize("path", FORMATS)
def test_feed_shows_only_what_is_published(client: Client, path: str) -> None:
    make_article("보이는 글")
    make_article("앞날의 글", published_at=FAR_FUTURE)
    make_draft("쓰는 글")
    text = client.get(path).text
    assert "보이는 글" in text
    assert "앞날의 글" not in text
    assert "쓰는 글" not in text


@pytest.mark.django_db
def test_every_list_has_a_feed_of_its_own(client: Client) -> None:
    category, author, series = make_category(), make_author(), make_series()
    make_article(
        "이 글", category=category, authors=[author], series=series, episode=1, tags=["기록"]
    )
    make_article("남의 글")
    for listed in (category, author, series, Tag.objects.get()):
        assert rss_titles(client, f"{listed.get_absolute_url()}feed/") == ["이 글"]


@pytest.mark.django_db
def test_feed_of_an_unknown_list_is_404(client: Client) -> None:
    assert client.get("/tags/없는-태그/feed/").status_code == 404


@pytest.mark.django_db
def test_feed_of_a_name_that_only_drafts_know_is_404(client: Client) -> None:
    author, series = make_author(), make_series()
    make_draft(authors=[author], series=series, episode=1, tags=["기록"])
    for listed in (author, series, Tag.objects.get()):
        assert client.get(f"{listed.get_absolute_url()}feed/").status_code == 404


@pytest.mark.django_db
def test_feed_is_the_newest_twenty(client: Client) -> None:
    make_articles(21)
    titles = rss_titles(client, "/feed/")
    assert len(titles) == 20
    assert titles[0] == "글 1"


@pytest.mark.django_db
def test_title_with_control_characters_still_makes_a_feed(client: Client) -> None:
    make_article("글\x01자 & <표>", dek="부\x02제")
    assert rss_titles(client, "/feed/") == ["글자 & <표>"]


@pytest.mark.django_db
def test_dek_is_text_and_not_html(client: Client) -> None:
    make_article(dek="<b>굵은</b> 부제")
    root = ElementTree.fromstring(client.get("/feed/").content)  # noqa: S314 - our own XML
    assert root.findtext("channel/item/description") == "&lt;b&gt;굵은&lt;/b&gt; 부제"
    assert client.get("/feed.json").json()["items"][0]["summary"] == "<b>굵은</b> 부제"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/", "/feed.json"])
def test_more_articles_need_no_more_queries(
    client: Client, django_assert_max_num_queries, path: str
) -> None:
    author = make_author()
    make_articles(12, authors=[author], tags=["하나", "둘"])
    with django_assert_max_num_queries(5):
        client.get(path)
