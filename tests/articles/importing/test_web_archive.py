import base64
import plistlib
import quopri
import zipfile
from pathlib import Path

import pytest

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading
from articles.importing.sources import Source, find_sources
from articles.importing.web_archive import is_frame, is_web_archive

_PAGE = """<html><head><meta charset="utf-8"><meta property="og:title" content="작은 섬"></head><body>
<div class="se-main-container"><div class="se-component se-text"><div class="se-module se-module-text">
<p class="se-text-paragraph">섬에는 우체통이 하나 있다. 편지는 한 달에 두 번 간다.</p></div></div>
<div class="se-component se-image"><img src="https://postfiles.pstatic.net/A/1.jpg?type=w466"></div></div></body></html>"""
_PICTURE = b"\x89PNG picture"


def part(kind: str, address: str, content: bytes, encoding: str = "base64") -> bytes:
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    head = f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: {address}\r\n\r\n"
    return head.encode() + encode(content) + b"\r\n"


def mhtml(*parts: bytes) -> bytes:
    top = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://m.blog.naver.com/isle/1\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\n'
    )
    return top.encode() + b"".join(parts) + b"--B--\r\n"


def page_part(page: str = _PAGE, address: str = "https://m.blog.naver.com/isle/1") -> bytes:
    return part("text/html", address, page.encode(), "quoted-printable")


def only_reading(path: Path) -> tuple[Reading, ImportedArticle]:
    [source] = find_sources([path])
    assert isinstance(source, Source)
    [reading] = readings(source)
    assert isinstance(reading, Reading)
    return reading, reading.load()[0]


def test_page_and_picture_of_an_mhtml_file(tmp_path: Path) -> None:
    path = tmp_path / "섬.mhtml"
    address = "https://postfiles.pstatic.net/A/1.jpg?type=w466"
    path.write_bytes(mhtml(page_part(), part("image/png", address, _PICTURE)))

    reading, article = only_reading(path)

    assert article.title == "작은 섬"
    assert "편지는 한 달에 두 번 간다." in article.body
    assert reading.source.folder.read(article.images[0].reference) == _PICTURE


def test_archive_within_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("섬.mht", mhtml(page_part()))

    assert only_reading(path)[1].title == "작은 섬"


def test_blurred_stand_in_is_not_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    address = "https://postfiles.pstatic.net/A/1.jpg?type=w80_blur"
    path.write_bytes(mhtml(page_part(), part("image/png", address, _PICTURE)))

    reading, article = only_reading(path)

    assert not reading.source.folder.has(article.images[0].reference)


def test_post_that_a_naver_page_frames_in_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    outer = '<html><body>blog.naver.com <iframe id="mainFrame" src="cid:1"></iframe></body></html>'
    inner = page_part(address="https://blog.naver.com/PostView.naver?blogId=isle")
    path.write_bytes(mhtml(page_part(outer), inner))

    assert only_reading(path)[1].title == "작은 섬"


def test_post_that_a_naver_page_frames_in_a_folder(tmp_path: Path) -> None:
    outer = '<!-- saved from blog.naver.com --><iframe id="mainFrame" src="./a_files/PostView.html"></iframe>'
    (tmp_path / "a.html").write_text(outer)
    beside = tmp_path / "a_files"
    beside.mkdir()
    picture = "https://postfiles.pstatic.net/A/1.jpg?type=w466"
    (beside / "PostView.html").write_text(_PAGE.replace(picture, "./1.jpg"))
    (beside / "1.jpg").write_bytes(_PICTURE)

    reading, article = only_reading(tmp_path)

    assert article.title == "작은 섬"
    assert reading.source.label.endswith("/a.html")
    assert reading.source.folder.read(article.images[0].reference) == _PICTURE


def test_safari_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.webarchive"
    address = "https://postfiles.pstatic.net/A/1.jpg?type=w466"
    main = {
        "WebResourceData": _PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceURL": "",
    }
    picture = {
        "WebResourceData": _PICTURE,
        "WebResourceMIMEType": "image/png",
        "WebResourceURL": address,
    }
    archive = {"WebMainResource": main, "WebSubresources": [picture, "nonsense", {}]}
    path.write_bytes(plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))

    reading, article = only_reading(path)

    assert article.title == "작은 섬"
    assert reading.source.folder.read(article.images[0].reference) == _PICTURE


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (mhtml(), "holds no page"),
        (mhtml(*[b"--B\r\n\r\n"] * 5001), "more than 5000 files"),
        (b"bplist00 broken", "cannot be read"),
        (plistlib.dumps(["list"], fmt=plistlib.FMT_BINARY), "holds no page"),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(data)

    with pytest.raises(ImportFailure, match=problem):
        only_reading(path)


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", True),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", True),
        (b"Date: 2024-05-01\nTitle: a note\n\nText", False),
        (b"<html><body>Content-Type: multipart/related</body></html>", False),
    ],
)
def test_how_an_archive_begins(head: bytes, known: bool) -> None:
    assert is_web_archive(head) == known


def test_what_is_a_frame() -> None:
    assert is_frame(b'<!-- https://blog.naver.com/a --><iframe id="mainFrame" src="x">')
    assert not is_frame(b'<p>blog.naver.com</p><iframe id="other" src="x">')
