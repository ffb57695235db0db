"""Make the pictures of docs/editors.ko.md again: `make guide`.

Each picture is taken from a site that is built for this and gone afterwards. What shows a date
moves with the day on which this runs, because the samples do.
"""

from __future__ import annotations

import re
import signal
import sys

from camera import DESKTOP, PHONE, new_page, open_browser, shoot, sign_in
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright
from running_site import ROOT, Site, running_site

ARTICLES = "/admin/articles/article/"
EDITOR, SECOND_EDITOR = "editor@pildam.example", "second@pildam.example"
WRITER, ADMINISTRATOR = "writer@pildam.example", "admin@pildam.example"
LIVE, RETURNED, WAITING = "붓을 건네는 시간", "저울이 먼저 나왔다", "밤의 계산대"
PASTED = ROOT / "articles/samples/essays/images/서점.webp"
PASTE = """async ([bytes, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, { type: "image/webp" }));
  document.querySelector("#id_body").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
}"""


# What somebody brings: a post, notes with a picture that is missing, and a text without anything.
BROUGHT = {
    "2019-05-02-ferry.md": """---
title: 나루터의 시간표
date: 2019-05-02 09:00 +0900
author: 한도경
categories: 사회
tags: 강, 나루
description: 배가 끊긴 강에는 약속이 남는다
---
나루터에는 시간표가 없었다. 건너편에서 누가 부르면 배가 갔다.

![나루터의 줄](images/rope.jpg)
""",
    "우체통.md": "# 우체통이 있던 자리\n\n골목 어귀에 우체통이 있었다.\n\n이제는 받침만 남았다.\n",
    "메모.txt": "장날의 소리\n\n2021. 3. 4.\n\n장날 아침에는 흥정보다 먼저 수레바퀴 소리가 들렸다.\n",
    "빈 글.md": "",
}


class Photographer:
    """Goes through the desk as one person after the other."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site

    def as_(self, email: str, size: tuple[int, int] = DESKTOP) -> Page:
        page = new_page(self.browser, self.site, size)
        sign_in(page, self.site, email)
        return page

    def anonymous(self, size: tuple[int, int] = DESKTOP) -> Page:
        return new_page(self.browser, self.site, size)


def open_article(page: Page, title: str, room: str = "") -> None:
    """Open the form of an article, or the page beside it that the desk calls `room`."""
    page.goto(f"{ARTICLES}?q={title}")
    address = page.get_by_role("link", name=title, exact=True).first.get_attribute("href") or ""
    form = address.split("?")[0]
    page.goto(form.replace("change/", f"{room}/") if room else form)
    if not room:
        page.locator(".editor-facts").wait_for()
        # The preview beside the text is drawn a moment later.
        page.frame_locator(".editor-page").locator("h1").wait_for(state="attached")


def shoot_buttons(page: Page, name: str) -> None:
    """Keep the buttons under a form; at the end of the page nothing shines through them."""
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    shoot(page.locator("#submit-row"), name, margin=0)


def entering(people: Photographer) -> None:
    page = people.anonymous(PHONE)
    page.goto("/accounts/login/?next=/admin/")
    shoot(page.locator("main"), "sign-in", margin=0)
    page = people.as_(EDITOR)
    page.goto("/accounts/2fa/totp/activate/")
    page.locator("#id_password").fill(people.site.password)
    page.get_by_role("button", name="확인", exact=True).click()
    # A key is a key, even that of an account which is gone in a minute.
    for secret in (".account-qr", ".account-secret"):
        page.locator(secret).evaluate("element => { element.style.filter = 'blur(4px)'; }")
    shoot(page.locator(".account-steps"), "second-factor")


def first_page(people: Photographer) -> None:
    shoot(people.as_(EDITOR), "first-page")


def writing(people: Photographer) -> None:
    page = people.as_(WRITER)
    open_article(page, RETURNED)
    shoot(page.locator(".desk-word"), "returned")
    page.locator(".editor").scroll_into_view_if_needed()
    page.locator("#submit-row").evaluate("row => { row.hidden = true; }")
    shoot(page.locator(".editor"), "editor")
    page.locator("#id_body").click()
    page.keyboard.press("Control+k")
    page.locator("dialog [name=address]").fill("전력망")
    page.locator(".dialog-found li").first.wait_for()
    shoot(page.locator("dialog"), "link")
    page.keyboard.press("Escape")
    page.locator("#id_body").click()
    page.evaluate(PASTE, [list(PASTED.read_bytes()), PASTED.name])
    page.locator("dialog [name=alt]").fill("책등 사이에 비스듬히 꽂힌 붉은 책 한 권")
    shoot(page.locator("dialog"), "picture")
    page.keyboard.press("Escape")
    phone = people.as_(WRITER, PHONE)
    open_article(phone, RETURNED)
    phone.locator(".editor").scroll_into_view_if_needed()
    shoot(phone, "editor-phone")


def rescued(people: Photographer) -> None:
    """Leave a text unsaved, come back, and be offered it."""
    page = people.as_(WRITER)
    open_article(page, RETURNED)
    page.locator("#id_dek").fill("장터의 믿음을 재던, 조금씩 기울던 물건")
    saved = page.locator("[data-saved]")
    expect(saved).to_contain_text("자동 저장됨", timeout=30_000)
    shoot_buttons(page, "steps-writer")
    page.close(run_before_unload=False)
    again = people.as_(WRITER)
    open_article(again, RETURNED)
    shoot(again.locator(".desk-offer").first, "offer")


def together(people: Photographer) -> None:
    """Two editors open one article; the second to save is shown both texts."""
    one, other = people.as_(EDITOR), people.as_(SECOND_EDITOR)
    for page in (one, other):
        open_article(page, LIVE)
    notices = other.locator("[data-notices] li")
    notices.first.wait_for()
    shoot(other.locator(".desk-notices"), "presence")
    one.locator("#id_summary_3").fill("댓글창이 잃은 것은 이름이 아니라 기다림입니다.")
    other.locator("#id_summary_3").fill("댓글창은 그 기다림을 잃었습니다.")
    for page in (one, other):
        page.locator("[name=_continue]").click()
        page.wait_for_load_state()
    shoot(other.locator(".desk-conflict"), "conflict")


def importing(people: Photographer) -> None:
    page = people.as_(EDITOR)
    page.goto(f"{ARTICLES}import/")
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in BROUGHT.items()
    ]
    page.set_input_files("#id_files", files)
    page.get_by_role("button", name="올리고 살펴보기").click()
    page.locator(".import-table").wait_for()
    shoot(page.locator(".import-review"), "import")


def history(people: Photographer) -> None:
    page = people.as_(EDITOR)
    open_article(page, RETURNED, "history")
    shoot(page.locator(".desk-history"), "history")
    page.goto(re.sub("history/$", "compare/?from=2&to=3", page.url))
    shoot(page.locator(".desk-history"), "compare")


def reviewing(people: Photographer) -> None:
    page = people.as_(EDITOR)
    open_article(page, WAITING)
    page.locator(".desk-say summary").click()
    page.locator("#review_note").fill("첫 문단의 손님 이야기를 조금 더 들려주세요.")
    shoot_buttons(page, "steps-editor")


def publishing(people: Photographer) -> None:
    page = people.as_(EDITOR)
    open_article(page, LIVE, "publish")
    shoot(page.locator(".desk-page"), "publish-again")
    page.goto(f"{ARTICLES}add/")
    page.locator("#id_title").fill("우체통이 있던 자리")
    page.locator("#id_body").fill(
        "### 빨간 기둥\n\n![](/media/images/mailbox.webp)\n\n기둥만 남았다.\n"
    )
    page.locator("[name=_publish]").click()
    page.locator("#gate").wait_for()
    page.locator("input[name=when][value=at]").check()
    shoot(page.locator(".desk-page"), "publish")


def sharing_and_withdrawing(people: Photographer) -> None:
    page = people.as_(EDITOR)
    open_article(page, WAITING, "links")
    page.locator("#id_note").fill("감수하시는 김 선생님")
    page.get_by_role("button", name="주소 만들기").click()
    field = page.locator("[data-copy-source]")
    field.wait_for()
    # Another port and another token each time, which say nothing.
    field.evaluate("field => { field.value = 'https://pildam.example/preview/r7Kq…2fXw/'; }")
    shoot(page.locator(".desk-page"), "links")
    open_article(page, LIVE, "withdraw")
    shoot(page.locator(".desk-page"), "withdraw")


def calendar(people: Photographer) -> None:
    page = people.as_(EDITOR)
    page.goto(f"{ARTICLES}calendar/")
    shoot(page.locator(".desk-calendar"), "calendar")


def ways(people: Photographer) -> None:
    page = people.as_(EDITOR, (DESKTOP[0], 420))
    page.goto("/admin/articles/missingpage/")
    shoot(page, "missing")
    page.goto("/admin/articles/brokenlink/")
    shoot(page, "broken")


def arranging(people: Photographer) -> None:
    page = people.as_(EDITOR)
    page.goto("/admin/articles/tag/?q=지")
    for tag in ("지방", "지역"):
        page.get_by_role("row", name=tag).locator("[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("merge_selected")
    page.locator("button[name=index]").click()
    page.locator(".desk-choices").wait_for()
    shoot(page.locator(".desk-sheet"), "tags")
    page.goto("/admin/articles/series/")
    page.get_by_role("link", name="손이 아는 것").click()
    page.locator("#submit-row").evaluate("row => { row.hidden = true; }")
    shoot(page.locator("#episodes"), "episodes")
    page.goto("/admin/articles/frontpage/")
    page.locator("input[list=front-articles]").first.fill("자판이라는 합의")
    shoot(page, "front-page")
    page = people.as_(ADMINISTRATOR)
    page.goto("/admin/articles/sitesettings/")
    shoot(page.locator("#content"), "settings")


CHAPTERS = (
    entering,
    first_page,
    writing,
    rescued,
    together,
    importing,
    history,
    reviewing,
    publishing,
    sharing_and_withdrawing,
    calendar,
    ways,
    arranging,
)


def main() -> None:
    # Whoever ends this process ends what it has started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with running_site() as site, sync_playwright() as playwright:
        browser = open_browser(playwright)
        try:
            people = Photographer(browser, site)
            for chapter in CHAPTERS:
                sys.stdout.write(f"{chapter.__name__}\n")
                chapter(people)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
