"""What caches in front are told, by caches of our own on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from articles.models import PageChange
from articles.page_changes import note_change
from articles.purging import queue
from articles.purging.addresses import addresses_of
from articles.purging.purgers import (
    CloudflarePurger,
    FastlyPurger,
    NginxPurger,
    PurgeError,
    purgers,
)
from articles.purging.queue import MAX_ATTEMPTS, due, given_up
from tests.builders import make_article, make_draft

SECRET = "s" * 40


class Cache(HTTPServer):
    """Notes what it is asked, and answers with `status`, `headers` and `body`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.body = 200, b'{"success": true}'
        self.headers = {"X-Cache": "BYPASS"}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answering(BaseHTTPRequestHandler):
    server: Cache
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def cache() -> Iterator[Cache]:
    with Cache() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


NO_TIME = timedelta(0)


def purge_due(caches: list[Forgetful]) -> queue.Tally:
    return queue.purge_due(caches, settling=NO_TIME)


class Forgetful:
    """A cache that does what it is told, or not."""

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        self.told: list[set[str]] = []

    def purge(self, tags: set[str]) -> None:
        self.told.append(set(tags))
        if self.problem:
            raise PurgeError(self.problem)


@pytest.mark.django_db
@pytest.mark.any_engine
def test_a_change_of_an_article_concerns_it_and_the_lists_that_name_it() -> None:
    article = make_article("붓", tags=["서예"])
    found = addresses_of([f"article-{article.pk}", "articles"])
    assert {
        "/",
        "/articles/",
        "/feed.json",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}comments/feed/",
        f"/tags/{quote('서예')}/",
        f"/tags/{quote('서예')}/feed/",
    } <= set(found)


@pytest.mark.django_db
@pytest.mark.any_engine
def test_a_comment_concerns_no_lists_but_those_that_count_it(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    article = make_article("붓", tags=["서예"])
    with django_assert_num_queries(3):
        found = addresses_of([f"discussion-{article.pk}"])
    own = article.get_absolute_url()
    assert sorted(found) == sorted(["/", "/articles/", own, f"{own}comments/feed/"])


@pytest.mark.django_db
@pytest.mark.any_engine
def test_a_change_of_everything_concerns_the_newest_articles_but_no_drafts() -> None:
    shown, hidden = make_article("붓"), make_draft("먹")
    found = addresses_of(["site"])
    assert shown.get_absolute_url() in found
    assert hidden.get_absolute_url() not in found


@pytest.mark.promise("K5")
@pytest.mark.django_db
@pytest.mark.any_engine
def test_nginx_fetches_each_page_in_every_encoding_anew(cache: Cache) -> None:
    article = make_article("붓")
    NginxPurger([cache.address], "pildam.example", SECRET).purge({f"discussion-{article.pk}"})
    asked = {(path, headers["Accept-Encoding"]) for path, headers, _ in cache.asked}
    assert {(article.get_absolute_url(), kind) for kind in ("br", "gzip", "identity")} <= asked
    headers = cache.asked[0][1]
    assert (headers["Host"], headers["X-Pildam-Refresh"]) == ("pildam.example", SECRET)


@pytest.mark.django_db
@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("status", "marked", "problem"),
    [(200, "HIT", "does not know the secret"), (503, "BYPASS", "answers 503")],
)
def test_nginx_that_does_not_fetch_anew_is_a_failure(
    cache: Cache, status: int, marked: str, problem: str
) -> None:
    cache.status, cache.headers = status, {"X-Cache": marked}
    with pytest.raises(PurgeError, match=problem) as refusal:
        NginxPurger([cache.address], "pildam.example", SECRET).purge({"articles"})
    assert SECRET not in str(refusal.value)


def test_fastly_is_told_the_tags_in_portions(cache: Cache) -> None:
    tags = [f"article-{number}" for number in range(300)]
    FastlyPurger("service", "token", api=cache.address).purge(tags)
    paths, headers, bodies = zip(*cache.asked, strict=True)
    assert set(paths) == {"/service/service/purge"}
    assert headers[0]["Fastly-Key"] == "token"
    told = [json.loads(body)["surrogate_keys"] for body in bodies]
    assert [len(some) for some in told] == [256, 44]


def test_cloudflare_is_told_the_tags_and_believed_only_if_it_says_so(cache: Cache) -> None:
    purger = CloudflarePurger("zone", "token", api=cache.address)
    purger.purge(["site"])
    path, headers, body = cache.asked[0]
    assert (path, headers["Authorization"]) == ("/zones/zone/purge_cache", "Bearer token")
    assert json.loads(body) == {"tags": ["site"]}
    cache.body = b'{"success": false}'
    with pytest.raises(PurgeError, match="has not purged"):
        purger.purge(["site"])


def test_a_cache_that_leads_elsewhere_is_not_followed(cache: Cache) -> None:
    cache.status, cache.headers = 302, {"Location": f"{cache.address}/elsewhere"}
    with pytest.raises(PurgeError, match="answers 302"):
        FastlyPurger("service", "token", api=cache.address).purge(["site"])
    assert len(cache.asked) == 1


def test_the_environment_chooses_whom_to_tell(settings: Settings) -> None:
    assert purgers() == []
    settings.SITE_URL = "https://pildam.example:8443"
    settings.PURGE_NGINX_URLS, settings.PURGE_SECRET = ["https://10.0.0.2"], SECRET
    settings.CLOUDFLARE_ZONE_ID, settings.CLOUDFLARE_TOKEN = "zone", "token"
    assert purgers() == [
        NginxPurger(["https://10.0.0.2"], "pildam.example", SECRET),
        CloudflarePurger("zone", "token"),
    ]


@pytest.mark.django_db
class TestQueue:
    def test_changes_are_told_together_and_once(self) -> None:
        note_change("article-1", "articles")
        note_change("discussion-2")
        cache = Forgetful()
        assert purge_due([cache]).told == 2
        assert purge_due([cache]).told == 0
        assert cache.told == [{"article-1", "articles", "discussion-2"}]

    def test_a_change_is_told_when_every_process_has_heard_of_it(self) -> None:
        note_change("site")
        assert queue.purge_due([Forgetful()]).told == 0
        PageChange.objects.update(created_at=timezone.now() - timedelta(seconds=1))
        assert queue.purge_due([Forgetful()]).told == 1

    def test_a_change_that_another_worker_holds_is_left_to_it(self) -> None:
        note_change("site")
        PageChange.objects.update(lease="another", due_at=timezone.now() + timedelta(minutes=1))
        assert purge_due([cache := Forgetful()]).told == 0
        assert not cache.told

    def test_what_a_killed_worker_held_is_told_after_its_lease(self) -> None:
        note_change("site")
        PageChange.objects.update(lease="killed", attempts=1)
        assert purge_due([Forgetful()]).told == 1

    def test_a_failure_is_tried_again_after_a_growing_pause_by_every_cache(self) -> None:
        note_change("site")
        failing, other = Forgetful("It is away."), Forgetful()
        pauses = []
        for _ in range(2):
            before = timezone.now()
            assert purge_due([failing, other]).failed == 1
            assert not due().exists()
            pauses.append((PageChange.objects.get().due_at - before).total_seconds())
            PageChange.objects.update(due_at=before)
        assert pauses[1] > 1.5 * pauses[0] > 2
        assert len(other.told) == 2

    def test_a_change_is_given_up_in_the_end_and_kept_for_whoever_looks(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        note_change("site")
        PageChange.objects.update(attempts=MAX_ATTEMPTS - 1)
        assert purge_due([Forgetful("It is away.")]).given_up == 1
        PageChange.objects.update(due_at=timezone.now() - timedelta(days=1))
        assert not due().exists()
        assert given_up().count() == 1
        assert "It is away." in caplog.text

    def test_the_command_says_what_is_wrong(self, cache: Cache, settings: Settings) -> None:
        settings.PURGE_NGINX_URLS, settings.PURGE_SECRET = [cache.address], SECRET
        cache.headers = {"X-Cache": "MISS"}
        note_change("articles")
        PageChange.objects.update(created_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(CommandError, match="PURGE_SECRET"):
            call_command("purge_pages", "--once")
