"""Bring Hugo's shortcodes, `{{< figure … >}}` and `{{% notice … %}}`, into Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from articles.importing.code_spans import matches_outside_code
from articles.importing.nested_tags import Role, resolve_nested
from articles.importing.tag_arguments import (
    Arguments,
    callout,
    callout_kind,
    details,
    fence,
    film,
    image,
    link,
    quoted,
)

# Braces within arguments are so rare that a search for them is not worth its cost.
_SHORTCODE = re.compile(
    r"\{\{(?P<open>[<%])\s{0,9}(?P<end>/?)\s{0,9}(?P<name>[\w/.-]{1,60})"
    r"(?P<rest>(?:\s[^{}]{0,2000}?)?)\s{0,9}(?P<alone>/?)[>%]\}\}"
)
# Shown on the page of a manual that explains shortcodes: `{{</* figure */>}}`.
_SHOWN = re.compile(r"\{\{([<%])/\*([^{}]{0,500}?)\*/([>%])\}\}")
_NOTICES = frozenset(
    [
        "notice",
        "admonition",
        "alert",
        "callout",
        "hint",
        "note",
        "tip",
        "info",
        "warning",
        "danger",
        "caution",
        "important",
        "success",
        "message",
        "infobox",
        "remark",
    ]
)
_KINDS = _NOTICES | {"error", "example", "question", "quote", "abstract", "primary", "default"}
_PICTURES = frozenset(
    ["figure", "img", "image", "imgproc", "bundle-image", "lightbox", "picture", "photo"]
)
_KEPT = frozenset(
    [
        "raw",
        "rawhtml",
        "html",
        "center",
        "columns",
        "column",
        "lead",
        "gallery",
        "tabs",
        "tab",
        "steps",
        "div",
    ]
)
_UNSEEN = _KEPT | frozenset(
    ["toc", "br", "math", "katex", "mermaid", "adsense", "icon", "fa", "fontawesome", "emoji"]
)
_FILMS = frozenset({"youtube", "vimeo", "youtubelite", "youtube-lite"})
_TAGS = frozenset(["sup", "sub", "kbd", "mark", "u"])
_MATH = frozenset(["math", "katex", "latex", "mathjax"])

Warn = Callable[[str], None]
Post = Callable[[str], str]


def resolve_shortcodes(text: str, warn: Warn, address_of: Post) -> str:
    """Return the Markdown with shortcodes outside code resolved.

    Of a pair that is not known the content stays, and of any other, within a line, its first
    words; both are named by `warn`. `address_of` gives the address of a post that `ref` names.
    """
    if "{{<" in text or "{{%" in text:
        text = _Resolver(warn, address_of).resolve(text)
        text = _SHOWN.sub(r"{{\1\2\3}}", text)
    return text


class _Resolver:
    def __init__(self, warn: Warn, address_of: Post) -> None:
        self._warn = warn
        self._address_of = address_of

    def resolve(self, text: str) -> str:
        matches = list(matches_outside_code(_SHORTCODE, text))
        roles = [
            Role(match["name"].lower(), closes=bool(match["end"]), opens=not match["alone"])
            for match in matches
        ]
        return resolve_nested(text, matches, roles, self._pair, self._single)

    def _pair(self, match: re.Match[str], content: str) -> str:
        name, given = match["name"].lower(), Arguments(match["rest"])
        if name in ("highlight", "code", "codeblock"):
            return "\n" + fence(content, given.first("lang", "language")) + "\n"
        if name in ("mermaid", "plantuml", "chart"):
            return "\n" + fence(content, name) + "\n"
        if name in ("details", "expand", "spoiler", "collapse", "accordion", "fold"):
            return details(given.first("summary", "title", "label"), content)
        if name in _NOTICES:
            return _notice(name, given, content)
        if name in ("quote", "blockquote", "epigraph"):
            by = given.first("author", "cite", "source")
            return f"\n{quoted(content + (f'{chr(10)}{chr(10)}— {by}' if by else ''))}\n"
        if name in _MATH:
            return content
        if name in ("button", "link", "a"):
            return link(content.strip(), given.first("href", "url", "link", "relref"))
        if name in _PICTURES and (picture := image(given, _picture_of(given))):
            return f"{picture}\n{content}"
        if name not in _KEPT:
            self._warn(f"shortcode {name} removed, its content kept")
        return content

    def _single(self, match: re.Match[str]) -> str:
        name, given = match["name"].lower(), Arguments(match["rest"])
        if match["end"]:
            return ""
        if name in _UNSEEN:
            return ""
        if name in _TAGS and given.unnamed:
            return f"<{name}>{given.unnamed[0]}</{name}>"
        resolved = self._shown(name, given)
        if resolved:
            return resolved
        self._warn(f"shortcode removed: {' '.join(match[0].split())[:100]}")
        return " ".join(given.unnamed[:1]) if _is_within_line(match) else ""

    def _shown(self, name: str, given: Arguments) -> str:
        """Return what a shortcode shows that stands alone, "" where that is not known."""
        if name in _PICTURES:
            return image(given, _picture_of(given))
        if name in _FILMS:
            return film("vimeo" if name == "vimeo" else "youtube", given.first("id", "src"))
        if name in ("ref", "relref"):
            return self._address_of(given.first("path"))
        if name == "gist":
            return link("", "https://gist.github.com/" + "/".join(given.unnamed[:2]))
        if name in ("tweet", "twitter", "x", "x-simple"):
            return _tweet(given)
        if name.startswith("instagram"):
            return link("", f"https://www.instagram.com/p/{given.first('id')}/")
        if name in ("video", "audio", "bilibili", "pdf", "button", "link"):
            return link(given.get("title", "text", "name"), given.first("src", "href", "url"))
        return ""


def _is_within_line(match: re.Match[str]) -> bool:
    text = match.string
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    after = text[match.end() : match.end() + 200].split("\n")[0]
    return bool(before.strip(" \t>") or after.strip())


def _picture_of(given: Arguments) -> str:
    return given.first("src", "url", "file", "path", "link", "name")


def _notice(name: str, given: Arguments, content: str) -> str:
    kind = name
    if name not in ("note", "tip", "info", "warning", "danger", "caution", "important", "success"):
        kind = given.first("type", "kind", "level", "style", "context", "class", "color")
    unnamed = [word for word in given.unnamed if word.lower() not in _KINDS]
    title = given.get("title", "text", "summary") or " ".join(unnamed[:1])
    if callout_kind(kind) == "NOTE" and kind.lower() not in _KINDS:
        title = given.get("title", "text") or (kind if kind and kind != name else "")
    return callout(kind, content, "" if title in ("true", "false") else title)


def _tweet(given: Arguments) -> str:
    user, number = given.get("user"), given.first("id")
    if number.isdigit():
        return link("", f"https://twitter.com/{user or 'i'}/status/{number}")
    return link("", number) if number.startswith("http") else ""
