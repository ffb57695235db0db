"""What a parsed document says about an article, cut to what the columns hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model

from articles.importing.documents import ImportedArticle
from articles.importing.image_links import rewrite_image_references
from articles.intake.pictures import PlannedPicture
from articles.languages import KOREAN
from articles.models import Article, Author, Category, Redirect, Series, Tag
from articles.text import one_line

# Field name to a value of JSON's kinds, so that values compare and hash alike everywhere.
Values = dict[str, Any]


# The values that are plain attributes of an article; the others are rows of their own.
COLUMNS = (
    "title",
    "dek",
    "summary",
    "body",
    "canonical_url",
    "language",
    "lead_image_alt",
    "lead_image_caption",
    "lead_image_credit",
)


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

    def line(field: str, what: str, text: str) -> str:
        return _cut(what, text, _room(Article, field), warnings)

    def names(model: type[Model], what: str, written: Sequence[str]) -> list[str]:
        return _names(what, written, _room(model, "name"), warnings)

    values: Values = {
        "title": line("title", "title", document.title),
        "dek": line("dek", "dek", document.dek),
        "summary": [line("summary_1", "summary line", said) for said in document.summary[:3]],
        "body": rewrite_image_references(document.body, urls),
        "authors": names(Author, "author", document.authors or (author,)),
        "category": "".join(names(Category, "category", (document.category or category,))),
        "tags": sorted(names(Tag, "tag", document.tags)),
        "series": _cut("series title", document.series, _room(Series, "title"), warnings),
        "episode": document.episode,
        "canonical_url": _web_address(document.canonical_url, warnings),
        "lead_image": urls.get(document.lead_image, ""),
        "lead_image_alt": line("lead_image_alt", "lead image's alt text", document.lead_alt),
        "lead_image_caption": line(
            "lead_image_caption", "lead image's caption", document.lead_caption
        ),
        "lead_image_credit": line("lead_image_credit", "lead image's credit", document.lead_credit),
    }
    if document.language not in ("", KOREAN):
        # Korean is what an article is in that says nothing.
        values["language"] = document.language
    if not values["authors"]:
        warnings.append("no author found (--author names one)")
    return values, warnings


def current_values(article: Article) -> Values:
    return {
        **columns_of(article),
        "authors": [entry.author.name for entry in article.byline.select_related("author")],
        "tags": sorted(article.tags.names()),
    }


def columns_of(article: Article) -> Values:
    """Return all values but those that are kept beside the article's own row."""
    return {
        "category": article.category.name if article.category else "",
        "series": article.series.title if article.series else "",
        "episode": article.episode,
        "lead_image": article.lead_image.url if article.lead_image else "",
        **{name: getattr(article, name) for name in COLUMNS},
    }


def fingerprints(values: Mapping[str, Any]) -> dict[str, str]:
    """Return by which each value is known again."""
    return {
        name: hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
        for name, value in values.items()
    }


@cache
def _room(model: type[Model], field: str) -> int:
    """Return how many characters the column takes."""
    length: int = model._meta.get_field(field).max_length  # type: ignore[union-attr, assignment]
    return length


def has_room(path: str) -> bool:
    """Whether a redirect can hold the path; SQLite would take a longer one, and nobody else."""
    return len(path) <= _room(Redirect, "old_path")


def _cut(what: str, text: str, length: int, warnings: list[str]) -> str:
    text = one_line(text)
    if len(text) <= length:
        return text
    warnings.append(f"the {what} is longer than {length} characters and was shortened")
    head, _, _ = text[: length - 1].rpartition(" ")
    return (head or text[: length - 1]) + "…"


def _names(what: str, names: Sequence[str], length: int, warnings: list[str]) -> list[str]:
    """Return the names once each, whatever their case, leaving out those too long to be one."""
    found: dict[str, str] = {}
    for name in map(one_line, names):
        if len(name) > length:
            warnings.append(f"a {what} of more than {length} characters was left out: {name[:30]}…")
        elif name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _web_address(address: str, warnings: list[str]) -> str:
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    except ValueError:
        is_web = False
    if is_web and len(address) <= _room(Article, "canonical_url"):
        return address
    warnings.append(f"the canonical address is not a web address: {address[:80]}")
    return ""
