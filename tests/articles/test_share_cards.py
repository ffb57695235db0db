"""The pictures of shared pages: which page shows which, and the cards as files."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from articles.models import Article, SiteSettings, Tag
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_author,
    make_category,
    make_image,
    make_series,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def card_on(client: Client, path: str) -> str:
    """Return the path of the picture that a page shows where it is shared."""
    found = re.search(r'og:image" content="http://testserver([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def stored(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1]


def test_article_without_a_picture_shows_a_card_that_may_be_kept_for_ever(client: Client) -> None:
    article = make_article("붓을 건네는 시간")
    response = client.get(card_on(client, article.get_absolute_url()))
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.startswith(b"\x89PNG")
    assert not response.cookies


def test_every_kind_of_page_has_a_card(client: Client) -> None:
    listed = [make_category(), make_author(), make_series()]
    make_article(category=listed[0], authors=[listed[1]], series=listed[2], episode=1, tags=["책"])
    paths = [page.get_absolute_url() for page in (*listed, Tag.objects.get())]
    cards = {card_on(client, path) for path in ("/", "/archive/", "/privacy/", *paths)}
    assert len(cards) == 5
    assert {client.get(card).status_code for card in cards} == {200}


def test_own_picture_goes_before_a_card(client: Client) -> None:
    article = make_article(lead_image=make_image("portrait", width=400, height=500, alt="초상"))
    text = client.get(article.get_absolute_url()).text
    assert "/media/images/portrait.webp" in text
    assert '<meta property="og:image:alt" content="초상">' in text
    assert 'content="summary"' in text


def test_a_card_is_drawn_once_and_again_for_another_title(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("붓")
    first = card_on(client, article.get_absolute_url())
    data = client.get(first).content
    monkeypatch.setattr("articles.cards.draw", lambda card: b"drawn again IEND\xaeB`\x82")
    assert client.get(first).content == data
    article.title = "먹"
    article.save()
    moved = client.get(first)
    assert (moved.status_code, moved["Cache-Control"]) == (302, "public, max-age=0, s-maxage=60")
    assert moved["Location"] == card_on(client, article.get_absolute_url())
    assert client.get(moved["Location"]).content.startswith(b"drawn again")
    assert len(stored(f"cards/articles/{article.pk}")) == 1


def test_half_a_file_is_drawn_anew(client: Client) -> None:
    article = make_article("붓")
    card = card_on(client, article.get_absolute_url())
    data = client.get(card).content
    file = Path(default_storage.path(card.removeprefix("/")))
    file.write_bytes(data[:100])
    assert client.get(card).content == data
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "hidden",
    [
        {"published_at": FAR_FUTURE},
        {"status": "draft"},
        {"status": "withdrawn"},
        {"expires_at": PUBLISHED_AT.replace(hour=10)},
    ],
)
def test_what_readers_cannot_see_has_no_card(client: Client, hidden: dict[str, object]) -> None:
    article = make_article("붓")
    card = card_on(client, article.get_absolute_url())
    Article.objects.update(**hidden)
    assert client.get(card).status_code == 404


@pytest.mark.parametrize("path", ["pages/1/a", "site/2/a", f"articles/{'9' * 30}/a"])
def test_no_card_for_what_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/cards/{path}.png").status_code == 404


def test_worker_draws_the_cards_of_new_articles_ahead(capsys: pytest.CaptureFixture[str]) -> None:
    article = make_article("붓")
    make_article("예약", published_at=FAR_FUTURE)
    call_command("make_renditions")
    assert "1 share cards drawn" in capsys.readouterr().out
    assert stored(f"cards/articles/{article.pk}")


def test_site_card_shows_the_tagline(client: Client) -> None:
    SiteSettings(tagline="먹과 종이").save()
    assert 'og:image:alt" content="먹과 종이"' in client.get("/archive/").text
