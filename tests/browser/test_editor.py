"""The writing field in a real browser: keys, syllables, pictures, notes, and the page beside it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Image
from tests.articles.desk import ADD, make_editor, signed_in
from tests.browser.waiting import eventually
from tests.browser.windows import Windows
from tests.builders import picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIVE = """([bytes, how]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], "밤.png", { type: "image/png" }));
  const event = how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.querySelector("#id_body").dispatchEvent(event);
}"""
PASTE_TEXT = """(text) => {
  const transfer = new DataTransfer();
  transfer.setData("text/plain", text);
  document.querySelector("#id_body").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
}"""
# Scroll one of the two, let the other follow, and return the first heading that is seen there.
SCROLL = """async (which) => {
  const area = document.querySelector("#id_body");
  const page = document.querySelector(".editor-page").contentDocument;
  if (which === "field") area.scrollTop = area.scrollHeight / 2;
  else page.scrollingElement.scrollTo({ top: 0, behavior: "instant" });
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
  const heads = [...page.querySelectorAll(".article-body h2")];
  return heads.find((head) => head.getBoundingClientRect().top >= -2)?.textContent;
}"""


@pytest.fixture
def page(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    client = signed_in(make_editor())
    with windows.lend(live_server.url, size=(1280, 900)) as page:
        page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in client.cookies.items()
            ]
        )
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(ADD)
        page.locator(".editor-facts").wait_for()
        yield page
        assert complaints == []


@pytest.fixture
def field(page: Page) -> Locator:
    field = page.locator("#id_body")
    field.click()
    return field


def compose(page: Page, *steps: str) -> None:
    """Put a syllable together and leave it open, as an input method does."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        composition = {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        session.send("Input.imeSetComposition", composition)
    session.detach()


def finish(page: Page, text: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Input.insertText", {"text": text})
    session.detach()


def test_keys_change_the_text_and_undo_takes_it_back(page: Page, field: Locator) -> None:
    keys = page.keyboard
    keys.type("one two ")
    keys.press("Control+Shift+Home")
    keys.press("Control+b")
    expect(field).to_have_value("**one two** ")
    keys.press("Control+b")
    keys.press("Control+z")
    keys.press("Control+z")
    expect(field).to_have_value("one two ")
    field.select_text()
    page.evaluate(PASTE_TEXT, "https://a.example/(b)")
    expect(field).to_have_value("[one two](<https://a.example/(b)>) ")
    field.fill("")
    keys.type("1. a")
    keys.press("Enter")
    keys.type("b")
    keys.press("Tab")
    expect(field).to_have_value("1. a\n   2. b")
    keys.press("Escape")
    keys.press("Tab")
    expect(field).not_to_be_focused()


def test_an_open_syllable_is_never_broken(page: Page, field: Locator) -> None:
    keys = page.keyboard
    compose(page, "ㅎ", "하", "한")  # at the beginning of a line
    keys.press("Control+b")
    expect(field).to_have_value("한")
    finish(page, "한")
    keys.press("Control+b")
    compose(page, "ㄱ", "그", "글")
    finish(page, "글")
    expect(field).to_have_value("한**글**")
    keys.press("Control+b")  # behind bold
    compose(page, "ㅇ", "으", "은")
    finish(page, "은")
    expect(field).to_have_value("한**글**은")
    field.fill("- ")
    compose(page, "ㅅ", "수")  # before Enter
    field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    expect(field).to_have_value("- 수")
    finish(page, "수")
    keys.press("Enter")
    expect(field).to_have_value("- 수\n- ")
    keys.press("Enter")
    expect(field).to_have_value("- 수\n")


def test_what_is_typed_last_stands_above_the_buttons(page: Page, field: Locator) -> None:
    field.fill("가\n" * 60)
    page.keyboard.press("Control+End")
    page.keyboard.type("끝")
    box, buttons = field.bounding_box(), page.locator(".desk-submit").bounding_box()
    assert box["y"] + box["height"] <= buttons["y"]


def test_pictures_are_described_before_they_come_in(page: Page, field: Locator) -> None:
    data = [list(picture_bytes("PNG")), "paste"]
    page.evaluate(GIVE, data)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="본문에 넣기").click()
    expect(dialog.get_by_role("alert")).to_contain_text("대체 텍스트")
    dialog.get_by_role("button", name="취소").click()
    expect(field).to_have_value("")
    page.evaluate(GIVE, data)
    dialog.get_by_label("대체 텍스트").fill("밤의 [공장]")
    dialog.get_by_role("button", name="본문에 넣기").click()
    expect(field).to_have_value(re.compile("/media/"))
    url = Image.objects.get().url
    expect(field).to_have_value(f"![밤의 \\[공장\\]]({url})\n\n")
    page.get_by_role("button", name="그림", exact=True).click()
    dialog.get_by_role("button", name="밤의 [공장]").click()
    dialog.get_by_label("장식 그림입니다").check()
    dialog.get_by_label("그림 아래 설명").fill("설명")
    dialog.get_by_role("button", name="본문에 넣기").click()
    decorative = f'![]({url} "설명"){{: .decorative}}'
    expect(field).to_have_value(f"![밤의 \\[공장\\]]({url})\n\n{decorative}\n\n")


def test_notes_tables_and_callouts_are_written_for_the_author(page: Page, field: Locator) -> None:
    page.keyboard.type("Words")
    page.get_by_role("button", name="각주").click()
    page.keyboard.type("source")
    page.get_by_role("button", name="각주").click()
    page.keyboard.type(".")
    expect(field).to_have_value("Words[^1].\n\n[^1]: source")
    page.get_by_role("button", name="표", exact=True).click()
    page.get_by_role("dialog").get_by_label("칸").fill("2")
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile("\n\n\\| 제목 1 \\| 제목 2 \\|\n"))
    page.keyboard.type("H")  # its first cell is selected
    expect(field).to_have_value(re.compile("\n\n\\| H \\| 제목 2 \\|\n\\| --- \\| --- \\|\n"))
    field.fill("")
    page.get_by_role("button", name="콜아웃").click()
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile("INSIGHT"))
    page.keyboard.type("x")
    expect(field).to_have_value("> [!INSIGHT]\n> x\n\n")


def test_the_page_beside_the_field_follows_it(page: Page, field: Locator) -> None:
    shown = page.frame_locator(".editor-page")
    parts = [f"## Part {number}\n\n{'가나다라 ' * 150}" for number in range(12)]
    field.fill("\n\n".join(parts))
    page.locator("#id_title").fill("새 글")
    expect(shown.locator("h1")).to_have_text("새 글")
    expect(shown.get_by_role("heading", name="Part 11")).to_be_attached()
    expect(page.locator(".editor-facts")).to_contain_text("읽는 시간 15분")
    expect(page.locator(".share-result")).to_contain_text("새 글")
    eventually(page, lambda: page.evaluate(SCROLL, "field") in {"Part 5", "Part 6", "Part 7"})
    page.evaluate(SCROLL, "page")
    eventually(page, lambda: field.evaluate("(area) => area.scrollTop") == 0)
    field.press("Control+End")
    page.keyboard.insert_text("\n\n맨 끝에 쓰는 문단[^1]\n\n[^1]: 풀이")
    field.press("ArrowUp")
    page.keyboard.insert_text("\n마지막 줄\n")
    expect(shown.get_by_text("마지막 줄")).to_be_in_viewport()


def test_the_count_is_of_the_writers_own_words(page: Page, field: Locator) -> None:
    field.fill("다섯 글자다[^1]\n\n[^1]: 풀이")
    expect(page.locator(".editor-facts")).to_contain_text("공백 제외 7자")
