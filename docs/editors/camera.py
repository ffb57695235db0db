"""Taking the guide's pictures: a browser signed in as somebody, and small files."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright
from running_site import HERE, Site

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=ko-KR"]
DESKTOP, PHONE = (1280, 860), (390, 780)
MAX_BYTES = 150_000
QUALITIES = (80, 70, 60, 50, 40)


def open_browser(playwright: Playwright) -> Browser:
    if CHROMIUM is None:
        raise SystemExit("No Chromium here: install Debian's chromium, or set CHROMIUM.")
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=FLAGS,
        # Date fields speak the language of the browser, not of the page.
        env={**os.environ, "LANGUAGE": "ko"},
    )


def new_page(browser: Browser, site: Site, size: tuple[int, int] = DESKTOP) -> Page:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=1.5,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    return context.new_page()


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto("/accounts/login/?next=/admin/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(site.password)
    page.get_by_role("button", name="로그인", exact=True).click()
    page.wait_for_url("**/admin/")


def shoot(what: Page | Locator, name: str) -> None:
    """Keep a picture of a page's view, or of a part of it, as `name`.webp beside this file."""
    target = HERE / f"{name}.webp"
    _write(what.screenshot(animations="disabled"), target)


def shoot_from_top(page: Page, name: str, last: Locator, margin: int = 24) -> None:
    """Keep the view from the top of the page to the end of one of its parts."""
    box = last.bounding_box()
    size = page.viewport_size
    if box is None or size is None:
        raise RuntimeError(f"There is nothing to see for {name}.")
    clip = {"x": 0, "y": 0, "width": size["width"], "height": box["y"] + box["height"] + margin}
    data = page.screenshot(animations="disabled", clip=clip, full_page=True)  # type: ignore[arg-type]
    _write(data, HERE / f"{name}.webp")


def _write(png: bytes, target: Path) -> None:
    picture = Image.open(BytesIO(png)).convert("RGB")
    for quality in QUALITIES:
        file = BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        if len(file.getvalue()) <= MAX_BYTES:
            target.write_bytes(file.getvalue())
            return
    raise RuntimeError(f"{target.name} does not fit into {MAX_BYTES} bytes.")
