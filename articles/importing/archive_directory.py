"""How much a zip archive's directory holds, told before anything reads it as a whole.

After APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16: an archive ends with a record that says so, and
a large one has a longer record that a locator right before it leads to.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

_END = struct.Struct("<4s8xL")
_END_MARK = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 0xFFFF
_LOCATOR = struct.Struct("<4s4xQ4x")
_LOCATOR_MARK = b"PK\x06\x07"
_LONG_END = struct.Struct("<4s36xQ")
_LONG_END_MARK = b"PK\x06\x06"
_NUMBER_ENDS = 0xFFFF_FFFF
_ENTRY_MARK = b"PK\x01\x02"
_PIECE = 1 << 20


def is_directory_within(file: BinaryIO, length: int, entries: int) -> bool:
    """Whether the archive's directory is no longer than `length` bytes, and of so many entries.

    Entries are counted, because the number that the archive gives may be a lie.
    """
    end, found = _directory(file)
    if found > length:
        return False
    file.seek(max(0, end - found))
    count, before = 0, b""
    while (left := end - file.tell()) > 0 and (piece := file.read(min(left, _PIECE))):
        count += (before + piece).count(_ENTRY_MARK)
        before = piece[1 - len(_ENTRY_MARK) :]
    return count <= entries


def directory_length(file: BinaryIO) -> int:
    """Return the length in bytes that the archive gives its directory, or 0 where it gives none."""
    return _directory(file)[1]


def _directory(file: BinaryIO) -> tuple[int, int]:
    """Return where what follows the directory ends at the latest, and the directory's length."""
    size = file.seek(0, 2)
    start = max(0, size - _END_LENGTH - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) - place < _END_LENGTH:
        return 0, 0
    _, length = _END.unpack_from(tail, place)
    end = start + place
    if length == _NUMBER_ENDS:
        return end, _length_of_large(file, end) or length
    return end, int(length)


def _length_of_large(file: BinaryIO, end: int) -> int:
    file.seek(max(0, end - _LOCATOR.size))
    mark, place = _LOCATOR.unpack(file.read(_LOCATOR.size).ljust(_LOCATOR.size, b"\0"))
    if mark != _LOCATOR_MARK:
        return 0
    file.seek(min(place, end))
    mark, length = _LONG_END.unpack(file.read(_LONG_END.size).ljust(_LONG_END.size, b"\0"))
    return int(length) if mark == _LONG_END_MARK else 0
