"""The whole way once: import, publish, read, comment, reply, delete. Readers have no script."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from articles.models import Article
from tests.browser.windows import Windows
from tests.builders import make_user, picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ESSAY = """---
title: "느린 기계"
date: 2025-07-04
categories: [기술]
tags: [기다림]
---

**느린 기계(slow machine)**를 고르는 사람이 있다.

## 기다리는 법

![낡은 시계](images/시계.png "할아버지의 시계")
"""


@pytest.fixture
def editor() -> User:
    return make_user(
        "editor@pildam.example", display_name="최유나", is_staff=True, is_superuser=True
    )


@pytest.fixture
def essay(tmp_path) -> Article:
    (tmp_path / "blog" / "images").mkdir(parents=True)
    (tmp_path / "blog" / "images" / "시계.png").write_bytes(picture_bytes(size=(40, 30)))
    (tmp_path / "blog" / "느린-기계.md").write_text(ESSAY, encoding="utf-8")
    call_command("import_articles", str(tmp_path / "blog"))
    return Article.objects.get()


@pytest.fixture
def desk(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    with windows.lend(live_server.url) as page:
        yield page


@pytest.fixture
def alice(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    with windows.lend(live_server.url, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def bob(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    with windows.lend(live_server.url, java_script_enabled=False) as page:
        yield page


def publish(desk: Page, essay: Article) -> None:
    desk.goto("/admin/")
    desk.fill("[name=login]", "editor@pildam.example")
    desk.fill("[name=password]", "correct horse battery")
    desk.get_by_role("button", name="로그인", exact=True).click()
    expect(desk.get_by_text("editor@pildam.example").first).to_be_attached()
    desk.goto("/admin/articles/article/")
    desk.get_by_role("link", name=essay.title).click()
    # Without an author and a summary the gate asks why, and leads to what is missing.
    desk.get_by_role("button", name="발행…").click()
    desk.get_by_role("link", name="세 줄 요약이 없습니다.").click()
    expect(desk.locator("#id_summary_1")).to_be_focused()
    desk.get_by_role("button", name="발행…").click()
    desk.get_by_label("그래도 발행하는 까닭").fill("가져온 글이라 나중에 채웁니다.")
    desk.get_by_role("button", name="발행", exact=True).click()
    expect(desk.get_by_text("발행했습니다").first).to_be_visible()


def write(page: Page, name: str, text: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", f"{name}의 비밀번호")
    page.fill("[name=body]", text)
    page.get_by_role("button", name="올리기").click()


def test_from_a_file_to_a_conversation(essay, editor, desk, alice, bob, client):
    assert client.get(essay.get_absolute_url()).status_code == 404
    publish(desk, essay)

    alice.goto("/")
    alice.get_by_role("link", name=essay.title).first.click()
    expect(alice.locator("h1")).to_have_text("느린 기계")
    assert unquote(alice.url).endswith("/articles/느린-기계/")
    expect(alice.locator(".article-body strong")).to_have_text("느린 기계(slow machine)")
    expect(alice.locator(".article-body figcaption")).to_have_text("할아버지의 시계")
    alice.get_by_role("link", name="댓글 쓰기").click()
    write(alice, "앨리스", "저도 느린 쪽을 고릅니다.")
    expect(alice.locator(".comment-body")).to_have_text("저도 느린 쪽을 고릅니다.")

    bob.goto(essay.get_absolute_url())
    expect(bob.locator("[data-comment-count]").first).to_have_text("1")
    bob.get_by_role("link", name="답글").click()
    write(bob, "밥", "<b>반갑습니다.</b> https://example.com을 보세요.")
    expect(bob.locator(".comment-replies .comment-body")).to_contain_text("<b>반갑습니다.</b>")
    expect(bob.locator(".comment-replies a", has_text="https://example.com")).to_have_attribute(
        "rel", "ugc nofollow noopener"
    )

    alice.locator(".comment-menu summary").first.click()
    alice.get_by_role("link", name="삭제").first.click()
    alice.fill("[name=password]", "앨리스의 비밀번호")
    alice.get_by_role("button", name="지우기").click()
    bob.goto(essay.get_absolute_url())
    expect(bob.locator(".comment-tombstone")).to_have_text("작성자가 삭제한 댓글입니다.")
    expect(bob.locator(".comment-replies .comment-body")).to_contain_text("반갑습니다.")
    expect(bob.locator("[data-comment-count]").first).to_have_text("1")
    assert bob.context.cookies() != []  # from the form, and from nowhere else

    reader = bob.context.browser.new_context(base_url=bob.url)
    reader.new_page().goto(bob.url)
    assert reader.cookies() == []
    essay.refresh_from_db()
    assert essay.comment_count == 1
