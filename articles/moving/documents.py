"""The files of an export that hold an article: Markdown with front matter, and back.

Jekyll reads them as they are. `restored` gives back exactly what `written` was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.importing.dates import KST
from articles.importing.documents import ImportFailure
from articles.importing.front_matter import split_front_matter
from articles.languages import KOREAN, LANGUAGES
from articles.moving.fields import Fields
from articles.moving.yaml_text import Value, yaml_text

MAX_FRONT_MATTER_CHARACTERS = 256 * 1024
# More of them would slow down whoever reads the file; all are in the list of redirects.
_MOST_OLD_PATHS = 100

STATUSES = ("draft", "in_review", "approved", "published", "withdrawn")
POLICIES = ("open", "read_only", "hidden")
WITHDRAWALS = ("missing", "gone")
KINDS = ("baseline", "saved", "restored", "imported", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an article says; everything else by name, a picture by its file's name."""

    slug: str
    title: str
    body: str
    dek: str = ""
    summary: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    episode: int | None = None
    lead_image: str = ""
    lead_image_alt: str = ""
    lead_image_caption: str = ""
    lead_image_credit: str = ""
    canonical_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article with its states and times; `import_*` is what an importer knows it by.

    `translation_of` is the slug of the original. `old_paths` are for readers of the file alone; all redirects are listed in one place.
    """

    words: Words
    status: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    expires_at: datetime | None = None
    comment_policy: str = "open"
    language: str = KOREAN
    translation_of: str = ""
    withdrawn_as: str = "missing"
    withdrawal_notice: str = ""
    import_ref: str | None = None
    import_digest: str = ""
    import_fingerprints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    old_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRecord:
    """What waits to take the place of what readers see; `article` is the slug of that."""

    words: Words
    article: str
    kind: str
    saved_at: datetime
    author_name: str = ""
    note: str = ""


def written(record: ArticleRecord) -> bytes:
    words, is_public = record.words, record.status == "published"
    return _document(
        {
            "layout": "post",
            "title": words.title,
            "date": _local(record.published_at),
            "slug": words.slug,
            "permalink": f"/articles/{words.slug}/",
            "published": is_public,
            "status": record.status,
            **_values(words),
            "redirect_from": record.old_paths[:_MOST_OLD_PATHS],
            "created_at": _local(record.created_at),
            "updated_at": _local(record.updated_at),
            "expires_at": _local(record.expires_at),
            "comment_policy": record.comment_policy,
            "lang": record.language if record.language != KOREAN else "",
            "translation_of": record.translation_of,
            "withdrawn_as": record.withdrawn_as if record.withdrawn_as != "missing" else "",
            "withdrawal_notice": record.withdrawal_notice,
            "imported_from": {
                "ref": record.import_ref,
                "digest": record.import_digest,
                # A database may keep them in an order of its own.
                "fingerprints": dict(sorted(record.import_fingerprints.items())),
            },
        },
        words.body,
    )


def restored(data: bytes) -> ArticleRecord:
    """Return the article of a file; raises ImportFailure, naming the value that is wrong."""
    fields, body = _read(data)
    origin = fields.within("imported_from")
    record = ArticleRecord(
        words=_words(fields, body),
        status=fields.choice("status", STATUSES, "draft"),
        created_at=fields.moment("created_at"),
        updated_at=fields.moment("updated_at"),
        published_at=fields.optional_moment("date"),
        expires_at=fields.optional_moment("expires_at"),
        comment_policy=fields.choice("comment_policy", POLICIES, "open"),
        language=fields.choice("lang", LANGUAGES, KOREAN),
        translation_of=fields.text("translation_of"),
        withdrawn_as=fields.choice("withdrawn_as", WITHDRAWALS, "missing"),
        withdrawal_notice=fields.text("withdrawal_notice"),
        import_ref=origin.text("ref") or None,
        import_digest=origin.text("digest"),
        import_fingerprints=_fingerprints(origin.within("fingerprints")),
        old_paths=fields.texts("redirect_from"),
    )
    if record.status == "published" and record.published_at is None:
        raise ImportFailure("it is published, but `date` says no time")
    return record


def pending_written(record: PendingRecord) -> bytes:
    words = record.words
    return _document(
        {
            "title": words.title,
            "slug": words.slug,
            "published": False,
            **_values(words),
            "waits_for": record.article,
            "kind": record.kind,
            "saved_at": _local(record.saved_at),
            "saved_by": record.author_name,
            "note": record.note,
        },
        words.body,
    )


def pending_restored(data: bytes) -> PendingRecord:
    """Return the waiting version of a file; raises ImportFailure."""
    fields, body = _read(data)
    return PendingRecord(
        words=_words(fields, body),
        article=fields.text("waits_for"),
        kind=fields.choice("kind", KINDS, "saved"),
        saved_at=fields.moment("saved_at"),
        author_name=fields.text("saved_by"),
        note=fields.text("note"),
    )


def _values(words: Words) -> dict[str, Value]:
    return {
        "dek": words.dek,
        "summary": words.summary,
        "authors": words.authors,
        "category": words.category,
        "tags": words.tags,
        "series": words.series,
        "episode": words.episode,
        "image": {
            "path": f"/media/{words.lead_image}" if words.lead_image else "",
            "alt": words.lead_image_alt,
            "caption": words.lead_image_caption,
            "credit": words.lead_image_credit,
        },
        "canonical_url": words.canonical_url,
    }


def _words(fields: Fields, body: str) -> Words:
    image = fields.within("image")
    words = Words(
        slug=fields.text("slug"),
        title=fields.text("title"),
        body=body,
        dek=fields.text("dek"),
        summary=fields.texts("summary"),
        authors=fields.texts("authors"),
        category=fields.text("category"),
        tags=fields.texts("tags"),
        series=fields.text("series"),
        episode=fields.number("episode"),
        lead_image=image.text("path").removeprefix("/media/"),
        lead_image_alt=image.text("alt"),
        lead_image_caption=image.text("caption"),
        lead_image_credit=image.text("credit"),
        canonical_url=fields.text("canonical_url"),
    )
    if not words.title or not words.slug:
        raise ImportFailure("it has no title or no slug")
    if words.series and words.episode is None:
        raise ImportFailure("it is in a series, but `episode` says no number")
    if len(words.summary) > 3:
        raise ImportFailure("`summary` has more than three lines")
    return words


def _fingerprints(fields: Fields) -> dict[str, list[str]]:
    return {name: list(fields.texts(name)) for name, _ in fields.items()}


def _document(values: Mapping[str, Value], body: str) -> bytes:
    """Return the file; Liquid is Jekyll's, and braces in our texts are only braces."""
    head = yaml_text({**values, "render_with_liquid": False, "generator": "Pildam"})
    return f"---\n{head}---\n\n{body}\n".encode()


def _read(data: bytes) -> tuple[Fields, str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ImportFailure("it is not UTF-8") from error
    matter = split_front_matter(text, longest=MAX_FRONT_MATTER_CHARACTERS)
    if not matter.present:
        raise ImportFailure("it has no front matter")
    return Fields(matter.values), matter.body.removeprefix("\n\n").removesuffix("\n")


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(KST)
