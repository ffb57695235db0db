import pytest

from articles.importing.documents import ImportFailure
from articles.importing.parsing import parse
from tests.articles.importing.documents import PARAGRAPH

POST = "---\ntitle: 강가의 하루\n---\n본문이다.".encode()


def test_format_is_found_by_content() -> None:
    assert parse(POST, "saved.txt").body == "본문이다."


def test_a_named_format_is_obeyed() -> None:
    assert parse(f"제목\n\n{PARAGRAPH}".encode(), "a.md", "text").title == "제목"


@pytest.mark.parametrize("name", ["wordpress", "ghost", "docx"])
def test_a_format_that_is_not_supported_is_refused(name: str) -> None:
    with pytest.raises(ImportFailure, match=name):
        parse(POST, "a", name)


def test_a_large_document_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImportFailure, match="5 MB"):
        parse(b"a" * 6_000_000, "a.md")
