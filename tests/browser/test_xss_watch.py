"""A browser watches the pages that show what readers wrote: nothing of it ever runs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from comments.models import Comment, Report, Status
from comments.text import cleaned_body
from tests.browser.windows import Windows
from tests.browser.xss_payloads import PAYLOADS
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, discussion_url, make_comment, post_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# So many together stay below the limit of a comment, and make few pages of many.
TOGETHER = 25
BUNDLES = [
    "\n\n".join(PAYLOADS[start : start + TOGETHER]) for start in range(0, len(PAYLOADS), TOGETHER)
]
# Attributes and addresses that would run something when touched.
LIVE_WIRES = """
  [...document.querySelectorAll("main *")].flatMap((found) => [...found.attributes]
    .filter(({name, value}) => name.startsWith("on") || name !== "value" && /^\\s*(javascript|data|vbscript):/i.test(value))
    .map(({name, value}) => `${found.localName} ${name}=${value}`))
"""


class Watch:
    """Notes whatever runs, is refused to run, or reaches for a foreign server."""

    def __init__(self, context: BrowserContext, own: str) -> None:
        self.seen: list[str] = []
        self._own = urlsplit(own).netloc
        context.on("dialog", self._on_dialog)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))
        context.on("request", lambda request: self._on_address(request.url))

    def _on_dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_console(self, message: ConsoleMessage) -> None:
        # A page that answers 422 is said to have failed, and has not.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")

    def _on_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._own:
            self.seen.append(f"request: {url}")


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def page(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    with windows.lend(live_server.url) as page:
        yield page


@pytest.fixture
def watch(page: Page, live_server: LiveServer) -> Watch:
    return Watch(page.context, live_server.url)


def newcomer(number: int) -> Client:
    """Return somebody whom no limit on what one sends has counted yet."""
    return Client(REMOTE_ADDR=f"192.0.{2 + number // 250}.{1 + number % 250}")


def write_all(article: Article) -> list[Comment]:
    """Make every payload a comment and send all in bundles, shown whatever the rules say.

    Each has itself as name.
    """
    for payload in PAYLOADS:
        make_comment(article, cleaned_body(payload))
    for number, bundle in enumerate(BUNDLES):
        post_comment(newcomer(number), article, bundle, name=f"손님 {number}")
    comments = list(Comment.objects.order_by("pk"))
    for comment, name in zip(comments, [*PAYLOADS, *PAYLOADS], strict=False):
        Comment.objects.filter(pk=comment.pk).update(status=Status.VISIBLE, name=name[:100])
    return comments


def visit(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        assert page.evaluate(LIVE_WIRES) == [], address


def test_the_watch_notices_what_runs_and_what_the_policy_stops(page, watch):
    raw = "<!doctype html><main><img src=https://evil.invalid/x onerror=alert(1)></main>"
    page.route("**/raw/", lambda route: route.fulfill(body=raw, content_type="text/html"))
    page.route("https://evil.invalid/**", lambda route: route.abort())
    with page.expect_event("dialog"):
        page.goto("/raw/")
    assert "dialog: 1" in watch.seen
    assert "request: https://evil.invalid/x" in watch.seen
    assert page.evaluate(LIVE_WIRES) == ["img onerror=alert(1)"]


@pytest.mark.promise("D1", "X1")
def test_comments_run_nowhere(page, watch, article):
    comments = write_all(article)
    assert len(comments) == len(PAYLOADS) + len(BUNDLES)
    discussion = discussion_url(article)
    visit(page, article.get_absolute_url(), f"{discussion}?sort=oldest")
    pages = 1
    while (following := page.locator(".paging [rel~=next]")).count():
        following.click()
        page.wait_for_load_state()
        assert page.evaluate(LIVE_WIRES) == []
        pages += 1
    assert pages == -(-len(comments) // 20)
    for comment in comments[-len(BUNDLES) :]:
        visit(page, *(f"/comments/{comment.pk}/{deed}" for deed in ("report/", "edit/")))
    for deed in ("", "delete/", "vote/", "block/", "takedown/"):
        visit(page, f"/comments/{comment.pk}/{deed}")
    visit(page, f"{discussion}?reply={comment.pk}")
    assert watch.seen == []


@pytest.mark.promise("X1")
def test_a_feed_reader_runs_nothing_of_them(page, watch, article, client):
    for number, bundle in enumerate(BUNDLES):
        make_comment(article, cleaned_body(bundle), name=PAYLOADS[number])
    feed = fromstring(client.get(f"{discussion_url(article)}feed/").content)
    texts = [item.findtext("description") for item in feed.iter("item")]
    assert len(texts) == len(BUNDLES)
    # A careless reader: one that shows what it gets, and has no content policy.
    body = "<!doctype html><main>" + "".join(texts)
    page.route("**/reader/", lambda route: route.fulfill(body=body, content_type="text/html"))
    visit(page, "/reader/")
    assert page.locator("main p").count() > len(PAYLOADS) // 2
    assert watch.seen == []


@pytest.mark.promise("X1")
def test_what_is_refused_is_shown_again_and_runs_not(page, watch, article):
    reported = make_comment(article)
    shown: dict[str, bytes] = {}
    for number, text in enumerate(BUNDLES):
        reader = newcomer(number)
        report = {"reason": text, "note": text}
        for answer in (
            post_comment(reader, article, text, name=text, email=text, parent=text),
            reader.post(f"/comments/{reported.pk}/report/", report),
        ):
            assert answer.status_code == 422
            shown[f"/refused/{len(shown)}/"] = answer.content
    policy = answer["Content-Security-Policy"]
    page.route(
        "**/refused/*/",
        lambda route: route.fulfill(
            body=shown[urlsplit(route.request.url).path],
            headers={"Content-Type": "text/html", "Content-Security-Policy": policy},
        ),
    )
    visit(page, *shown)
    assert watch.seen == []


@pytest.mark.promise("X1")
def test_addresses_are_not_reflected(page, watch, article):
    for payload in BUNDLES[:2]:
        said = quote(payload[:400])
        visit(page, *(f"{discussion_url(article)}?{name}={said}" for name in ("notice", "sort")))
    assert watch.seen == []


@pytest.mark.promise("X1")
def test_what_the_script_puts_in_place_runs_not(page, watch, article):
    page.goto(discussion_url(article))
    expect(page.locator(".comment-counter")).to_be_visible()
    for bundle in BUNDLES:
        page.fill("[name=name]", "<img src=x>")
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=body]", bundle)
        page.get_by_role("button", name="미리보기").click()
        expect(page.locator("#preview")).to_be_visible()
        page.get_by_role("button", name="올리기").click()
        expect(page.locator(".comment").first).to_be_focused()
        expect(page.locator("[name=body]")).to_have_value("")
        assert page.evaluate(LIVE_WIRES) == []
    page.reload()
    assert watch.seen == []


@pytest.mark.promise("X1")
def test_the_desk_runs_nothing_of_them(page, watch, article):
    make_user("editor@pildam.example", is_staff=True, is_superuser=True)
    comments = [make_comment(article, bundle, name="<svg onload=alert(1)>") for bundle in BUNDLES]
    for number, payload in enumerate(PAYLOADS):
        comment = make_comment(article, payload, name=payload[:100])
        Report.objects.create(
            comment=comment, reporter=f"browser:{number}", reason="other", note=payload
        )
    page.goto("/admin/")
    page.fill("[name=login]", "editor@pildam.example")
    page.fill("[name=password]", "correct horse battery")
    page.get_by_role("button", name="로그인", exact=True).click()
    page.wait_for_url("**/admin/")
    desk = "/admin/comments/comment/"
    for address in (
        desk,
        f"{desk}?p=2",
        f"{desk}?p=3",
        f"{desk}?p=4",
        f"{desk}?q=%3Csvg%20onload=alert(1)%3E",
    ):
        page.goto(address)
    for comment in comments:
        page.goto(f"{desk}{comment.pk}/change/")
    assert watch.seen == []
