"""axe on every type of page that readers see, each loaded once: on a phone and a desk, light and dark.

Pages of a discussion and what a reader keeps have theirs beside their own tests.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, SiteSettings
from articles.search import index
from articles.weather import reports
from articles.weather.report import Report
from tests.browser.test_discussion_accessibility import AXE, fits
from tests.builders import (
    make_article,
    make_articles,
    make_author,
    make_banner,
    make_category,
    make_image,
    make_series,
)

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RUN = """async () => (await axe.run({ resultTypes: ["violations"] })).violations.flatMap(
  ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))"""
BODY = (
    "첫머리[^1]입니다.\n\n## 가운데\n\n> [!NOTE]\n> 알림\n\n```python\nprint(1)\n```\n\n"
    "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n## 끝\n\n[^1]: 덧붙인 말입니다.\n"
)
FRAMES = [(390, "light"), (390, "dark"), (1280, "dark"), (1280, "light")]
PAGES = {
    "front": "/",
    "list": "/articles/",
    "article": "/articles/붓/",
    "translation": "/articles/brush/",
    "category": "/categories/기술/",
    "tag": "/tags/기다림/",
    "author": "/authors/ana/",
    "series": "/series/손/",
    "archive": "/archive/",
    "year": "/archive/2025/",
    "month": "/archive/2025/3/",
    "search": "/search/",
    "found": "/search/?q=붓",
    "nothing found": "/search/?q=zzqqzz",
    "missing": "/nowhere/",
    "gone": "/articles/내림/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
    "own comments": "/comments/mine/",
    "guests": "/comments/mine/guest/",
    "privacy": "/privacy/",
}


class _Sunshine:
    def report(self, now):
        return Report("서울", now, -3.0, "맑음", 10)


@pytest.fixture
def magazine() -> None:
    SiteSettings(name="필담", tagline="천천히 읽는 글").save()
    ana = make_author("Ana", slug="ana", bio="글쓴이", portrait=make_image("얼굴"))
    facts = {"category": make_category("기술", description="도구"), "authors": [ana]}
    series = make_series("손", slug="손", description="연재")
    full = make_article(
        "붓을 건네는 시간",
        slug="붓",
        body=BODY,
        dek="부제",
        summary_1="한 줄",
        tags=["기다림"],
        series=series,
        episode=1,
        lead_image=make_image("길", caption="길 위에서"),
        **facts,
    )
    make_article("다음 화", series=series, episode=2, **facts)
    make_article("Brush", slug="brush", language="en", translation_of=full, body="A brush.")
    make_articles(12, **facts)
    make_article("내림", slug="내림").withdraw("gone", "사정이 있어 내렸습니다.")
    make_banner("모임", target="/series/손/")
    index.refresh(list(Article.objects.values_list("pk", flat=True)))
    reports.fetch(_Sunshine())


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with browser.new_context(base_url=live_server.url, reduced_motion="reduce") as context:
        yield context.new_page()


def test_axe_finds_nothing_on_any_page_and_all_fit(page: Page, magazine: None) -> None:
    found: dict[str, list[str]] = {}
    for name, address in PAGES.items():
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.evaluate(AXE)
        for number, (width, scheme) in enumerate(FRAMES):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            # The colours of a scheme are the same at every width.
            complaints = page.evaluate(RUN) if number % 2 == 0 else []
            found[f"{name} at {width}, {scheme}"] = complaints + ([] if fits(page) else ["wide"])
    assert {frame: complaints for frame, complaints in found.items() if complaints} == {}
