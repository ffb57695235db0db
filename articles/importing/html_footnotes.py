"""Footnotes as makers of pages write them: a mark that leads to a note, which leads back."""

from __future__ import annotations

from collections.abc import Iterator

from articles.importing.html_tree import Element

_AROUND = frozenset(["ol", "ul", "section", "div", "aside", "footer"])
# A link back is an arrow, or says so.
_MAX_ARROW = 2
_WAYS_BACK = frozenset(["[본문으로]", "본문으로", "돌아가기", "back", "return"])


def take_notes(root: Element) -> dict[str, Element]:
    """Return the notes by their labels, and take them out of the tree.

    A mark in the text becomes `<sup data-fn="label">`. What has no way back is no footnote.
    """
    items: dict[str, list[Element]] = {}
    for element, _ in _elements(root):
        if element.name == "li" and element.get("id"):
            items.setdefault(element.get("id"), []).append(element)
    if not items:
        return {}
    ways_back = {id(item): _targets(item) for found in items.values() for item in found}
    notes: dict[str, Element] = {}
    labels: dict[int, str] = {}
    met: dict[tuple[str, str], int] = {}
    for link, parent in list(_elements(root)):
        target = _target(link)
        mark = parent if parent.name == "sup" and len(parent.elements) == 1 else link
        own = mark.get("id") or link.get("id")
        if not own or target not in items:
            continue
        # Texts that were put together may each have a first note.
        count = met.get((own, target), 0)
        met[own, target] = count + 1
        item = items[target][min(count, len(items[target]) - 1)]
        if own in ways_back[id(item)]:
            label = labels.setdefault(id(item), str(len(labels) + 1))
            notes[label] = item
            mark.name, mark.attributes = "sup", {"data-fn": label}
    _sweep(root, set(labels))
    for item in notes.values():
        _drop_links_back(item)
    return notes


def _elements(element: Element) -> Iterator[tuple[Element, Element]]:
    """Yield the elements within, each with the one that it stands in."""
    for child in element.elements:
        yield child, element
        yield from _elements(child)


def _target(link: Element) -> str:
    address = link.get("href") if link.name == "a" else ""
    return address[1:] if address.startswith("#") else ""


def _targets(item: Element) -> set[str]:
    return {_target(element) for element, _ in _elements(item)}


def _sweep(element: Element, gone: set[int]) -> bool:
    """Take the notes away and what only held them; returns whether the element held any."""
    held = False
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif id(child) in gone:
            held = True
        elif not _sweep(child, gone) or not _is_over(child):
            kept.append(child)
        else:
            held = True
    element.children = [each for each in kept if not (held and _is_rule(each))]
    return held


def _is_over(element: Element) -> bool:
    """Whether nothing is left of what held notes."""
    return (
        element.name in _AROUND
        and all(child.name == "hr" for child in element.elements)
        and not element.text().strip()
    )


def _is_rule(node: Element | str) -> bool:
    return not isinstance(node, str) and "footnotes-sep" in node.classes


def _is_way_back(text: str) -> bool:
    return len(text) <= _MAX_ARROW or text.casefold() in _WAYS_BACK


def _drop_links_back(element: Element) -> None:
    element.children = [
        child
        for child in element.children
        if isinstance(child, str)
        or not _target(child)
        or not _is_way_back(child.text().strip().replace("\ufe0e", ""))
    ]
    for child in element.elements:
        _drop_links_back(child)
