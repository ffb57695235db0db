"""Pictures that a browser has saved in one file with their page."""

import base64

import pytest
from django.core.management import call_command

from articles.models import Article, Image
from articles.models.image import checksum_of
from tests.builders import picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

_ADDRESS = "https://postfiles.pstatic.net/A/1.jpg?type=w466"
_PAGE = f"""<meta charset="utf-8"><meta property="og:title" content="작은 섬"><div class="se-main-container">
<div class="se-component se-text"><p class="se-text-paragraph">편지는 한 달에 두 번 간다.</p></div>
<div class="se-component se-image"><img src="{_ADDRESS}"></div></div>"""


def part(kind, address, content):
    head = f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {address}\r\n\r\n"
    return head.encode() + base64.encodebytes(content)


def test_picture_in_an_archive_is_stored(tmp_path):
    data = picture_bytes()
    top = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    page = part("text/html", "https://m.blog.naver.com/isle/1", _PAGE.encode())
    (tmp_path / "섬.mhtml").write_bytes(
        top + page + part("image/png", _ADDRESS, data) + b"--B--\r\n"
    )

    call_command("import_articles", str(tmp_path / "섬.mhtml"))

    image = Image.objects.with_checksum(checksum_of(data))
    assert image is not None
    assert image.url_of(checksum_of(data)) in Article.objects.get().body
