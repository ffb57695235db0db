"""What the head of a list tells machines, remembered by what it says."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse

from articles import structured_data as schema
from articles.models import Author, Image
from articles.pages.image_facts import image_facts
from articles.pages.page_heads import Trail, breadcrumbs, house
from articles.pages.parts import part
from articles.pages.stories import Story
from articles.paging import Page
from articles.share_cards import SharedPicture, shared_picture
from articles.structured_data import House, Writer
from articles.text import one_line

# Search results show hardly more.
_DESCRIPTION_LENGTH = 200


class ListHead(NamedTuple):
    """The head of a list; `above` are the pages between it and the front page.

    `slugs` are those of the articles on this page of the list, which `is_first` or a further one.
    """

    heading: str
    path: str
    description: str
    picture: SharedPicture
    house: House
    slugs: tuple[str, ...]
    is_first: bool
    above: Trail
    writer: Writer | None

    @property
    def kind(self) -> str:
        return "profile" if self.writer else "website"

    @property
    def structured_data(self) -> list[dict[str, Any]]:
        return [self._described(), breadcrumbs((*self.above, (self.heading, self.path)))]

    def _described(self) -> dict[str, Any]:
        if self.writer:
            return schema.profile(self.writer, house=self.house)
        paths = [reverse("articles:article", args=[slug]) for slug in self.slugs]
        return schema.collection(
            self.heading, self.path, paths, description=self.description, house=self.house
        )


list_head_html = part("articles/_list_meta.html", remembered=256)


def list_head(
    heading: str,
    path: str,
    page: Page[Story] | None,
    *,
    description: str,
    subject: Model | None = None,
    image: Image | None = None,
    above: Trail = (),
) -> ListHead:
    """Return the head of a page of a list, or of a page that lists other things."""
    return ListHead(
        heading,
        path,
        one_line(description)[:_DESCRIPTION_LENGTH],
        shared_picture(image, subject),
        house(),
        tuple(story.slug for story in page.items) if page else (),
        page.is_first if page else True,
        above,
        _writer(subject) if isinstance(subject, Author) else None,
    )


def _writer(author: Author) -> Writer:
    portrait = image_facts(author.portrait) if author.portrait else None
    return Writer(author.name, author.get_absolute_url(), author.bio, portrait)
