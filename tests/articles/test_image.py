import pytest
from django.core.files.storage import default_storage

from articles.models import Article, Image
from articles.models.image import checksum_of
from articles.pictures import PictureError, cleaned_picture
from tests.builders import make_article, picture_bytes

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_stored_once():
    first = Image.objects.store(picture_bytes(), alt="처음")
    second = Image.objects.store(picture_bytes(), alt="다시")
    assert first == second
    assert Image.objects.get().alt == "처음"


def test_bytes_that_somebody_else_stores_meanwhile_are_theirs():
    data = picture_bytes()
    picture = cleaned_picture(data)
    theirs = Image.objects.store(data)
    assert Image.objects.shelve(checksum_of(data), picture) == theirs


def test_a_stored_picture_can_be_read_and_has_its_size():
    image = Image.objects.store(picture_bytes(size=(30, 20)))
    assert default_storage.exists(image.file.name)
    assert (image.width, image.height) == (30, 20)
    assert image.url.startswith("/media/images/")


def test_a_refused_picture_leaves_no_row():
    with pytest.raises(PictureError):
        Image.objects.store(b"not a picture")
    assert not Image.objects.exists()


def test_a_picture_in_a_body_is_rendered_with_its_size():
    image = Image.objects.store(picture_bytes(size=(30, 20)))
    make_article(body=f"![붓]({image.url})")
    html = Article.objects.get().body_html
    assert 'width="30"' in html
    assert 'height="20"' in html


def test_a_missing_picture_is_not_rendered_broken():
    make_article(body="![그림 1](/../images/2025-07/없음.jpg)")
    html = Article.objects.get().body_html
    assert "<img" not in html
    assert "그림 1" in html
