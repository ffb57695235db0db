"""The way in for every source format: bytes of one document to one article."""

from collections.abc import Callable

from articles.importing.detection import detect_format
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.markdown_source import parse_markdown
from articles.importing.text_source import parse_text

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
