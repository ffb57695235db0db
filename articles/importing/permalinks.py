"""The addresses that posts had on their old blogs, by the rules of Jekyll, Hugo and Hexo."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from articles.importing.blogs import Blog
from articles.importing.dates import KST
from articles.importing.front_matter_reader import FrontMatterReader, lowered
from articles.text import normalised

_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_HEXO_DEFAULT = ":year/:month/:day/:title/"
_TOKEN = re.compile(r":([a-z_]+)")
_DATE_PREFIX = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
_LANGUAGE_SUFFIX = re.compile(r"\.[a-z]{2}(?:-[a-z]{2})?$", re.IGNORECASE)
_NOT_PRETTY = re.compile(r"[^\w._~!$&'()+,;=@]+")
_NOT_IN_HUGO = re.compile(r"[^\w\-._~+/]")

Token = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Post:
    """What addresses are made of: `slug` and `permalink` only where the front matter says them."""

    name: str
    title: str = ""
    slug: str = ""
    permalink: str = ""
    categories: tuple[str, ...] = ()
    moment: datetime | None = None


def former_paths(post: Post, blog: Blog) -> tuple[str, ...]:
    """Return the site paths at which the blog showed the post, decoded; () where that is unknown."""
    if blog.kind not in _PATHS:
        return ()
    paths: dict[str, None] = {}
    # Without a zone of its own a blog was built by the clock of whoever built it.
    for zone in (blog.zone,) if blog.zone else (KST, UTC):
        moment = post.moment.astimezone(zone) if post.moment else None
        for path in _PATHS[blog.kind](post, blog, moment):
            clean = normalised(re.sub(r"//+", "/", f"/{path}"))
            clean = clean.removesuffix("index.html")
            if clean != "/":
                paths[clean] = None
                if blog.base_path:
                    paths[blog.base_path + clean] = None
    return tuple(paths)


def path_categories(path: PurePosixPath) -> tuple[str, ...]:
    """Return the categories that Jekyll tells by the folders around `_posts`."""
    parts = path.parts
    return parts[: parts.index("_posts")] if "_posts" in parts else ()


def _jekyll(post: Post, blog: Blog, moment: datetime | None) -> Iterator[str]:
    path = blog.path_of(post.name)
    settings = FrontMatterReader(blog.settings)
    collection = path.parts[0][1:] if path.parts[0].startswith("_") else ""
    if "_posts" in path.parts:
        style = post.permalink or settings.text("permalink") or "date"
    else:
        collections = lowered(blog.settings.get("collections"))
        rules = FrontMatterReader(lowered(collections.get(collection)))
        style = post.permalink or rules.text("permalink")
        if not style and collection and rules.flag("output"):
            style = "/:collection/:path:output_ext"
        if not style and not collection:
            site_style = settings.text("permalink")
            is_pretty = site_style == "pretty" or site_style.endswith("/")
            style = "/:path/" if is_pretty else "/:path:output_ext"
    stem = _DATE_PREFIX.sub("", path.stem)
    categories = _unique([*path_categories(path), *post.categories])
    inner = path.with_suffix("").as_posix().removeprefix(f"_{collection}/")
    tokens: dict[str, Token] = {
        **_date_tokens(moment),
        "title": lambda: _pretty(post.slug or stem),
        "slug": lambda: _slugified(post.slug or stem),
        "name": lambda: _slugified(stem),
        "basename": lambda: stem,
        "path": lambda: inner,
        "collection": lambda: collection,
        "categories": lambda: "/".join(name.lower() for name in categories),
        "slugified_categories": lambda: "/".join(map(_slugified, categories)),
        "output_ext": lambda: ".html",
    }
    yield from _filled(_JEKYLL_STYLES.get(style, style), tokens)


def _hexo(post: Post, blog: Blog, moment: datetime | None) -> Iterator[str]:
    path = blog.path_of(post.name)
    if "_posts" not in path.parts:
        page = path.relative_to("source") if path.parts[0] == "source" else path
        yield page.with_suffix(".html").as_posix()
        return
    settings = FrontMatterReader(blog.settings)
    inner = PurePosixPath(*path.parts[path.parts.index("_posts") + 1 :]).with_suffix("")
    pattern = post.permalink or settings.text("permalink") or _HEXO_DEFAULT
    default = settings.text("default_category") or "uncategorized"
    tokens: dict[str, Token] = {
        **_date_tokens(moment),
        "title": lambda: post.slug or inner.as_posix(),
        "name": lambda: post.slug or inner.name,
        "post_title": lambda: _pretty(post.title),
        "category": lambda: "/".join(map(_slugified, post.categories)) or default,
    }
    yield from _filled(pattern, tokens)


def _hugo(post: Post, blog: Blog, moment: datetime | None) -> Iterator[str]:
    path = blog.path_of(post.name)
    if path.parts[0] != "content":
        return
    parts = _without_language(path.parts[1:], blog)
    stem = _LANGUAGE_SUFFIX.sub("", PurePosixPath(parts[-1]).stem)
    folders = parts[:-1]
    if stem == "index" and folders:
        stem, folders = folders[-1], folders[:-1]
    section = folders[0] if folders else ""
    rules = lowered(blog.settings.get("permalinks"))
    rules = lowered(rules.get("page")) or rules
    pattern = post.permalink or rules.get(section.lower()) or rules.get("/")
    ending = ".html" if FrontMatterReader(blog.settings).flag("uglyurls") else "/"
    own = post.slug or stem
    tokens: dict[str, Token] = {
        **_date_tokens(moment),
        "section": lambda: section,
        "sections": lambda: "/".join(folders),
        "title": lambda: _slugified(post.title),
        "slug": lambda: post.slug or _slugified(post.title),
        "filename": lambda: stem,
        "contentbasename": lambda: stem,
        "slugorfilename": lambda: own,
        "slugorcontentbasename": lambda: own,
    }
    if isinstance(pattern, str) and ":" in pattern:
        filled = _filled(pattern, tokens)
    else:
        filled = iter([posixpath.join(*folders, own) + ending])
    for address in filled:
        yield _NOT_IN_HUGO.sub("", address.lower().replace(" ", "-"))


_PATHS: dict[str, Callable[[Post, Blog, datetime | None], Iterator[str]]] = {
    "jekyll": _jekyll,
    "hexo": _hexo,
    "hugo": _hugo,
}


def _filled(pattern: str, tokens: dict[str, Token]) -> Iterator[str]:
    """Yield the pattern with its tokens in place, nothing if one of them is not known."""
    if ":" not in pattern:
        return

    def value(match: re.Match[str]) -> str:
        # `:title:output_ext` and `:year_:month` alike: the longest name that is one counts.
        name = match[1]
        while name and name not in tokens:
            name = name[:-1]
        return tokens[name]() + match[1][len(name) :]

    try:
        yield _TOKEN.sub(value, pattern)
    except KeyError:
        return


def _date_tokens(moment: datetime | None) -> dict[str, Token]:
    if moment is None:
        return {}
    formats = {
        "year": "%Y",
        "short_year": "%y",
        "month": "%m",
        "day": "%d",
        "y_day": "%j",
        "yearday": "%j",
        "week": "%V",
        "w_year": "%G",
        "w_day": "%u",
        "hour": "%H",
        "minute": "%M",
        "second": "%S",
        "short_month": "%b",
        "long_month": "%B",
        "monthname": "%B",
        "short_day": "%a",
        "long_day": "%A",
        "weekdayname": "%A",
    }
    tokens: dict[str, Token] = {
        name: lambda form=form: moment.strftime(form)  # type: ignore[misc]
        for name, form in formats.items()
    }
    return {**tokens, "i_month": lambda: str(moment.month), "i_day": lambda: str(moment.day)}


def _without_language(parts: tuple[str, ...], blog: Blog) -> tuple[str, ...]:
    """Return a path below Hugo's `content` without the folder of its main language."""
    settings = FrontMatterReader(blog.settings)
    languages = lowered(blog.settings.get("languages"))
    main = settings.text("defaultcontentlanguage") or "en"
    below = settings.flag("defaultcontentlanguageinsubdir")
    is_main = len(parts) > 1 and parts[0].lower() in languages and parts[0].lower() == main.lower()
    return parts[1:] if is_main and not below else parts


def _pretty(name: str) -> str:
    """Return the name as Jekyll's `:title` has it, which keeps capitals."""
    return _NOT_PRETTY.sub("-", name).strip("-")


def _slugified(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name).strip("-").lower()


def _unique(names: list[str]) -> list[str]:
    return list({name.lower(): name for name in names})
