"""A reader without scripts makes an account on the way to a comment, and is recognised."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.accounts.journeys import PASSWORD, code_in_mail
from tests.browser.windows import Windows
from tests.builders import make_article
from tests.comments.builders import discussion_url

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_comment_to_an_account_and_back(windows: Windows, live_server: LiveServer) -> None:
    discussion = discussion_url(make_article())
    with windows.lend(live_server.url, java_script_enabled=False) as page:
        page.goto(discussion)
        page.get_by_role("link", name="로그인하면").click()
        page.get_by_role("link", name="가입하기").click()
        page.get_by_label("이메일").fill("dana@pildam.example")
        page.get_by_label("표시 이름").fill("다나")
        page.get_by_label("비밀번호").fill(PASSWORD)
        page.get_by_role("button", name="가입하기").click()
        expect(page.get_by_label("코드")).to_be_visible()
        page.get_by_label("코드").fill(code_in_mail())
        page.get_by_role("button", name="확인").click()
        expect(page).to_have_url(f"{live_server.url}{discussion}#write")
        expect(page.get_by_text("다나 이름으로 올립니다.")).to_be_visible()
        page.fill("[name=body]", "가입하고 씁니다.")
        page.get_by_role("button", name="올리기").click()
        expect(page.locator(".comment-name")).to_have_text("다나")
        page.wait_for_load_state()
        page.get_by_role("link", name="로그아웃").click()
        page.get_by_role("button", name="로그아웃").click()
        expect(page).to_have_url(f"{live_server.url}{discussion}")
        expect(page.get_by_role("link", name="로그인하면")).to_be_visible()
