"""Readable addresses: Hangul stays Hangul, nothing is romanised."""

import re
from collections.abc import Callable
from itertools import count

from articles.text import normalised

_SEPARATORS = re.compile(r"[\W_]+")
_NOT_IN_A_SLUG = re.compile(r"[^-\w]+")


def make_slug(title: str, *, max_length: int = 60) -> str:
    """A slug of letters, digits and single hyphens, in NFC and lower case.

    It is cut at a word boundary to at most `max_length` characters.  A title without letters or
    digits, emoji only for example, gives "".

    NFC and not NFKC: ㅋㅋㅋ stays what the author typed, and `1·2월` keeps its two numbers apart.
    """
    text = normalised(normalised(title).lower())
    slug = _SEPARATORS.sub("-", text).strip("-")
    if len(slug) <= max_length:
        return slug
    head, separator, _ = slug[: max_length + 1].rpartition("-")
    return head if separator else slug[:max_length]


def mended_slug(written: str, *, max_length: int = 100) -> str:
    """A slug somebody else chose, with a hyphen for whatever no address of ours can hold.

    Blogs name posts `node.js` or `c++`; what is a slug already stays as it is.  "" when nothing
    is left of it.
    """
    text = normalised(normalised(written).lower())
    slug = _NOT_IN_A_SLUG.sub("-", text)
    return slug if slug == text and len(slug) <= max_length else slug[:max_length].strip("-")


def unique_slug(base: str, taken: Callable[[str], bool], fallback: str = "글") -> str:
    """The first of base, base-2, base-3 … that is not taken; `fallback` serves an empty base."""
    base = base or fallback
    if not taken(base):
        return base
    return next(slug for number in count(2) if not taken(slug := f"{base}-{number}"))
