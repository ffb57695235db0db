"""Find and rewrite the links of Markdown: `[…](…)`, `<https://…>` and `<a href="…">`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from articles.importing.code_spans import replace_outside_code
from articles.importing.image_links import find_images
from articles.text import normalised

_SUFFIXES = frozenset({".md", ".markdown", ".mdx"})

# Given an address, the one to write instead and a title for it; None leaves it as it is.
Resolve = Callable[[str], tuple[str, str] | None]

_LINK = re.compile(
    r"(?P<before>\]\()(?:<(?P<angled>[^<>\n]{1,2000})>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]*\)){1,2000}))"
    r"|<(?P<auto>https?://[^\s<>]{1,2000})>"
    r"|(?P<tag><a\s[^<>]{0,500}?href\s*=\s*)(?P<quote>[\"'])(?P<quoted>[^\"'<>\n]{1,2000})(?P=quote)",
    re.IGNORECASE,
)
_TO_A_PATH = re.compile(r"\]\(<?/|href\s*=\s*[\"']/", re.IGNORECASE)
# Another document of the folder, by its path from this one.
_TO_A_DOCUMENT = re.compile(
    r"(?!/|#|[a-z][a-z+.-]*:)[^?#]{1,500}\.(?:md|markdown|mdx)", re.IGNORECASE
)
_SPACED = re.compile(r"[\s()<>%]")
_SIGNS = re.compile(r"[\\\[\]*_`<~]")
_ESCAPED = r"\\\g<0>"


def rewrite_links(body: str, resolve: Resolve) -> str:
    """Return the body with the addresses of links outside code replaced; pictures' stay."""
    pictures = {image.reference for image in find_images(body)}

    def replaced(match: re.Match[str]) -> str:
        written = match["angled"] or match["bare"] or match["auto"] or match["quoted"]
        if written in pictures:
            return match[0]
        found = resolve(html.unescape(written) if match["quoted"] else written)
        if found is None:
            return match[0]
        address, title = found
        if match["auto"]:
            return f"[{_SIGNS.sub(_ESCAPED, title)}]({address})"
        if match["quoted"]:
            return f"{match['tag']}{match['quote']}{html.escape(address)}{match['quote']}"
        return match["before"] + (f"<{address}>" if match["angled"] else address)

    return replace_outside_code(_LINK, replaced, body)


def with_document_paths(body: str, name: str) -> str:
    """Return the body with its links to documents beside `name` as paths from the folder's top."""
    if ".m" not in body.lower():
        return body
    folder = posixpath.dirname(name)

    def resolve(address: str) -> tuple[str, str] | None:
        path, mark, fragment = address.partition("#")
        if _TO_A_DOCUMENT.fullmatch(path) is None:
            return None
        inside = posixpath.normpath(posixpath.join(folder, unquote(path)))
        inside = re.sub(r"^(?:\.\./)+", "", inside)
        return f"/{_SPACED.sub(lambda sign: quote(sign[0]), inside)}{mark}{fragment}", ""

    return rewrite_links(body, resolve)


def document_of(address: str) -> str | None:
    """Return the path of the document that an address without a host names, or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = normalised(unquote(parts.path)).lstrip("/")
    is_document = not parts.netloc and PurePosixPath(path).suffix.lower() in _SUFFIXES
    return path if is_document else None


def may_link(body: str, site: str) -> bool:
    """Whether a look at the links is worth it: is there one to the site, or to a path?"""
    try:
        host = urlsplit(site).hostname or ""
    except ValueError:
        host = ""
    is_named = bool(host) and host.removeprefix("www.") in body.lower()
    return is_named or _TO_A_PATH.search(body) is not None


def old_paths_of(address: str, site: str) -> Iterator[str]:
    """Yield the paths that an address may have been redirected from, the surest first.

    Only addresses of `site`, and those that name no host, have any.
    """
    try:
        parts, own = urlsplit(address), urlsplit(site)
        host, own_host = parts.hostname or "", own.hostname or ""
    except ValueError:
        return
    if host and (not own_host or host.removeprefix("www.") != own_host.removeprefix("www.")):
        return
    if parts.scheme not in ("", "http", "https") or not (host or parts.path.startswith("/")):
        return
    path = normalised(unquote(parts.path)) or "/"
    if parts.query:
        yield f"{path}?{parts.query}"
    if path != "/":
        yield path
