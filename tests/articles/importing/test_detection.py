import pytest

from articles.importing.detection import detect_format
from articles.importing.documents import ImportFailure
from tests.articles.importing.documents import PAGES


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("---\ntitle: 물레방아\n---\n본문", "a.txt"),
        ("---\n---\n본문", "a.txt"),
        ("# 제목\n\n본문", "a.txt"),
        ("들어가며\n\n![그림](a.png)\n\n본문", "a.txt"),
        ("## 하나\n\n글\n\n## 둘\n\n글", "a"),
        ("아무 표시도 없는 글", "a.md"),
    ],
)
def test_markdown_is_known_by_its_content_or_its_name(source: str, name: str) -> None:
    assert detect_format(source.encode(), name) == "markdown"


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.txt")))
def test_saved_pages_are_text(page: str) -> None:
    assert detect_format((PAGES / page).read_bytes(), page) == "text"


@pytest.mark.parametrize(
    "source",
    [
        "<!DOCTYPE html><html><body>",
        '<?xml version="1.0"?><!DOCTYPE html><html><body>',
        "<div class='post'>\n<p>글</p>\n</div>",
    ],
)
def test_pages_are_known_by_their_tags(source: str) -> None:
    assert detect_format(source.encode(), "page") == "html"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "RSS"),
        (b'<?xml version="1.0"?>\n<blog type="tattertools/1.1" migrational="true">', "TTXML"),
        (b"%PDF-1.7", "save the posts as web pages"),
        (b'{"a": 1}', "JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0", "JPEG"),
        (b"PK\x03\x04", "zip"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_other_sources_are_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(ImportFailure, match=what):
        detect_format(data, "document.txt")
