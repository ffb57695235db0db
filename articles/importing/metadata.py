"""Read an article's fields out of front matter, in every shape that blogs give them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from articles.importing.dates import ImpossibleDateError, read_date
from articles.importing.documents import ImportFailure
from articles.importing.front_matter_reader import (
    FALSE,
    TRUE,
    FrontMatterReader,
    flat,
    lowered,
    with_nested_values,
)
from articles.importing.markdown_body import plain_text
from articles.languages import language_of

_TITLE_KEYS = ("title", "제목")
_DEK_KEYS = ("dek", "subtitle", "sub_title", "description", "excerpt", "abstract", "desc", "부제")
_AUTHOR_KEYS = ("authors", "author", "writer", "저자", "글쓴이", "작성자")
_CATEGORY_KEYS = ("category", "categories", "카테고리", "분류")
_TAG_KEYS = ("tags", "tag", "keywords", "태그")
_DATE_KEYS = (
    "date",
    "published_at",
    "publishedat",
    "publishdate",
    "publish_date",
    "date_published",
    "datepublished",
    "pubdatetime",
    "pubdate",
    "created_at",
    "createdat",
    "created",
    "날짜",
    "작성일",
    "작성일시",
    "생성일",
)
# When a text was last changed says something of when it was written, where nothing else does.
_CHANGE_KEYS = ("last_modified_at", "lastmod", "updated", "updated_at", "modified", "last_update")
_EPISODE_KEYS = ("episode", "series_index", "series_order", "series_weight", "part")
# These number the articles of anything; within a series they are its episodes.
_ORDER_KEYS = ("order", "weight")
_IMAGE_KEYS = (
    "lead_image",
    "image",
    "header",
    "cover",
    "cover_image",
    "coverimage",
    "featured_image",
    "featuredimage",
    "featureimage",
    "feature_image",
    "heroimage",
    "hero",
    "banner",
    "header-img",
    "header_image",
    "top_img",
    "banner_img",
    "index_img",
    "thumbnail",
    "thumbnailimage",
    "thumb",
    "teaser",
    "og_image",
    "ogimage",
    "images",
    "resources",
)
_IMAGE_PARTS = (
    "image",
    "path",
    "src",
    "url",
    "relative",
    "feature",
    "overlay_image",
    "teaser",
    "og_image",
)
_LANGUAGE_KEYS = ("lang", "language", "언어")
_CANONICAL_KEYS = ("canonical_url", "canonicalurl", "canonical")

_STATUSES = {
    "draft": "draft",
    "published": "published",
    "publish": "published",
    "public": "published",
    "private": "draft",
    "hidden": "draft",
    "unlisted": "draft",
    "pending": "draft",
    "scheduled": "published",
    "future": "published",
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_LIST_MARKER = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)])\s+")
_EMAIL = re.compile(r"\s*[<(]?[\w.+-]{1,64}@[\w.-]{1,255}[>)]?\s*$")
_MAX_SUMMARY_LINES = 3
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


@dataclass(slots=True)
class Metadata:
    """The fields of front matter; absent ones are empty. Warnings gather what was not clear.

    `permalink` is a pattern such as `/:year/:title/`, or an address, as written; `categories` are
    all of them; `changed_at` is when the text was last changed.
    """

    title: str = ""
    slug: str = ""
    dek: str = ""
    summary: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    episode: int | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    status: str = ""
    is_withheld: bool = False
    canonical_url: str = ""
    language: str = ""
    lead_image: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    image_root: str = ""
    old_paths: tuple[str, ...] = ()
    permalink: str = ""
    guessed: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def read_metadata(values: Mapping[str, object]) -> Metadata:
    """Return the fields that `values` (keys in lower case) hold.

    Raises ImportFailure for a date that does not exist; any other odd value becomes a warning.
    """
    reader = FrontMatterReader(with_nested_values(values))
    lead = _lead_image(reader)
    categories = _unique(reader.words(_CATEGORY_KEYS))
    series = _series(reader)
    status = "draft" if _is_out_of_sight(reader) else _status(reader)
    return Metadata(
        title=_title(reader),
        slug=_slug(reader),
        dek=_dek(reader),
        summary=_summary(reader),
        authors=_authors(reader),
        category=_category(reader, categories),
        categories=categories,
        tags=_unique(tag.lstrip("#").strip() for tag in reader.words(_TAG_KEYS)),
        series=series,
        episode=_episode(reader, series),
        published_at=_published_at(reader),
        changed_at=_changed_at(reader),
        status=status,
        is_withheld=status == "draft",
        canonical_url=_canonical_url(reader),
        language=_language(reader),
        lead_image=lead.text("reference"),
        lead_alt=lead.text("alt", "image_description"),
        lead_caption=lead.text("caption"),
        lead_credit=lead.text("credit"),
        image_root=reader.text("typora-root-url"),
        old_paths=_old_paths(reader),
        permalink=_permalink_as_written(reader),
        warnings=reader.warnings,
    )


def _title(reader: FrontMatterReader) -> str:
    key, value = reader.first(*_TITLE_KEYS)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        # `title: [단독]` is a list to YAML and a title to its writer.
        return f"[{', '.join(value)}]"
    if isinstance(value, Mapping):
        reader.warn(key, "text")
        return ""
    return _BREAK.sub(" ", reader.text(*_TITLE_KEYS))


def _unique(strings: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for string in strings:
        if string:
            kept.setdefault(string.casefold(), string)
    return tuple(kept.values())


def _dek(reader: FrontMatterReader) -> str:
    dek = _TAG.sub(" ", reader.text(*_DEK_KEYS)) or _sentence(reader)
    return plain_text(dek)


def _sentence(reader: FrontMatterReader) -> str:
    """Return a `summary` of one line, as Hugo writes it: that is a subtitle and no list."""
    _, value = reader.first("summary")
    is_sentence = isinstance(value, str) and "\n" not in value.strip()
    return value if isinstance(value, str) and is_sentence else ""


def _summary(reader: FrontMatterReader) -> tuple[str, ...]:
    _, value = reader.first("summary")
    if _sentence(reader) and not reader.first(*_DEK_KEYS)[0]:
        return ()
    lines = value.split("\n") if isinstance(value, str) else reader.items(["summary"])
    clean = [" ".join(_LIST_MARKER.sub("", line).split()) for line in lines]
    kept = [line for line in clean if line]
    if len(kept) > _MAX_SUMMARY_LINES:
        reader.warnings.append(f"the summary has {len(kept)} lines; only the first 3 are kept")
    return tuple(kept[:_MAX_SUMMARY_LINES])


def _authors(reader: FrontMatterReader) -> tuple[str, ...]:
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


def _category(reader: FrontMatterReader, categories: tuple[str, ...]) -> str:
    if len(categories) > 1:
        reader.warnings.append(f"further categories ignored: {', '.join(categories[1:])}")
    return categories[0] if categories else ""


def _series(reader: FrontMatterReader) -> str:
    _, value = reader.first("series")
    if isinstance(value, Mapping):
        return FrontMatterReader(lowered(value)).text("title", "name")
    if isinstance(value, list):
        return next(flat(value), "")
    return reader.text("series")


def _episode(reader: FrontMatterReader, series: str) -> int | None:
    inner = FrontMatterReader(lowered(reader.values.get("series")))
    key, value = inner.first("order", "index", "part", "episode")
    if value is None:
        key, value = reader.first(*_EPISODE_KEYS, *(_ORDER_KEYS if series else ()))
    if value is None:
        return None
    number = (
        re.fullmatch(r"\D{0,3}0*([1-9]\d{0,4})\D{0,3}", value) if isinstance(value, str) else None
    )
    if number is None:
        reader.warn(key, "an episode number")
        return None
    return int(number[1])


def _published_at(reader: FrontMatterReader) -> datetime | None:
    key, value = reader.first(*_DATE_KEYS)
    if key == "":
        return _date_in_published(reader)
    moment = _moment(key, value)
    if moment is None:
        reader.warn(key, "a date that can be read")
    # Hugo shows a text from its publishDate on, whatever the date above it says.
    shown_from = _moment("publishdate", reader.values.get("publishdate"))
    return max(moment, shown_from) if moment and shown_from else moment


def _changed_at(reader: FrontMatterReader) -> datetime | None:
    _, value = reader.first(*_CHANGE_KEYS)
    try:
        return read_date(value) if isinstance(value, str) else None
    except ImpossibleDateError:
        return None


def _moment(key: str, value: object) -> datetime | None:
    try:
        return read_date(value) if isinstance(value, str) else None
    except ImpossibleDateError as error:
        raise ImportFailure(f"front matter `{key}`: {error}") from error


def _date_in_published(reader: FrontMatterReader) -> datetime | None:
    """Return the date of sites that write `published: 2025-07-04`."""
    return _moment("published", reader.values.get("published"))


def _status(reader: FrontMatterReader) -> str:
    _, written = reader.first("status")
    status = _STATUSES.get(written.strip().lower(), "") if isinstance(written, str) else ""
    if written is not None and not status:
        reader.warn("status", "draft or published")
    draft, published = _flag(reader, "draft"), _flag(reader, "published")
    # Whatever else is said, a document that calls itself a draft must not go live.
    if status == "draft" or draft is True or published is False:
        return "draft"
    return "published" if status or published or draft is False else ""


def _is_out_of_sight(reader: FrontMatterReader) -> bool:
    """Whether the text was kept from lists, or has expired; either is said."""
    key, value = reader.first("expirydate", "expiry_date", "expires")
    expiry = _moment(key, value)
    if expiry:
        reader.warnings.append(f"`{key}` {expiry:%Y-%m-%d} is not carried over")
    hidden = reader.flag("hidden") or reader.flag("unlisted")
    if hidden:
        reader.warnings.append("it was hidden from lists there, so it is a draft here")
    return bool(hidden or (expiry and expiry < datetime.now(UTC)))


def _flag(reader: FrontMatterReader, key: str) -> bool | None:
    flag = reader.flag(key)
    value = reader.values.get(key)
    if flag is None and value and not (key == "published" and _date_in_published(reader)):
        reader.warn(key, "true or false")
    return flag


def _canonical_url(reader: FrontMatterReader) -> str:
    url = reader.text(*_CANONICAL_KEYS)
    if url and re.match(r"https?://[^\s/]", url) is None:
        reader.warn("canonical_url", "a web address")
        return ""
    return url


def _language(reader: FrontMatterReader) -> str:
    written = reader.text(*_LANGUAGE_KEYS)
    language = language_of(written)
    if written and not language:
        reader.warn("lang", "a language that articles may be in")
    return language


def _lead_image(reader: FrontMatterReader) -> FrontMatterReader:
    """Return the lead picture's `reference`, `alt`, `caption` and `credit`, where given."""
    parts: dict[str, object] = {
        name: reader.values.get(f"image_{name}") for name in ("alt", "caption", "credit")
    }
    for key in _IMAGE_KEYS:
        value = reader.values.get(key)
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, str | Mapping)), None)
        inner = lowered(value)
        if inner:
            _, value = FrontMatterReader(inner).first(*_IMAGE_PARTS)
            value = lowered(value).get("src", value)
        # `header: true` and `image: false` are switches of themes, not pictures.
        if isinstance(value, str) and value.strip().lower() not in {"", *TRUE, *FALSE}:
            given = {name: part for name, part in parts.items() if part}
            return FrontMatterReader({**inner, **given, "reference": value})
    return FrontMatterReader({})


def _slug(reader: FrontMatterReader) -> str:
    slug = unquote(reader.text("slug")).strip("/")
    if slug:
        return slug.rsplit("/", 1)[-1]
    segments = [part for part in _permalink(reader).split("/") if part]
    if segments and re.fullmatch(r"index\.x?html?", segments[-1]):
        segments.pop()
    return re.sub(r"\.x?html?$", "", segments[-1]) if segments else ""


def _permalink_as_written(reader: FrontMatterReader) -> str:
    """Return Jekyll's and Hexo's `permalink`, or Hugo's `url`, which may be no other thing."""
    _, url = reader.first("url")
    is_path = isinstance(url, str) and url.startswith("/")
    return reader.text("permalink") or (url.strip() if isinstance(url, str) and is_path else "")


def _permalink(reader: FrontMatterReader) -> str:
    """Return the path of `permalink`, or "" for a pattern such as `/:year/:title/`."""
    path = _path(_permalink_as_written(reader))
    return "" if ":" in path or "{" in path else path


def _old_paths(reader: FrontMatterReader) -> tuple[str, ...]:
    _, aliases = reader.first("aliases")
    named = reader.items(["redirect_from"]) + [
        # What has no slash in it is another name of an Obsidian note.
        alias
        for alias in (reader.items(["aliases"]) if aliases else [])
        if "/" in alias and " /" not in alias and "/ " not in alias
    ]
    paths = [_permalink(reader), *(_path(path) for path in named)]
    return _unique(path for path in paths if path.strip("/"))


def _path(address: str) -> str:
    """Return the path of a site path or an address, decoded, with a slash in front."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    return path if not path or path.startswith("/") else f"/{path}"
