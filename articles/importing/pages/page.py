"""A parsed page as platforms look at it, and the part of it that is the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from articles.importing.pages.elements import is_element, text_of
from articles.importing.pages.facts import PageFacts


@dataclass(frozen=True)
class Page:
    """A page. Its elements are found by `#id`, `.class`, `[itemprop]` or tag name at once."""

    tree: HtmlElement
    facts: PageFacts
    _index: dict[str, list[HtmlElement]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, tree: HtmlElement, facts: PageFacts) -> Page:
        index: dict[str, list[HtmlElement]] = defaultdict(list)
        for element in tree.iter():
            if is_element(element):
                for key in _keys(element):
                    index[key].append(element)
        return cls(tree, facts, dict(index))

    def all(self, *keys: str) -> Iterator[HtmlElement]:
        """Yield the elements that the keys name and that are still in the tree, key by key."""
        for key in keys:
            yield from (each for each in self._index.get(key, ()) if self._is_in_tree(each))

    def first(self, *keys: str) -> HtmlElement | None:
        return next(self.all(*keys), None)

    def has(self, *keys: str) -> bool:
        return self.first(*keys) is not None

    def text(self, *keys: str) -> str:
        """Return the first text that one of the elements holds, on one line."""
        return next(filter(None, map(text_of, self.all(*keys))), "")

    def longest_above(self, least: int, *keys: str) -> HtmlElement | None:
        """Return the element with most text among those of the first key that names `least`."""
        for key in keys:
            sized = [(len(text_of(each)), each) for each in self._outermost(key)]
            if sized and (best := max(sized, key=lambda each: each[0]))[0] >= least:
                return best[1]
        return None

    def _outermost(self, key: str) -> Iterator[HtmlElement]:
        """Yield those that stand in no other of the key: these have no more text than that one."""
        named = set(self.all(key))
        inner: set[HtmlElement] = set()
        for each in self.all(key):
            if each not in inner:
                inner |= named.intersection(each.iter())
                yield each

    def _is_in_tree(self, element: HtmlElement) -> bool:
        return element is self.tree or element.getroottree().getroot() is self.tree


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The elements of a page that hold its article's text, in order.

    What `facts` knows goes before what the page's head says. `is_exact` is whether they hold the
    writer's own words and nothing else, so that none of these is taken for a button or a byline.
    """

    bodies: list[HtmlElement]
    facts: PageFacts = field(default_factory=PageFacts)
    is_exact: bool = False


def _keys(element: HtmlElement) -> Iterator[str]:
    yield element.tag
    if identity := (element.get("id") or "").strip():
        yield f"#{identity}"
    yield from {f".{name}" for name in (element.get("class") or "").split()}
    yield from {f"[{name}]" for name in (element.get("itemprop") or "").split()}
