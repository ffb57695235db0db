"""Where things lie in an export, and how its files are called."""

from __future__ import annotations

import hashlib

FORMAT = "pildam-export"
VERSION = 1

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
ARTICLES = "articles/"
PENDING = "pending/"
# Texts call their pictures `/media/…`, so that the folder works on any web server as it is.
MEDIA = "media/"
IMAGES = "images.ndjson"
AUTHORS = "authors.ndjson"
CATEGORIES = "categories.ndjson"
SERIES = "series.ndjson"
TAGS = "tags.ndjson"
REDIRECTS = "redirects.ndjson"
FRONT_PAGE = "front_page.ndjson"
SITE = "site.ndjson"

# The shortest limit of the systems that people unpack archives on is 255 bytes.
_MAX_NAME_BYTES = 180
# Windows takes a file of such a name for a machine, whatever its ending.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)
}


def document_name(folder: str, slug: str) -> str:
    """Return the name of an article's file: its slug, where every file system can hold it.

    Slugs are lower case and NFC, so that two of them differ for a system that takes no account
    of case, but for letters such as ß. Those, and what had to be cut, get a few digits as well.
    """
    stem = slug.encode()[:_MAX_NAME_BYTES].decode(errors="ignore")
    if stem != slug or slug.casefold() != slug or slug in _DEVICES:
        stem += "~" + hashlib.sha256(slug.encode()).hexdigest()[:8]
    return f"{folder}{stem}.md"
