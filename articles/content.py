"""What an article says, as one value: kept as a version, compared, and put back.

A content is JSON: every column that an editor writes by its name, references by their
numbers, `authors` as numbers in the order of the byline, `tags` as names in alphabetical order.
When an article is shown, and whether its discussion is open, is not part of what it says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from articles.models import Article, Author, Category, Image, Series

Content = dict[str, Any]

TEXTS = (
    "title",
    "dek",
    "summary_1",
    "summary_2",
    "summary_3",
    "body",
    "lead_image_alt",
    "lead_image_caption",
    "lead_image_credit",
    "slug",
    "canonical_url",
)
REFERENCES: dict[str, Any] = {"category": Category, "series": Series, "lead_image": Image}
# How the desk calls the parts of a content, in the order in which it shows them.
LABELS = {
    "title": "제목",
    "dek": "부제",
    "summary_1": "요약 첫째 줄",
    "summary_2": "요약 둘째 줄",
    "summary_3": "요약 셋째 줄",
    "body": "본문",
    "authors": "필자",
    "category": "카테고리",
    "tags": "태그",
    "series": "연재",
    "episode": "회차",
    "lead_image": "대표 그림",
    "lead_image_alt": "대표 그림의 대체 텍스트",
    "lead_image_caption": "대표 그림의 설명",
    "lead_image_credit": "대표 그림의 출처",
    "slug": "주소",
    "canonical_url": "원문 주소",
}
# A change of one of these is a revision of the text, which readers are told about.
TOLD_TO_READERS = frozenset(
    {"title", "dek", "summary_1", "summary_2", "summary_3", "body"}
    | {name for name in LABELS if name.startswith("lead_image")}
)


def content_of(article: Article) -> Content:
    """Return what the stored article says, in two queries."""
    authors = article.byline.order_by("position", "pk").values_list("author_id", flat=True)
    return with_relations(article, authors=authors, tags=article.tags.names())


def with_relations(article: Article, *, authors: Iterable[int], tags: Iterable[str]) -> Content:
    """Return what the article says with this byline and these tags, whatever is stored.

    Texts are in the form in which they are stored, or the same words would have two digests.
    """
    content: Content = {name: _as_stored(name, getattr(article, name)) for name in TEXTS}
    content |= {name: getattr(article, f"{name}_id") for name in REFERENCES}
    return content | {
        "episode": article.episode,
        "authors": list(authors),
        "tags": sorted(set(tags)),
    }


def digest_of(content: Content) -> str:
    """Return the SHA-256 of a content in hexadecimal; the same words have the same digest."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def changed_parts(before: Content, after: Content) -> list[str]:
    """Name the parts in which two contents differ, in the order of `LABELS`."""
    return [name for name in LABELS if before.get(name) != after.get(name)]


def reading_of(name: str, value: Any) -> str:
    """Return the value of one part of a content as somebody reads it: names for numbers."""
    if name == "authors":
        found = Author.objects.in_bulk(value or ())
        return ", ".join(
            found[key].name if key in found else "(지워진 필자)" for key in value or ()
        )
    if name == "tags":
        return ", ".join(value or ())
    if name in REFERENCES and value is not None:
        row = REFERENCES[name].objects.filter(pk=value).first()
        return str(row) if row else "(지워진 항목)"
    return "" if value is None else str(value)


def lay_over(article: Article, content: Content) -> list[str]:
    """Set the article's columns to what a content says, without saving.

    Returns the names of the references that lead nowhere any more and were left empty.
    """
    lost = []
    for name in TEXTS:
        setattr(article, name, content.get(name, ""))
    article.episode = content.get("episode")
    for name, model in REFERENCES.items():
        key = content.get(name)
        found = key if key is not None and _exists(model, key) else None
        if key is not None and found is None:
            lost.append(name)
        setattr(article, f"{name}_id", found)
    # An imported episode whose series nobody knows yet keeps its number.
    if "series" in lost:
        article.episode = None
    return lost


def authors_of(content: Content) -> list[Author]:
    """Return the byline of a content in its order, without who is no longer there."""
    keys: Sequence[int] = content.get("authors", ())
    found = Author.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def write(article: Article, content: Content) -> list[str]:
    """Make a content what the article says, in the database; returns as `lay_over` does."""
    lost = lay_over(article, content)
    article.save()
    authors = authors_of(content)
    if len(authors) < len(content.get("authors", ())):
        lost.append("authors")
    article.set_authors(authors)
    article.tags.set(content.get("tags", ()))
    return lost


def _as_stored(name: str, text: str) -> Any:
    field: Any = Article._meta.get_field(name)
    return field.get_prep_value(text)


def _exists(model: Any, key: int) -> bool:
    return bool(model.objects.filter(pk=key).exists())
