"""A page as it is kept: its bytes in every encoding that was asked for, and its headers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock

from config.page_store.encodings import IDENTITY, LEAST_BYTES, compressed

Headers = list[tuple[str, str]]

# What keeping a page costs besides its bytes, roughly.
_OVERHEAD = 4_000
_SHARED_AGE = re.compile(r"s-maxage=(\d+)")
_STALE = re.compile(r", stale-[a-z-]+=\d+")
# Headers that are said anew for each encoding, or belong to one answer alone.
_OWN = frozenset({"content-length", "content-encoding", "etag", "vary", "x-cache"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a page, ready to be sent."""

    headers: Headers
    body: bytes


class StoredPage:
    """A page with the Unix times until which it is right.

    From `renewed_at` on it shows counts that may have changed, and is made anew by whoever asks
    first. From `ends_at` on it is wrong. `kept_in_front` says how many seconds caches may keep it.
    """

    __slots__ = (
        "_headers",
        "_lock",
        "_variants",
        "ends_at",
        "etag",
        "kept_in_front",
        "last_modified",
        "renewed_at",
        "size",
        "tags",
    )

    def __init__(
        self,
        body: bytes,
        headers: Headers,
        *,
        etag: str,
        tags: frozenset[str],
        renewed_at: float,
        ends_at: float,
        last_modified: int | None = None,
    ) -> None:
        self.tags = tags
        # Weak, because it stands for all encodings of the page.
        self.etag = f'W/"{etag}"'
        self.renewed_at = renewed_at
        self.ends_at = ends_at
        self.last_modified = last_modified
        self.kept_in_front = _shared_age(headers)
        self._headers = [(name, value) for name, value in headers if name.lower() not in _OWN]
        self._headers += [("ETag", self.etag), ("Vary", "Accept-Encoding")]
        self._lock = Lock()
        self._variants = {IDENTITY: self._variant(body, IDENTITY)}
        self.size = len(body) + _OVERHEAD

    def variant(self, encoding: str) -> Variant:
        """Return the page in an encoding, which is made when it is asked for first."""
        found = self._variants.get(encoding)
        if found is not None:
            return found
        plain = self._variants[IDENTITY]
        with self._lock:
            if encoding not in self._variants:
                self._variants[encoding] = self._compressed(plain, encoding)
            return self._variants[encoding]

    def not_modified(self) -> Headers:
        """Return the headers of an answer that the client has the page already."""
        left_out = {"content-type", "content-language"}
        return [(name, value) for name, value in self._headers if name.lower() not in left_out]

    def _compressed(self, plain: Variant, encoding: str) -> Variant:
        if len(plain.body) < LEAST_BYTES:
            return plain
        body = compressed(plain.body, encoding)
        return self._variant(body, encoding)

    def _variant(self, body: bytes, encoding: str) -> Variant:
        headers = [*self._headers, ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            headers.append(("Content-Encoding", encoding))
        return Variant(headers, body)


def _shared_age(headers: Headers) -> int:
    ages = (_SHARED_AGE.search(value) for name, value in headers if name == "Cache-Control")
    return next((int(found[1]) for found in ages if found), 0)


def kept_shorter(headers: Headers, seconds: int) -> Headers:
    """Let caches in front keep an answer for that long, and no longer after it."""
    return [
        (name, _shorter(value, seconds) if name.lower() == "cache-control" else value)
        for name, value in headers
    ]


def _shorter(cache_control: str, seconds: int) -> str:
    return _SHARED_AGE.sub(f"s-maxage={seconds}", _STALE.sub("", cache_control))
