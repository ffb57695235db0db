"""What search engines read: schema.org descriptions of an article, as JSON-LD."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils.timezone import localtime

from articles.models import Article

# A script element ends at the first "</script" wherever it stands, in a string or not, and
# the two line separators end a line of JavaScript.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


# How much of the text describes an article without dek and summary.
DESCRIPTION_LENGTH = 150


def description_of(article: Article) -> str:
    """Return what search results and share cards say of an article loaded with its text."""
    return article.description or article.plain_text[:DESCRIPTION_LENGTH]


def as_script_text(data: dict[str, Any]) -> str:
    """Return the data as JSON that no text inside it can lead out of its script element."""
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)


def website(*, name: str, site_url: str, search_url: str) -> dict[str, Any]:
    """Describe the site and how it is searched; `search_url` is a path."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": urljoin(site_url, "/"),
        "inLanguage": "ko",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": urljoin(site_url, search_url) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def news_article(
    article: Article, *, description: str, site_name: str, site_url: str
) -> dict[str, Any]:
    """Describe an article that has a time of publication; addresses become absolute."""
    address = urljoin(site_url, article.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": article.canonical_url or address,
        "url": address,
        "inLanguage": "ko",
        "datePublished": _in_korea(article.published_at),
        "dateModified": _in_korea(article.updated_at),
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                "url": urljoin(site_url, author.get_absolute_url()),
            }
            for author in article.authors.all()
        ],
        "publisher": {"@type": "Organization", "name": site_name, "url": site_url},
        "timeRequired": f"PT{article.reading_minutes}M",
        "commentCount": article.comment_count,
    }
    if description:
        data["description"] = description
    if article.category:
        data["articleSection"] = article.category.name
    if article.lead_image:
        data["image"] = {
            "@type": "ImageObject",
            "url": urljoin(site_url, article.lead_image.url),
            "width": article.lead_image.width,
            "height": article.lead_image.height,
        }
    return data


def _in_korea(moment: datetime | None) -> str:
    return localtime(moment).isoformat(timespec="seconds") if moment else ""


def breadcrumbs(trail: list[tuple[str, str]], *, site_url: str) -> dict[str, Any]:
    """Describe the way to a page: pairs of a name and a path, the front page first."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": urljoin(site_url, path),
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }
