"""The way in for every source format: bytes of one document to one article, a source to many."""

from collections.abc import Callable, Iterator
from functools import partial

from articles.importing.detection import HEAD_LENGTH, detect_format, is_wordpress_export
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.markdown_source import parse_markdown
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source
from articles.importing.text_source import parse_text
from articles.importing.wordpress_export import read_wordpress

_PARSERS: dict[str, Callable[[bytes, str], ImportedArticle]] = {
    "markdown": parse_markdown,
    "text": parse_text,
}


def parse(data: bytes, name: str, format: str = "auto") -> ImportedArticle:  # noqa: A002
    """Return the article in the document `data`, whose path or file name is `name`.

    `format` is "auto", "markdown" or "text". Raises ImportFailure, saying in one English line
    what is wrong, for any document that does not become an article.
    """
    detected = detect_format(data, name) if format == "auto" else format
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
    if format_name == "wordpress" or (format_name == "auto" and _is_export(source)):
        yield from read_wordpress(source, takes_pages=takes_pages)
    else:
        yield Reading(source, partial(_load, source, format_name))


def _is_export(source: Source) -> bool:
    with source.open() as stream:
        return is_wordpress_export(stream.read(HEAD_LENGTH))


def _load(source: Source, format_name: str) -> tuple[ImportedArticle, bytes]:
    data = source.read()
    return parse(data, source.name, format_name), data
