"""Read pages saved from the web as HTML."""

from articles.importing.documents import ImportedArticle, ImportFailure


def parse_page(data: bytes, name: str) -> ImportedArticle:
    """Return the article on the HTML page `data`; `name` is its path or file name.

    Raises ImportFailure when it cannot be decoded or holds no running text.
    """
    raise ImportFailure("this looks like an HTML page (html), which is not supported yet")
