"""What the head of a page tells machines: words, picture, structured data. No query of its own."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from articles import site
from articles import structured_data as schema
from articles.models import SiteSettings
from articles.pages.shown_article import ShownArticle
from articles.pages.stories import Story
from articles.share_cards import SharedPicture, shared_picture

_LOGO_SIDE = 512

# A name and a path.
Link = tuple[str, str]
Trail = tuple[Link, ...]
# The names that the templates' `_social.html` takes, and what stands behind each.
Head = dict[str, Any]


class FrontHead(NamedTuple):
    """The head of the front page, from which its HTML is made."""

    description: str
    picture: SharedPicture
    house: schema.House

    @property
    def structured_data(self) -> list[dict[str, Any]]:
        about = self.description
        return [schema.website(self.house, description=about, search_path=site.SEARCH_PATH)]


def front_head(lead: Story | None) -> FrontHead:
    picture = shared_picture(lead.lead_image if lead else None, None)
    return FrontHead(SiteSettings.current().description, picture, house())


def article_data(article: ShownArticle, comment_count: int) -> list[dict[str, Any]]:
    """Return the structured data of an article's page, which follows from these facts alone."""
    trail: Trail = ((article.title, article.get_absolute_url()),)
    if article.category:
        trail = ((article.category.name, article.category.get_absolute_url()), *trail)
    publisher = house(article.site_name)
    news = schema.news_article(article, comment_count=comment_count, house=publisher)
    return [news, breadcrumbs(trail, article.site_name)]


def breadcrumbs(trail: Trail, name: str = "") -> dict[str, Any]:
    """Describe the way to a page from the front page, which stands before the trail."""
    home = (name or site.name(), reverse("articles:front_page"))
    return schema.breadcrumbs([home, *trail], site_url=settings.SITE_URL)


def house(name: str = "") -> schema.House:
    """Say who publishes: the house of that name, or of the one that it has now."""
    name = name or site.name()
    logo = site.absolute(static(f"icons/icon-{_LOGO_SIDE}.png"))
    picture = SharedPicture(logo, _LOGO_SIDE, _LOGO_SIDE, name)
    return schema.House(name, settings.SITE_URL, picture)
