"""Addresses of this site as authors write them: relative, rooted, or with one of its hosts."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from articles.markup.urls import is_protocol_relative
from articles.text import normalised

# `pildam.example/글` without its scheme, which browsers take for a page below this one.
_HOST_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)
# What a browser scrolls to by the words themselves.
_TEXT_DIRECTIVE = ":~:"


class LocalAddress(NamedTuple):
    """A path of the site, a query without its mark, and an anchor; decoded, in NFC."""

    path: str
    query: str
    anchor: str


def local_address(written: str, base: str, site_hosts: frozenset[str]) -> LocalAddress | None:
    """Where an address written at the path `base` leads on this site; None if it leads away."""
    if is_protocol_relative(written) and "\\" in written:
        return None
    try:
        parts = urlsplit(urljoin(base, written.strip()))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or (host and host not in site_hosts):
        return None
    if parts.scheme and not host:
        return None
    anchor = unquote(parts.fragment).split(_TEXT_DIRECTIVE)[0]
    return LocalAddress(
        normalised(unquote(parts.path)) or "/", normalised(unquote(parts.query)), normalised(anchor)
    )


def lacks_its_scheme(written: str) -> bool:
    """Whether an address looks like one of another site with its https:// forgotten."""
    return _HOST_WITHOUT_SCHEME.match(written.strip()) is not None
