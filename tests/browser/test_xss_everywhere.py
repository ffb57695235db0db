"""Payloads in every other field, in file names, queries, paths and user agents: nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from articles import editing
from articles.editing import Actor
from articles.models import Article, Image
from tests.articles.desk import change_url, make_editor
from tests.browser.test_xss_watch import Watch, visit
from tests.browser.windows import Windows
from tests.browser.xss_payloads import PAYLOADS
from tests.builders import make_article, make_author, make_category, make_series, picture_bytes
from tests.comments.mail.builders import html_of, make_announced, make_follow, make_recipient, work

pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.promise("X1"),
]

# Short enough for every field, each hostile to another place: text, attribute, script, template.
SVG = "<svg onload=alert(1)>"
QUOTED = '"><img src=x onerror=alert(1)>'
SCRIPT = "</script><script>alert(1)</script>"
TEMPLATE = "{{constructor.constructor('alert(1)')()}}"
HOSTILE = f"{SVG}{QUOTED}{SCRIPT}{TEMPLATE}"
# Essays may show pictures from elsewhere, and so fetch them.
BODY = "\n\n".join(payload for payload in PAYLOADS if "evil.invalid" not in payload)


@pytest.fixture
def editor() -> Client:
    """Return somebody whose browser calls itself a payload."""
    make_editor()
    client = Client(HTTP_USER_AGENT=f"Mozilla/5.0 {HOSTILE}")
    client.post(
        "/accounts/login/", {"login": "editor@pildam.example", "password": "correct horse battery"}
    )
    return client


@pytest.fixture
def page(windows: Windows, live_server: LiveServer, editor: Client) -> Iterator[Page]:
    with windows.lend(live_server.url) as page:
        key = editor.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
        )
        yield page


@pytest.fixture
def watch(page: Page, live_server: LiveServer) -> Watch:
    return Watch(page.context, live_server.url)


@pytest.fixture
def article(editor: Client) -> Article:
    """Return an article all of whose words are payloads, with a version that waits."""
    upload = SimpleUploadedFile(f"{QUOTED}.png", picture_bytes())
    words: dict[str, Any] = {"alt": HOSTILE, "caption": HOSTILE, "credit": SVG + QUOTED}
    focus = {"focus_x": 50, "focus_y": 50}
    editor.post("/admin/articles/image/add/", {"upload": upload} | words | focus)
    article = make_article(
        HOSTILE,
        body=BODY,
        dek=HOSTILE,
        summary_1=HOSTILE,
        summary_2=SVG,
        summary_3=QUOTED,
        lead_image=Image.objects.get(),
        lead_image_caption=HOSTILE,
        category=make_category(SVG + QUOTED),
        series=make_series(HOSTILE, description=HOSTILE),
        episode=1,
        authors=[make_author(SVG + QUOTED, bio=HOSTILE)],
        tags=[QUOTED, TEMPLATE],
    )
    content = editing.head_of(article).content
    editing.save(article, content | {"title": f"둘째 {HOSTILE}"}, Actor(HOSTILE))
    return article


def test_nothing_runs_on_public_pages(page, watch, article):
    said = quote(HOSTILE)
    lists = [
        subject.get_absolute_url()
        for subject in (article.category, article.series, *article.authors.all())
    ]
    tag = next(tag for tag in article.tags.all() if tag.name == QUOTED)
    visit(page, "/", article.get_absolute_url(), *lists, tag.get_absolute_url())
    visit(page, f"/search/?q={said}&author={said}", f"/없는/{said}")
    assert watch.seen == []


def test_nothing_runs_at_the_desk_nor_on_the_page_of_devices(page, watch, article, editor):
    files = [SimpleUploadedFile(f"{QUOTED}.md", b"# a"), SimpleUploadedFile(f"{SVG}.exe", b"\x00")]
    review = editor.post("/admin/articles/article/import/", {"files": files, "status": "draft"})
    editor.get(f"/없는/{quote(HOSTILE)}", headers={"referer": f"https://a.example/{HOSTILE}"})
    addresses = [
        "/admin/articles/article/",
        change_url(article),
        f"/admin/articles/article/{article.pk}/history/",
        "/admin/articles/image/",
        "/admin/articles/missingpage/",
        "/admin/articles/deskevent/",
        "/accounts/sessions/",
        review.url,
    ]
    for address in addresses:
        page.goto(address)
        assert page.locator("body").inner_text().strip(), address
    assert watch.seen == []


def test_nothing_runs_in_a_mail(page, watch, article, live_server):
    make_follow(article, make_recipient())
    make_announced(article, BODY[:4000], name=SVG)
    body = html_of(work()[0])
    page.route("**/mail/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/mail/")
    assert page.locator("body").inner_text().strip()
    assert watch.seen == []
