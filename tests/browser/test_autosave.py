"""Nothing that is written is lost: a killed browser, a lost line, a lost session, two editors."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Session, User
from articles.models import Article, WorkingCopy
from tests.articles.desk import ADD, change_url, make_editor, signed_in
from tests.browser.windows import PATIENCE
from tests.builders import make_draft

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opening = Callable[[User], BrowserContext]
BODY = "첫 문단이다.\n\n둘째 문단이다.\n\n셋째 문단이다."


def sign_in(context: BrowserContext, server: LiveServer, user: User) -> None:
    value = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    host = str(urlsplit(server.url).hostname)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": host, "path": "/"}]
    )


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Opening]:
    def open_for(user: User) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(PATIENCE)
        sign_in(context, live_server, user)
        return context

    yield open_for
    for context in browser.contexts:
        # A page says when it closes, and the server may be gone by then.
        context.set_offline(True)
        context.close()


def page_at(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    # Seconds then pass when the test says so.
    page.clock.install()
    page.goto(address)
    return page


def after(page: Page, seconds: int) -> None:
    """Let so many seconds pass, as if the writer had looked on."""
    for _ in range(seconds // 2):
        page.clock.run_for(2_000)


def comes_to_say(page: Page, words: str) -> None:
    """Let time pass, with room for the server's answers between, until the page says so."""
    for _ in range(30):
        if words in page.locator("[data-saved]").inner_text():
            return
        page.clock.run_for(2_000)
        page.wait_for_timeout(100)
    says(page, "saved", words)


def compose(page: Page, *syllables: str) -> None:
    """Type as a Korean input method does; the last syllable is still being composed."""
    session: Any = page.context.new_cdp_session(page)
    for number, syllable in enumerate(syllables, start=1):
        session.send(
            "Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1}
        )
        if number < len(syllables):
            session.send("Input.insertText", {"text": syllable})


def says(page: Page, place: str, words: str) -> None:
    expect(page.locator(f"[data-{place}]")).to_contain_text(words, timeout=20_000)


def test_a_text_outlives_the_browser_mid_sentence(opened: Opening) -> None:
    editor = make_editor()
    first = opened(editor)
    page = page_at(first, ADD)
    page.fill("#id_title", "죽지 않는 글")
    page.focus("#id_body")
    compose(page, "끝", "나", "지", "않", "은")
    after(page, 8)
    says(page, "saved", "자동 저장됨")
    # The composition goes on where it was.
    compose(page, "은", "말")
    expect(page.locator("#id_body")).to_have_value("끝나지않은말")
    # Whoever is killed says nothing on the way out.
    first.set_offline(True)
    first.close()

    page = page_at(opened(editor), ADD)
    says(page, "offers", "쓰다 만 글이 있습니다")
    page.get_by_role("link", name="이어서 쓰기").click()
    # What was said while the page was closing may have got through as well.
    expect(page.locator("#id_body")).to_have_value(re.compile("^끝나지않은"))
    page.get_by_role("button", name="저장", exact=True).click()
    page.wait_for_url("**/articles/article/")
    assert Article.objects.get().title == "죽지 않는 글"
    assert not WorkingCopy.objects.exists()


def test_what_the_server_never_got_is_offered_from_the_browser(
    opened: Opening, live_server: LiveServer
) -> None:
    editor, article = make_editor(), make_draft()
    context = opened(editor)
    page = page_at(context, change_url(article))
    context.set_offline(True)
    page.fill("#id_body", "줄이 끊긴 동안 쓴 글")
    after(page, 8)
    says(page, "saved", "저장하지 못했습니다. 다시 시도합니다.")
    page.close()
    context.set_offline(False)

    page = page_at(context, change_url(article))
    page.locator("[data-resume]").click()
    expect(page.locator("#id_body")).to_have_value("줄이 끊긴 동안 쓴 글")

    Session.objects.all().delete()
    page.fill("#id_body", "로그인이 끝난 뒤에 쓴 글")
    after(page, 8)
    says(page, "saved", "다른 창에서 로그인한 뒤 계속 쓰세요")
    # Signed in elsewhere, under another token: the page goes on by itself.
    sign_in(context, live_server, editor)
    context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    comes_to_say(page, "자동 저장됨")
    page.get_by_role("button", name="저장", exact=True).click()
    page.wait_for_url("**/articles/article/")
    article.refresh_from_db()
    assert article.body == "로그인이 끝난 뒤에 쓴 글"


def test_two_editors_see_each_other_and_the_second_save_is_merged(opened: Opening) -> None:
    alice, bob = make_editor(), make_editor("bob@pildam.example")
    article = make_draft(body=BODY)
    first = page_at(opened(alice), change_url(article))
    second = page_at(opened(bob), change_url(article))
    says(second, "notices", "함께 열어 두었습니다")
    second.fill("#id_body", BODY.replace("첫 문단", "밥의 문단"))
    with second.expect_navigation():
        second.get_by_role("button", name="저장하고 계속 편집").click()

    first.fill("#id_body", BODY.replace("셋째", "앨리스의"))
    after(first, 8)
    says(first, "notices", "이 글을 저장했습니다")
    first.get_by_role("button", name="저장", exact=True).click()
    expect(first.locator(".desk-conflict")).to_be_visible()
    first.get_by_role("button", name="저장", exact=True).click()
    first.wait_for_url("**/articles/article/")
    article.refresh_from_db()
    assert article.body == "밥의 문단이다.\n\n둘째 문단이다.\n\n앨리스의 문단이다."
