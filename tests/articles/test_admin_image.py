"""Pictures at the desk: uploaded once, described, and kept while they are in use."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as PillowImage

from accounts.roles import Role
from articles.models import Image
from articles.models.image import image_name
from tests.articles.desk import make_editor, messages_of, signed_in
from tests.builders import make_article, make_author, make_draft, make_image
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

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


def form_of(**changes: Any) -> dict[str, Any]:
    """Return the form of a picture as a browser sends it, with some fields changed."""
    return {"alt": "", "caption": "", "credit": "", "focus_x": 50, "focus_y": 50} | changes


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
    desk.post(change_url(image), form_of(alt="새 말"))
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
    assert "대표 2편" in page
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


@pytest.mark.promise("U1")
def test_a_refused_file_is_answered_422(desk: Client) -> None:
    assert upload(desk, b"<html><script>alert(1)</script>").status_code == 422


def test_a_file_that_is_too_large_is_not_even_read(desk: Client, monkeypatch) -> None:
    monkeypatch.setattr("articles.admin.image_forms.MAX_BYTES", 50)
    monkeypatch.setattr(
        "articles.admin.image_forms.checksum_of", lambda data: pytest.fail("was read")
    )
    assert "20MB까지" in upload(desk, png()).content.decode()


@pytest.mark.promise("U1")
@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "사진.png", "\u202egnp.exe", "a\x00.png", "x.svg", "가" * 200]
)
def test_the_name_of_an_upload_does_not_matter(desk: Client, name: str) -> None:
    file = SimpleUploadedFile("a", png(), content_type="text/html")
    file._name = name
    desk.post(ADD, {"alt": "", "caption": "", "credit": "", "upload": file})
    image = Image.objects.get()
    assert image.file.name == image_name(image.checksum, ".png")


def test_focus_outside_the_picture_is_refused(desk: Client) -> None:
    image = make_image()
    assert desk.post(change_url(image), form_of(focus_x=101)).status_code == 422


def test_focus_keeps_its_place_where_the_picture_is_cropped(desk: Client, client: Client) -> None:
    image = make_image()
    make_article(lead_image=image)
    desk.post(change_url(image), form_of(focus_x=18, focus_y=84))
    assert 'class="focus-x-20 focus-y-80"' in client.get("/").content.decode()


def test_a_new_file_takes_the_pictures_place(desk: Client) -> None:
    upload(desk, png(), alt="남색 면")
    image = Image.objects.get()
    make_article(body=f"![그림]({image.url})")
    file = SimpleUploadedFile("새 그림.png", png(60))
    response = desk.post(change_url(image), form_of(alt="넓은 면", new_file=file), follow=True)
    image.refresh_from_db()
    assert (image.width, image.alt) == (60, "넓은 면")
    assert "그림을 바꾸었습니다. 글 1편이 새 그림을 보여 줍니다." in messages_of(response)


def test_a_new_file_that_is_no_picture_changes_nothing(desk: Client) -> None:
    upload(desk, png())
    image = Image.objects.get()
    file = SimpleUploadedFile("새 그림.png", b"<svg/>")
    assert desk.post(change_url(image), form_of(alt="새 말", new_file=file)).status_code == 422
    image.refresh_from_db()
    assert (image.width, image.alt) == (30, "")


def test_the_form_names_whoever_shows_the_picture(desk: Client) -> None:
    image = make_image()
    make_article("머리에", lead_image=image)
    make_article("글 속에", body=f"![그림]({image.url})")
    make_author("신피질", portrait=image)
    page = desk.get(change_url(image)).content.decode()
    assert ">머리에</a> (대표 그림)" in page
    assert ">글 속에</a><" in page
    assert ">필자 신피질</a>" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("use=no", {"남은 그림"}),
        ("use=yes", {"쓰는 그림"}),
        ("alt=none", set()),
        ("q=남은", {"남은 그림"}),
    ],
)
def test_the_library_can_be_narrowed_down(desk: Client, query: str, shown: set[str]) -> None:
    make_article(lead_image=make_image("하나", alt="쓰는 그림"))
    make_image("둘", alt="남은 그림")
    page = desk.get(f"{LIST}?{query}").content.decode()
    assert {alt for alt in ("쓰는 그림", "남은 그림") if f'alt="{alt}"' in page} == shown


def test_a_picture_of_an_author_cannot_be_deleted(desk: Client) -> None:
    image = make_image()
    make_author("신피질", portrait=image)
    assert "신피질" in desk.post(delete_url(image), {"post": "yes"}).content.decode()
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_writer_changes_no_picture_that_others_show() -> None:
    writer = make_member(Role.WRITER)
    own, shared = make_image("own"), make_image("shared")
    make_draft("내 글", body=f"![]({own.url}) ![]({shared.url})", owner=writer)
    make_article("독자가 보는 글", lead_image=shared)
    answers = [
        signed_in(writer).post(change_url(image), form_of(alt="고침", new_file=""))
        for image in (own, shared)
    ]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert set(Image.objects.values_list("alt", flat=True)) == {"고침", ""}


def test_a_writer_is_not_told_the_titles_of_what_colleagues_write() -> None:
    image = make_image()
    make_article("독자가 보는 글", lead_image=image)
    make_draft("남의 초고", lead_image=image)
    page = signed_in(make_member(Role.WRITER)).get(change_url(image)).content.decode()
    assert "독자가 보는 글" in page
    assert "남의 초고" not in page
