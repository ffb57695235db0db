"""The cards of Ghost's editor, as its pages show them, in plain HTML."""

from __future__ import annotations

from collections.abc import Callable

from articles.importing.html_inlines import Conversion
from articles.importing.html_tree import Element

Node = Element | str

_STAR = "kg-product-card-rating-active"


def resolve_cards(element: Element, conversion: Conversion) -> None:
    """Replace the cards within an element; those that articles cannot hold are named."""
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, str):
            children.append(child)
            continue
        resolve_cards(child, conversion)
        resolve = next((_CARDS[name] for name in child.classes if name in _CARDS), None)
        children += resolve(child, conversion) if resolve else [child]
    element.children = children


def _bookmark(card: Element, conversion: Conversion) -> list[Node]:
    """Return a link, with what the other page says of itself below."""
    container = _part(card, "kg-bookmark-container", "kg-nft-card-container")
    address = container.get("href") if container else ""
    title = _part(card, "kg-bookmark-title", "kg-nft-title")
    words = " ".join(title.text().split()) if title else ""
    line: list[Node] = [_link(address, [words or address])]
    if description := _text_of(_part(card, "kg-bookmark-description", "kg-nft-description")):
        line += [Element("br"), description]
    picture = _part(card, "kg-nft-image")
    shown: list[Node] = [_paragraph([picture])] if picture else []
    return [*shown, _paragraph(line), *_caption(card)]


def _before_after(card: Element, conversion: Conversion) -> list[Node]:
    """Return both pictures in their order; the page lays the earlier one over the later."""
    sides = (_part(card, f"kg-before-after-card-image-{side}") for side in ("before", "after"))
    pictures = [side if side.name == "img" else side.find("img") for side in sides if side]
    shown: list[Node] = [_paragraph([picture]) for picture in pictures if picture]
    return [*shown, *_caption(card)] if shown else [card]


def _callout(card: Element, conversion: Conversion) -> list[Node]:
    text = _part(card, "kg-callout-text") or Element("div")
    emoji = _text_of(_part(card, "kg-callout-emoji"))
    children = list(text.children)
    first = children[0] if children else ""
    if emoji and isinstance(first, Element) and first.name == "p":
        children[0] = _paragraph([f"{emoji} ", *first.children])
    elif emoji:
        children.insert(0, f"{emoji} ")
    return [_block("blockquote", children)]


def _toggle(card: Element, conversion: Conversion) -> list[Node]:
    heading = _part(card, "kg-toggle-heading-text")
    content = _part(card, "kg-toggle-content")
    summary = Element("summary", {}, list(heading.children) if heading else [])
    return [_block("details", [summary, _block("div", content.children if content else [])])]


def _file(card: Element, conversion: Conversion) -> list[Node]:
    container = _part(card, "kg-file-card-container") or card.find("a") or Element("a")
    name = _part(card, "kg-file-card-title", "kg-file-card-filename")
    line = _named_link(container.get("href"), _text_of(name), "a file", conversion)
    if caption := _text_of(_part(card, "kg-file-card-caption")):
        line += [Element("br"), caption]
    return [_paragraph(line)]


def _audio(card: Element, conversion: Conversion) -> list[Node]:
    recording = card.find("audio")
    address = recording.get("src") if recording else ""
    title = _text_of(_part(card, "kg-audio-title"))
    return [_paragraph(_named_link(address, title, "a recording or film", conversion))]


def _video(card: Element, conversion: Conversion) -> list[Node]:
    film = card.find("video")
    return [*([film] if film else []), *_caption(card)]


def _header(card: Element, conversion: Conversion) -> list[Node]:
    heading = _part(card, "kg-header-card-header", "kg-header-card-heading")
    below = _part(card, "kg-header-card-subheader", "kg-header-card-subheading")
    shown = [_picture(card, "kg-header-card-image", card.get("data-kg-background-image"))]
    shown += [Element("h2", {}, heading.children)] if heading else []
    shown += [_paragraph(below.children)] if below else []
    return [each for each in (*shown, _button(card, "kg-header-card-button")) if each]


def _product(card: Element, conversion: Conversion) -> list[Node]:
    title = _part(card, "kg-product-card-title")
    description = _part(card, "kg-product-card-description")
    stars = "★" * _count(card, _STAR)
    shown = [_picture(card, "kg-product-card-image")]
    shown += [Element("h4", {}, title.children)] if title else []
    shown += [_paragraph([f"{stars:☆<5}"])] if stars else []
    shown += [_block("div", description.children)] if description else []
    return [each for each in (*shown, _button(card, "kg-product-card-button")) if each]


def _call_to_action(card: Element, conversion: Conversion) -> list[Node]:
    text = _part(card, "kg-cta-text")
    container = _part(card, "kg-cta-image-container")
    picture = container.find("img") if container else None
    # The picture's alternative text is Ghost's own, and always the same.
    shown = [_paragraph([Element("img", {"src": picture.get("src")})])] if picture else []
    shown += [_block("div", text.children)] if text else []
    if button := _button(card, "kg-cta-button"):
        shown.append(button)
    return [_block("blockquote", [*shown])]


def _embed(card: Element, conversion: Conversion) -> list[Node]:
    """Return the card without the scripts that make a player of a link."""
    card.children = [
        each for each in card.children if not isinstance(each, Element) or each.name != "script"
    ]
    return [card]


def _left_out(what: str) -> Callable[[Element, Conversion], list[Node]]:
    def resolve(card: Element, conversion: Conversion) -> list[Node]:
        conversion.warn(f"left out: {what}")
        return []

    return resolve


_CARDS: dict[str, Callable[[Element, Conversion], list[Node]]] = {
    "kg-before-after-card": _before_after,
    "kg-bookmark-card": _bookmark,
    "kg-nft-card": _bookmark,
    "kg-callout-card": _callout,
    "kg-toggle-card": _toggle,
    "kg-file-card": _file,
    "kg-audio-card": _audio,
    "kg-video-card": _video,
    "kg-header-card": _header,
    "kg-product-card": _product,
    "kg-cta-card": _call_to_action,
    "kg-embed-card": _embed,
    "kg-signup-card": _left_out("the form to sign up (signup card)"),
    "kg-email-card": _left_out("what only e-mails showed (email card)"),
    "kg-email-cta-card": _left_out("what only e-mails showed (email-cta card)"),
    "kg-collection-card": _left_out("a list of posts that Ghost fills (collection card)"),
}


def _part(card: Element, *names: str) -> Element | None:
    """Return the first element within the card that has one of the classes."""
    for child in card.elements:
        if not child.classes.isdisjoint(names):
            return child
        if found := _part(child, *names):
            return found
    return None


def _count(card: Element, name: str) -> int:
    return sum((name in child.classes) + _count(child, name) for child in card.elements)


def _text_of(part: Element | None) -> str:
    return " ".join(part.text().split()) if part else ""


def _caption(card: Element) -> list[Node]:
    return [_paragraph(child.children) for child in card.elements if child.name == "figcaption"]


def _picture(card: Element, name: str, address: str = "") -> Element | None:
    image = _part(card, name)
    if image is None or image.name != "img":
        image = Element("img", {"src": address}) if address else None
    return _paragraph([image]) if image else None


def _button(card: Element, name: str) -> Element | None:
    button = _part(card, name)
    return _paragraph([button]) if button and button.get("href") else None


def _named_link(address: str, name: str, what: str, conversion: Conversion) -> list[Node]:
    if not address:
        return [name]
    conversion.warn(f"{what} became a link: {conversion.mend_link(address)[:100]}")
    return [_link(address, [name or address.rpartition("/")[2]])]


def _link(address: str, children: list[Node]) -> Element:
    return Element("a", {"href": address}, children)


def _paragraph(children: list[Node]) -> Element:
    return Element("p", {}, list(children))


def _block(name: str, children: list[Node]) -> Element:
    return Element(name, {}, list(children), holds_blocks=True)
