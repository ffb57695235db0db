"""Documents and exports that nobody wrote so: an article, a comment, or a refusal by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, BinaryIO

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.dates import ImpossibleDateError, find_dates, moment_of, read_date
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.front_matter import has_front_matter, split_front_matter
from articles.importing.parsing import parse, readings
from articles.importing.readings import Reading
from articles.importing.sources import Source, printable
from articles.moving.documents import pending_restored, pending_written, restored, written
from articles.rendering import RenderingError, render
from comments.importing.documents import ImportedComment
from comments.importing.parsing import FORMATS, read
from tests.fuzz import documents
from tests.fuzz.bounds import at_most
from tests.fuzz.mutations import any_text, encoded, mutated

MOST_SECONDS = 5.0
# A NUL, or a lone surrogate.
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")


class _OneFile:
    """A folder that holds one file, whatever it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def documents(self) -> Iterator[str]:
        return iter(("one",))

    def has(self, name: str) -> bool:
        return False

    def named(self, file_name: str) -> list[str]:
        return []

    def read(self, name: str) -> bytes:
        return self._data

    def open(self, name: str) -> BinaryIO:
        return BytesIO(self._data)


def _taken(read_one: Callable[..., Any], *arguments: object) -> Any:
    """Return what is read, or None for what is refused, which takes one line."""
    try:
        return read_one(*arguments)
    except ImportFailure as failure:
        problem = str(failure)
    assert "\n" not in problem
    return None


def _flaws(article: ImportedArticle) -> list[str]:
    """Return what of an article no database holds; its body is rendered, or refused by name."""
    texts = (
        *(article.title, article.body, article.slug, article.dek, article.category, article.series),
        *(*article.summary, *article.authors, *article.tags, *article.old_paths, *article.warnings),
        *(article.canonical_url, article.lead_image, article.lead_alt, article.lead_caption),
    )
    flaws = [text for text in texts if _UNSTORABLE.search(text)]
    if article.published_at is not None and article.published_at.tzinfo is None:
        flaws.append("published_at")
    with suppress(RenderingError):
        render(article.body)
    return flaws


def _flaws_of_document(data: bytes, name: str, format_name: str = "auto") -> list[str]:
    with at_most(MOST_SECONDS):
        article = _taken(parse, data, name, format_name)
    return [] if article is None else _flaws(article)


def _flaws_of_export(data: bytes, name: str, format_name: str) -> list[str]:
    source = Source(name, name, name, _OneFile(data))
    with at_most(MOST_SECONDS):
        try:
            found = [each for each in readings(source, format_name) if isinstance(each, Reading)]
        except ImportFailure:
            return []
        loaded = [_taken(reading.load) for reading in found[:20]]
    return [flaw for article, _ in filter(None, loaded) for flaw in _flaws(article)]


@given(data=encoded(documents.PAGES))
def test_a_page_becomes_an_article_or_is_refused(data: bytes) -> None:
    assert _flaws_of_document(data, "page.html") == []


@given(data=encoded(documents.TEXTS))
def test_a_text_becomes_an_article_or_is_refused(data: bytes) -> None:
    assert _flaws_of_document(data, "page.txt", "text") == []


@given(data=encoded(documents.MARKDOWN), name=st.sampled_from(["2024-01-01-글.md", "a.mdx", "x"]))
def test_a_post_becomes_an_article_or_is_refused(data: bytes, name: str) -> None:
    assert _flaws_of_document(data, name, "markdown") == []


@given(
    data=encoded([*documents.MARKDOWN, *documents.TEXTS, *documents.PAGES]) | st.binary(),
    name=any_text(12),
)
def test_a_file_of_any_kind_and_name_is_known_or_refused(data: bytes, name: str) -> None:
    # What finds documents gives them names of one line.
    assert _flaws_of_document(data, printable(name)) == []


@given(data=encoded(documents.WORDPRESS))
def test_a_wordpress_export_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert _flaws_of_export(data, "export.xml", "wordpress") == []


@given(data=encoded(documents.GHOST))
def test_a_ghost_export_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert _flaws_of_export(data, "export.json", "ghost") == []


@given(text=mutated(documents.MARKDOWN) | any_text())
def test_front_matter_is_read_or_refused(text: str) -> None:
    with at_most(1.0):
        try:
            matter = split_front_matter(text)
        except ImportFailure:
            return
    assert text.endswith(matter.body)
    assert matter.present == has_front_matter(text)
    assert all(key == key.lower() for key in matter.values)


@given(article=encoded(documents.OWN_ARTICLES), pending=encoded(documents.OWN_PENDING))
def test_a_file_of_our_own_export_is_restored_or_refused(article: bytes, pending: bytes) -> None:
    if (record := _taken(restored, article)) is not None:
        assert restored(written(record)) == record
    if (waiting := _taken(pending_restored, pending)) is not None:
        assert pending_restored(pending_written(waiting)) == waiting


@given(
    data=encoded(documents.COMMENTS, most_changes=3),
    format_name=st.sampled_from(["auto", *FORMATS]),
)
def test_an_export_of_comments_is_read_as_far_as_it_goes(data: bytes, format_name: str) -> None:
    found = []
    with at_most(MOST_SECONDS), suppress(ImportFailure):
        found.extend(read(BytesIO(data), format_name))
    assert [each for each in found if _UNSTORABLE.search(repr(each))] == []
    moments = [each.created_at for each in found if isinstance(each, ImportedComment)]
    assert all(moment.tzinfo for moment in moments if moment is not None)


@given(text=mutated(documents.DATES) | any_text())
def test_a_date_is_read_or_is_none(text: str) -> None:
    moments = [moment_of(text), *(found.moment for found in find_dates(text))]
    with suppress(ImpossibleDateError):
        moments.append(read_date(text))
    assert all(moment.tzinfo for moment in moments if moment is not None)
