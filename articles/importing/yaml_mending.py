"""Mend YAML where its writer's meaning is certain: `title: 가: 나` is a title with a colon in it."""

import re
from collections.abc import Callable

_MAX_REPAIRS = 20
_MAX_LINES = 400

# Blanks that look like blanks and are none to YAML.
_ODD_BLANKS = re.compile(r"[\xa0\u3000\u200b\ufeff]")
_TAB_AFTER_KEY = re.compile(r"^([\w-]+[ ]?:)\t+", re.MULTILINE)
# `- #강` is an empty item with a comment to YAML, and `title: #강` is no title.
_HASHED = re.compile(r"^([ \t]*-[ \t]+|title[ \t]*:[ \t]+)(#\S[^\n]*?)[ \t]*$", re.MULTILINE)

_KEY = re.compile(
    r"(?P<indent>[ \t]*)(?P<key>[\w.-]+(?: [\w.-]+){0,3})[ \t]*[:：][ \t]*(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<indent>[ \t]*)-(?P<space>[ \t]*)(?P<value>\S.*)")
_CRAMPED = re.compile(
    r"(?P<key>title|date|author|layout|category|categories|tags?|slug|subtitle|description|excerpt"
    r"|permalink|published|draft)[:：](?P<value>\S.*)"
)
# Anchors, aliases and tags are what the loader refuses by name; they are never taken for text.
_REFUSED = re.compile(r"(?:[*&][\w-]+(?:[ \t].*)?|!!.*)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[ \t]*(?:#.*)?")


def tidied_yaml(source: str) -> str:
    """Return the source with tabs, odd blanks and hashes as YAML needs them."""
    if "\t" in source:
        source = _TAB_AFTER_KEY.sub(r"\1 ", source)
    if not source.isascii():
        source = _ODD_BLANKS.sub(_blank, source)
    if " #" in source:
        source = _HASHED.sub(lambda match: match[1] + _quoted(match[2]), source)
    return source


def mended_yaml(
    source: str, first_line: int, is_yaml: Callable[[str], bool]
) -> tuple[str, list[str]]:
    """Return the source with lines quoted that are no YAML by themselves, and a warning for each.

    `is_yaml` tells whether a piece can be read.
    """
    lines = source.split("\n")
    repairs: list[str] = []
    if len(lines) > _MAX_LINES:
        return source, repairs
    margin: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        # Text that a `|` or `>` has announced is no YAML.
        if margin is not None and (indent > margin or not line.strip()):
            continue
        announces = (match := _KEY.fullmatch(line)) and _BLOCK_SCALAR.fullmatch(match["value"])
        margin = indent if announces else None
        mended = _mended_line(lines, number, is_yaml)
        if mended is not None and mended != line:
            lines[number] = mended
            repairs.append(
                f"front matter line {number + first_line} was mended: {line.strip()[:80]}"
            )
        if len(repairs) > _MAX_REPAIRS:
            return source, []
    return "\n".join(lines), repairs


def _mended_line(lines: list[str], number: int, is_yaml: Callable[[str], bool]) -> str | None:
    line = lines[number].replace("\t", "  ") if lines[number][:1] == "\t" else lines[number]
    if not line.strip() or line.lstrip().startswith("#"):
        return line
    match = _ITEM.match(line)
    if match is not None:
        # `-강` in a list is an item whose blank was forgotten.
        space = match["space"] or (" " if match["value"][0] != "-" else "")
        if not space or is_yaml(f"a: {match['value']}") or _REFUSED.fullmatch(match["value"]):
            return f"{match['indent']}-{space}{match['value']}" if space else line
        return f"{match['indent']}- {_quoted(match['value'])}"
    if cramped := _CRAMPED.fullmatch(line):
        line = f"{cramped['key']}: {cramped['value']}"
    match = _KEY.fullmatch(line)
    if match is None:
        return line
    indent = "" if _is_astray(lines, number, match["indent"]) else match["indent"]
    value = match["value"].rstrip()
    head = f"{indent}{match['key']}:"
    if not re.search(r"\w", value) or _REFUSED.fullmatch(value) or _BLOCK_SCALAR.fullmatch(value):
        return f"{head} {value}".rstrip()
    if is_yaml(f"a: {value}") or is_yaml(f"a: {_with_continuation(lines, number, value)}"):
        return f"{head} {value}"
    return f"{head} {_quoted(value)}"


def _with_continuation(lines: list[str], number: int, value: str) -> str:
    """Return a value with the lines that go on with it: those indented further, or closing it."""
    rest = []
    for line in lines[number + 1 :]:
        if line.strip() and line[0] not in " \t]}":
            break
        rest.append(line)
    return "\n ".join([value, *rest])


def _is_astray(lines: list[str], number: int, indent: str) -> bool:
    """Whether a key is indented although the key before it has a value, so that it is a sibling."""
    if not 1 <= len(indent) <= 3:
        return False
    before = next((line for line in reversed(lines[:number]) if line.strip()), "")
    match = _KEY.fullmatch(before)
    return bool(match and not match["indent"] and match["value"].strip(" >|-"))


def _quoted(value: str) -> str:
    """Return the value in single quotes, without quotes that its writer put around all of it."""
    value = value.strip()
    for quote in "\"'":
        inner = value[1:-1]
        if len(value) > 1 and value[0] == value[-1] == quote and not _closes(inner, quote):
            value = inner
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _closes(inner: str, quote: str) -> bool:
    """Whether the first quotation mark within closes what the one before it opened."""
    place = inner.find(quote)
    return place > 0 and inner[place - 1] != " " and inner[place + 1 : place + 2] in (" ", ",")


def _blank(match: re.Match[str]) -> str:
    return "" if match[0] in "\u200b\ufeff" else " "
