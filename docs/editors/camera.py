"""Taking the guide's pictures: a browser signed in as somebody, and small files."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, Page, Playwright
from running_site import HERE, Site

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP, PHONE = (1280, 860), (390, 780)
MAX_BYTES = 150_000
MARGIN = 18
QUALITIES = (80, 70, 60, 50, 40)


def open_browser(playwright: Playwright) -> Browser:
    if CHROMIUM is None:
        raise SystemExit("No Chromium here: install Debian's chromium, or set CHROMIUM.")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


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


def shoot(what: Page | Locator, name: str, margin: int = MARGIN) -> None:
    """Keep a picture of a page's view, or of a part of it, as `name`.webp beside this file.

    A part gets a margin in the colour of its corner.
    """
    picture = Image.open(BytesIO(what.screenshot(animations="disabled"))).convert("RGB")
    if isinstance(what, Locator) and margin:
        corner = tuple(picture.crop((0, 0, 1, 1)).tobytes())
        picture = ImageOps.expand(picture, margin, corner)
    _write(picture, HERE / f"{name}.webp")


def _write(picture: Image.Image, target: Path) -> None:
    for quality in QUALITIES:
        file = BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        if len(file.getvalue()) <= MAX_BYTES:
            target.write_bytes(file.getvalue())
            return
    raise RuntimeError(f"{target.name} does not fit into {MAX_BYTES} bytes.")
