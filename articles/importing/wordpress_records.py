"""What the readers of a WordPress export agree on: where a post is from, and what it is known by."""

from __future__ import annotations

from urllib.parse import urlsplit

from articles.importing.documents import lasting_ref
from articles.importing.xml_records import Record

SITE_FIELDS = frozenset({"link", "base_site_url", "base_blog_url"})


def site_of(channel: Record | None) -> str:
    """Return the blog's host and folder; the numbers of its posts and comments are its own."""
    if channel is None:
        return ""
    named = (channel.get(name) for name in ("base_blog_url", "base_site_url", "link"))
    try:
        parts = urlsplit(next(filter(None, named), ""))
        return f"{(parts.hostname or '').lower()}{parts.path.rstrip('/')}"
    except ValueError:
        return ""


def post_ref(site: str, number: str) -> str:
    """Return the lasting identity of a post, which its article keeps."""
    return lasting_ref("wordpress", site, number)
