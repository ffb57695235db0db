"""Pictures as they are served: nothing in them runs, and no name leads to a broken one."""

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from articles.models import Image
from articles.picture_library import judged_replacement, replace_picture
from tests.builders import picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def fetched(client: Client, address: str) -> HttpResponse:
    """Ask for a file and read it to its end, which closes it."""
    response = client.get(address)
    if response.streaming:
        response.getvalue()
    return response


@pytest.fixture
def image() -> Image:
    image = Image.objects.store(picture_bytes(size=(300, 200)))
    call_command("make_renditions")
    image.refresh_from_db()
    return image


def test_pictures_and_copies_say_what_they_are(client: Client, image: Image) -> None:
    addresses = [image.url, image.rendition_url(240, "avif"), image.rendition_url(240, "webp")]
    responses = [fetched(client, address) for address in addresses]
    assert [r["Content-Type"] for r in responses] == ["image/png", "image/avif", "image/webp"]


@pytest.mark.promise("U4")
def test_pictures_run_nothing_and_are_kept_for_ever(client: Client, image: Image) -> None:
    for address in (image.url, image.rendition_url(240, "avif")):
        response = fetched(client, address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.promise("U4")
@pytest.mark.parametrize("name", ["a.html", "a.svg", "a"])
def test_what_is_no_picture_is_only_bytes(client: Client, settings, name: str) -> None:
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / name).write_text("<script>alert(1)</script>")
    assert fetched(client, f"/media/{name}")["Content-Type"] == "application/octet-stream"


def test_files_of_a_replaced_picture_lead_to_the_new_one(
    client: Client, image: Image, django_capture_on_commit_callbacks
) -> None:
    old = [image.url, image.rendition_url(240, "avif")]
    replacement = judged_replacement(image, picture_bytes(size=(200, 300)))
    with django_capture_on_commit_callbacks(execute=True):
        replace_picture(image, replacement)
    for address in old:
        response = fetched(client, address)
        assert (response.status_code, response["Location"]) == (302, image.url)
        assert "immutable" not in response["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["images/00/00000000000000000000.png", "images/x.png", "images/%00.png"]
)
def test_a_picture_that_never_was_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_whose_file_is_gone_is_not_sent_in_circles(client: Client, image: Image) -> None:
    image.file.storage.delete(image.file.name)
    assert client.get(image.url).status_code == 404
