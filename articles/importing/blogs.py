"""What the files around a post say of its blog: address, permalinks, authors, defaults.

A blog is a checkout of Jekyll, Hugo or Hexo, known by its configuration, which is read once for
each folder of documents. A checkout of anything else is known by the files of its tools.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from articles.importing.decoding import decode
from articles.importing.documents import ImportFailure
from articles.importing.front_matter_reader import FrontMatterReader, flat, lowered
from articles.importing.front_matter_values import json_values, toml_values, yaml_values
from articles.importing.sources import FileSurroundings, Folder

Kind = Literal["", "jekyll", "hugo", "hexo", "checkout"]

_SHARED = ("_config.yml", "_config.yaml", "_config.toml")
_HUGO_FOLDERS = ("", "config/_default/")
_HUGO_NAMES = tuple(
    f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json")
)
# The folder by which Hexo is known where its settings are few.
_HEXO_POSTS = "source/_posts/"
# A `config.toml` may be anybody's; these keys are Hugo's.
_HUGO_KEYS = frozenset({"baseurl", "languagecode", "defaultcontentlanguage", "module"})
# By which the folder of a site or program is known whose rules are not known here.
_TOOLS = (
    *("package.json", "Gemfile", "pyproject.toml", "go.mod", "theme.toml", "netlify.toml"),
    *("pelicanconf.py", "conf.py", "mkdocs.yml", "book.toml", "_quarto.yml", "config.toml"),
    *("docusaurus.config.js", "docusaurus.config.ts", "sidebars.js", "gatsby-config.js"),
    *("gatsby-config.ts", "astro.config.mjs", "astro.config.ts", "eleventy.config.js"),
    *(".eleventy.js", "nuxt.config.ts", "next.config.js", "next.config.mjs", "svelte.config.js"),
)
_AUTHORS = (
    *("_data/authors.yml", "_data/authors.yaml", "_data/authors.json"),
    *("blog/authors.yml", "blog/authors.yaml"),
)
_HEXO_KEYS = frozenset({"new_post_name", "post_asset_folder", "source_dir", "skip_render"})
# What a blog may set for all of its posts; pictures among it decorate, and are no post's own.
_DEFAULTED = frozenset({"author", "authors", "category", "categories", "permalink", "published"})


@dataclass(frozen=True, slots=True)
class Blog:
    """One blog; `root` is its folder inside the tree of documents, "" for the top.

    `url` is its address without a path, `base_path` the path that its addresses begin with, ""
    for none. `authors` are names by the key that posts give. `settings` are the configuration.
    """

    kind: Kind = ""
    root: str = ""
    url: str = ""
    base_path: str = ""
    author: str = ""
    zone: tzinfo | None = None
    authors: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)

    def path_of(self, name: str) -> PurePosixPath:
        """Return the path of a document of the tree within the blog."""
        return PurePosixPath(name).relative_to(self.root or ".")

    def defaults_for(self, path: PurePosixPath) -> dict[str, object]:
        """Return what Jekyll's `defaults` say for a document, later ones over earlier ones."""
        values: dict[str, object] = {}
        for entry in _list(self.settings.get("defaults")):
            scope = lowered(lowered(entry).get("scope"))
            within, kind = scope.get("path") or "", scope.get("type") or ""
            if isinstance(within, str) and _lies_in(path, within) and kind in ("", _type_of(path)):
                values |= lowered(lowered(entry).get("values"))
        return {key: value for key, value in values.items() if key in _DEFAULTED}

    def picture_path(self, address: str) -> str | None:
        """Return the path within the blog of a picture that is named by its address there."""
        path = address.removeprefix(self.url) if self.url else address
        if self.base_path and path.startswith(f"{self.base_path}/"):
            path = path.removeprefix(self.base_path)
        return path if path != address and path.startswith("/") else None

    def author_names(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the authors by name, where they were given by the blog's own keys."""
        return tuple(self.authors.get(key.lower(), key) for key in keys) or (
            (self.author,) if self.author else ()
        )


NO_BLOG = Blog()

_blogs: WeakKeyDictionary[Folder, dict[str, Blog]] = WeakKeyDictionary()
_notes: WeakKeyDictionary[Folder, dict[str, list[str]]] = WeakKeyDictionary()


def blog_around(folder: Folder | None, name: str) -> Blog:
    """Return the blog that a document belongs to, NO_BLOG for one that belongs to none."""
    if folder is None:
        return NO_BLOG
    known = _blogs.setdefault(folder, {})
    place = PurePosixPath(name).parent.as_posix()
    if place not in known:
        parents = [parent.as_posix() for parent in PurePosixPath(name).parents]
        around = [_blog_at(folder, parent, name, known) for parent in parents]
        # A theme with a package of its own lies inside the blog that uses it.
        around.sort(key=lambda blog: blog.kind == "checkout")
        known[place] = next((blog for blog in around if blog.kind), NO_BLOG)
    return known[place]


def note_named(folder: Folder | None, target: str, name: str) -> str | None:
    """Return the path of the document that a wiki link from `name` means, where there is one.

    It is named by its path or by its name alone, and of several the nearest counts.
    """
    # The folder around a single document may be somebody's whole home.
    if folder is None or isinstance(folder, FileSurroundings):
        return None
    notes = _notes.get(folder)
    if notes is None:
        notes = _notes[folder] = {}
        for document in folder.documents():
            path = PurePosixPath(document)
            for key in {path.stem.casefold(), path.name.casefold()}:
                notes.setdefault(key, []).append(document)
    wanted = target.strip().strip("/").casefold()
    found = [
        path
        for path in notes.get(wanted.rsplit("/", 1)[-1], [])
        if f"/{path.casefold()}".rsplit(".", 1)[0].endswith(f"/{wanted}")
        or f"/{path.casefold()}".endswith(f"/{wanted}")
    ]
    beside = PurePosixPath(name).parent
    return min(found, key=lambda path: PurePosixPath(path).parent != beside, default=None)


def _blog_at(folder: Folder, root: str, name: str, known: dict[str, Blog]) -> Blog:
    """Return the blog whose configuration lies in `root`, NO_BLOG for none; each is read once."""
    prefix = "" if root == "." else f"{root}/"
    has_hexo_posts = name.startswith(prefix + _HEXO_POSTS)
    key = f"{prefix}\n{has_hexo_posts}"
    if key not in known:
        known[key] = _read_blog(folder, prefix, has_hexo_posts=has_hexo_posts)
    return known[key]


def _read_blog(folder: Folder, prefix: str, *, has_hexo_posts: bool) -> Blog:
    for settings in _read_first(folder, prefix, _SHARED):
        is_hexo = has_hexo_posts or bool(_HEXO_KEYS & settings.keys())
        return _blog(folder, "hexo" if is_hexo else "jekyll", prefix, settings)
    for part in _HUGO_FOLDERS:
        for settings in _read_first(folder, prefix + part, _HUGO_NAMES):
            if not part and not _is_hugo(folder, prefix, settings):
                break
            for links in _read_first(folder, prefix + part, ("permalinks.toml", "permalinks.yaml")):
                settings = {**settings, "permalinks": links}
            return _blog(folder, "hugo", prefix, settings)
    if any(folder.has(prefix + tool) for tool in _TOOLS):
        return Blog("checkout", root=prefix.rstrip("/"), authors=_authors(folder, prefix))
    return NO_BLOG


def _is_hugo(folder: Folder, prefix: str, settings: Mapping[str, object]) -> bool:
    is_named = any(folder.has(prefix + name) for name in _HUGO_NAMES if name.startswith("hugo"))
    return is_named or bool(_HUGO_KEYS & settings.keys())


def _blog(folder: Folder, kind: Kind, prefix: str, settings: dict[str, object]) -> Blog:
    reader = FrontMatterReader(settings)
    try:
        parts = urlsplit(reader.text("baseurl" if kind == "hugo" else "url"))
    except ValueError:
        parts = urlsplit("")
    url = f"{parts.scheme}://{parts.netloc}" if parts.netloc else _domain(folder, prefix)
    base = parts.path if kind == "hugo" else reader.text("root" if kind == "hexo" else "baseurl")
    if kind == "hexo" and base in ("", "/"):
        base = parts.path
    return Blog(
        kind=kind,
        root=prefix.rstrip("/"),
        url=url,
        base_path=f"/{base.strip('/')}" if base.strip("/") and "://" not in base else "",
        author=_author(settings),
        zone=_zone(reader.text("timezone")),
        authors=_authors(folder, prefix),
        settings=settings,
    )


def _read_first(folder: Folder, prefix: str, names: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Yield the first of the files that can be read, as values with keys in lower case."""
    for name in names:
        if not folder.has(prefix + name):
            continue
        try:
            text = decode(folder.read(prefix + name))
            if name.endswith(".toml"):
                yield toml_values(text, 1)
            elif name.endswith(".json"):
                yield json_values(text)
            else:
                yield yaml_values(text, 1)[0]
        except ImportFailure:
            # Without its configuration a blog is a folder of posts, which is enough for most.
            continue
        return


def _author(settings: Mapping[str, object]) -> str:
    """Return the name of the blog's one author."""
    for place in (settings, lowered(settings.get("params")), lowered(settings.get("social"))):
        value = place.get("author") or (place.get("name") if place is not settings else None)
        if name := next(flat(value), ""):
            return name
    return ""


def _authors(folder: Folder, prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for authors in _read_first(folder, prefix, _AUTHORS):
        for key, value in authors.items():
            name = lowered(value).get("name")
            if isinstance(name, str) and name.strip():
                found[key] = name.strip()
    return found


def _domain(folder: Folder, prefix: str) -> str:
    """Return the address that GitHub's file CNAME names."""
    try:
        lines = decode(folder.read(f"{prefix}CNAME")).split()
    except ImportFailure:
        return ""
    return f"https://{lines[0]}" if lines and "." in lines[0] and "/" not in lines[0] else ""


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _lies_in(path: PurePosixPath, within: str) -> bool:
    within = within.strip("/")
    return not within or path.is_relative_to(within) or path.match(within)


def _type_of(path: PurePosixPath) -> str:
    """Return what Jekyll calls a document of that place: posts, drafts, pages or a collection."""
    for name in ("_posts", "_drafts"):
        if name in path.parts:
            return name[1:]
    first = path.parts[0]
    return first[1:] if first.startswith("_") and len(path.parts) > 1 else "pages"
