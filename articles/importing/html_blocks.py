"""HTML as Markdown that renders the same: paragraphs, lists, quotations, figures, code, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from articles.importing.html_inlines import (
    Conversion,
    is_target,
    line_of,
    paragraphs_of,
    picture,
    source_of,
)
from articles.importing.html_tables import table
from articles.importing.html_tree import BLOCKS, Element

_IN_SOURCES = frozenset(["a", "b", "em", "i", "span", "strong", "br"])
_LANGUAGE = re.compile(r"(?:language|lang|brush)[-:]\s?([A-Za-z0-9+#_.-]{1,30})")
_VIDEO = re.compile(r"youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/([\w-]{11})")
_LEFT_OUT = frozenset(["script", "style", "form", "object", "noscript", "fieldset"])
_PLAIN = frozenset(["span", "p"])
_MEDIA = frozenset(["audio", "video"])
RULE = "* * *"
# How the items of a list begin, and how they do right below another list.
_SIGNS = {"ul": (r"^- ", r"* "), "ol": (r"^(\d{1,9})\. ", r"\1) ")}

Node = Element | str


def to_markdown(root: Element, conversion: Conversion) -> str:
    """Return the tree as Markdown; what articles cannot hold is named in the warnings."""
    return "\n\n".join(_Writer(conversion).blocks(root.children))


def video_address(address: str) -> str:
    """Return the page of a YouTube film that is embedded from an address, or ""."""
    if match := _VIDEO.search(address):
        return f"https://www.youtube.com/watch?v={match[1]}"
    return ""


class _Writer:
    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion
        self._named: dict[str, Callable[[Element], list[str]]] = {
            "blockquote": self._quotation,
            "ul": self._list,
            "ol": self._list,
            "pre": self._code,
            "table": self._table,
            "figure": self._figure,
            "hr": lambda element: [RULE],
            "iframe": self._frame,
            "dl": self._definitions,
            "details": self._details,
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            **dict.fromkeys(_MEDIA, self._media),
            **dict.fromkeys(_LEFT_OUT, self._left_out),
        }

    def blocks(self, nodes: Sequence[Node]) -> list[str]:
        """Return the Markdown of each block; what stands between blocks is paragraphs."""
        written: list[str] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and (node.name in BLOCKS or node.holds_blocks):
                written += paragraphs_of(run, self._conversion)
                run = []
                written += self._apart(written, node, self._block(node))
            else:
                run.append(node)
        return written + paragraphs_of(run, self._conversion)

    def _apart(self, above: list[str], element: Element, blocks: list[str]) -> list[str]:
        """Keep two lists in a row from becoming one, by another sign for the second."""
        if element.name not in ("ul", "ol") or not above or not blocks:
            return blocks
        sign, other = _SIGNS[element.name]
        if not re.match(sign, above[-1]):
            return blocks
        return [re.sub(sign, other, text, flags=re.MULTILINE) for text in blocks]

    def _block(self, element: Element) -> list[str]:
        if write := self._named.get(element.name):
            return write(element)
        if "wp-block-verse" in element.classes:
            return self._verse(element)
        return self.blocks(element.children)

    def _heading(self, element: Element) -> list[str]:
        line = line_of(element.children, self._conversion)
        # A run of `#` at the end of a heading would be taken for its closing mark.
        line = re.sub(r"#+$", lambda match: match[0].replace("#", r"\#"), line)
        return [f"{'#' * int(element.name[1])} {line}"] if line else []

    def _quotation(self, element: Element) -> list[str]:
        quoted, sources = _without_sources(element.children)
        blocks = self.blocks(quoted)
        for source in sources:
            if name := line_of(source, self._conversion):
                name = name.lstrip("—–- ")
                blocks.append(f"— {name}")
        if blocks and (kind := element.get("data-callout")):
            title = line_of([element.get("title")], self._conversion)
            blocks = [f"[!{kind}] {title}".rstrip() + "\n" + blocks[0], *blocks[1:]]
        return [_prefixed("\n\n".join(blocks), "> ")] if blocks else []

    def _list(self, element: Element) -> list[str]:
        if element.elements and all(map(_is_figure, element.elements)):
            # Old galleries are lists.
            return self.blocks([node for child in element.elements for node in child.children])
        start = element.get("start")
        number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        items: list[str] = []
        loose = False
        for child in element.elements:
            blocks = self.blocks(child.children if child.name == "li" else [child])
            if child.name in ("ul", "ol") and items:
                # Old editors put a nested list beside its item instead of into it.
                items[-1] += "\n" + _indented("\n\n".join(blocks), 3 if element.name == "ol" else 2)
                continue
            sign = f"{number}. " if element.name == "ol" else "- "
            loose = loose or any(inner.name == "p" for inner in child.elements[1:])
            items.append(sign + _indented(_item(blocks), len(sign)).lstrip())
            number += 1
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _code(self, element: Element) -> list[str]:
        if "wp-block-verse" in element.classes:
            return self._verse(element)
        inner = element.find("code")
        named = " ".join([element.get("class"), inner.get("class") if inner else ""])
        language = element.get("data-language") or (inner.get("lang") if inner else "")
        if not language and (match := _LANGUAGE.search(named)):
            language = match[1]
        return [fenced(element.text(), language)]

    def _verse(self, element: Element) -> list[str]:
        ends_count = self._conversion.line_ends_count
        self._conversion.line_ends_count = True
        try:
            return paragraphs_of(element.children, self._conversion)
        finally:
            self._conversion.line_ends_count = ends_count

    def _table(self, element: Element) -> list[str]:
        return table(element, self._conversion)

    def _figure(self, element: Element) -> list[str]:
        """Return what a figure holds with its caption, which a gallery has besides its pictures'."""
        captions = [child for child in element.elements if child.name == "figcaption"]
        content = [child for child in element.children if child not in captions]
        caption = line_of([node for each in captions for node in each.children], self._conversion)
        image = _only_picture(content)
        address = "".join(_text_of(node) for node in content).strip()
        if image is None and re.fullmatch(r"https?://\S+", address):
            return [_address_alone(address), *filter(None, [caption])]
        if image is None:
            blocks = self.blocks(content)
            return [*blocks, caption] if caption else blocks
        has_marks = any(map(_has_marks, captions))
        plain = " ".join(" ".join(each.text().split()) for each in captions)
        written = picture(image, "" if has_marks else plain, self._conversion)
        if not written:
            return []
        written = self._linked(element, written)
        # Only below a picture may a caption hold links and emphasis.
        return [f"{written}\n▲ {caption}" if has_marks and caption else written]

    def _linked(self, figure: Element, written: str) -> str:
        link = figure.find("a")
        if link is None or link.find("img") is None:
            return written
        line = line_of([Element("a", link.attributes, list(link.children))], self._conversion)
        return f"[{written}]({line.rpartition('](')[2]}" if line.startswith("[!") else written

    def _frame(self, element: Element) -> list[str]:
        address = element.get("src") or element.get("data-src")
        address = f"https:{address}" if address.startswith("//") else address
        if film := video_address(address):
            return [f"<{film}>"]
        if not is_target(address):
            return []
        self._conversion.warn(f"an embedded page became a link: {address[:100]}")
        return [_address_alone(address)]

    def _media(self, element: Element) -> list[str]:
        inner = element.find("source")
        address = source_of(element) or (source_of(inner) if inner else "")
        address = self._conversion.mend_link(address)
        if not is_target(address):
            return []
        self._conversion.warn(f"a recording or film became a link: {address[:100]}")
        return [_address_alone(address)]

    def _definitions(self, element: Element) -> list[str]:
        blocks: list[str] = []
        for child in element.elements:
            if child.name == "dt":
                line = line_of(child.children, self._conversion)
                blocks.append(f"**{line}**" if line and "*" not in line else line)
            else:
                blocks += self.blocks(child.children)
        return [block for block in blocks if block]

    def _details(self, element: Element) -> list[str]:
        heads = [child for child in element.elements if child.name == "summary"]
        rest = self.blocks([child for child in element.children if child not in heads])
        lines = (line_of(head.children, self._conversion) for head in heads)
        return [*(f"**{line}**" if "*" not in line else line for line in lines if line), *rest]

    def _left_out(self, element: Element) -> list[str]:
        if element.name == "noscript":
            return []
        self._conversion.warn(f"left out: <{element.name}>")
        return []


def fenced(text: str, language: str = "") -> str:
    """Return code in a fence that nothing in it can end."""
    text = text.replace("\r\n", "\n").strip("\n").rstrip()
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def note(label: str, content: Element, conversion: Conversion) -> str:
    """Return the text of a footnote."""
    body = "\n\n".join(_Writer(conversion).blocks(content.children))
    return f"[^{label}]: " + _indented(body, 4).lstrip()


def _item(blocks: list[str]) -> str:
    """Return an item's blocks; a list right below its first line stands close to it."""
    text = ""
    for number, block in enumerate(blocks):
        close = number == 1 and re.match(r"(?:[-*]|\d{1,9}[.)]) ", block)
        text += ("\n" if close else "\n\n") * bool(number) + block
    return text


def _indented(text: str, width: int) -> str:
    return _prefixed(text, " " * width)


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join(
        (prefix + line).rstrip(" ") if not line else prefix + line for line in text.split("\n")
    )


def _address_alone(address: str) -> str:
    if re.fullmatch(r"https?://[^\s<>]+", address):
        return f"<{address}>"
    return f"[{address.rpartition('/')[2] or address}](<{address}>)"


def _only_picture(nodes: Sequence[Node]) -> Element | None:
    """Return the picture when there is nothing else but what it stands in."""
    pictures = list(_pictures(nodes))
    if len(pictures) != 1:
        return None
    text = "".join(map(_text_of, nodes))
    return None if text.strip() else pictures[0]


def _has_marks(caption: Element) -> bool:
    """Whether a caption says more than words do; editors wrap plain ones too."""
    return any(child.name not in _PLAIN or _has_marks(child) for child in caption.elements)


def _without_sources(
    nodes: Sequence[Element | str],
) -> tuple[list[Element | str], list[list[Element | str]]]:
    """Return what is quoted, and from where: each `<cite>` with the words that follow it."""
    quoted: list[Element | str] = []
    sources: list[list[Element | str]] = []
    is_source = False
    for node in nodes:
        if isinstance(node, Element) and node.name in ("cite", "footer"):
            sources.append([*node.children])
            is_source = True
        elif is_source and (isinstance(node, str) or node.name in _IN_SOURCES):
            sources[-1].append(node)
        else:
            quoted.append(node)
            is_source = False
    return quoted, sources


def _is_figure(item: Element) -> bool:
    return [child.name for child in item.elements] == ["figure"]


def _text_of(node: Node) -> str:
    return node if isinstance(node, str) else node.text()


def _pictures(nodes: Sequence[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.name == "img":
                yield node
            yield from _pictures(node.children)
