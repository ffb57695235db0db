"""What machines fetch: robots.txt, llms.txt, icons, the manifest and uploaded pictures."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from articles.models import FrontPin
from tests.articles.page import is_for_everybody
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_category,
    make_draft,
)


def test_robots_keep_out_of_the_desk_and_find_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in response.text
    assert "Disallow: /search/suggest/\n" in response.text
    assert "Sitemap: http://testserver/sitemap.xml\n" in response.text
    assert "Sitemap: http://testserver/sitemap-news.xml\n" in response.text


@pytest.mark.django_db
def test_language_models_are_told_where_to_begin(
    client: Client, django_assert_max_num_queries
) -> None:
    category = make_category("기술", description="도구와 [하루]")
    make_articles(25, category=category)
    make_article("앞날", published_at=FAR_FUTURE)
    make_draft("초고")
    old = make_article(
        "오래된 *글*", dek="부제다", slug="old", published_at=PUBLISHED_AT - timedelta(days=900)
    )
    FrontPin.objects.create(article=old)
    with django_assert_max_num_queries(6):
        response = client.get("/llms.txt")
    text = response.text
    assert text.startswith("# 필담\n\n> ")
    assert f"- [기술](http://testserver{category.get_absolute_url()}): 도구와 \\[하루\\]\n" in text
    first = text.partition("## 대표 글\n\n")[2].splitlines()[0]
    assert first == r"- [오래된 \*글\*](http://testserver/articles/old/): 부제다"
    assert text.count("/articles/%EA%B8%80") == 19
    assert "(http://testserver/feed/)" in text
    assert "초고" not in text
    assert "앞날" not in text
    assert is_for_everybody(response)


@pytest.mark.django_db
def test_manifest_names_icons_that_are_there(client: Client) -> None:
    response = client.get("/site.webmanifest")
    described = response.json()
    assert response["Content-Type"] == "application/manifest+json; charset=utf-8"
    assert described["name"] == "필담"
    assert {icon["sizes"] for icon in described["icons"]} == {"192x192", "512x512"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in described["icons"])
    assert '<link rel="manifest" href="/site.webmanifest">' in client.get("/").text


def test_phone_finds_its_icon(client: Client) -> None:
    assert client.get("/apple-touch-icon.png").content.startswith(b"\x89PNG")


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
