"""Sitemaps as search engines read them: the index, its parts, the news."""

from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.models import Article, ImageUse
from articles.models.sitemap_part import PART_SIZE
from tests.articles.page import is_for_everybody
from tests.builders import (
    FAR_FUTURE,
    KST,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_series,
)

pytestmark = pytest.mark.django_db
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def texts(client: Client, path: str, name: str = "s:loc") -> list[str]:
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own XML
    return [element.text or "" for element in root.iterfind(f".//{name}", NAMES)]


def test_index_leads_to_every_published_page(client: Client) -> None:
    category, author, series = make_category("기술"), make_author("신피질"), make_series("손")
    make_article("글", category=category, authors=[author], series=series, episode=1, tags=["책"])
    found = [page for part in texts(client, "/sitemap.xml") for page in texts(client, part)]
    paths = ["/", "/articles/", "/archive/", f"/articles/{quote('글')}/", f"/tags/{quote('책')}/"]
    paths += [listed.get_absolute_url() for listed in (category, author, series)]
    assert sorted(found) == sorted(f"http://testserver{path}" for path in paths)


@pytest.mark.promise("P2")
def test_sitemaps_know_nothing_that_is_not_published(client: Client) -> None:
    make_article("앞날", published_at=FAR_FUTURE, authors=[make_author("갑")], tags=["을"])
    make_article("끝", published_at=timezone.now() - timedelta(2), expires_at=timezone.now())
    make_draft("초고", category=make_category("병"), series=make_series("정"), episode=1)
    for section in ("articles", "categories", "authors", "series", "tags", "news"):
        assert texts(client, f"/sitemap-{section}.xml") == []
    assert texts(client, "/sitemap.xml") == ["http://testserver/sitemap-pages.xml"]


def test_parts_and_pages_tell_when_they_changed(client: Client) -> None:
    revised = PUBLISHED_AT + timedelta(days=9)
    make_article(updated_at=revised, tags=["책"], category=make_category("문화"))
    # Written long before it appeared.
    make_article("둘", updated_at=PUBLISHED_AT - timedelta(days=30))
    pages = ["2025-03-12T09:00:00+09:00", "2025-03-03T09:00:00+09:00"]
    assert texts(client, "/sitemap-articles.xml", "s:lastmod") == pages
    # Of a section the newest article tells; of tags nobody can without reading all they list.
    assert texts(client, "/sitemap-categories.xml", "s:lastmod") == pages[1:]
    assert texts(client, "/sitemap-tags.xml", "s:lastmod") == []
    assert texts(client, "/sitemap.xml", "s:lastmod") == [pages[0], pages[0]]


def test_article_stays_in_its_part(client: Client, django_assert_num_queries) -> None:
    revised = PUBLISHED_AT + timedelta(days=1)
    first, last = (make_article(str(n), pk=n, tags=["책"]) for n in (PART_SIZE - 1, PART_SIZE))
    make_article("고침", pk=PART_SIZE + 1, updated_at=revised)
    make_article("앞날", pk=PART_SIZE + 2, published_at=FAR_FUTURE)
    make_draft("초고", pk=3 * PART_SIZE)
    with django_assert_num_queries(6):
        parts = texts(client, "/sitemap.xml")[1:3]
    assert [part.partition("-")[2] for part in parts] == ["articles.xml", "articles.xml?p=2"]
    assert [len(texts(client, part)) for part in parts] == [1, 2]
    # As old as what has changed last in each; the front page's is that of all.
    assert texts(client, "/sitemap.xml", "s:lastmod") == [
        "2025-03-04T09:00:00+09:00",
        "2025-03-03T09:00:00+09:00",
        "2025-03-04T09:00:00+09:00",
    ]
    first.delete()
    assert texts(client, "/sitemap.xml")[1] == parts[1]
    assert texts(client, parts[1])[0].endswith(last.get_absolute_url())


def test_part_lists_the_pictures_that_readers_see(client: Client) -> None:
    lead, waiting = make_image("lead"), make_image("waiting")
    make_image("shown")
    article = make_article(lead_image=lead, body="![그림](/media/images/shown.webp)")
    address = "http://testserver/media/images/{}.webp"
    images = [address.format(name) for name in ("lead", "shown")]
    assert texts(client, "/sitemap-articles.xml", "image:loc") == images
    # What a version that waits will show is noted too, and must not be told.
    ImageUse.objects.create(article=article, image=waiting)
    article.pending = editing.keep(article, "saved", {}, editing.Actor("밥"))
    Article.objects.filter(pk=article.pk).update(pending=article.pending)
    assert texts(client, "/sitemap-articles.xml", "image:loc") == images[:1]


def test_part_is_cacheable_and_loads_no_texts(client: Client, django_assert_num_queries) -> None:
    make_articles(3)
    with django_assert_num_queries(3):
        response = client.get("/sitemap-articles.xml")
    assert response["Cache-Control"] == "public, s-maxage=300"
    assert is_for_everybody(response)


@pytest.mark.parametrize("path", ["secrets.xml", "tags.xml?p=0", "tags.xml?p=2", "tags.xml?p=x"])
def test_sitemap_that_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(f"/sitemap-{path}").status_code == 404


def test_news_are_those_of_two_days(client: Client) -> None:
    now = timezone.now()
    make_article("<새> 글\x01", slug="새-글", published_at=now - timedelta(hours=47))
    make_article("지난 글", published_at=now - timedelta(hours=49))
    make_article("앞날의 글", published_at=now + timedelta(hours=1))
    path = "/sitemap-news.xml"
    facts = client.get(path).page_facts  # type: ignore[attr-defined]
    assert facts.changes_at == now + timedelta(hours=1)
    assert texts(client, path) == [f"http://testserver/articles/{quote('새-글')}/"]
    assert texts(client, path, "news:title") == ["<새> 글"]
    assert texts(client, path, "news:name") == ["필담"]
    assert texts(client, path, "news:language") == ["ko"]
    (date,) = texts(client, path, "news:publication_date")
    assert date == (now - timedelta(hours=47)).astimezone(KST).isoformat()
