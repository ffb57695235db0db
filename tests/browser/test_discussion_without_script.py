"""Everything that one can do in a discussion, by a browser that runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from comments.models import Comment
from tests.browser.windows import Windows
from tests.builders import make_article
from tests.comments.builders import PASSWORD, discussion_url, make_comment

pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("patient_forms"),
]


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def page(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    with windows.lend(live_server.url, java_script_enabled=False) as page:
        yield page


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def choose(page: Page, comment: Comment, label: str) -> None:
    """Open the comment's menu and follow one of its links."""
    menu = page.locator(f"#comment-{comment.pk} .comment-menu")
    menu.locator("summary").click()
    menu.get_by_role("link", name=label, exact=True).click()


def type_in(page: Page, body: str) -> None:
    page.fill("[name=name]", "나그네")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=body]", body)


def test_one_previews_writes_and_answers(page, article):
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="댓글 쓰기").click()
    type_in(page, "**첫** 댓글")
    press(page, "미리보기")
    expect(page.locator("#preview strong")).to_have_text("첫")
    assert not Comment.objects.exists()
    page.fill("[name=password]", PASSWORD)
    press(page, "올리기")
    expect(page.locator(".comment-body strong")).to_have_text("첫")
    page.get_by_role("link", name="답글 쓰기").click()
    type_in(page, "대답")
    press(page, "올리기")
    expect(page.locator(".comment-replies .comment-body")).to_have_text("대답")


def test_one_is_told_what_is_wrong_and_loses_nothing(page, article):
    page.goto(discussion_url(article))
    type_in(page, "가" * 4_001)
    press(page, "올리기")
    expect(page.locator("#errors a")).to_have_attribute("href", "#id_body")
    expect(page.locator("[name=body]")).to_have_value("가" * 4_001)


def test_one_votes_and_takes_it_back(page, article):
    make_comment(article)
    page.goto(discussion_url(article))
    press(page, "공감 0")
    expect(page.locator(".vote[aria-pressed=true]")).to_have_text("공감 1")
    press(page, "공감 1")
    expect(page.locator(".vote[aria-pressed=true]")).to_have_count(0)


def test_one_reports_and_sees_the_comment_folded(page, article):
    comment = make_comment(article, "사세요")
    page.goto(discussion_url(article))
    choose(page, comment, "신고")
    page.get_by_label("스팸·도배").check()
    press(page, "신고하기")
    expect(page.locator("#notice")).to_contain_text("신고를 받았습니다.")
    expect(page.get_by_text("사세요")).not_to_be_visible()


def test_one_blocks_somebody_and_changes_ones_mind(page, article):
    comment = make_comment(article, "또 나입니다")
    page.goto(discussion_url(article))
    choose(page, comment, "이 사람 차단")
    press(page, "차단하기")
    expect(page.get_by_text("또 나입니다")).not_to_be_visible()
    page.get_by_role("link", name="차단한 사람 보기").click()
    page.get_by_role("button", name="차단 풀기").click()
    page.goto(discussion_url(article))
    expect(page.get_by_text("또 나입니다")).to_be_visible()


def test_one_edits_and_deletes_ones_own(page, article):
    comment = make_comment(article, "처음 쓴 말")
    page.goto(discussion_url(article))
    choose(page, comment, "수정")
    page.fill("[name=body]", "고쳐 쓴 말")
    page.fill("[name=password]", PASSWORD)
    press(page, "고치기")
    expect(page.locator(".comment-body")).to_have_text("고쳐 쓴 말")
    choose(page, comment, "삭제")
    page.fill("[name=password]", PASSWORD)
    press(page, "지우기")
    expect(page.locator("#notice")).to_have_text("댓글을 지웠습니다.")
    expect(page.locator(".comment")).to_have_count(0)
