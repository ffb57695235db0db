"""What the page store answers, what it leaves to Django, and what can get into it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import Settings

from articles import counts
from articles.models import MissingPage
from articles.page_facts import PageFacts
from config.page_store.application import PageStoreApplication
from config.page_store.changes import Changes, UnknownChangesError
from config.page_store.store import PageStore
from tests.builders import make_article
from tests.config.page_store.pages import Answer, get

CANARY = "canary-5b1f"
MOMENT = datetime.now(UTC) + timedelta(days=1)


class FakeWatch:
    """Says what a test lays in, or that it does not know."""

    def __init__(self) -> None:
        self.changes: list[frozenset[str]] = []
        self.is_lost = False

    def news(self) -> Changes:
        if self.is_lost:
            raise UnknownChangesError
        changes, self.changes = tuple(self.changes), []
        return changes

    def close(self) -> None:
        pass


class FakeResponse(list[bytes]):
    streaming = False

    def __init__(self, body: bytes, facts: PageFacts | None) -> None:
        super().__init__([body])
        self.page_facts = facts

    def close(self) -> None:
        pass


class FakeSite:
    """Answers every request with its number, as Django does with the headers of a public page."""

    def __init__(self) -> None:
        self.count = 0
        self.status = "200 OK"
        self.facts: PageFacts | None = PageFacts()
        self.headers: dict[str, str] = {
            "Cache-Control": "public, max-age=0, s-maxage=60, stale-while-revalidate=30",
            "ETag": '"mark"',
            "Cache-Tag": "site articles",
        }
        self.may_go_on = Event()
        self.may_go_on.set()
        self.has_begun = Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> FakeResponse:
        self.count += 1
        number = self.count
        self.has_begun.set()
        assert self.may_go_on.wait(10)
        start_response(self.status, list(self.headers.items()))
        return FakeResponse(str(number).encode(), self.facts)


@pytest.fixture
def site() -> FakeSite:
    return FakeSite()


@pytest.fixture
def watch() -> FakeWatch:
    return FakeWatch()


@pytest.fixture
def stored(site: FakeSite, watch: FakeWatch) -> PageStoreApplication:
    return PageStoreApplication(site, PageStore(1_000_000), watch, lambda after: MOMENT)


def at_once(application: Any, number: int = 4) -> tuple[list[Answer], list[Thread]]:
    answers: list[Answer] = []
    start = Barrier(number)

    def ask() -> None:
        start.wait()
        answers.append(get(application))

    threads = [Thread(target=ask) for _ in range(number)]
    for thread in threads:
        thread.start()
    return answers, threads


def test_it_works(stored: PageStoreApplication) -> None:
    first, second = get(stored), get(stored)
    assert (first.status, first.state, first.body) == (200, "miss", b"1")
    assert (second.status, second.state, second.body) == (200, "hit", b"1")


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/", {"HTTP_COOKIE": "sessionid=1"}),
        ("/", {"HTTP_AUTHORIZATION": "Basic x"}),
        ("/", {"REQUEST_METHOD": "POST"}),
        ("/", {"HTTP_HOST": "evil.example"}),
        ("/", {"HTTP_HOST": ""}),
        ("/", {"wsgi.url_scheme": "https"}),
        ("/", {"SCRIPT_NAME": "/below"}),
        ("/", {"query": "p=12"}),
        ("/articles/", {"query": "after=a&after=b"}),
        ("/articles/", {"query": f"after={'a' * 500}"}),
        ("/search/", {}),
        ("/articles/붓/comments/", {}),
        ("/admin/", {}),
        ("/healthz", {}),
        ("/nothing", {}),
    ],
    ids=str,
)
def test_what_is_not_the_same_for_everybody_is_left_to_django(
    stored: PageStoreApplication, path: str, environ: dict[str, Any]
) -> None:
    answers = [get(stored, path, **environ) for _ in range(2)]
    assert [(answer.state, answer.body) for answer in answers] == [(None, b"1"), (None, b"2")]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"headers": {"Set-Cookie": "token=1"}},
        {"headers": {"Vary": "Cookie"}},
        {"headers": {"Cache-Control": "private, no-store"}},
        {"status": "404 Not Found"},
        {"status": "301 Moved Permanently"},
        {"facts": None},
    ],
    ids=str,
)
def test_only_whole_pages_for_everybody_are_stored(
    stored: PageStoreApplication, site: FakeSite, spoilt: dict[str, Any]
) -> None:
    site.status = spoilt.get("status", site.status)
    site.facts = spoilt.get("facts", site.facts)
    site.headers |= spoilt.get("headers", {})
    # What was made without a reader's headers is thrown away; the reader's own request is asked.
    assert [get(stored).body, get(stored).body] == [b"2", b"4"]


def test_pages_differ_by_their_own_arguments_and_not_by_those_of_others(
    stored: PageStoreApplication,
) -> None:
    asked = ["", "utm_source=x&fbclid=y", "after=a", "utm_source=x&after=a"]
    answers = [get(stored, "/articles/", query=query).body for query in asked]
    assert answers == [b"1", b"1", b"2", b"2"]


@pytest.mark.promise("K5")
def test_a_change_drops_what_carries_its_tags(
    stored: PageStoreApplication, watch: FakeWatch
) -> None:
    get(stored)
    watch.changes = [frozenset({"discussion-1"})]
    assert get(stored).state == "hit"
    watch.changes = [frozenset({"articles"})]
    assert (get(stored).body, get(stored).state) == (b"2", "hit")


def test_a_page_with_more_tags_than_a_header_holds_is_dropped_by_each(
    stored: PageStoreApplication, site: FakeSite, watch: FakeWatch
) -> None:
    site.facts = PageFacts(dict.fromkeys(f"discussion-{number}" for number in range(150)))
    get(stored)
    watch.changes = [frozenset({"discussion-149"})]
    assert get(stored).state == "miss"


def test_what_was_counted_before_a_change_is_counted_anew(
    stored: PageStoreApplication, watch: FakeWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "EXACT", 0)
    numbers = iter((7, 8))

    def count() -> int:
        return counts.kept("long", lambda: next(numbers))

    get(stored)
    assert [count(), count()] == [7, 7]
    watch.changes = [frozenset({"articles"})]
    get(stored)
    assert count() == 8


def test_who_has_the_page_is_told_so(stored: PageStoreApplication) -> None:
    mark = get(stored).headers["ETag"]
    for known in (mark, '"mark"', f'"other", {mark}', "*"):
        answer = get(stored, HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", mark)
    assert get(stored, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_who_asks_by_date_is_answered_by_date(stored: PageStoreApplication, site: FakeSite) -> None:
    site.headers["Last-Modified"] = "Mon, 03 Mar 2025 00:00:00 GMT"
    get(stored)
    asked = (
        "Sun, 02 Mar 2025 23:59:59 GMT",
        "Mon, 03 Mar 2025 00:00:00 GMT",
        "Mon, 03 Mar 2025 00:00:01 GMT",
        "yesterday",
    )
    statuses = [get(stored, HTTP_IF_MODIFIED_SINCE=date).status for date in asked]
    assert statuses == [200, 304, 200, 200]


def test_head_is_answered_without_a_body(stored: PageStoreApplication) -> None:
    answer = get(stored, REQUEST_METHOD="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "1")


@pytest.mark.promise("L1")
def test_of_many_who_ask_at_once_one_makes_the_page(
    stored: PageStoreApplication, site: FakeSite
) -> None:
    site.may_go_on.clear()
    answers, threads = at_once(stored)
    site.has_begun.wait(10)
    site.may_go_on.set()
    for thread in threads:
        thread.join()
    assert {answer.body for answer in answers} == {b"1"}


def test_who_knows_of_a_change_is_not_given_a_page_from_before(
    stored: PageStoreApplication, site: FakeSite, watch: FakeWatch
) -> None:
    site.may_go_on.clear()
    before, threads = at_once(stored, 1)
    assert site.has_begun.wait(10)
    watch.changes = [frozenset({"articles"})]
    after, more_threads = at_once(stored, 1)
    while watch.changes:
        time.sleep(0.001)
    site.may_go_on.set()
    for thread in threads + more_threads:
        thread.join()
    # Nor is whoever has asked before: caches in front would keep it.
    assert [answer.body for answer in before + after] == [b"2", b"2"]
    assert get(stored).state == "hit"


@pytest.mark.promise("F5")
def test_while_the_site_fails_pages_are_shown_as_they_were(
    stored: PageStoreApplication, site: FakeSite, watch: FakeWatch
) -> None:
    get(stored)
    site.status = "503 Service Unavailable"
    watch.is_lost = True
    answers = [get(stored) for _ in range(3)]
    assert {(answer.status, answer.body, answer.state) for answer in answers} == {
        (200, b"1", "stale")
    }
    assert answers[0].headers["Cache-Control"] == "public, max-age=0, s-maxage=10"
    # Only the first has asked, and what was never stored is not there.
    assert site.count == 2
    assert get(stored, "/articles/").status == 503


def test_while_changes_are_unknown_nothing_stored_is_shown(
    stored: PageStoreApplication, watch: FakeWatch
) -> None:
    get(stored)
    watch.is_lost = True
    assert get(stored).state is None
    watch.is_lost = False
    watch.changes = [frozenset({"site"})]
    assert get(stored).state == "miss"


def test_from_its_last_moment_on_a_page_is_made_anew(site: FakeSite, watch: FakeWatch) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=30)
    moments = iter([soon, datetime.now(UTC) - timedelta(seconds=1), MOMENT])
    stored = PageStoreApplication(site, PageStore(1_000_000), watch, lambda after: next(moments))
    # Nor do caches in front keep it for longer.
    assert get(stored).headers["Cache-Control"] in {
        f"public, max-age=0, s-maxage={seconds}" for seconds in (28, 29)
    }
    watch.changes = [frozenset({"articles"})]
    assert [get(stored).body for _ in range(3)] == [b"2", b"3", b"3"]


def test_a_clock_that_is_put_back_holds_up_nothing(
    site: FakeSite, watch: FakeWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    stored = PageStoreApplication(
        site, PageStore(1_000_000), watch, lambda after: asked.append(after) or MOMENT
    )
    site.facts = PageFacts(renewed_within=-1)
    get(stored)
    site.status = "503 Service Unavailable"
    assert get(stored).state == "stale"
    started, earlier = time.monotonic(), time.time() - 86_400
    monkeypatch.setattr(time, "time", lambda: earlier)
    monkeypatch.setattr(time, "monotonic", lambda: started + 6)
    site.status = "200 OK"
    assert (get(stored).body, get(stored).state) == (b"3", "miss")
    # What is to come may be nearer than it seemed a day later.
    assert asked[-1].timestamp() == pytest.approx(earlier)


def test_a_fault_in_one_page_lets_others_be_made(
    stored: PageStoreApplication, site: FakeSite
) -> None:
    site.facts = PageFacts(renewed_within=-1)
    get(stored)
    site.status = "500 Internal Server Error"
    assert get(stored, "/articles/").status == 500
    site.status = "200 OK"
    assert get(stored).body == b"3"


def test_votes_and_reads_show_within_their_time(
    stored: PageStoreApplication, site: FakeSite
) -> None:
    site.facts = PageFacts(renewed_within=-1)
    assert [get(stored).body, get(stored).body] == [b"1", b"2"]


@pytest.fixture
def pages(db: None, watch: FakeWatch) -> Iterator[PageStoreApplication]:
    """Yield Django behind a store, on the connection that the test writes by."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield PageStoreApplication(get_wsgi_application(), PageStore(10_000_000), watch)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.promise("K2")
@pytest.mark.any_engine
def test_nothing_of_who_asks_first_reaches_who_asks_next(pages: PageStoreApplication) -> None:
    path = f"/articles/{make_article().slug}/"
    names = [
        "USER_AGENT",
        "REFERER",
        "ORIGIN",
        "ACCEPT_LANGUAGE",
        "X_FORWARDED_HOST",
        "X_FORWARDED_FOR",
        "X_REAL_IP",
        "FORWARDED",
        "X_REQUESTED_WITH",
        "X_HTTP_METHOD_OVERRIDE",
        "ACCEPT",
        "X_CSRFTOKEN",
        "X_FORWARDED_PREFIX",
    ]
    canaries: dict[str, Any] = {f"HTTP_{name}": CANARY for name in names}
    canaries |= {"REMOTE_ADDR": CANARY, "REMOTE_USER": CANARY}
    get(pages, path, HTTP_COOKIE=f"csrftoken={CANARY}; sessionid={CANARY}; {CANARY}=1")
    for asked in (path, "/", "/feed/", "/articles/", "/sitemap.xml"):
        first = get(pages, asked, query=f"utm_source={CANARY}", **canaries)
        second = get(pages, asked)
        assert (first.state, second.state) == ("miss", "hit")
        assert CANARY not in f"{second.headers}{second.body.decode()}"
        assert "Set-Cookie" not in first.headers
        assert b"csrfmiddlewaretoken" not in second.body


@pytest.mark.any_engine
def test_a_stored_page_is_what_django_has_made(pages: PageStoreApplication) -> None:
    article = make_article()
    get(pages, article.path)
    stored = get(pages, article.path)
    made = get(get_wsgi_application(), article.path)
    assert stored.body == made.body
    assert stored.headers.pop("X-Cache") == "hit"
    assert stored.headers.pop("Vary") == "Accept-Encoding"
    assert stored.headers.pop("ETag") == f"W/{made.headers.pop('ETag')}"
    assert stored.headers == made.headers


@pytest.mark.any_engine
def test_a_missing_page_is_counted_once(pages: PageStoreApplication) -> None:
    assert get(pages, "/articles/없는-글/").status == 404
    assert MissingPage.objects.get().hits == 1


@pytest.mark.parametrize("forwarded", ["https", "https, http"])
def test_behind_a_trusted_proxy_only_what_came_by_tls_is_answered(
    settings: Settings, site: FakeSite, watch: FakeWatch, forwarded: str
) -> None:
    settings.SITE_URL = "https://testserver"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    stored = PageStoreApplication(site, PageStore(1_000_000), watch, lambda after: MOMENT)
    assert get(stored, HTTP_X_FORWARDED_PROTO=forwarded).state == "miss"
    assert get(stored, HTTP_X_FORWARDED_PROTO="http, https").state is None
    assert get(stored).state is None
