"""Records from a JSON file, one at a time: memory holds one record and nothing else.

What is no record is skipped by its brackets, undecoded, so that neither its size nor what is in it
matters.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import regex

from articles.importing.documents import BrokenExportError, ImportFailure

MAX_FILE_BYTES = 100_000_000
MAX_RECORD_LENGTH = 4_000_000
MAX_DEPTH = 100

_CHUNK = 1 << 16
_MAX_KEY = 200
_MAX_DIGITS = 18
_BLANK = re.compile(r"[ \t\r\n]*+")
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_FLAT_PIECES = rf'(?:[^"\[\]{{}}]++|{_STRING})*+'
# All that opens nothing which it does not close: numbers, commas, whole strings, simple objects.
# By `regex`: before Python 3.11.5, `re` goes wrong where what a possessive group repeats fails
# half-way through.
_FLAT = regex.compile(
    rf'(?:[^"\[\]{{}}]++|{_STRING}|\[{_FLAT_PIECES}\]|\{{{_FLAT_PIECES}\}})*+', regex.DOTALL
)
_OPENINGS = re.compile(r"[\[{]++")
_CLOSINGS = re.compile(r"[\]}]++")
_IN_STRING = re.compile(r"(?:[^\"\\]++|\\.)*+", re.DOTALL)
_SCALAR = re.compile(r"[^,\[\]{}\"\s]*+")

# The names that lead to a value; a list is as good as each of its entries.
Path = tuple[str, ...]


@dataclass(slots=True)
class Record:
    """An object; `values` is empty where there is a `problem` with it."""

    path: Path
    number: int
    length: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def records(
    stream: BinaryIO, is_record: Callable[[Path], bool], holds_records: Callable[[Path], bool]
) -> Iterator[Record]:
    """Yield the entries at the paths that are records', in the order of the file.

    Values at paths that hold records are gone into, all others skipped.

    Raises BrokenExportError where the file cannot be read on, ImportFailure when it is too large.
    """
    return _Reader(_Text(stream), is_record, holds_records).values(())


def decoded(text: str) -> Any:
    """Return what a JSON text holds, NaN and infinity as None. Raises ValueError, whatever it is."""
    try:
        return json.loads(text, parse_int=_integer, parse_constant=lambda name: None)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_DIGITS else None


class _Text:
    """The file's text as far as it is read, and where reading has come to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._size = 0
        self._lines = 1
        self.buffer = ""
        self.position = 0

    @property
    def line(self) -> int:
        return self._lines + self.buffer.count("\n", 0, self.position)

    def more(self) -> bool:
        """Read on, forgetting what lies behind; False at the end of the file."""
        while True:
            data = self._stream.read(_CHUNK)
            self._size += len(data)
            if self._size > MAX_FILE_BYTES:
                raise ImportFailure(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB")
            text = self._decoder.decode(data, final=not data)
            if text or not data:
                break
        self._lines += self.buffer.count("\n", 0, self.position)
        self.buffer = self.buffer[self.position :] + text
        self.position = 0
        return bool(text)

    def peek(self) -> str:
        """Return the next character that is no blank, "" at the end."""
        while True:
            self.position = _BLANK.match(self.buffer, self.position).end()  # type: ignore[union-attr]
            if self.position < len(self.buffer):
                return self.buffer[self.position]
            if not self.more():
                return ""

    def take(self, expected: str) -> None:
        if self.peek() != expected:
            raise self.broken(f"“{expected}” is missing")
        self.position += 1

    def broken(self, problem: str) -> BrokenExportError:
        return BrokenExportError(self.line, f"this is not well-formed JSON: {problem}")


class _Reader:
    def __init__(
        self, text: _Text, is_record: Callable[[Path], bool], holds_records: Callable[[Path], bool]
    ) -> None:
        self._text = text
        self._is_record = is_record
        self._holds_records = holds_records
        self._count = 0

    def values(self, path: Path, depth: int = 0) -> Iterator[Record]:
        """Yield the records of the value that begins here."""
        opening = self._text.peek()
        if depth > MAX_DEPTH:
            raise self._text.broken(f"it is nested more than {MAX_DEPTH} deep")
        if opening == "[" and (self._is_record(path) or self._holds_records(path)):
            yield from self._entries(path, depth)
        elif self._is_record(path):
            yield self._record(path)
        elif opening == "{" and self._holds_records(path):
            yield from self._members(path, depth)
        else:
            _Value(self._text, 0).read()

    def _entries(self, path: Path, depth: int) -> Iterator[Record]:
        self._text.take("[")
        while self._text.peek() != "]":
            yield from self.values(path, depth + 1)
            if self._text.peek() != "]":
                self._text.take(",")
        self._text.take("]")

    def _members(self, path: Path, depth: int) -> Iterator[Record]:
        self._text.take("{")
        while self._text.peek() != "}":
            name = self._name()
            self._text.take(":")
            yield from self.values((*path, name), depth + 1)
            if self._text.peek() != "}":
                self._text.take(",")
        self._text.take("}")

    def _name(self) -> str:
        if self._text.peek() != '"':
            raise self._text.broken("a name is missing")
        written = _Value(self._text, _MAX_KEY).read()
        try:
            return str(decoded(written)) if written else ""
        except ValueError as error:
            raise self._text.broken("a name cannot be read") from error

    def _record(self, path: Path) -> Record:
        self._count += 1
        value = _Value(self._text, MAX_RECORD_LENGTH)
        written = value.read()
        record = Record(path, self._count, value.length)
        if value.length > MAX_RECORD_LENGTH:
            record.problem = f"it is longer than {MAX_RECORD_LENGTH:,} characters"
        elif value.is_deep:
            record.problem = f"it is nested more than {MAX_DEPTH} deep"
        else:
            try:
                values = decoded(written)
            except ValueError as error:
                values, record.problem = None, f"it is not well-formed JSON: {error}"
            if isinstance(values, dict):
                record.values = values
            else:
                record.problem = record.problem or "it is no object"
        return record


class _Value:
    """A value that is read to its end, and kept as long as it is no longer than `room`."""

    def __init__(self, text: _Text, room: int) -> None:
        self._text = text
        self._room = room
        self._kept: list[str] = []
        self.length = 0
        self.is_deep = False

    def read(self) -> str:
        """Return the value as it is written, "" if it is too long to be kept."""
        opening = self._text.peek()
        if not opening or opening in "]}:,":
            raise self._text.broken("a value is missing")
        if opening == '"':
            self._read_string()
        elif opening in "[{":
            self._read_brackets()
        else:
            self._read_while(_SCALAR)
        return "".join(self._kept) if self.length <= self._room else ""

    def _read_brackets(self) -> None:
        self._advance(self._text.position + 1)
        depth = 1
        while depth:
            self._read_while(_FLAT)
            buffer, position = self._text.buffer, self._text.position
            if buffer[position] == '"':
                self._read_string()
            elif found := _OPENINGS.match(buffer, position):
                depth += found.end() - position
                self._advance(found.end())
            elif found := _CLOSINGS.match(buffer, position, position + depth):
                depth -= found.end() - position
                self._advance(found.end())
            self.is_deep = self.is_deep or depth > MAX_DEPTH

    def _read_string(self) -> None:
        self._advance(self._text.position + 1)
        self._read_while(_IN_STRING)
        # What may stand here is the closing quotation mark, or a backslash at the chunk's end.
        while self._text.buffer[self._text.position] == "\\":
            if not self._text.more():
                raise self._text.broken("it ends within a string")
            self._read_while(_IN_STRING)
        self._advance(self._text.position + 1)

    def _read_while(self, pattern: re.Pattern[str] | regex.Pattern[str]) -> None:
        """Read on while the pattern goes on, to the first character that is none of it."""
        while True:
            found = pattern.match(self._text.buffer, self._text.position)
            if found:
                self._advance(found.end())
            if self._text.position < len(self._text.buffer):
                return
            if not self._text.more():
                if pattern is _SCALAR:
                    return
                raise self._text.broken("it ends in the middle of a value")

    def _advance(self, end: int) -> None:
        self.length += end - self._text.position
        if self.length <= self._room:
            self._kept.append(self._text.buffer[self._text.position : end])
        else:
            self._kept.clear()
        self._text.position = end
