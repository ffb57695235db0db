"""The arguments of template tags and shortcodes, and the Markdown that such tags stand for."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_WORD = re.compile(
    r"(?:(?P<name>[\w-]{1,40})\s{0,5}[=:]\s{0,5}(?=[^\s=]))?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"'`]+))"
)
_IMAGE_NAMES = ("image_path", "src", "url", "file", "path", "img", "image", "link", "name")
_IMAGE_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|bmp|svg)(?:[?#].*)?$", re.IGNORECASE)
_FILM_NUMBER = re.compile(
    r"(?:.*(?:youtu\.be/|[?&]v=|/embed/|/shorts/))?([\w-]{11})(?:[?&].*)?", re.DOTALL
)
_TAG = re.compile(r"<[^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\s]{1,500}(?:\s[^()]{0,200})?\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`]{1,300}?)(?<=\S)\1")


class Arguments:
    """What a tag was given: `named` values by lower-case name, and the others in order."""

    def __init__(self, written: str) -> None:
        self.named: dict[str, str] = {}
        self.unnamed: list[str] = []
        for match in _WORD.finditer(written):
            kind = next(
                (kind for kind in ("double", "single", "raw", "bare") if match[kind] is not None),
                "bare",
            )
            value = re.sub(r"\\([\"'])", r"\1", match[kind])
            if match["name"] and not (kind == "bare" and match[kind].startswith("//")):
                self.named[match["name"].lower()] = value
            else:
                self.unnamed.append(value if not match["name"] else match[0])

    def get(self, *names: str) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "")

    def first(self, *names: str) -> str:
        """Return the value of one of the names, or else the first value without a name."""
        return self.get(*names) or next(iter(self.unnamed), "")


def image(arguments: Arguments, reference: str = "") -> str:
    """Return the Markdown image that a tag's arguments describe, or ""."""
    path = reference or next(
        (
            arguments.named[name]
            for name in _IMAGE_NAMES
            if _IMAGE_SUFFIX.search(arguments.named.get(name, ""))
        ),
        "",
    )
    if _IMAGE_SUFFIX.search(path) is None:
        return ""
    caption = arguments.get("caption") or arguments.get("title")
    words = plain_words(caption)
    if words == caption:
        return markdown_image(path, arguments.get("alt"), caption)
    # Emphasis and links are kept in a line of its own below the picture.
    alone = markdown_image(path, arguments.get("alt") or words, "")
    return f"{alone}\n▲ {' '.join(caption.split())}"


def plain_words(text: str) -> str:
    """Return the text without marks of emphasis, code and links."""
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))


def markdown_image(path: str, alt: str, caption: str) -> str:
    caption = " ".join(_TAG.sub("", caption).split())
    title = f' "{caption.replace(chr(34), "&quot;")}"' if caption else ""
    address = f"<{path}>" if re.search(r"[\s()]", path) else path
    words = re.sub(r"[\[\]]", "", alt or caption)
    return f"![{words}]({address}{title})"


def gallery(pictures: object, caption: str = "") -> str:
    """Return the pictures of a minimal-mistakes gallery, as front matter lists them."""
    shown = []
    for picture in pictures if isinstance(pictures, list) else []:
        if not isinstance(picture, Mapping):
            continue
        texts = {str(key): item for key, item in picture.items() if isinstance(item, str)}
        if path := texts.get("image_path") or texts.get("url"):
            shown.append(markdown_image(path, texts.get("alt", ""), texts.get("title", "")))
    if shown and caption:
        shown.append(f"▲ {caption}")
    return "\n\n".join(shown)


def film(provider: str, number: str) -> str:
    """Return the player or link for a film, "" where its number cannot be made out."""
    if provider == "vimeo":
        return f"<https://vimeo.com/{number}>" if number.isdigit() else ""
    found = _FILM_NUMBER.fullmatch(number)
    return f'<iframe src="https://www.youtube.com/embed/{found[1]}"></iframe>' if found else ""


def link(words: str, address: str) -> str:
    if not address:
        return words
    if not words or words == address:
        return f"<{address}>" if address.startswith("http") else f"[{address}]({address})"
    escaped = words.replace("[", "\\[").replace("]", "\\]")
    return f"[{escaped}]({f'<{address}>' if ' ' in address else address})"


def fence(code: str, language: str = "", indent: str = "") -> str:
    code = code.strip("\n").rstrip()
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{indent}{marks}{language}\n{code}\n{indent}{marks}"


def callout(kind: str, content: str, title: str = "") -> str:
    """Return a callout; `kind` may be any of the kinds that `callout_kind` knows."""
    head = f"> [!{callout_kind(kind)}] {title.strip()}".rstrip()
    return f"\n{head}\n{quoted(content)}\n"


def quoted(content: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in content.strip("\n").split("\n"))


_KINDS = {
    "TIP": "tip success done check hint primary-tip green",
    "IMPORTANT": "important critical",
    "WARNING": "warning warn attention yellow orange",
    "CAUTION": "caution danger error bug failure fail missing red alert",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def callout_kind(kind: str) -> str:
    return _KIND_OF.get(kind.lower(), "NOTE")


def details(summary: str, content: str) -> str:
    words = html.escape(summary.strip(), quote=False) or "더 보기"
    return f"\n<details><summary>{words}</summary>\n\n{content.strip(chr(10))}\n\n</details>\n"
