"""The way in for every source format: bytes of one document to one article, a source to many."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from articles.importing.checkouts import left_out_as
from articles.importing.detection import (
    HEAD_LENGTH,
    detect_format,
    is_ghost_export,
    is_wordpress_export,
)
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.ghost_export import read_ghost
from articles.importing.html_source import parse_page
from articles.importing.markdown_source import parse_markdown
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Folder, Source
from articles.importing.text_source import parse_text
from articles.importing.web_archive import (
    is_frame,
    is_web_archive,
    read_frame,
    read_web_archive,
)
from articles.importing.wordpress_export import read_wordpress

_PARSERS: dict[str, Callable[[bytes, str], ImportedArticle]] = {
    "html": parse_page,
    "text": parse_text,
}


class _ReadExport(Protocol):
    def __call__(self, source: Source, *, takes_pages: bool) -> Iterator[Reading | Remainder]: ...


# The formats of which one file holds many documents, and how their beginning is known.
_EXPORTS: dict[str, tuple[Callable[[bytes], bool], _ReadExport]] = {
    "wordpress": (is_wordpress_export, read_wordpress),
    "ghost": (is_ghost_export, read_ghost),
}
# Pages of which the file is not the page itself.
_WRAPPED_PAGES: tuple[tuple[Callable[[bytes], bool], _ReadExport], ...] = (
    (is_web_archive, read_web_archive),
    (is_frame, read_frame),
)


def parse(
    data: bytes,
    name: str,
    format: str = "auto",  # noqa: A002
    folder: Folder | None = None,
) -> ImportedArticle:
    """Return the article in the document `data`, whose path or file name is `name`.

    `format` is "auto", "markdown", "html" or "text"; `folder` is where that path leads, for what
    other files there say of the document. Raises ImportFailure, saying in one English line
    what is wrong, for any document that does not become an article.
    """
    detected = detect_format(data, name) if format == "auto" else format
    if detected == "markdown":
        return parse_markdown(data, name, folder)
    parser = _PARSERS.get(detected)
    if parser is None:
        raise ImportFailure(f"the format '{detected}' is not supported yet")
    return parser(data, name)


def readings(
    source: Source, format_name: str = "auto", *, takes_pages: bool = True
) -> Iterator[Reading | Remainder]:
    """Yield the documents that the source holds: many of an export, of anything else one.

    `takes_pages` is whether a blog's pages are documents too. Raises ImportFailure for an export
    that cannot be read as a whole.
    """
    if read := _export_reader(source, format_name):
        yield from read(source, takes_pages=takes_pages)
    elif kind := left_out_as(source, takes_pages=takes_pages):
        yield Remainder(source.label, Counter({kind: 1}))
    else:
        yield Reading(source, partial(_load, source, format_name))


def _export_reader(source: Source, format_name: str) -> _ReadExport | None:
    if format_name in _EXPORTS:
        return _EXPORTS[format_name][1]
    if format_name not in ("auto", "html"):
        return None
    with source.open() as stream:
        head = stream.read(HEAD_LENGTH)
    known = (*(_EXPORTS.values() if format_name == "auto" else ()), *_WRAPPED_PAGES)
    return next((read for is_export, read in known if is_export(head)), None)


def _load(source: Source, format_name: str) -> tuple[ImportedArticle, bytes]:
    data = source.read()
    return parse(data, source.name, format_name, source.folder), data
