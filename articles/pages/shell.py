"""What stands around every page for readers, as plain facts from which its HTML is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from articles.models import Category
from articles.pages.parts import part


class SectionLink(NamedTuple):
    name: str
    slug: str


class ShownMasthead(NamedTuple):
    """The site's name, the sections in the editors' order, and the slug of the one shown, or ""."""

    site_name: str
    sections: tuple[SectionLink, ...]
    current: str


class ShownSite(NamedTuple):
    site_name: str


head_links_html = part("_head_links.html", remembered=8)
masthead_html = part("_masthead.html", remembered=64)
sections_html = part("_sections.html", remembered=64)
footer_html = part("_footer.html", remembered=8)


def shown_masthead(
    site_name: str, sections: Iterable[Category], current: Category | None
) -> ShownMasthead:
    links = tuple(SectionLink(section.name, section.slug) for section in sections)
    return ShownMasthead(site_name, links, current.slug if current else "")
