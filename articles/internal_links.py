"""Which links of a text lead nowhere on this site.

Only addresses of the site itself are judged, and by the database alone. Links to other sites are
never fetched: a server that opens whatever address somebody writes can be sent to look around in
its own network, and would tell every site which drafts link to it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from articles.known_places import KnownPlaces, anchors_of
from articles.local_addresses import LocalAddress, lacks_its_scheme, local_address
from articles.markup.anchors import is_reserved
from articles.markup.link_uses import LinkUse, link_uses
from articles.rendering import RenderingError, render


class DeadLink(NamedTuple):
    """A link that leads nowhere: its line counted from 1, its address, and why, in Korean."""

    line: int
    address: str
    reason: str


class Text(NamedTuple):
    """A Markdown text and the path it is read at; `html` where it is rendered already."""

    path: str
    body: str
    html: str = ""


class _Link(NamedTuple):
    use: LinkUse
    to: LocalAddress


def dead_links(
    body: str, *, path: str, html: str = "", at: datetime | None = None
) -> list[DeadLink]:
    """The dead links of one text, in reading order, in a constant number of queries.

    `path` is where the text is or will be read, such as `Article.path`: links to it are alive.
    `at` is the moment for which other articles must be public, by default now.
    """
    [found] = dead_links_of([Text(path, body, html)], at)
    return found


def dead_links_of(texts: Sequence[Text], at: datetime | None = None) -> list[list[DeadLink]]:
    """The dead links of each text; the number of queries does not grow with the texts."""
    links = [_local_links(text) for text in texts]
    places = KnownPlaces((link.to for each in links for link in each), at)
    return [_dead(text, each, places) for text, each in zip(texts, links, strict=True)]


def _local_links(text: Text) -> list[_Link]:
    """Return the links to this site; a text that cannot be rendered shows none."""
    try:
        uses = link_uses(text.body)
    except RenderingError:
        return []
    places = ((use, local_address(use.address, text.path, settings.SITE_HOSTS)) for use in uses)
    return [_Link(use, to) for use, to in places if to is not None]


def _dead(text: Text, links: Iterable[_Link], places: KnownPlaces) -> list[DeadLink]:
    own = [link for link in links if link.to.path == text.path]
    own_anchors = _own_anchors(text) if any(link.to.anchor for link in own) else frozenset()
    found = []
    for use, to in links:
        anchors = own_anchors if to.path == text.path else None
        if reason := _reason(use, to, places, anchors):
            found.append(DeadLink(use.line, use.address, reason))
    return found


def _reason(
    use: LinkUse, to: LocalAddress, places: KnownPlaces, own_anchors: frozenset[str] | None
) -> str:
    """Say why a link leads nowhere, or "" when it does; own anchors are of the text itself."""
    if not use.address:
        return "주소가 비어 있습니다."
    if own_anchors is None and (fault := places.fault(to)):
        if lacks_its_scheme(use.address):
            return "이 사이트에 그런 주소가 없습니다. 다른 사이트라면 https://를 붙여 주세요."
        return fault
    if not to.anchor or is_reserved(to.anchor):
        return ""
    anchors = places.anchors(to) if own_anchors is None else own_anchors
    if anchors is None or to.anchor in anchors:
        return ""
    return f"글 안에 #{to.anchor} 자리가 없습니다."[:200]


def _own_anchors(text: Text) -> frozenset[str]:
    return anchors_of(text.html or render(text.body).html)
