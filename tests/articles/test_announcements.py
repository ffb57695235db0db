"""What IndexNow and a WebSub hub are told, by a receiver of our own on this machine."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, quote, unquote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.announcements import AnnouncementError, Receiver, announce
from articles.models import Article
from tests.builders import (
    FAR_FUTURE,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_series,
)

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef"


class Endpoint(HTTPServer):
    """Notes what it is sent and answers with `status`."""

    status = 202

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.bodies: list[bytes] = []

    def told(self) -> list[str]:
        """Return the addresses that IndexNow was told since it was last asked."""
        messages, self.bodies = [json.loads(body) for body in self.bodies], []
        return sorted(address for message in messages for address in message["urlList"])


class _Noting(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[Endpoint]:
    with Endpoint() as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        settings.INDEXNOW_KEY, settings.INDEXNOW_ENDPOINT = KEY, address
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def address_of(slug: str) -> str:
    return f"http://testserver/articles/{quote(slug)}/"


def test_each_change_is_told_once(endpoint: Endpoint) -> None:
    article = make_article("붓")
    make_draft()
    make_article("앞날", published_at=FAR_FUTURE)
    assert announce(Receiver.INDEXNOW) == 1
    (body,) = endpoint.bodies
    assert json.loads(body) == {
        "host": "testserver",
        "key": KEY,
        "keyLocation": f"http://testserver/{KEY}.txt",
        "urlList": [address_of("붓")],
    }
    endpoint.bodies.clear()
    assert announce(Receiver.INDEXNOW) == 0
    article.slug, article.updated_at = "먹", timezone.now()
    article.save()
    announce(Receiver.INDEXNOW)
    assert endpoint.told() == sorted([address_of("붓"), address_of("먹")])
    assert announce(Receiver.INDEXNOW) == 0


@pytest.mark.promise("P2")
def test_what_appears_or_ends_by_its_time_is_told_without_an_event(endpoint: Endpoint) -> None:
    now = timezone.now()
    make_article("끝", expires_at=now + timedelta(days=1))
    make_article("시작", published_at=FAR_FUTURE)
    deleted = make_article("삭제")
    announce(Receiver.INDEXNOW)
    endpoint.told()
    Article.objects.filter(slug="끝").update(expires_at=now)
    Article.objects.filter(slug="시작").update(published_at=now)
    deleted.delete()
    assert announce(Receiver.INDEXNOW) == 3
    assert endpoint.told() == sorted(map(address_of, ("끝", "시작", "삭제")))


def test_what_could_not_be_told_is_told_the_next_time(endpoint: Endpoint) -> None:
    make_article("붓")
    endpoint.status = 503
    with pytest.raises(CommandError, match="IndexNow answers 503"):
        call_command("announce_changes")
    endpoint.status = 200
    call_command("announce_changes")
    assert endpoint.told() == [address_of("붓")] * 2


def test_many_changes_go_in_several_messages(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.announcements._BATCH", 2)
    for number in range(3):
        make_article(f"글 {number}")
    assert announce(Receiver.INDEXNOW) == 3
    assert len(endpoint.bodies) == 2


def test_hub_is_told_of_the_feeds(endpoint: Endpoint, settings: Settings, client: Client) -> None:
    settings.WEBSUB_HUB = f"{settings.INDEXNOW_ENDPOINT}hub"
    category, ana, series = make_category("기술"), make_author("Ana"), make_series("손")
    article = make_article(category=category, authors=[ana], tags=["붓"], series=series, episode=1)
    make_article("다른 글", tags=["먹"], authors=[make_author("Bo")])
    announce(Receiver.WEBSUB)
    endpoint.bodies.clear()
    Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())
    announce(Receiver.WEBSUB)
    (body,) = endpoint.bodies
    lists = [category.get_absolute_url(), "/tags/붓/", "/authors/ana/", series.get_absolute_url()]
    topics = ["/feed/", "/feed/atom/", "/feed.json", "/articles/feed/"]
    topics += [f"{quote(unquote(path))}feed/" for path in lists]
    assert parse_qs(body.decode()) == {
        "hub.mode": ["publish"],
        "hub.url": [f"http://testserver{topic}" for topic in topics],
    }
    for topic in topics:
        response = client.get(topic)
        assert f'<{settings.WEBSUB_HUB}>; rel="hub", <http://testserver{topic}>' in response["Link"]
        assert f"{settings.WEBSUB_HUB}" in response.text
        assert f"http://testserver{topic}" in response.text


def test_hub_is_told_of_many_feeds_in_several_messages(
    endpoint: Endpoint, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.announcements._TOPICS", 3)
    settings.WEBSUB_HUB = settings.INDEXNOW_ENDPOINT
    make_article().withdraw()
    make_article("둘", tags=["먹"])
    announce(Receiver.WEBSUB)
    assert [body.count(b"hub.url") for body in endpoint.bodies] == [3, 2]


def test_receiver_that_is_away_is_named_without_its_address(settings: Settings) -> None:
    make_article()
    settings.INDEXNOW_KEY, settings.INDEXNOW_ENDPOINT = KEY, "http://127.0.0.1:9/?secret"
    with pytest.raises(AnnouncementError, match=r"^IndexNow does not answer: ConnectionError$"):
        announce(Receiver.INDEXNOW)


def test_without_a_key_nobody_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    make_article()
    call_command("announce_changes")
    assert "Nobody is to be told" in capsys.readouterr().out


def test_key_is_shown_to_whoever_knows_it(client: Client, settings: Settings) -> None:
    assert client.get(f"/{KEY}.txt").status_code == 404
    settings.INDEXNOW_KEY = KEY
    assert client.get(f"/{KEY}.txt").text == KEY
    assert client.get("/another-key.txt").status_code == 404
