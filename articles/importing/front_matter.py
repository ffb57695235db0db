"""Find an article's front matter, in whatever notation a blog writes it, and split it off.

YAML between `---` lines, TOML between `+++` lines, JSON in braces, Hexo's YAML without an opening
line and JSON without braces, and a head of `Key: value` lines.
"""

import json
import re
from dataclasses import dataclass, field

from articles.importing.documents import ImportFailure
from articles.importing.front_matter_values import json_values, toml_values, yaml_values

MAX_FRONT_MATTER_CHARACTERS = 64 * 1024

# What may stand before front matter: blank lines and comments.
_BEFORE = re.compile(r"[\s\ufeff]*+(?:<!--(?:(?!-->)[^\0]){0,2000}-->\s*+){0,5}")
_FENCE = re.compile(r"---[ \t\xa0]*\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t\xa0]*$", re.MULTILINE)
_TOML_FENCE = re.compile(r"\+\+\+[ \t]*\n")
_CLOSING_TOML_FENCE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_CLOSING_SEMICOLONS = re.compile(r"^;;;[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(
    r"\s*(?:[\w.-]+(?: [\w.-]+){0,3}|\"[^\"\n]+\"|'[^'\n]+')\s*[:：](?:\s|$)|(?:title|date)[:：]\S"
)
# What YAML needs a first line to begin with when it is neither a key nor prose.
_YAML_OPENING = re.compile(r"\s*(?:[{&]|!!|\[(?![^\]\n]*\]\())")
# The keys that tell a head without an opening line from prose with colons in it.
_KNOWN_KEYS = frozenset(
    [
        "title",
        "date",
        "author",
        "authors",
        "category",
        "categories",
        "tag",
        "tags",
        "layout",
        "slug",
        "status",
        "summary",
        "draft",
        "modified",
        "published",
        "updated",
        "permalink",
        "comments",
        "toc",
        "description",
        "subtitle",
        "keywords",
        "thumbnail",
        "excerpt",
        "cover",
        "id",
        "lang",
        "language",
        "series",
        "template",
    ]
)
_HEAD_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30})[ \t]*:(?:[ \t]|$)")
_INDENTED = re.compile(r"[ \t]+\S|- ")
_MAX_HEAD_LINES = 60
_JSON_OPENING = re.compile(r"\{\s*\"")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter with its keys in lower case, and the text that follows it.

    `present` is true also when the front matter is there but empty. `warnings` tell what had to be
    mended.
    """

    values: dict[str, object] = field(default_factory=dict)
    body: str = ""
    present: bool = False
    warnings: tuple[str, ...] = ()


def has_front_matter(text: str) -> bool:
    """Tell whether `text` opens with front matter rather than with a thematic break."""
    start = _start(text)
    if _TOML_FENCE.match(text, start) or _yaml_start(text, start) is not None:
        return True
    return _json_end(text, start) is not None or _head_end(text, start) is not None


def split_front_matter(text: str, *, longest: int = MAX_FRONT_MATTER_CHARACTERS) -> FrontMatter:
    """Return the front matter and body of `text`.

    A line whose meaning is certain is mended. Raises ImportFailure, naming the line, for front
    matter that is never closed, is not in its notation, is not a mapping, or uses aliases, Python
    objects or absurd nesting.
    """
    start = _start(text)
    if fence := _TOML_FENCE.match(text, start):
        source, after, line = _between(text, fence.end(), _CLOSING_TOML_FENCE, longest)
        return FrontMatter(toml_values(source, line), text[after:], present=True)
    if (opened := _yaml_start(text, start)) is not None:
        source, after, line = _between(text, opened, _CLOSING_FENCE, longest)
        return _yaml(source, text[after:], line)
    if (end := _json_end(text, start)) is not None:
        return FrontMatter(json_values(text[start:end]), text[end:], present=True)
    if (ended := _head_end(text, start)) is not None:
        end, after = ended
        line = text.count("\n", 0, start) + 1
        if text.startswith('"', start):
            return FrontMatter(json_values(_braced(text[start:end])), text[after:], present=True)
        return _yaml(text[start:end], text[after:], line)
    return FrontMatter(body=text)


def _yaml(source: str, body: str, first_line: int) -> FrontMatter:
    values, warnings = yaml_values(source, first_line)
    return FrontMatter(values, body, present=True, warnings=tuple(warnings))


def _between(text: str, start: int, closing: re.Pattern[str], longest: int) -> tuple[str, int, int]:
    """Return what stands up to the closing line, where that line ends, and the first line's number."""
    first_line = text.count("\n", 0, start) + 1
    end = closing.search(text, start)
    if end is None:
        raise ImportFailure(f"front matter opened on line {first_line - 1} is never closed")
    if end.start() - start > longest:
        raise ImportFailure(f"front matter is larger than {longest // 1024} kB")
    return text[start : end.start()], end.end(), first_line


def _start(text: str) -> int:
    before = _BEFORE.match(text)
    return before.end() if before else 0


def _yaml_start(text: str, start: int) -> int | None:
    """Return the offset just after the opening fence, or None."""
    fence = _FENCE.match(text, start)
    if fence is None:
        return None
    closing = _CLOSING_FENCE.search(text, fence.end())
    block = text[fence.end() : closing.start()] if closing else text[fence.end() :]
    first = next(
        (line for line in block.split("\n") if line.strip() and not line.lstrip().startswith("#")),
        None,
    )
    if first is None:
        return fence.end() if closing else None
    # A thematic break may open a document too; its first line of prose has no `key:`.
    opens_yaml = _KEY_LINE.match(first) or _YAML_OPENING.match(first)
    return fence.end() if opens_yaml else None


def _json_end(text: str, start: int) -> int | None:
    """Return where a JSON object that is followed by a body ends, or None."""
    if _JSON_OPENING.match(text, start) is None:
        return None
    head = text[start : start + MAX_FRONT_MATTER_CHARACTERS]
    try:
        value, length = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError):
        return None
    rest = text[start + length : start + length + 1]
    keys = {str(key).lower() for key in value}
    return start + length if rest in ("", "\n", " ") and keys & {"title", "date"} else None


def _head_end(text: str, start: int) -> tuple[int, int] | None:
    """Return where a head without an opening line ends, and where the body begins, or None.

    It is closed by `---` or `;;;`, as in Hexo, or by a blank line, as in MultiMarkdown. Its keys
    must be those of blogs, and one of them the title.
    """
    keys: set[str] = set()
    position = start
    for count, line in enumerate(text[start : start + MAX_FRONT_MATTER_CHARACTERS].split("\n")):
        is_fence = _CLOSING_FENCE.fullmatch(line) or _CLOSING_SEMICOLONS.fullmatch(line)
        if is_fence or not line.strip():
            is_sure = "title" in keys and (is_fence or len(keys) > 1)
            return (position, position + len(line)) if is_sure else None
        match = _HEAD_LINE.match(line.strip('"').replace('":', ":", 1))
        key = match["key"].lower() if match else ""
        if key in _KNOWN_KEYS:
            keys.add(key)
        elif count >= _MAX_HEAD_LINES or not (keys and (match or _INDENTED.match(line))):
            return None
        position += len(line) + 1
    return None


def _braced(source: str) -> str:
    return "{" + source.strip().rstrip(",") + "}"
