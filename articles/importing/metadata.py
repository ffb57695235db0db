"""Read an article's fields out of front matter, in every shape that blogs give them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from articles.importing.dates import ImpossibleDateError, read_date
from articles.importing.documents import ImportFailure

_TITLE_KEYS = ("title",)
_DEK_KEYS = ("dek", "subtitle", "sub_title", "description", "excerpt")
_AUTHOR_KEYS = ("authors", "author", "writer")
_CATEGORY_KEYS = ("category", "categories")
_TAG_KEYS = ("tags", "tag", "keywords")
_DATE_KEYS = (
    "date",
    "published_at",
    "publishdate",
    "publish_date",
    "pubdate",
    "created_at",
    "created",
)
_EPISODE_KEYS = ("episode", "series_index", "series_order", "part")
_IMAGE_KEYS = ("image", "header", "cover", "cover_image", "featured_image", "thumbnail", "teaser")
_IMAGE_PARTS = ("image", "path", "src", "url", "feature", "overlay_image", "og_image", "teaser")
_OLD_PATH_KEYS = ("redirect_from", "aliases")
_CANONICAL_KEYS = ("canonical_url", "canonical")

_TRUE = {"true", "yes", "on", "y", "1"}
_FALSE = {"false", "no", "off", "n", "0"}
_STATUSES = {
    "draft": "draft",
    "published": "published",
    "publish": "published",
    "public": "published",
    "private": "draft",
    "pending": "draft",
    "scheduled": "published",
    "future": "published",
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_LIST_MARKER = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)])\s+")
_EMAIL = re.compile(r"\s*[<(]?[\w.+-]{1,64}@[\w.-]{1,255}[>)]?\s*$")
_MAX_SUMMARY_LINES = 3
_MAX_LIST_DEPTH = 4


@dataclass(slots=True)
class Metadata:
    """The fields of front matter; absent ones are empty. Warnings gather what was not clear."""

    title: str = ""
    slug: str = ""
    dek: str = ""
    summary: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    episode: int | None = None
    published_at: datetime | None = None
    status: str = ""
    canonical_url: str = ""
    lead_image: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    image_root: str = ""
    old_paths: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)


def read_metadata(values: Mapping[str, object]) -> Metadata:
    """Return the fields that `values` (keys in lower case) hold.

    Raises ImportFailure for a date that does not exist; any other odd value becomes a warning.
    """
    reader = _Reader(values)
    lead = _lead_image(reader)
    return Metadata(
        title=reader.text(*_TITLE_KEYS),
        slug=_slug(reader),
        dek=_dek(reader),
        summary=_summary(reader),
        authors=_authors(reader),
        category=_category(reader),
        tags=_unique(tag.lstrip("#").strip() for tag in reader.words(_TAG_KEYS)),
        series=_series(reader),
        episode=_episode(reader),
        published_at=_published_at(reader),
        status=_status(reader),
        canonical_url=_canonical_url(reader),
        lead_image=lead.text("reference"),
        lead_alt=lead.text("alt", "image_description"),
        lead_caption=lead.text("caption"),
        lead_credit=lead.text("credit"),
        image_root=reader.text("typora-root-url"),
        old_paths=_old_paths(reader),
        warnings=reader.warnings,
    )


class _Reader:
    """Front-matter values by key, and the warnings that reading them gave."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.warnings: list[str] = []

    def warn(self, key: str, expected: str) -> None:
        self.warnings.append(f"front matter `{key}` is not {expected}; ignored")

    def first(self, *keys: str) -> tuple[str, object]:
        """Return the first of `keys` that has a value, with that value; or ("", None)."""
        for key in keys:
            value = self.values.get(key)
            if value not in (None, "", [], {}):
                return key, value
        return "", None

    def text(self, *keys: str) -> str:
        """Return one line of text, or "" with a warning when the value is no text."""
        key, value = self.first(*keys)
        if isinstance(value, str):
            return " ".join(value.split())
        if value is not None:
            self.warn(key, "text")
        return ""

    def items(self, keys: Iterable[str]) -> list[str]:
        """Return the strings of a list, however nested, or of a string split at commas."""
        key, value = self.first(*keys)
        if isinstance(value, str):
            return [part for part in (piece.strip() for piece in value.split(",")) if part]
        if value is None:
            return []
        strings = list(_flat(value))
        if not strings:
            self.warn(key, "a list of words")
        return strings

    def words(self, keys: Iterable[str]) -> list[str]:
        """Like items(), but a plural key's string without commas is split at spaces, as in Jekyll."""
        key, value = self.first(*keys)
        if isinstance(value, str) and "," not in value and key in ("categories", "tags"):
            return value.split()
        return self.items(keys)


def _flat(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield " ".join(value.split())
    elif isinstance(value, list) and depth < _MAX_LIST_DEPTH:
        for item in value:
            yield from _flat(item, depth + 1)


def _unique(strings: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for string in strings:
        if string:
            kept.setdefault(string.casefold(), string)
    return tuple(kept.values())


def _dek(reader: _Reader) -> str:
    dek = _TAG.sub(" ", reader.text(*_DEK_KEYS)) or _sentence(reader)
    return " ".join(dek.split())


def _sentence(reader: _Reader) -> str:
    """Return a `summary` of one line, as Hugo writes it: that is a subtitle and no list."""
    _, value = reader.first("summary")
    is_sentence = isinstance(value, str) and "\n" not in value.strip()
    return value if isinstance(value, str) and is_sentence else ""


def _summary(reader: _Reader) -> tuple[str, ...]:
    _, value = reader.first("summary")
    if _sentence(reader) and not reader.first(*_DEK_KEYS)[0]:
        return ()
    lines = value.split("\n") if isinstance(value, str) else reader.items(["summary"])
    clean = [" ".join(_LIST_MARKER.sub("", line).split()) for line in lines]
    kept = [line for line in clean if line]
    if len(kept) > _MAX_SUMMARY_LINES:
        reader.warnings.append(f"the summary has {len(kept)} lines; only the first 3 are kept")
    return tuple(kept[:_MAX_SUMMARY_LINES])


def _authors(reader: _Reader) -> tuple[str, ...]:
    key, value = reader.first(*_AUTHOR_KEYS)
    people = value if isinstance(value, list) else [value]
    names: list[str] = []
    for person in people:
        name = person.get("name") if isinstance(person, Mapping) else person
        if isinstance(name, str):
            names += [_EMAIL.sub("", part).strip() for part in re.split("[,、]", name)]
        elif name is not None or isinstance(person, Mapping):
            reader.warn(key, "a name")
    return _unique(names)


def _category(reader: _Reader) -> str:
    categories = _unique(reader.words(_CATEGORY_KEYS))
    if len(categories) > 1:
        reader.warnings.append(f"further categories ignored: {', '.join(categories[1:])}")
    return categories[0] if categories else ""


def _series(reader: _Reader) -> str:
    _, value = reader.first("series")
    if isinstance(value, Mapping):
        return _Reader({str(key).lower(): item for key, item in value.items()}).text(
            "title", "name"
        )
    if isinstance(value, list):
        return next(_flat(value), "")
    return reader.text("series")


def _episode(reader: _Reader) -> int | None:
    key, value = reader.first(*_EPISODE_KEYS)
    if value is None:
        return None
    number = (
        re.fullmatch(r"\D{0,3}0*([1-9]\d{0,4})\D{0,3}", value) if isinstance(value, str) else None
    )
    if number is None:
        reader.warn(key, "an episode number")
        return None
    return int(number[1])


def _published_at(reader: _Reader) -> datetime | None:
    key, value = reader.first(*_DATE_KEYS)
    if key == "":
        return _date_in_published(reader)
    try:
        moment = read_date(value) if isinstance(value, str) else None
    except ImpossibleDateError as error:
        raise ImportFailure(f"front matter `{key}`: {error}") from error
    if moment is None:
        reader.warn(key, "a date that can be read")
    return moment


def _date_in_published(reader: _Reader) -> datetime | None:
    """Return the date of sites that write `published: 2025-07-04`."""
    _, value = reader.first("published")
    try:
        return read_date(value) if isinstance(value, str) else None
    except ImpossibleDateError as error:
        raise ImportFailure(f"front matter `published`: {error}") from error


def _status(reader: _Reader) -> str:
    _, written = reader.first("status")
    status = _STATUSES.get(written.strip().lower(), "") if isinstance(written, str) else ""
    if written is not None and not status:
        reader.warn("status", "draft or published")
    draft, published = _flag(reader, "draft"), _flag(reader, "published")
    # Whatever else is said, a document that calls itself a draft must not go live.
    if status == "draft" or draft is True or published is False:
        return "draft"
    return "published" if status or published or draft is False else ""


def _flag(reader: _Reader, key: str) -> bool | None:
    _, value = reader.first(key)
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if value is not None and not (key == "published" and _date_in_published(reader)):
        reader.warn(key, "true or false")
    return None


def _canonical_url(reader: _Reader) -> str:
    url = reader.text(*_CANONICAL_KEYS)
    if url and re.match(r"https?://[^\s/]", url) is None:
        reader.warn("canonical_url", "a web address")
        return ""
    return url


def _lead_image(reader: _Reader) -> _Reader:
    """Return the lead picture's `reference`, `alt`, `caption` and `credit`, where given."""
    parts: dict[str, object] = {
        name: reader.values.get(f"image_{name}") for name in ("alt", "caption", "credit")
    }
    for key in _IMAGE_KEYS:
        value = reader.values.get(key)
        inner: Mapping[str, object] = {}
        if isinstance(value, Mapping):
            inner = {str(name).lower(): item for name, item in value.items()}
            _, value = _Reader(inner).first(*_IMAGE_PARTS)
        if isinstance(value, list):
            value = next(_flat(value), "")
        # `header: true` and `image: false` are switches of themes, not pictures.
        if isinstance(value, str) and value.strip().lower() not in {"", *_TRUE, *_FALSE}:
            given = {name: part for name, part in parts.items() if part}
            return _Reader({**inner, **given, "reference": value})
    return _Reader({})


def _slug(reader: _Reader) -> str:
    slug = reader.text("slug").strip("/")
    if slug:
        return slug.rsplit("/", 1)[-1]
    segments = [part for part in _permalink(reader).split("/") if part]
    if segments and re.fullmatch(r"index\.x?html?", segments[-1]):
        segments.pop()
    return re.sub(r"\.x?html?$", "", segments[-1]) if segments else ""


def _permalink(reader: _Reader) -> str:
    """Return the path of `permalink`, or "" for a pattern such as `/:year/:title/`."""
    path = _path(reader.text("permalink"))
    return "" if "/:" in path or "{" in path else path


def _old_paths(reader: _Reader) -> tuple[str, ...]:
    paths = [_permalink(reader), *(_path(path) for path in reader.items(_OLD_PATH_KEYS))]
    return _unique(path for path in paths if path.strip("/"))


def _path(address: str) -> str:
    """Return the path of a site path or an address, with a slash in front."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    return path if not path or path.startswith("/") else f"/{path}"
