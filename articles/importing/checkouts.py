"""Tell a blog's articles from the rest of its checkout: themes, lists, pages, notes on the code."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from articles.importing.blogs import Blog, blog_around
from articles.importing.decoding import decode
from articles.importing.documents import ImportFailure
from articles.importing.front_matter import split_front_matter
from articles.importing.sources import POST_FOLDERS, FileSurroundings, Source

_MACHINERY = frozenset(
    [
        "_layouts",
        "_includes",
        "_site",
        "_sass",
        "_data",
        "_plugins",
        "node_modules",
        "vendor",
        "themes",
        "scaffolds",
        "archetypes",
        "layouts",
        "bower_components",
        "i18n",
        "_vendor",
    ]
)
# What is never an article, wherever documents lie.
_NEVER = frozenset(
    {"node_modules", "_layouts", "_includes", "_site", "_vendor", "bower_components"}
)
# Where other generators keep the pages of their themes, and put the site that they build.
_BUILT = frozenset(
    ["dist", "build", "out", "public", "static", "assets", "theme", "templates", "partials"]
)
_ABOUT_CODE = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|code_of_conduct|security|history|authors"
    r"|pull_request_template|issue_template|todo)(?:[._-].*)?\.(?:md|markdown|txt)",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"(?:404|robots|humans|ads|llms|requirements|sitemap|search|google\w{8,}|naver\w{8,}|offline)"
    r"\.(?:md|markdown|txt|html?)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:tags?|categor(?:y|ies)|archives?|_index|posts|blog|year-archive|category-archive|tag-archive"
    r")(?:\.[a-z]{2})?\.(?:md|markdown|html?)",
    re.IGNORECASE,
)
_LIST_LAYOUTS = frozenset(
    [
        "home",
        "categories",
        "category",
        "tags",
        "tag",
        "archive",
        "archives",
        "archive-taxonomy",
        "posts",
        "collection",
        "search",
        "redirect",
        "redirected",
        "category-archive",
        "tags-archive",
    ]
)
_NO_TEXT = re.compile(
    r"\{[{%].{0,2000}?[}%]\}|<(script|style)\b.{0,20000}?</\1>|<[^<>]{1,2000}>", re.DOTALL
)
_HOMES = {"hugo": ("content/",), "hexo": ("source/",)}
_MARKDOWN = (".md", ".markdown", ".mdx")
# What a theme brings along to show itself.
_EXAMPLE = re.compile(r"(?:^|/)themes/(?:[^/]+/)+exampleSite/")
_PAGE_FOLDERS = frozenset({"_pages", "_tabs"})
_WORD = re.compile(r"\w{2}")


def left_out_as(source: Source, *, takes_pages: bool) -> str | None:
    """Return by an English plural what a document is that becomes no article, None for an article.

    A document that was named itself is always one. Pages with a text of their own are articles,
    unless the operator does not take pages.
    """
    if isinstance(source.folder, FileSurroundings):
        return None
    path = PurePosixPath(source.name)
    if _NEVER & set(path.parts[:-1]) or _EXAMPLE.search(source.name):
        return "files of a theme or tool"
    blog = blog_around(source.folder, source.name)
    if not blog.kind:
        return None
    inside = blog.path_of(source.name)
    return _kind_in_blog(source, blog, inside, takes_pages=takes_pages)


def _kind_in_blog(
    source: Source, blog: Blog, inside: PurePosixPath, *, takes_pages: bool
) -> str | None:
    if inside.name == "_index.md" or inside.name.startswith("_index."):
        return "lists of posts"
    if blog.kind == "hugo" and _is_in_bundle(source, inside):
        return "parts of a page bundle"
    if _is_post(inside, blog):
        return None
    if _ABOUT_CODE.fullmatch(inside.name):
        return "notes on a blog's code"
    home = _HOMES.get(blog.kind)
    is_elsewhere = home is not None and not str(inside).startswith(home)
    if is_elsewhere or _MACHINERY & set(inside.parts[:-1]) or _TECHNICAL.fullmatch(inside.name):
        return "files of a theme or tool"
    if _LISTS.fullmatch(inside.name):
        return "lists of posts"
    if blog.kind == "checkout":
        is_built = inside.suffix not in _MARKDOWN and _BUILT & set(inside.parts[:-1])
        return "files of a theme or tool" if is_built else None
    if inside.suffix not in _MARKDOWN:
        return "files of a theme or tool"
    return _page_kind(source, takes_pages=takes_pages)


def _is_in_bundle(source: Source, inside: PurePosixPath) -> bool:
    """Whether Hugo takes a document for a resource of the page in its folder."""
    is_page = inside.stem == "index" or inside.stem.startswith("index.")
    beside = str(PurePosixPath(source.name).with_name("index.md"))
    return not is_page and len(inside.parts) > 2 and source.folder.has(beside)


def _is_post(inside: PurePosixPath, blog: Blog) -> bool:
    """Whether a document lies where the blog keeps its articles."""
    folders = inside.parts[:-1]
    if _NEVER & set(folders) or folders[:1] == ("themes",) or blog.kind == "checkout":
        return False
    if blog.kind == "hugo":
        return folders[:1] == ("content",) and len(folders) > 1
    if blog.kind == "hexo":
        return folders[:1] == ("source",) and bool({"_posts", "_drafts"} & set(folders))
    of_posts = (POST_FOLDERS - {"_pages"}) & set(folders)
    # What begins with an underline is a collection; `_pages` and Chirpy's `_tabs` are pages.
    is_collected = bool(folders) and folders[0].startswith("_") and folders[0] not in _PAGE_FOLDERS
    return bool(of_posts) or (is_collected and not _MACHINERY & set(folders))


def _page_kind(source: Source, *, takes_pages: bool) -> str | None:
    """Return what a page is, where it is no article: a list, one without a text, or not wanted."""
    if not takes_pages:
        return "pages"
    try:
        matter = split_front_matter(decode(source.read()))
    except ImportFailure:
        # The importer names what is wrong with it.
        return None
    layout = matter.values.get("layout")
    if isinstance(layout, str) and layout.strip().lower() in _LIST_LAYOUTS:
        return "lists of posts"
    return None if _WORD.search(_NO_TEXT.sub("", matter.body)) else "pages without a text"
