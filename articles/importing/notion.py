"""Notion's Markdown export: names with a number behind them, properties below the title."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"(?P<title>.+?)[ _-]?[0-9a-f]{32}")
_TITLE = re.compile(r"\s*# [^\n]+\n\s*\n")
_PROPERTY = re.compile(r"(?P<key>[^\s:|#>*`\[\]-][^:\n|`\[\]]{0,30}): (?P<value>[^\n]+)")


def title_of_file(stem: str) -> str | None:
    """Return the title in a file name as Notion writes them, None for any other name."""
    match = _NUMBERED.fullmatch(stem)
    return match["title"].strip() if match else None


def take_properties(body: str) -> tuple[dict[str, object], str]:
    """Return the properties below the title, by lower-case name, and the body without them."""
    title = _TITLE.match(body)
    if title is None:
        return {}, body
    values: dict[str, object] = {}
    end = title.end()
    for line in body[title.end() :].split("\n"):
        match = _PROPERTY.fullmatch(line.rstrip())
        if match is None:
            # Properties end with a blank line; a sentence with a colon in it is none.
            return (values, body[: title.end()] + body[end:]) if not line.strip() else ({}, body)
        values[match["key"].strip().lower()] = match["value"].strip()
        end += len(line) + 1
    return values, body[: title.end()]
