"""Counting what a picture file is made of, before a decoder walks through it.

A decoder reads every block it finds and keeps much of it, so that a few megabytes of empty
blocks, of one-pixel frames or of repeated scans would hold it for minutes. This walk stops at
the limits below; it says nothing about whether the file is sound.
"""

import re
from collections import Counter
from collections.abc import Iterator

# A GIF of 20 MB, which has the smallest blocks, is made of 80,000.
MAX_BLOCKS = 120_000
MAX_FRAMES = 600
# Every scan of a progressive JPEG goes over the whole picture; encoders write about ten.
MAX_SCANS = 64

_SCAN = b"\xda"
_LIMITS = {_SCAN: MAX_SCANS, b"ANMF": MAX_FRAMES, b"fcTL": MAX_FRAMES, b",": MAX_FRAMES}
# What follows a scan: any marker but the ones that stand inside it.
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)


def is_within_reason(data: bytes) -> bool:
    """Whether the file has no more blocks, frames and scans than a picture has use for."""
    counts: Counter[bytes] = Counter()
    for number, block in enumerate(_blocks(data), start=1):
        counts[block] += 1
        if number > MAX_BLOCKS or counts[block] > _LIMITS.get(block, MAX_BLOCKS):
            return False
    return True


def _blocks(data: bytes) -> Iterator[bytes]:
    """Yield a short name for each block of a JPEG, PNG, WebP or GIF; nothing for the rest."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg_markers(data)
    if data.startswith(b"\x89PNG"):
        return _png_chunks(data)
    if data.startswith(b"RIFF"):
        return _riff_chunks(data)
    if data.startswith(b"GIF8"):
        return _gif_blocks(data)
    return iter(())


def _jpeg_markers(data: bytes) -> Iterator[bytes]:
    position = 2
    while match := _NEXT_MARKER.search(data, position):
        yield match[1]
        # The length counts itself; of a scan only its header, and its data is searched through.
        position = match.end() + int.from_bytes(data[match.end() : match.end() + 2], "big")


def _png_chunks(data: bytes) -> Iterator[bytes]:
    position = 8
    while name := data[position + 4 : position + 8]:
        yield name
        position += 12 + int.from_bytes(data[position : position + 4], "big")


def _riff_chunks(data: bytes) -> Iterator[bytes]:
    position = 12
    while name := data[position : position + 4]:
        yield name
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + size + size % 2


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    """Yield `,` for a frame, `!` for an extension, and nothing's name for each block inside."""
    position = 13 + _color_table_size(data[10:11])
    while name := data[position : position + 1]:
        yield name
        if name == b"!":
            position += 2
        elif name == b",":
            position += 11 + _color_table_size(data[position + 9 : position + 10])
        else:
            return
        while size := data[position : position + 1]:
            position += 1 + size[0]
            if size == b"\0":
                break
            yield b""


def _color_table_size(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
