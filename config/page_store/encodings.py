"""What a page is compressed with, and which of it a client takes (RFC 9110, 12.5.3). Pure."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli
import zstandard

IDENTITY = "identity"
# Compressing less would save less than the header that says so.
LEAST_BYTES = 512
# Each page is compressed once and sent often, but somebody waits for it: all take milliseconds.
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    # Without the time, so that the same page is always the same bytes.
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_LONGEST_HEADER = 200


def compressed(body: bytes, encoding: str) -> bytes:
    """Return the body in one of the encodings that `chosen` returns."""
    return body if encoding == IDENTITY else _COMPRESS[encoding](body)


@lru_cache(maxsize=256)
def chosen(accept_encoding: str) -> str:
    """Return the encoding that a client likes best; of equals, the one that is smallest."""
    if len(accept_encoding) > _LONGEST_HEADER:
        return IDENTITY
    weights = dict(_weight_of(part) for part in accept_encoding.split(","))
    others = weights.get("*", 0.0)
    best, best_weight = IDENTITY, 0.0
    for encoding in _COMPRESS:
        weight = weights.get(encoding, others)
        if weight > best_weight:
            best, best_weight = encoding, weight
    # A client may prefer what is not compressed.
    return best if best_weight >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weight_of(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    key, _, value = parameter.partition("=")
    weight = 1.0
    if key.strip().lower() == "q":
        try:
            weight = float(value)
        except ValueError:
            weight = 0.0
    return name.strip().lower(), weight if 0 <= weight <= 1 else 0.0
