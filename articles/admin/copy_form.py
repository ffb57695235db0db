"""The article's form as plain strings: as a browser sent it, kept, compared, and put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from articles.admin.fields import MarkdownField, names_in
from articles.admin.forms import ArticleForm
from articles.content import LABELS, REFERENCES, TEXTS, Content
from articles.text import one_line, storable, whole_number

Fields = dict[str, str]

NAMES = frozenset(ArticleForm.Meta.fields)
ROWS = "byline-"
_ROW = re.compile(rf"{ROWS}(\d{{1,3}})-(?:author|position|DELETE)")


def fields_of(posted: Mapping[str, Any]) -> Fields:
    """Return what was posted of the article itself, in a form that every database holds."""
    return {
        name: storable(value).replace("\r\n", "\n").replace("\r", "\n")
        for name, value in posted.items()
        if isinstance(value, str) and (name in NAMES or _ROW.fullmatch(name))
    }


def content_of_fields(fields: Mapping[str, str], otherwise: Content) -> Content:
    """Return what the fields say; what they do not say, or say badly, is as in `otherwise`."""
    content = dict(otherwise)
    content |= {name: _text(name, fields[name]) for name in TEXTS if fields.get(name) is not None}
    if not content["slug"]:
        # An empty address is filled in when the article is saved.
        content["slug"] = otherwise.get("slug", "")
    for name in (*REFERENCES, "episode"):
        if name in fields and (fields[name] == "" or whole_number(fields[name]) is not None):
            content[name] = whole_number(fields[name])
    if "tags" in fields:
        content["tags"] = sorted(names_in(fields["tags"]))
    if any(name.startswith(ROWS) for name in fields):
        content["authors"] = authors_in(fields)
    return content


def fields_of_content(content: Content) -> Fields:
    """Return the fields of a form that says this."""
    fields = {name: str(content.get(name, "")) for name in TEXTS}
    for name in (*REFERENCES, "episode"):
        fields[name] = "" if content.get(name) is None else str(content[name])
    fields["tags"] = ", ".join(content.get("tags", ()))
    for position, author in enumerate(content.get("authors", ())):
        fields[f"{ROWS}{position}-author"] = str(author)
        fields[f"{ROWS}{position}-position"] = str(position)
    return fields


def texts_of(fields: Fields) -> list[tuple[str, str, int]]:
    """Return the texts of a form that are not empty: label, text and how many rows they need."""
    return [
        (LABELS[name], fields[name], 16 if name == "body" else 2)
        for name in LABELS
        if name in TEXTS and fields.get(name, "").strip()
    ]


def initial_of(fields: Mapping[str, str]) -> Fields:
    """Return the fields of the article as a form can begin with them, however bad they are."""
    initial = {name: value for name, value in fields.items() if name in NAMES}
    for name in REFERENCES:
        if name in initial and whole_number(initial[name]) is None:
            initial[name] = ""
    return initial


def authors_in(fields: Mapping[str, str]) -> list[int]:
    """Return the numbers of the authors in the rows of the byline, in order."""
    rows = sorted(_rows(fields))
    return list(dict.fromkeys(author for *_, author in rows))


def _rows(fields: Mapping[str, str]) -> Iterator[tuple[bool, int, int, int]]:
    """The rows as the byline orders them: those without a number come last."""
    for name, value in fields.items():
        found = _ROW.fullmatch(name)
        author = whole_number(value)
        if found is None or not name.endswith("-author") or author is None:
            continue
        row = int(found[1])
        if fields.get(f"{ROWS}{row}-DELETE"):
            continue
        position = whole_number(fields.get(f"{ROWS}{row}-position", ""))
        yield position is None, position or 0, row, author


def _text(name: str, value: str) -> str:
    return str(MarkdownField().to_python(value)) if name == "body" else one_line(value)
