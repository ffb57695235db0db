"""What search engines read: schema.org descriptions of the pages, as JSON-LD."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from articles.models import Article
from articles.pages.image_facts import ImageFacts
from articles.pages.shown_article import ShownArticle
from articles.share_cards import SharedPicture

# A script element ends at the first "</script" wherever it stands, in a string or not, and
# the two line separators end a line of JavaScript.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

# How much of the text describes an article without dek and summary.
DESCRIPTION_LENGTH = 150
_CONTEXT = "https://schema.org"
_LANGUAGE = "ko"


@dataclass(frozen=True, slots=True)
class House:
    """Who publishes: its name, its origin without a last slash, and its sign, a square."""

    name: str
    url: str
    logo: SharedPicture


class Writer(NamedTuple):
    """An author with the path of the page that describes them."""

    name: str
    path: str
    bio: str
    portrait: ImageFacts | None


def as_script(data: dict[str, Any]) -> SafeString:
    """Return a data block, which runs nothing, so that the CSP lets it stand."""
    return mark_safe(f'<script type="application/ld+json">{as_script_text(data)}</script>')


def description_of(article: Article) -> str:
    """Return what search results and share cards say of an article loaded with its text."""
    return article.description or article.plain_text[:DESCRIPTION_LENGTH]


def as_script_text(data: dict[str, Any]) -> str:
    """Return the data as JSON that no text inside it can lead out of its script element."""
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)


def news_article(article: ShownArticle, *, comment_count: int, house: House) -> dict[str, Any]:
    """Describe a published article; addresses become absolute."""
    address = urljoin(house.url, article.get_absolute_url())
    publisher = _organization(house)
    people = [_person(author.name, author.get_absolute_url(), house) for author in article.authors]
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": article.canonical_url or address,
        "url": address,
        "inLanguage": article.language,
        "datePublished": _in_korea(article.published_at),
        "dateModified": _in_korea(article.changed_at),
        "author": people or [publisher],
        "publisher": publisher,
        "image": _image(article.shared_picture),
        "isAccessibleForFree": True,
        "timeRequired": f"PT{article.reading_minutes}M",
        "commentCount": comment_count,
        "description": article.description,
        "keywords": [tag.name for tag in article.tags],
    }
    if article.category:
        data["articleSection"] = article.category.name
    if article.series:
        data["isPartOf"] = {
            "@type": "CreativeWorkSeries",
            "name": article.series.title,
            "url": urljoin(house.url, article.series.get_absolute_url()),
        }
        data["position"] = article.episode
    return {name: value for name, value in data.items() if value not in ("", [])}


def website(house: House, *, description: str, search_path: str) -> dict[str, Any]:
    """Describe the site as a whole, and how to search it: `search_path` takes `?q=`."""
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": house.name,
        "url": f"{house.url}/",
        "inLanguage": _LANGUAGE,
        "publisher": _organization(house),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{house.url}{search_path}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return data | ({"description": description} if description else {})


def profile(writer: Writer, *, house: House) -> dict[str, Any]:
    """Describe the page of an author."""
    person = _person(writer.name, writer.path, house)
    if writer.bio:
        person["description"] = writer.bio
    if writer.portrait:
        person["image"] = urljoin(house.url, writer.portrait.url)
    return {"@context": _CONTEXT, "@type": "ProfilePage", "mainEntity": person}


def collection(
    name: str, path: str, listed: Iterable[str], *, description: str, house: House
) -> dict[str, Any]:
    """Describe a page that lists articles, by their paths, in their order on it."""
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": urljoin(house.url, path),
        "inLanguage": _LANGUAGE,
        "isPartOf": {"@type": "WebSite", "name": house.name, "url": f"{house.url}/"},
    }
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": urljoin(house.url, each),
        }
        for position, each in enumerate(listed, start=1)
    ]
    if items:
        data["mainEntity"] = {"@type": "ItemList", "itemListElement": items}
    return data | ({"description": description} if description else {})


def breadcrumbs(trail: list[tuple[str, str]], *, site_url: str) -> dict[str, Any]:
    """Describe the way to a page: pairs of a name and a path, the front page first."""
    return {
        "@context": _CONTEXT,
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


def _person(name: str, path: str, house: House) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": name,
        "url": urljoin(house.url, path),
    }


def _organization(house: House) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": house.name,
        "url": f"{house.url}/",
        "logo": _image(house.logo),
    }


def _image(picture: SharedPicture) -> dict[str, Any]:
    return {
        "@type": "ImageObject",
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
    }


def _in_korea(moment: datetime) -> str:
    return localtime(moment).isoformat(timespec="seconds")
