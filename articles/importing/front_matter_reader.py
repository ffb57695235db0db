"""Look up front-matter values by key, in the shapes that blogs give them."""

import re
from collections.abc import Iterable, Iterator, Mapping

TRUE = frozenset({"true", "yes", "on", "y", "1"})
FALSE = frozenset({"false", "no", "off", "n", "0"})

_NAMES = ("name", "title", "label", "slug")
# Where Zola and Hugo keep what is not theirs, or what is a taxonomy.
_NESTED = ("taxonomies", "extra", "params")
_MAX_LIST_DEPTH = 4
_DASHED = re.compile(r"(?:^|\s)-\s*(?=\S)")


class FrontMatterReader:
    """Front-matter values by key, and the warnings that reading them gave."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.warnings: list[str] = []

    def warn(self, key: str, expected: str) -> None:
        self.warnings.append(f"front matter `{key}` is not {expected}; ignored")

    def first(self, *keys: str) -> tuple[str, object]:
        """Return the first of `keys` that has a value, with that value; or ("", None)."""
        for key in keys:
            value = self.values.get(key)
            if value not in (None, "", [], {}):
                return key, value
        return "", None

    def text(self, *keys: str) -> str:
        """Return one line of text, or "" with a warning when the value is no text."""
        key, value = self.first(*keys)
        if isinstance(value, str):
            return " ".join(value.split())
        if value is not None:
            self.warn(key, "text")
        return ""

    def items(self, keys: Iterable[str]) -> list[str]:
        """Return the strings of a list, however nested, or of a string split at commas."""
        key, value = self.first(*keys)
        if isinstance(value, str):
            return [part for part in (piece.strip() for piece in value.split(",")) if part]
        if value is None:
            return []
        strings = list(flat(value))
        if not strings and not _is_blank(value):
            self.warn(key, "a list of words")
        return strings

    def words(self, keys: Iterable[str]) -> list[str]:
        """Like items(), but a plural key's string without commas is split at spaces, as in Jekyll.

        Lists that lost a bracket or a blank are lists all the same.
        """
        key, value = self.first(*keys)
        if not isinstance(value, str):
            return self.items(keys)
        value = value.strip().strip("[]")
        if "," in value:
            return [part.strip().strip("\"'") for part in value.split(",")]
        if value.startswith("-"):
            return [part.strip() for part in _DASHED.split(value)]
        return value.split() if key in ("categories", "tags") or "#" in value else [value]

    def flag(self, key: str) -> bool | None:
        """Return whether a switch is on or off; None where it is neither."""
        value = self.values.get(key)
        word = value.strip().lower() if isinstance(value, str) else None
        return True if word in TRUE else False if word in FALSE else None


def with_nested_values(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values with those of `params`, `extra` and `taxonomies` where the top has none."""
    nested = [values[name] for name in _NESTED if isinstance(values.get(name), Mapping)]
    if not nested:
        return values
    merged: dict[str, object] = {}
    for inner in nested:
        merged |= lowered(inner)
    return {**merged, **values}


def lowered(value: object) -> dict[str, object]:
    """Return a mapping with its keys in lower case; anything else is an empty one."""
    if not isinstance(value, Mapping):
        return {}
    return {str(key).strip().lower(): item for key, item in value.items()}


def flat(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the strings in a value, however nested; of a mapping its name, or `key: value`."""
    if isinstance(value, str):
        if value.strip():
            yield " ".join(value.split())
    elif isinstance(value, list) and depth < _MAX_LIST_DEPTH:
        for item in value:
            yield from flat(item, depth + 1)
    elif isinstance(value, Mapping):
        named = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
        if named:
            yield " ".join(named.split())
        else:
            # `- 가: 나` was meant as a name with a colon in it.
            pairs = [(key, item) for key, item in value.items() if isinstance(item, str)]
            yield from (f"{key}: {item}" for key, item in pairs)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(_is_blank(item) for item in value))
