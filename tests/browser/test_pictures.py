"""Which file of a picture a phone really loads, and how the desk sets its focus."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Image
from tests.articles.desk import make_editor
from tests.browser.windows import Windows
from tests.builders import make_article, picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"size": (390, 844), "device_scale_factor": 2}
# What was loaded for each picture, in the page's order.
LOADED = """async () => {
  const images = [...document.images];
  for (const image of images) { image.loading = "eager"; await image.decode(); }
  return images.map((image) => image.currentSrc);
}"""


@pytest.fixture
def article() -> Article:
    image = Image.objects.store(picture_bytes("JPEG", size=(1800, 1200)))
    article = make_article(lead_image=image, body=f"![그림]({image.url})")
    call_command("make_renditions")
    return article


def test_a_phone_loads_the_copy_that_suits_it(
    windows: Windows, live_server: LiveServer, article: Article
) -> None:
    with windows.lend(live_server.url, **PHONE) as page:
        page.goto(article.get_absolute_url())
        loaded = page.evaluate(LOADED)
    assert len(loaded) == 2
    assert all(address.endswith("-r1-800.avif") for address in loaded)


def test_a_picture_has_its_place_before_it_is_loaded(
    windows: Windows, live_server: LiveServer, article: Article
) -> None:
    with windows.lend(live_server.url, **PHONE) as page:
        page.route("**/media/**", lambda route: route.abort())
        page.goto(article.get_absolute_url())
        boxes = [image.bounding_box() for image in page.locator("main img").all()]
    assert [round(box["width"] / box["height"], 2) for box in boxes if box] == [1.5, 1.5]


def test_a_click_on_a_picture_sets_its_focus(
    windows: Windows, live_server: LiveServer, article: Article
) -> None:
    editor = make_editor()
    image = Image.objects.get()
    with windows.lend(live_server.url) as page:
        page.goto(f"/admin/articles/image/{image.pk}/change/")
        page.fill("[name=login]", editor.email)
        page.fill("[name=password]", "correct horse battery")
        page.get_by_role("button", name="로그인", exact=True).click()
        expect(page.locator(".desk-focus-marker")).to_be_visible()
        picture = page.locator("[data-focus-picker]")
        # Its size is that of the picture, once that is there.
        page.wait_for_load_state("load")
        expect(picture.locator("img")).to_have_js_property("complete", True)
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.7)
        expect(page.locator("#id_focus_x")).to_have_value("20")
        expect(page.locator("#id_focus_y")).to_have_value("70")
        page.locator("[name=_save]").click()
        page.wait_for_url("**/articles/image/")
    image.refresh_from_db()
    assert (image.focus_x, image.focus_y) == (20, 70)
