"""The last touches to tidy HTML: anchors, links, pictures, tables and videos.

They work on HTML rather than on Markdown's tree, so that what authors write as raw HTML is
treated alike.
"""

import html
import re
from collections.abc import Callable, Mapping

from articles.markup.anchors import AnchorNames
from articles.markup.footnotes import BACK_LINK_CLASS, REFERENCE_CLASS
from articles.markup.limits import Deadline
from articles.markup.marks import marked, unmarked
from articles.markup.rendition import KnownImage, TocEntry
from articles.markup.text import TextCollector
from articles.markup.urls import (
    decode_source,
    embed_source,
    is_external,
    is_local,
    youtube_id,
)

# Tidy HTML quotes every attribute and escapes every angle bracket in text.
_ATTRIBUTES = r'(?: [^\s=>"]+="[^"]*")*'
_TOKEN = re.compile(rf"<(/?)([a-z][a-z0-9]*)({_ATTRIBUTES})>|([^<]+)")
_ATTRIBUTE = re.compile(r' ([^\s=>"]+)="([^"]*)"')
# The content of a frame is raw text, in which angle brackets may stand.
_FRAME = re.compile(rf"<iframe({_ATTRIBUTES})>.*?</iframe>", re.DOTALL)
_FIRST_HEADING = re.compile(r"<h1[ >]")
_HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
_TOC_LEVELS = (2, 3)
# How wide the stylesheet shows a picture of the text: the measure, or a phone without its edges.
BODY_SIZES = "(min-width: 46rem) 42.5rem, 92vw"
_MISSING = "그림을 찾을 수 없습니다."

Attributes = dict[str, str]
# A picture of the text is loaded when a reader comes near it.
_LATER = {"loading": "lazy", "decoding": "async"}


class Finisher:
    """Finishes one document; afterwards it holds what was found on the way."""

    def __init__(
        self,
        images: Mapping[str, KnownImage] | None,
        site_hosts: frozenset[str],
        deadline: Deadline,
    ) -> None:
        self._deadline = deadline
        self._images = images
        self._site_hosts = site_hosts
        self._anchors = AnchorNames()
        self._out: list[str] = []
        self._shift = 0
        self._heading_start = 0
        self._heading_class = ""
        self._missing_alt = ""
        self._table_count = 0
        self.text = TextCollector()
        self.toc: list[TocEntry] = []
        self.sources: dict[str, None] = {}
        self._openings: dict[str, Callable[[Attributes], str]] = {
            "a": self._open_link,
            "figcaption": self._open_caption,
            "img": self._place_image,
            "input": _place_checkbox,
            "pre": _open_code,
            "table": self._open_table,
        }

    def finish(self, tidy_html: str) -> str:
        """The document with its attributes and wrappers, still to be sanitised."""
        # The page has its own first-level heading.
        self._shift = 1 if _FIRST_HEADING.search(tidy_html) else 0
        for match in _TOKEN.finditer(_FRAME.sub(_replace_frame, tidy_html)):
            self._deadline.check()
            closing, tag, attributes, text = match.groups()
            if text is not None:
                self.text.add_text(text)
                self._out.append(text)
            elif closing:
                self._close(tag)
            else:
                self._open(tag, attributes)
        return "".join(self._out)

    def _open(self, tag: str, raw: str) -> None:
        attributes = _parse_attributes(raw) if raw else {}
        hidden = unmarked(attributes.get("class", "")) in (REFERENCE_CLASS, BACK_LINK_CLASS)
        self.text.open(tag, is_hidden=hidden)
        if tag in _HEADING_LEVELS:
            self._heading_start = len(self._out)
            self._heading_class = attributes.get("class", "")
            self.text.start_title()
            self._out.append(unmarked(attributes.get("id", "")) or "")
        elif opening := self._openings.get(tag):
            self._out.append(opening(attributes))
        else:
            self._out.append(f"<{tag}{raw}>")

    def _close(self, tag: str) -> None:
        self.text.close(tag)
        if tag in _HEADING_LEVELS:
            self._close_heading(min(_HEADING_LEVELS[tag] + self._shift, 6))
        elif tag == "figure":
            self._out.append(self._close_figure())
        else:
            self._out.append(f"</{tag}></div>" if tag == "table" else f"</{tag}>")

    def _close_heading(self, level: int) -> None:
        title = self.text.take_title()
        anchor = self._anchors.claim(self._out[self._heading_start] or title)
        kept = {"class": self._heading_class} if self._heading_class else {}
        self._out[self._heading_start] = _tag(f"h{level}", {"id": marked(anchor)} | kept)
        self._out.append(f"</h{level}>")
        if title and level in _TOC_LEVELS:
            self.toc.append(TocEntry(level, anchor, title))

    def _open_link(self, attributes: Attributes) -> str:
        if is_external(attributes.get("href", ""), self._site_hosts):
            attributes["rel"] = "noopener"
        return _tag("a", attributes)

    def _open_table(self, attributes: Attributes) -> str:
        self._table_count += 1
        wrapper = {
            "class": marked("table-scroll"),
            "tabindex": "0",
            "role": "region",
            # Regions are told apart by their names.
            "aria-label": "표" if self._table_count == 1 else f"표 {self._table_count}",
        }
        return _tag("div", wrapper) + _tag("table", attributes)

    def _place_image(self, attributes: Attributes) -> str:
        written = attributes.get("src", "")
        alt = attributes.get("alt", "")
        # For readers, what has no words yet is silent too; a browser would say the file's name.
        attributes = {"src": written, "alt": alt} | attributes
        if not written:
            return self._replace_missing_image(alt)
        source = decode_source(written)
        self.sources.setdefault(source)
        known = self._images.get(source) if self._images is not None else None
        if known is not None:
            return _place_known_image(known, attributes)
        if self._images is not None and is_local(written):
            return self._replace_missing_image(alt)
        attributes |= _LATER
        if not is_local(written):
            attributes["referrerpolicy"] = "no-referrer"
        return _tag("img", attributes)

    def _replace_missing_image(self, alt: str) -> str:
        if self._out and self._out[-1].startswith("<figure"):
            classes = _parse_attributes(self._out[-1]).get("class", "")
            missing = f"{marked('image-missing')} {classes}".strip()
            self._out[-1] = _tag("figure", {"class": missing})
            self._missing_alt = alt
            return f"<p>{_MISSING}</p>"
        note = f"{_MISSING} {_escape(alt)}".strip()
        return _tag("span", {"class": marked("image-missing")}) + f"{note}</span>"

    def _open_caption(self, attributes: Attributes) -> str:
        self._missing_alt = ""
        return _tag("figcaption", attributes)

    def _close_figure(self) -> str:
        """A missing picture without a caption is described by its alternative text."""
        alt, self._missing_alt = self._missing_alt, ""
        return (f"<figcaption>{_escape(alt)}</figcaption>" if alt else "") + "</figure>"


def _place_known_image(known: KnownImage, attributes: Attributes) -> str:
    """A picture of ours, with its smaller copies for browsers to choose from."""
    attributes |= {"width": str(known.width), "height": str(known.height), **_LATER}
    if known.address:
        attributes["src"] = known.address
    image = _tag("img", attributes)
    if not known.source_sets:
        return image
    sources = (
        _tag("source", {"type": each.media_type, "srcset": each.srcset, "sizes": BODY_SIZES})
        for each in known.source_sets
    )
    return f"<picture>{''.join(sources)}{image}</picture>"


def _open_code(attributes: Attributes) -> str:
    """A block of code; whoever has no mouse can still reach it and push long lines aside."""
    return _tag("pre", attributes | {"tabindex": "0"})


def _place_checkbox(attributes: Attributes) -> str:
    """The box of a task; any other kind of input has no place in an article."""
    if attributes.get("type") != "checkbox":
        return ""
    label = "끝난 일" if "checked" in attributes else "남은 일"
    return _tag("input", attributes | {"disabled": "", "aria-label": label})


def _replace_frame(match: re.Match[str]) -> str:
    """A frame with a known video, in the one form we allow, or nothing."""
    video = youtube_id(_parse_attributes(match[1]).get("src", ""))
    if video is None:
        return ""
    frame = {
        "src": embed_source(video),
        "title": "YouTube 동영상",
        "loading": "lazy",
        "allowfullscreen": "",
        "referrerpolicy": "strict-origin-when-cross-origin",
    }
    return _tag("iframe", frame) + "</iframe>"


def _parse_attributes(raw: str) -> Attributes:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(raw)}


def _tag(name: str, attributes: Attributes) -> str:
    parts = [f' {key}="{_escape(value)}"' for key, value in attributes.items()]
    return f"<{name}{''.join(parts)}>"


def _escape(text: str) -> str:
    return html.escape(text, quote=True)
