"""What machines fetch: sitemaps, robots.txt, the icon and uploaded pictures."""

from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from articles.sitemaps import ArticleSitemap
from tests.articles.page import is_for_everybody
from tests.builders import (
    FAR_FUTURE,
    KST,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_series,
)

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def locations(client: Client, path: str) -> list[str | None]:
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own XML
    return [element.text for element in root.iter(LOC)]


@pytest.mark.django_db
def test_index_leads_to_every_published_page(client: Client) -> None:
    category, author, series = make_category("기술"), make_author("신피질"), make_series("손")
    make_article("글", category=category, authors=[author], series=series, episode=1, tags=["책"])
    found = [
        page
        for sitemap in locations(client, "/sitemap.xml")
        for page in locations(client, sitemap or "")
    ]
    paths = ["/", "/articles/", "/archive/", f"/articles/{quote('글')}/", f"/tags/{quote('책')}/"]
    paths += [listed.get_absolute_url() for listed in (category, author, series)]
    assert sorted(map(str, found)) == sorted(f"http://testserver{path}" for path in paths)


@pytest.mark.django_db
def test_sitemaps_know_nothing_that_is_not_published(client: Client) -> None:
    make_article("앞날", published_at=FAR_FUTURE, authors=[make_author("갑")], tags=["을"])
    make_draft("초고", category=make_category("병"), series=make_series("정"), episode=1)
    for section in ("articles", "categories", "authors", "series", "tags"):
        assert locations(client, f"/sitemap-{section}.xml") == []


@pytest.mark.django_db
def test_sitemap_tells_when_an_article_changed(client: Client) -> None:
    make_article(updated_at=datetime(2025, 9, 14, 9, 0, tzinfo=KST))
    root = ElementTree.fromstring(client.get("/sitemap-articles.xml").content)  # noqa: S314
    assert [element.text for element in root.iter(LASTMOD)] == ["2025-09-14T09:00:00+09:00"]


@pytest.mark.django_db
def test_sitemap_is_cacheable_and_does_not_load_texts(
    client: Client, django_assert_num_queries
) -> None:
    make_articles(3)
    with django_assert_num_queries(2):
        response = client.get("/sitemap-articles.xml")
    assert response["Cache-Control"] == "public, s-maxage=300"
    assert is_for_everybody(response)
    assert "body_html" in ArticleSitemap().items()[0].get_deferred_fields()


@pytest.mark.django_db
def test_large_sitemap_has_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ArticleSitemap, "limit", 2)
    make_articles(3)
    assert "http://testserver/sitemap-articles.xml?p=2" in locations(client, "/sitemap.xml")
    assert len(locations(client, "/sitemap-articles.xml?p=2")) == 1


@pytest.mark.django_db
def test_unknown_sitemap_is_404(client: Client) -> None:
    assert client.get("/sitemap-secrets.xml").status_code == 404


def test_robots_keep_out_of_the_desk_and_find_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in response.text
    assert "Sitemap: http://testserver/sitemap.xml\n" in response.text


def test_favicon_is_an_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response["Content-Type"] == "image/x-icon"
    assert response.content.startswith(b"\x00\x00\x01\x00")


def test_stored_file_can_run_nothing(client: Client, settings: Settings) -> None:
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text("<script>alert(1)</script>")
    response = client.get("/media/images/a.html")
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.getvalue() == b"<script>alert(1)</script>"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt"])
def test_way_out_of_the_media_folder_is_refused(
    client: Client, settings: Settings, path: str
) -> None:
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT.parent / "secret.txt").write_text("비밀")
    assert client.get(f"/media/{path}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["없는-그림.png", "images/", "", "a%00.png", "가" * 100])
def test_picture_that_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
