"""Reading values that may be anything, and saying which is not what it should be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from articles.importing.documents import ImportFailure

_MAX_NUMBER = 2**31 - 1


class Fields:
    """The values of one record by key. Every way of asking raises ImportFailure, naming the key.

    Front matter gives every number as text, JSON gives numbers; either is taken.
    """

    def __init__(self, values: Mapping[str, object], prefix: str = "") -> None:
        self._values = values
        self._prefix = prefix

    def text(self, key: str, default: str = "") -> str:
        value = self._values.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or "\0" in value:
            raise self._failure(key, "text")
        return value

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        value = self.text(key, default)
        if value not in choices:
            raise self._failure(key, f"one of {', '.join(choices)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._failure(key, "a list of texts")
        return tuple(value)

    def number(self, key: str) -> int | None:
        value = self._values.get(key)
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 11:
            value = int(value)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_NUMBER:
            raise self._failure(key, "a whole number")
        return value

    def flag(self, key: str) -> bool:
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise self._failure(key, "true or false")
        return value

    def optional_moment(self, key: str) -> datetime | None:
        written = self.text(key)
        if not written:
            return None
        try:
            moment = datetime.fromisoformat(written)
            # The conversion finds what no clock can show in another zone.
            in_utc = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._failure(key, "a time with its zone") from None
        if moment.tzinfo is None:
            raise self._failure(key, "a time with its zone")
        return in_utc

    def moment(self, key: str) -> datetime:
        found = self.optional_moment(key)
        if found is None:
            raise self._failure(key, "a time with its zone")
        return found

    def within(self, key: str) -> Fields:
        """Return the values below a key, none if it is not there."""
        value = self._values.get(key) or {}
        if not isinstance(value, Mapping):
            raise self._failure(key, "a group of values")
        return Fields({str(name): item for name, item in value.items()}, f"{self._prefix}{key}.")

    def items(self) -> list[tuple[str, object]]:
        return list(self._values.items())

    def groups(self, key: str) -> list[Fields]:
        """Return a list of groups of values."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._failure(key, "a list of groups of values")
        return [Fields(item, f"{self._prefix}{key}.") for item in value]

    def _failure(self, key: str, expected: str) -> ImportFailure:
        return ImportFailure(f"`{self._prefix}{key}` is not {expected}")
