"""Where in a tree of files an essay's picture may lie."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from articles.text import normalised

# How many folders at the beginning of a path may be missing from the tree.
_MOST_FOLDERS_LEFT_OUT = 2
# Folders that keep pictures beside documents in the blogs people bring.
PICTURE_FOLDERS = (
    "",
    "images",
    "image",
    "img",
    "assets",
    "assets/images",
    "assets/img",
    "static",
    "files",
    "attachments",
)
# The folders of Hugo, Hexo and others whose content lies at the top of the finished site.
SITE_FOLDERS = ("static", "source", "public", "assets")

# Where WordPress.com serves the pictures of its blogs from.
_HOSTED = ".files.wordpress.com"


def is_remote(reference: str) -> bool:
    """Whether the reference names another host, a data address or a file of the machine."""
    try:
        parts = urlsplit(reference)
    except ValueError:
        # A bracket that is not closed: nothing beside a document has such a name.
        return True
    return bool(parts.scheme or parts.netloc)


# WordPress keeps smaller renditions beside a picture, and a scaled one of a very large one.
_RENDITION = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled)(?=\.[A-Za-z]{3,4}$)")
_UPLOADS = "wp-content/uploads/"


def is_of_site(address: str, site: str) -> bool:
    """Whether a picture's web address is of the site, or of where its host keeps its pictures."""
    try:
        host, own = (urlsplit(each).hostname or "" for each in (address, site))
    except ValueError:
        return False
    is_own = host.removeprefix("www.") == own.removeprefix("www.")
    return bool(own) and (is_own or f"/{_UPLOADS}" in address or host.endswith(_HOSTED))


def copies(address: str, document: str) -> list[str]:
    """Return the paths at which a copy of a web picture may lie beside an export, likeliest first.

    A smaller rendition's original comes first.
    """
    path = normalised(unquote(urlsplit(address).path)).lstrip("/")
    _, uploads, rest = path.rpartition(_UPLOADS)
    rest = rest if uploads else path
    original = _RENDITION.sub("", rest)
    stem, dot, suffix = original.rpartition(".")
    folder = PurePosixPath(document).parent
    found: dict[str, None] = {}
    for name in (original, f"{stem}-scaled{dot}{suffix}", rest):
        for base in (folder, *folder.parents):
            for place in (_UPLOADS, "uploads/", ""):
                if rest and (inside := _inside(base, place + name)) is not None:
                    found[inside] = None
    return [*found, *(name for name in _without_first_folders(rest, folder) if name not in found)]


def candidates(reference: str, document: str, image_root: str = "") -> list[str]:
    """Return the paths at which a local picture may lie, the likeliest first.

    All paths are relative to the top of the tree that holds `document`; paths that would
    leave the tree are left out. `image_root` is Typora's `typora-root-url` as written, which
    is relative to the document and often wrong, so the site's root and every folder between
    are tried as well, and last the usual picture folders by the file's name alone.
    """
    path = normalised(unquote(reference.split("#")[0].split("?")[0]))
    path = path.replace("\\", "/")
    folder = PurePosixPath(document).parent
    found: dict[str, None] = {}
    for base in _bases(path, folder, image_root):
        if (name := _inside(base, path.lstrip("/"))) is not None:
            found[name] = None
    # `/../images/x.jpg` is how Typora writes a path from a root that lies below the images.
    rooted = re.sub(r"^(?:/|\.\./|\./)+", "", path)
    for base in (folder, *folder.parents):
        if (name := _inside(base, rooted)) is not None:
            found[name] = None
    found |= dict.fromkeys(_without_first_folders(rooted, folder))
    # Hexo keeps the pictures of a post in a folder of its name.
    within = [base / site for base in (folder, *folder.parents) for site in SITE_FOLDERS]
    for base in (*within, folder / PurePosixPath(document).stem):
        if (name := _inside(base, rooted)) is not None:
            found[name] = None
    file_name = PurePosixPath(path).name
    by_name = [base / each for base in (folder, *folder.parents) for each in PICTURE_FOLDERS]
    for base in by_name if file_name else ():
        if (name := _inside(base, file_name)) is not None:
            found[name] = None
    return list(found)


def _without_first_folders(path: str, folder: PurePosixPath) -> Iterator[str]:
    """Yield where a picture may lie of a site of which only a part is there, as its `images/`."""
    rest = path
    for _ in range(_MOST_FOLDERS_LEFT_OUT):
        _, _, rest = rest.partition("/")
        if "/" not in rest:
            return
        for base in (folder, *folder.parents):
            if (name := _inside(base, rest)) is not None:
                yield name


def _bases(path: str, folder: PurePosixPath, image_root: str) -> Iterator[PurePosixPath]:
    if not path.startswith("/"):
        yield folder
    if image_root and not is_remote(image_root):
        yield folder / image_root.replace("\\", "/").lstrip("/")
    yield PurePosixPath()


def _inside(base: PurePosixPath, path: str) -> str | None:
    """Join and fold `..`; None when the result would lie outside the tree, or is the tree."""
    joined = posixpath.normpath((base / path).as_posix())
    if joined.startswith(("../", "/")) or joined in {".", ".."}:
        return None
    return joined
