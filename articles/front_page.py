"""What the front page shows: one lead, a few beside it, the sections, and the rest.

`select` is pure. Every block takes from what the blocks before it have left, so nothing
appears twice, and a block that finds nothing is not there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.models import Article, Category

SECONDARY_SIZE = 3
SECTION_SIZE = 4
LATEST_SIZE = 8
# The lead is the newest story, unless it has no picture and one of the next few has.
LEAD_CANDIDATES = 4
# Enough that the blocks above the latest list cannot empty it.
NEWEST_FETCHED = 1 + SECONDARY_SIZE + LATEST_SIZE
# A section keeps its block even when the newest stories at the top are all its own.
SECTION_FETCHED = 1 + SECONDARY_SIZE + SECTION_SIZE


@dataclass(frozen=True, slots=True)
class SectionBlock:
    category: Category
    lead: Article
    headlines: list[Article]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The blocks in reading order; `lead` is None on an empty site."""

    lead: Article | None = None
    secondary: list[Article] = field(default_factory=list)
    sections: list[SectionBlock] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)


def load(categories: Sequence[Category]) -> FrontPage:
    """Choose from the database what readers see now.

    One small query a section finds its newest stories by index; all rows then come at once.
    """
    published = Article.objects.published().newest_first()
    wanted = set(published.values_list("pk", flat=True)[:NEWEST_FETCHED])
    for category in categories:
        in_section = published.filter(category=category).values_list("pk", flat=True)
        wanted.update(in_section[:SECTION_FETCHED])
    stories = Article.objects.published().filter(pk__in=wanted).newest_first().for_list()
    return select(list(stories), categories)


def select(newest_first: Sequence[Article], categories: Iterable[Category]) -> FrontPage:
    """Lay the stories out; those without a category or a block of it end in the latest list."""
    if not newest_first:
        return FrontPage()
    remaining = list(newest_first)
    lead = _lead_of(remaining)
    remaining.remove(lead)
    secondary, remaining = remaining[:SECONDARY_SIZE], remaining[SECONDARY_SIZE:]
    sections = []
    for category in categories:
        stories = [story for story in remaining if story.category_id == category.pk]
        if stories:
            shown = _pictured_first(stories[:SECTION_SIZE])
            sections.append(SectionBlock(category, shown[0], shown[1:]))
            remaining = [story for story in remaining if story not in shown]
    return FrontPage(lead, secondary, sections, remaining[:LATEST_SIZE])


def _lead_of(stories: Sequence[Article]) -> Article:
    return _pictured_first(stories[:LEAD_CANDIDATES])[0]


def _pictured_first(stories: Sequence[Article]) -> list[Article]:
    """Put the newest story with a picture in front, and keep the order of the others."""
    first = next((story for story in stories if story.lead_image_id), stories[0])
    return [first, *(story for story in stories if story is not first)]
