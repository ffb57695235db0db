"""What the head of a page tells machines: words, picture, structured data. No query of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.urls import reverse

from articles import site
from articles import structured_data as schema
from articles.languages import locale_of
from articles.models import Article, Author, Image, SiteSettings
from articles.share_cards import SharedPicture, shared_picture
from articles.stories import Story
from articles.text import one_line

# Search results show hardly more.
_DESCRIPTION_LENGTH = 200
_LOGO_SIDE = 512

Trail = list[tuple[str, str]]
# The names that the templates' `_social.html` takes, and what stands behind each.
Head = dict[str, Any]


def front_head(lead: Story | None) -> Head:
    description = SiteSettings.current().description
    data = schema.website(_house(), description=description, search_path=site.SEARCH_PATH)
    return {
        "heading": site.name(),
        "description": description,
        "picture": shared_picture(lead.lead_image if lead else None, None),
        "structured_data": [data],
    }


def article_head(article: Article, description: str) -> Head:
    """Return the head of an article loaded for its page."""
    picture = shared_picture(article.lead_image, article, article.lead_alt)
    trail = []
    if article.category:
        trail.append((article.category.name, article.category.get_absolute_url()))
    trail.append((article.title, article.get_absolute_url()))
    news = schema.news_article(article, description=description, picture=picture, house=_house())
    return {
        "heading": article.title,
        "locale": locale_of(article.language),
        "description": description,
        "picture": picture,
        "structured_data": [news, _breadcrumbs(trail)],
    }


def list_head(
    heading: str,
    path: str,
    articles: Iterable[Story],
    *,
    description: str,
    subject: Model | None = None,
    image: Image | None = None,
    above: Trail | None = None,
) -> Head:
    """Return the head of a list; `above` are the pages between it and the front page."""
    description = one_line(description)[:_DESCRIPTION_LENGTH]
    if isinstance(subject, Author):
        data = schema.profile(subject, house=_house())
    else:
        data = schema.collection(heading, path, articles, description=description, house=_house())
    return {
        "heading": heading,
        "description": description,
        "picture": shared_picture(image, subject),
        "structured_data": [data, _breadcrumbs([*(above or []), (heading, path)])],
    }


def _breadcrumbs(trail: Trail) -> dict[str, Any]:
    home = (site.name(), reverse("articles:front_page"))
    return schema.breadcrumbs([home, *trail], site_url=settings.SITE_URL)


def _house() -> schema.House:
    logo = site.absolute(static(f"icons/icon-{_LOGO_SIDE}.png"))
    picture = SharedPicture(logo, _LOGO_SIDE, _LOGO_SIDE, site.name())
    return schema.House(site.name(), settings.SITE_URL, picture)
