"""How a feed is written: RSS 2.0, Atom 1.0 and JSON Feed 1.1, each with whole texts."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import StringIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.timezone import localtime
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feed_entries import Entry

# XML 1.0 has no way to write these, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# What an empty feed says of its age; the present would make another feed of it every second.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def writable(values: dict[str, Any]) -> dict[str, Any]:
    """Drop from the texts what XML cannot hold, so that one article cannot break a feed."""

    def cleaned(value: Any) -> Any:
        if isinstance(value, dict):
            return writable(value)
        if isinstance(value, list | tuple):
            return [cleaned(part) for part in value]
        return _NOT_IN_XML.sub("", value) if isinstance(value, str) else value

    return {name: cleaned(value) for name, value in values.items()}


class LastingFeed(SyndicationFeed):
    """A feed that stays the same, letter by letter, for as long as its items do."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _NEVER


class EntriesFeed(SyndicationFeed):
    """A feed of articles: each entry is written once for the same facts, in each format."""

    content_type: str
    entries: Sequence[Entry] = ()

    def latest_post_date(self) -> datetime:
        dates = [entry.changed_at for entry in self.entries]
        return localtime(max(dates)) if dates else _NEVER

    def write_items(self, handler: Any) -> None:
        for text in self.written_entries():
            # The only way past a handler that would escape it.
            handler.ignorableWhitespace(text)

    def written_entries(self) -> list[str]:
        kind: Any = type(self)
        return [_written(kind, entry) for entry in self.entries]

    def written_items(self) -> str:
        """Return what stands in the feed for its items alone."""
        text = StringIO()
        handler = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
        super().write_items(handler)  # type: ignore[misc]
        return text.getvalue()


@lru_cache(maxsize=256)
def _written(feed_type: type[EntriesFeed], entry: Entry) -> str:
    alone = feed_type("", "", "")
    alone.add_item(**entry.item())
    return alone.written_items()


class WritableRss(LastingFeed, Rss201rev2Feed):
    """RSS 2.0 that can be written whatever characters its texts have."""

    def add_root_elements(self, handler: Any) -> None:
        self.feed = writable(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, writable(item))


class FullTextRss(EntriesFeed, WritableRss):
    """RSS 2.0 with the whole text beside the description."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if hub := self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})
        handler.startElement("image", {})
        handler.addQuickElement("url", self.feed["logo"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        item = writable(item)
        super().add_item_elements(handler, item)
        for author in item["people"]:
            handler.addQuickElement("dc:creator", author["name"])
        if picture := item["picture"]:
            size = {name: str(picture[name]) for name in ("width", "height")}
            media = {"url": picture["url"], "medium": "image", **size}
            handler.addQuickElement("media:content", None, media)
        handler.addQuickElement("content:encoded", item["content"])


class FullTextAtom(EntriesFeed, Atom1Feed):
    """Atom 1.0 with the whole text beside the summary."""

    def add_root_elements(self, handler: Any) -> None:
        self.feed = writable(self.feed)
        super().add_root_elements(handler)
        # An entry without authors of its own is the house's.
        _write_author(handler, {"name": self.feed["house"], "url": self.feed["home"]})
        handler.addQuickElement("icon", self.feed["logo"])
        if hub := self.feed["hub"]:
            handler.addQuickElement("link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        item = writable(item)
        super().add_item_elements(handler, item)
        for author in item["people"]:
            _write_author(handler, author)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def _write_author(handler: Any, author: dict[str, str]) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", author["name"])
    handler.addQuickElement("uri", author["url"])
    handler.endElement("author")


class JsonFeed(EntriesFeed):
    """JSON Feed 1.1, by the same steps as the others."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "icon": self.feed["logo"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["house"], "url": self.feed["home"]}],
            "hubs": [{"type": "WebSub", "url": self.feed["hub"]}] if self.feed["hub"] else [],
        }
        shown = {name: value for name, value in feed.items() if value}
        items = ", ".join(self.written_entries())
        head = json.dumps(shown, ensure_ascii=False).removesuffix("}")
        outfile.write(f'{head}, "items": [{items}]}}')

    def written_items(self) -> str:
        return json.dumps(_json_item(*self.items), ensure_ascii=False)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    shown = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["content"],
        "summary": item["summary"],
        "image": item["picture"] and item["picture"]["url"],
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "authors": item["people"],
        "tags": list(item["categories"]),
    }
    # The text is required even where there is none.
    return {name: value for name, value in shown.items() if value or name == "content_html"}
