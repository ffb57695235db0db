"""What a parsed document says about an article, cut to what the columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from articles.importing.documents import ImportedArticle
from articles.importing.image_links import rewrite_image_references
from articles.intake.pictures import PlannedPicture
from articles.text import normalised

# Field name to a value of JSON's kinds, so that values compare and hash alike everywhere.
Values = dict[str, Any]

TITLE_LENGTH = 200
DEK_LENGTH = 300
SUMMARY_LENGTH = 200
AUTHOR_LENGTH = 60
CATEGORY_LENGTH = 40
TAG_LENGTH = 100
URL_LENGTH = 500


def values_of(
    document: ImportedArticle,
    pictures: Sequence[PlannedPicture],
    *,
    author: str = "",
    category: str = "",
) -> tuple[Values, list[str]]:
    """Return the article's values and a warning for each that had to be shortened or left out.

    `author` and `category` stand in where the document names none.
    """
    warnings: list[str] = []
    urls = {picture.reference: picture.url for picture in pictures}
    values: Values = {
        "title": _cut("title", document.title, TITLE_LENGTH, warnings),
        "dek": _cut("dek", document.dek, DEK_LENGTH, warnings),
        "summary": [
            _cut("summary line", line, SUMMARY_LENGTH, warnings) for line in document.summary[:3]
        ],
        "body": rewrite_image_references(document.body, urls),
        "authors": _names("author", document.authors or (author,), AUTHOR_LENGTH, warnings),
        "category": "".join(
            _names("category", (document.category or category,), CATEGORY_LENGTH, warnings)
        ),
        "tags": sorted(_names("tag", document.tags, TAG_LENGTH, warnings)),
        "series": _cut("series title", document.series, 120, warnings),
        "episode": document.episode,
        "canonical_url": _web_address(document.canonical_url, warnings),
        "lead_image": urls.get(document.lead_image, ""),
        "lead_image_alt": _cut("lead image's alt text", document.lead_alt, 300, warnings),
        "lead_image_caption": _cut("lead image's caption", document.lead_caption, 300, warnings),
        "lead_image_credit": _cut("lead image's credit", document.lead_credit, 120, warnings),
    }
    if not values["authors"]:
        warnings.append("no author found (--author names one)")
    return values, warnings


def _one_line(text: str) -> str:
    return " ".join(normalised(text).split())


def _cut(what: str, text: str, length: int, warnings: list[str]) -> str:
    text = _one_line(text)
    if len(text) <= length:
        return text
    warnings.append(f"the {what} is longer than {length} characters and was shortened")
    head, _, _ = text[: length - 1].rpartition(" ")
    return (head or text[: length - 1]) + "…"


def _names(what: str, names: Sequence[str], length: int, warnings: list[str]) -> list[str]:
    """Return the names once each, whatever their case, leaving out those too long to be one."""
    found: dict[str, str] = {}
    for name in map(_one_line, names):
        if len(name) > length:
            warnings.append(f"a {what} of more than {length} characters was left out: {name[:30]}…")
        elif name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _web_address(address: str, warnings: list[str]) -> str:
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and parts.netloc and len(address) <= URL_LENGTH:
        return address
    warnings.append(f"the canonical address is not a web address: {address[:80]}")
    return ""
