"""Pictures at the desk: uploaded once, described, and kept while they are in use."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as PillowImage

from articles.models import Image
from tests.articles.desk import make_editor, messages_of, signed_in
from tests.builders import make_article, make_image

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
ADD = "/admin/articles/image/add/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def png(width: int = 30) -> bytes:
    target = BytesIO()
    PillowImage.new("RGB", (width, 20), "navy").save(target, "PNG")
    return target.getvalue()


def upload(desk: Client, data: bytes, **fields: Any) -> Any:
    words = {"alt": "", "caption": "", "credit": ""} | fields
    file = SimpleUploadedFile("그림.png", data, content_type="image/png")
    return desk.post(ADD, {**words, "upload": file}, follow=True)


def change_url(image: Image) -> str:
    return reverse("admin:articles_image_change", args=[image.pk])


def delete_url(image: Image) -> str:
    return reverse("admin:articles_image_delete", args=[image.pk])


def test_an_upload_is_stored_with_its_words(desk: Client) -> None:
    assert upload(desk, png(), alt="남색 면", credit="필담").status_code == 200
    image = Image.objects.get()
    assert (image.width, image.height, image.alt, image.credit) == (30, 20, "남색 면", "필담")


def test_what_is_not_a_picture_is_refused_in_korean(desk: Client) -> None:
    response = upload(desk, b"<svg onload=alert(1)>")
    errors = response.context["adminform"].form.errors
    assert errors["upload"] == ["JPEG, PNG, WebP, GIF 그림만 쓸 수 있습니다."]
    assert not Image.objects.exists()


def test_the_same_bytes_open_the_picture_that_is_here_already(desk: Client) -> None:
    upload(desk, png(), alt="남색 면")
    response = upload(desk, png(), alt="다른 말")
    image = Image.objects.get()
    assert response.redirect_chain[-1][0] == change_url(image)
    assert messages_of(response) == ["같은 그림이 이미 있어서 그 그림을 열었습니다."]
    assert image.alt == "남색 면"


def test_the_words_of_a_picture_can_be_changed(desk: Client) -> None:
    image = make_image()
    desk.post(change_url(image), {"alt": "새 말", "caption": "", "credit": ""})
    image.refresh_from_db()
    assert image.alt == "새 말"


def test_the_markdown_to_paste_is_shown(desk: Client) -> None:
    image = make_image("그림", alt="[1] 그림")
    page = desk.get(change_url(image)).content.decode()
    assert rf"![\[1\] 그림]({image.url})" in page


def test_the_list_counts_what_a_picture_leads(desk: Client) -> None:
    image = make_image()
    make_article("첫째", lead_image=image)
    make_article("둘째", lead_image=image)
    page = desk.get(LIST).content.decode()
    assert "대표 그림으로 2편" in page
    assert 'loading="lazy"' in page


def test_a_lead_image_cannot_be_deleted(desk: Client) -> None:
    image = make_image()
    make_article("쓰는 글", lead_image=image)
    page = desk.post(delete_url(image), {"post": "yes"}).content.decode()
    assert "쓰는 글" in page
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_in_a_text_cannot_be_deleted(desk: Client) -> None:
    image = make_image()
    make_article("그림이 든 글", body=f"![그림]({image.url})")
    page = desk.post(delete_url(image), {"post": "yes"}).content.decode()
    assert "그림이 든 글" in page
    assert Image.objects.filter(pk=image.pk).exists()


def test_pictures_in_use_survive_bulk_deletion(desk: Client) -> None:
    image = make_image()
    make_article(lead_image=image)
    form = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
    desk.post(LIST, form)
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_that_nobody_uses_can_be_deleted(desk: Client) -> None:
    image = make_image()
    make_article("다른 글")
    desk.post(delete_url(image), {"post": "yes"})
    assert not Image.objects.exists()
