"""Tell what kind of source a document is, by its content before its name."""

import codecs
import re
from io import BytesIO
from pathlib import PurePosixPath

from articles.importing.decoding import decode
from articles.importing.documents import ImportFailure
from articles.importing.front_matter import has_front_matter
from articles.importing.json_records import Path, records
from articles.importing.pages.document import declares_html

# How much of a file tells whether it is an export of very many documents.
HEAD_LENGTH = 1 << 16

_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document (of a blog, save the posts as web pages)"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an HWP or old office document"),
    (b"HWP Document File", "an HWP document"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdx", ".mkd", ".mdown"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}

_HTML_OPENING = re.compile(r"<!doctype\s+html|<(?:html|head|body)\b", re.IGNORECASE)
_TAG_OPENING = re.compile(r"<(?:!--|/?[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_XML_OPENING = re.compile(r"<\?xml|<rss\b|<feed\b|<!DOCTYPE\b", re.IGNORECASE)
# What no other JSON file has: how deep to look, tables, fields of a post.
_GHOST_DEPTH = 4
_GHOST_TABLES = frozenset({"posts_tags", "posts_authors", "posts_meta"})
_GHOST_FIELDS = frozenset({"mobiledoc", "lexical", "feature_image", "comment_id", "custom_excerpt"})
_TTXML = re.compile(r"<blog\b[^<>]{0,200}\btype=[\"']tattertools/", re.IGNORECASE)
_MHTML = re.compile(r"(?:From: <Saved by|MIME-Version: )", re.IGNORECASE)

# Each mark of Markdown with its weight; a saved page rarely reaches 3 by accident.
_MARKDOWN_MARKS = (
    (re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE), 2),
    (re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE), 2),
    (re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{1,500}\)"), 3),
    (re.compile(r"(?<!!)\[[^\[\]\n]{1,200}\]\((?:https?:|/|#)[^()\n]{1,500}\)"), 3),
    (re.compile(r"^ {0,6}\|?(?: ?:?-{3,}:? ?\|){1,30}", re.MULTILINE), 3),
    (re.compile(r"\*\*[^\s*][^*\n]{0,200}\*\*"), 1),
    (re.compile(r"^> \S", re.MULTILINE), 1),
)


def is_wordpress_export(head: bytes) -> bool:
    """Whether the beginning of a file is that of a WordPress export, whatever its encoding."""
    encoding = "utf-16" if head.startswith(_UTF_16_BOMS) else "latin-1"
    text = head.decode(encoding, "replace").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    return text.startswith("<") and "wordpress.org/export" in text


def is_ghost_export(head: bytes) -> bool:
    """Whether the beginning of a file is that of a Ghost export, by the names of what it holds."""
    if not head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n").startswith(b"{"):
        return False
    found: set[Path] = set()

    def note(path: Path) -> bool:
        found.add(path)
        return False

    try:
        for _ in records(BytesIO(head), note, lambda path: len(path) < _GHOST_DEPTH):
            pass
    except ImportFailure:
        # The head is not the whole.
        pass
    return any(_is_ghosts(path, found) for path in found)


def _is_ghosts(path: Path, found: set[Path]) -> bool:
    """Whether a path is one that only Ghost has, given all there are."""
    match path:
        case ("db", "data", _) | ("db", "meta", "exported_on") | ("data", "data", "posts"):
            return True
        case ("data", name) if name in _GHOST_TABLES:
            return True
        case ("meta", "exported_on"):
            return ("data",) in found or ("data", "posts") in found
        case (*_, "posts", name) if path[:-2] in ((), ("data",)):
            return name in _GHOST_FIELDS
    return False


def detect_format(data: bytes, name: str) -> str:
    """Return "markdown", "html" or "text".

    Raises ImportFailure for empty and binary documents and for kinds of source that are known but
    not supported yet.
    """
    _refuse_binary(data)
    if declares_html(data):
        return "html"
    text = decode(data)
    opening = text.lstrip("\ufeff \t\n")
    if not opening:
        raise ImportFailure("the document is empty")
    if has_front_matter(text):
        return "markdown"
    suffix = PurePosixPath(name).suffix.lower()
    if _is_html(opening, suffix):
        return "html"
    _refuse_markup(text, opening)
    if suffix in MARKDOWN_SUFFIXES or _looks_like_markdown(text):
        return "markdown"
    return "text"


def _refuse_binary(data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ImportFailure(f"this is {what}, not a text document")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise ImportFailure("this is a WebP image, not a text document")


def _is_html(opening: str, suffix: str) -> bool:
    if _HTML_OPENING.match(opening):
        return True
    if _XML_OPENING.match(opening):
        return _HTML_OPENING.search(opening[:2000]) is not None
    return _TAG_OPENING.match(opening) is not None and _is_html_fragment(opening, suffix)


def _refuse_markup(text: str, opening: str) -> None:
    """Raise ImportFailure, naming the kind, for XML and JSON, which hold no single document."""
    if _XML_OPENING.match(opening):
        if _TTXML.search(opening[:2000]):
            raise _unsupported("an old backup of Tistory or Textcube (TTXML)")
        raise _unsupported("an XML or RSS document")
    if _MHTML.match(opening):
        raise _unsupported("an MHTML web archive")
    if opening.startswith(("{", "[{")) and text.rstrip().endswith(("}", "]")):
        raise _unsupported("a JSON document")


def _unsupported(kind: str) -> ImportFailure:
    return ImportFailure(f"this looks like {kind}; this kind of source is not supported yet")


def _is_html_fragment(opening: str, suffix: str) -> bool:
    """Judge a document that begins with a tag; Markdown may do so too."""
    if suffix in MARKDOWN_SUFFIXES:
        return False
    lines = [line for line in opening.split("\n") if line.strip()]
    tagged = sum(1 for line in lines if line.lstrip().startswith("<"))
    return suffix in _HTML_SUFFIXES or 2 * tagged >= len(lines)


def _looks_like_markdown(text: str) -> bool:
    if re.match(r"\s*# \S", text):
        return True
    score = 0
    for pattern, weight in _MARKDOWN_MARKS:
        score += weight * min(3, sum(1 for _ in pattern.finditer(text)))
    return score >= 3
