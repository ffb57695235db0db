"""Brings our HTML and GitHub's into one form, so that only real differences remain."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

_COMPARED_ATTRIBUTES = {"href", "src", "alt", "title", "start", "align", "checked", "disabled"}
_VOID = {"br", "hr", "img", "input"}
_INLINE = {"a", "b", "code", "del", "em", "img", "input", "strong", "sup"}


class _Normaliser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._path: list[str] = []
        self._skipped: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_wrapper = tag == "span" or ("class", "table-scroll") in attrs
        if tag not in _VOID:
            self._path.append(tag)
            self._skipped.append(is_wrapper)
        if is_wrapper:
            return
        # We silence a picture that nobody described, where GitHub lets its file name be read.
        given = [("alt", ""), *attrs] if tag == "img" and "alt" not in dict(attrs) else attrs
        compared = sorted((k, unquote(v or "")) for k, v in given if k in _COMPARED_ATTRIBUTES)
        written = "".join(f' {key}="{value}"' for key, value in compared)
        self._add_tag(tag, f"<{_renamed(tag)}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._path.pop()
        if not self._skipped.pop():
            self._add_tag(tag, f"</{_renamed(tag)}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if "pre" in self._path else re.sub(r"\s+", " ", data))

    def _add_tag(self, tag: str, written: str) -> None:
        self.parts.append(written if tag in _INLINE else f"\x00{written}\x00")


def _renamed(tag: str) -> str:
    """A figure stands where GitHub has a paragraph with a picture."""
    return "p" if tag == "figure" else tag


def normalise(html: str) -> str:
    """HTML without classes, ids, wrappers of ours and whitespace between blocks."""
    parser = _Normaliser()
    parser.feed(html)
    parser.close()
    return re.sub(" *\x00+ *", "", "".join(parser.parts)).strip()
