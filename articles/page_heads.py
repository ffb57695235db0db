"""What the head of a page tells machines: words, picture, structured data. No query of its own."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from articles import site
from articles import structured_data as schema
from articles.languages import locale_of
from articles.models import Article, SiteSettings
from articles.share_cards import SharedPicture, shared_picture
from articles.stories import Story

_LOGO_SIDE = 512

Trail = list[tuple[str, str]]
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


def article_head(article: Article, description: str) -> Head:
    """Return the head of an article loaded for its page."""
    picture = shared_picture(article.lead_image, article, article.lead_alt)
    trail = []
    if article.category:
        trail.append((article.category.name, article.category.get_absolute_url()))
    trail.append((article.title, article.get_absolute_url()))
    news = schema.news_article(article, description=description, picture=picture, house=house())
    return {
        "heading": article.title,
        "locale": locale_of(article.language),
        "description": description,
        "picture": picture,
        "structured_data": [news, breadcrumbs(trail)],
    }


def breadcrumbs(trail: Trail) -> dict[str, Any]:
    """Describe the way to a page from the front page, which stands before the trail."""
    home = (site.name(), reverse("articles:front_page"))
    return schema.breadcrumbs([home, *trail], site_url=settings.SITE_URL)


def house() -> schema.House:
    """Say who publishes."""
    logo = site.absolute(static(f"icons/icon-{_LOGO_SIDE}.png"))
    picture = SharedPicture(logo, _LOGO_SIDE, _LOGO_SIDE, site.name())
    return schema.House(site.name(), settings.SITE_URL, picture)
