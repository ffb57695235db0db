"""What the writing field asks for: pictures in and out of the library, articles, the live page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Image
from tests.articles.desk import ADD, PREVIEW, form_of, make_editor, make_staff, signed_in
from tests.builders import make_article, make_draft, make_image, picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

TAKE = "/admin/articles/image/take/"
FIND = "/admin/articles/image/find/"
FIND_ARTICLES = "/admin/articles/article/find/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def send(client: Client, data: bytes, **words: str) -> Any:
    return client.post(TAKE, {"upload": SimpleUploadedFile("그림.png", data), **words})


# Pictures in


def test_a_picture_is_stored_with_its_words_and_answered_with_its_address(desk: Client) -> None:
    response = send(desk, picture_bytes("PNG"), alt="공장", caption="밤")
    image = Image.objects.get()
    assert response.json()["address"] == image.url
    assert (image.alt, image.caption) == ("공장", "밤")


def test_the_same_picture_is_not_stored_twice(desk: Client) -> None:
    first, second = (send(desk, picture_bytes("PNG")).json() for _ in range(2))
    assert first == second
    assert Image.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"GIF89a and no more", b"<svg onload=alert(1)>"])
def test_what_is_no_picture_is_refused_with_the_reason(desk: Client, data: bytes) -> None:
    response = send(desk, data)
    assert response.status_code == 422
    assert response.json()["reason"]
    assert not Image.objects.exists()


def test_words_that_are_too_long_are_refused(desk: Client) -> None:
    assert send(desk, picture_bytes("PNG"), alt="가" * 301).status_code == 422


def test_only_those_who_may_add_pictures_send_any() -> None:
    bob = signed_in(make_staff("view_image", "add_article", "view_article"))
    assert send(bob, picture_bytes("PNG")).status_code == 403
    assert signed_in(make_staff("add_image", email="c@pildam.example")).get(TAKE).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_editor())
    assert send(careful, picture_bytes("PNG")).status_code == 403


# Pictures found


def test_the_latest_pictures_come_first_and_the_rest_on_demand(desk: Client) -> None:
    for number in range(25):
        make_image(f"그림-{number}")
    first = desk.get(FIND).content.decode()
    assert first.count("picker-picture") == 24
    assert 'data-more="24"' in first
    rest = desk.get(FIND, {"from": "24"}).content.decode()
    assert rest.count("picker-picture") == 1
    assert "data-more" not in rest


def test_pictures_are_found_by_all_of_their_words(desk: Client) -> None:
    make_image("가", alt="밤의 공장")
    make_image("나", alt="낮의 공장")
    assert desk.get(FIND, {"q": "공장 밤"}).content.decode().count("picker-picture") == 1
    assert "찾는 그림이 없습니다" in desk.get(FIND, {"q": "바다"}).content.decode()


@pytest.mark.parametrize("query", [{"q": "\0'<%_\\"}, {"from": "²"}, {"from": "9" * 30}])
def test_nonsense_finds_nothing_worse(desk: Client, query: dict[str, str]) -> None:
    assert desk.get(FIND, query).status_code == 200


def test_the_library_is_for_those_who_may_see_it() -> None:
    bob = signed_in(make_staff("view_article"))
    assert bob.get(FIND).status_code == 403


# Articles to link to


def test_links_lead_to_published_articles_alone(desk: Client) -> None:
    shown = make_article("손이 아는 것")
    make_draft("손이 모르는 것")
    assert desk.get(FIND_ARTICLES, {"q": "손이 것"}).json() == {
        "articles": [{"title": shown.title, "path": shown.path}]
    }
    assert signed_in(make_staff("view_image")).get(FIND_ARTICLES).status_code == 403


# The live page


def live(client: Client, **changes: Any) -> Any:
    return client.post(PREVIEW, form_of(**changes), headers={"X-Pildam": "preview"})


def test_the_live_page_knows_lines_minutes_and_how_others_will_show_it(desk: Client) -> None:
    lead = make_image("대표")
    page = live(desk, title="새 글", body=f"{'가' * 900}\n\n## 둘\n", lead_image=lead.pk).content
    text = page.decode()
    assert 'data-reading-minutes="2"' in text
    assert 'class="source-line-3"' in text
    assert "/articles/새-글/" in text
    assert f'<p class="share-description">{"가" * 150}</p>' in " ".join(text.split())
    assert f'<img src="{lead.url}"' in text


def test_a_live_text_that_is_refused_is_answered_with_the_reason(desk: Client) -> None:
    response = live(desk, body="가" * 200_000)
    assert response.status_code == 422
    assert "preview-refusal" in response.content.decode()


def test_the_form_shows_the_share_card_and_hides_the_tools_without_scripts(desk: Client) -> None:
    page = " ".join(desk.get(ADD).content.decode().split())
    assert '<div class="editor-bar" hidden>' in page
    assert '<script src="/static/desk/editor/main.js" type="module">' in page
    assert "대표 그림이 없습니다" in page
