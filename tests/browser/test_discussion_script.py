"""What the script adds to a discussion: everything in its place, nothing lost, nothing twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from comments import form_tokens
from comments.models import Comment, Status, Vote
from tests.browser.waiting import eventually
from tests.browser.windows import Windows
from tests.builders import make_article, make_user
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
def complaints() -> Iterator[list[str]]:
    """What the browser complains of: none of these tests may leave anything here."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def page(windows: Windows, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    with windows.lend(live_server.url) as page:
        listen(page, complaints)
        yield page


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    """A page that may keep what a test has it begin with."""
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        listen(page, complaints)
        yield page


@pytest.fixture
def context(page: Page) -> BrowserContext:
    return page.context


def listen(page: Page, complaints: list[str]) -> None:
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "Content Security Policy" in said.text
            else None
        ),
    )


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".comment-counter, [data-write]").first).to_be_visible()
    return page


def type_in(page: Page, body: str, *, name: str = "나그네") -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=body]", body)


def press(page: Page, label: str = "올리기") -> None:
    page.get_by_role("button", name=label, exact=True).click()


def texts(comments: Locator) -> list[str]:
    return comments.locator(".comment-body").all_inner_texts()


def test_a_new_comment_appears_in_its_place_with_focus_and_counted(page, article):
    make_comment(article, "먼저 쓴 댓글")
    opened(page, discussion_url(article))
    type_in(page, "새로 쓴 댓글")
    press(page)
    expect(page.locator(".comment")).to_have_count(2)
    assert texts(page.locator(".comment-list")) == ["새로 쓴 댓글", "먼저 쓴 댓글"]
    expect(page.locator(".comment").first).to_be_focused()
    expect(page.locator("[data-comment-count]")).to_have_text("2")
    expect(page.get_by_text("댓글을 올렸습니다.")).to_be_attached()
    expect(page.locator("[name=body]")).to_have_value("")


def test_the_first_comment_takes_the_place_of_the_note_that_there_is_none(page, article):
    opened(page, discussion_url(article))
    type_in(page, "첫 댓글")
    press(page)
    expect(page.locator(".comment")).to_be_focused()
    expect(page.locator(".comments-empty")).to_have_count(0)


def test_a_reply_is_written_under_the_comment_and_stays_there(page, article):
    make_comment(article, "다른 댓글")
    root = make_comment(article, "물음")
    opened(page, discussion_url(article))
    page.locator(f"[data-reply='{root.pk}']").click()
    expect(page.locator(f"#comment-{root.pk} + #write")).to_be_visible()
    expect(page.locator("[name=body]")).to_be_focused()
    type_in(page, "대답")
    press(page)
    reply = page.locator(f"[data-thread='{root.pk}'] > .comment-replies .comment")
    expect(reply).to_be_focused()
    assert Comment.objects.get(body="대답").in_reply_to == root
    expect(page.locator("#write-title")).to_have_text("댓글 쓰기")


@pytest.mark.parametrize("way", ["Escape", "취소"])
def test_giving_up_a_reply_leads_back_to_where_it_began(page, article, way):
    root = make_comment(article)
    opened(page, discussion_url(article))
    link = page.locator(f"[data-reply='{root.pk}']")
    link.click()
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("link", name=way, exact=True).click()
    expect(link).to_be_focused()
    expect(page.locator("#write [name=parent]")).to_have_count(0)


def test_what_is_wrong_is_said_at_the_fields_and_the_text_stays(page, article):
    opened(page, discussion_url(article))
    page.fill("[name=body]", "이름을 잊었습니다.")
    press(page)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors a").first).to_have_attribute("href", "#id_name")
    field = page.locator("#id_name")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "id_name_helptext id_name_error")
    expect(page.locator("#id_name_error")).to_have_text("이름을 적어 주세요.")
    expect(page.locator("[name=body]")).to_have_value("이름을 잊었습니다.")
    type_in(page, "이제 적었습니다.")
    press(page)
    expect(page.locator(".comment")).to_be_focused()
    expect(page.locator("#errors, [aria-invalid=true]")).to_have_count(0)


def test_a_server_out_of_reach_takes_nothing_and_can_be_asked_again(page, context, article):
    opened(page, discussion_url(article))
    type_in(page, "끊긴 동안 쓴 글")
    context.set_offline(True)
    press(page)
    expect(page.locator("#errors")).to_contain_text("서버에 닿지 못했습니다.")
    expect(page.locator("[name=body]")).to_have_value("끊긴 동안 쓴 글")
    context.set_offline(False)
    press(page)
    expect(page.locator(".comment-body")).to_have_text("끊긴 동안 쓴 글")


def test_a_double_click_sends_once(page, article):
    opened(page, discussion_url(article))
    type_in(page, "두 번 눌렀습니다.")
    page.get_by_role("button", name="올리기").dblclick()
    expect(page.locator(".comment")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert Comment.objects.count() == 1
    expect(page.locator("#errors")).to_have_count(0)


def test_a_form_that_was_used_elsewhere_gets_a_new_token(page, article):
    opened(page, discussion_url(article))
    token = page.locator("[name=form_token]").input_value()
    nonce = form_tokens.read(token, article.pk).nonce
    make_comment(article, "같은 양식으로 이미 쓴 글", form_nonce=nonce)
    type_in(page, "다른 글")
    press(page)
    expect(page.locator("#errors")).to_contain_text("이 양식으로는 이미")
    press(page)
    expect(page.locator(".comment-body")).to_have_text("다른 글")


def test_a_token_of_an_old_session_is_renewed(page, context, article):
    opened(page, discussion_url(article))
    type_in(page, "다른 창에서 로그인했습니다.")
    context.clear_cookies()
    press(page)
    expect(page.locator(".comment-body")).to_have_text("다른 창에서 로그인했습니다.")


def test_enter_in_the_name_goes_on_to_the_next_field(page, article):
    opened(page, discussion_url(article))
    type_in(page, "아직 쓰는 중")
    page.focus("[name=name]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=password]")).to_be_focused()
    assert not Comment.objects.exists()


def test_enter_that_ends_a_syllable_sends_nothing(page, context, article):
    opened(page, discussion_url(article))
    type_in(page, "조합", name="나그")
    page.focus("[name=name]")
    keyboard = context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "네", "selectionStart": 1, "selectionEnd": 1})
    enter: dict[str, Any] = {"key": "Enter", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    expect(page.locator("[name=name]")).to_be_focused()
    page.focus("[name=body]")
    page.locator("[name=body]").evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_load_state("networkidle")
    assert not Comment.objects.exists()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-body")).to_have_text("조합")


def test_a_draft_survives_a_reload_and_goes_when_it_is_posted(page, article):
    opened(page, discussion_url(article))
    type_in(page, "쓰다 만 글")
    opened(page, discussion_url(article))
    expect(page.locator("[name=body]")).to_have_value("쓰다 만 글")
    expect(page.get_by_text("쓰시던 글을 되살렸습니다.")).to_be_visible()
    assert PASSWORD not in page.evaluate("JSON.stringify(localStorage)")
    type_in(page, "다 쓴 글")
    press(page)
    expect(page.locator(".comment")).to_be_focused()
    opened(page, discussion_url(article))
    expect(page.locator("[name=body]")).to_have_value("")
    expect(page.locator("[name=name]")).to_have_value("나그네")


def test_a_draft_can_be_thrown_away(page, article):
    opened(page, discussion_url(article))
    page.fill("[name=body]", "필요 없는 글")
    opened(page, discussion_url(article))
    press(page, "지우기")
    expect(page.locator("[name=body]")).to_have_value("")
    eventually(page, lambda: page.evaluate("localStorage.length") == 0)


def test_each_comment_has_a_draft_of_its_own_and_old_ones_go(page, article):
    root = make_comment(article)
    opened(page, discussion_url(article))
    page.evaluate(
        "localStorage.setItem('pildam:draft:9:0', JSON.stringify({text: '옛 글', at: 1}))"
    )
    page.fill("[name=body]", "모두에게")
    page.locator(f"[data-reply='{root.pk}']").click()
    expect(page.locator("[name=body]")).to_have_value("")
    page.fill("[name=body]", "한 분에게")
    page.keyboard.press("Escape")
    expect(page.locator("[name=body]")).to_have_value("모두에게")
    opened(page, discussion_url(article))
    eventually(page, lambda: page.evaluate("localStorage.length") == 2)


def test_without_storage_one_can_write(new_page, article):
    new_page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    opened(new_page, discussion_url(article))
    type_in(new_page, "저장소 없이")
    press(new_page)
    expect(new_page.locator(".comment-body")).to_have_text("저장소 없이")


def test_letters_are_counted_as_readers_count_and_never_cut(page, article):
    opened(page, discussion_url(article))
    page.fill("[name=body]", "👩‍👩‍👧‍👦한")
    expect(page.locator(".comment-counter")).to_have_text("2/4,000자")
    page.fill("[name=body]", "가" * 4_002)
    expect(page.locator(".comment-counter")).to_have_text("4,002/4,000자, 2자 줄여 주세요")
    assert len(page.locator("[name=body]").input_value()) == 4_002


def test_the_preview_opens_and_closes_in_place(page, article):
    opened(page, discussion_url(article))
    page.fill("[name=body]", "**굵게** 보입니다.")
    toggle = page.get_by_role("button", name="미리보기")
    toggle.click()
    expect(page.locator("#preview strong")).to_have_text("굵게")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    toggle.click()
    expect(page.locator("#preview")).to_have_count(0)
    assert not Comment.objects.exists()


def test_a_vote_counts_at_once_and_is_taken_back(page, article):
    comment = make_comment(article)
    opened(page, discussion_url(article))
    like = page.get_by_role("button", name="공감 0", exact=True)
    like.click()
    expect(page.locator("[data-likes]")).to_have_text("1")
    pressed = page.locator(".vote[aria-pressed=true]")
    expect(pressed).to_contain_text("공감")
    assert Vote.objects.get().comment == comment
    page.get_by_role("button", name="비공감 0").click()
    expect(page.locator("[data-dislikes]")).to_have_text("1")
    expect(page.locator("[data-likes]")).to_have_text("0")
    pressed.click()
    expect(page.locator("[data-dislikes]")).to_have_text("0")
    eventually(page, lambda: not Vote.objects.exists())


@pytest.mark.promise("D1")
def test_an_article_sets_no_cookie_until_somebody_acts(page, context, article):
    make_comment(article)
    opened(page, article.get_absolute_url())
    page.locator(".comments").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert context.cookies() == []
    page.locator("a.vote").first.click()
    expect(page.locator("[data-likes]")).to_have_text("1")
    expect(page.locator("button.vote").first).to_be_focused()
    expect(page.locator("button.vote").first).to_have_attribute("aria-pressed", "true")
    eventually(page, lambda: context.cookies() != [])


def test_an_article_takes_comments_and_replies_without_leaving_it(page, article):
    root = make_comment(article, "물음")
    opened(page, article.get_absolute_url())
    page.get_by_role("link", name="댓글 쓰기").click()
    expect(page.locator("[name=body]")).to_be_focused()
    type_in(page, "새 댓글")
    press(page)
    expect(page.locator(".comment").first).to_be_focused()
    page.locator(f"[data-reply='{root.pk}']").click()
    type_in(page, "대답")
    press(page)
    expect(page.locator(".comment-replies .comment")).to_be_focused()
    expect(page.locator(".comments [data-comment-count]")).to_have_text("3")
    expect(page.locator("#write")).to_have_count(0)
    assert page.url.endswith(article.get_absolute_url())


def test_a_held_comment_is_shown_as_waiting(page, article):
    opened(page, discussion_url(article))
    type_in(page, "제 번호는 900101-1234568입니다.")
    press(page)
    waiting = page.locator(".comment-waiting")
    expect(waiting).to_be_focused()
    expect(waiting).to_contain_text("승인 대기")
    expect(page.locator("[data-comment-count]")).to_have_text("0")


def doubtful(body: str = "보세요") -> str:
    links = " ".join(f"https://example.com/{number}" for number in range(4))
    return f"{body} {links}"


def test_a_doubtful_comment_is_proved_by_work_and_posted(page, article):
    opened(page, discussion_url(article))
    type_in(page, doubtful())
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status))
    press(page)
    expect(page.locator(".comment")).to_be_focused(timeout=20_000)
    assert Comment.objects.get().status == Status.VISIBLE
    assert 428 in asked


def test_without_a_worker_a_doubtful_comment_waits_for_a_moderator(page, article):
    opened(page, discussion_url(article))
    page.route("**/proof.js", lambda route: route.abort())
    type_in(page, doubtful())
    press(page)
    expect(page.locator(".comment-waiting")).to_be_visible()
    assert Comment.objects.get().status == Status.HELD


def test_new_comments_are_offered_and_not_pushed_in(new_page, article):
    page = new_page
    make_comment(article, "이미 있는 댓글")
    page.clock.install()
    with page.expect_response("**/comments/new/*"):
        opened(page, discussion_url(article))
    make_comment(article, "그 사이의 댓글")
    page.clock.fast_forward(31_000)
    page.keyboard.press("Tab")
    page.clock.fast_forward(61_000)
    offer = page.get_by_role("link", name="새 댓글 1개 보기")
    expect(offer).to_be_visible()
    assert texts(page.locator(".comment-list")) == ["이미 있는 댓글"]
    offer.click()
    expect(page.locator(".comment")).to_have_count(2)


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(page, article):
    make_comment(article)
    opened(page, discussion_url(article))
    menu = page.locator(".comment-menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="신고", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_a_signed_in_reader_writes_under_their_own_name(
    page, context, article, client, live_server
):
    client.force_login(make_user())
    name = django_settings.SESSION_COOKIE_NAME
    session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([session])
    opened(page, discussion_url(article))
    page.fill("[name=body]", "제 이름으로 씁니다.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-name")).to_have_text("앨리스")
