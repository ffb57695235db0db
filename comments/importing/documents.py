"""What every parser of comments returns, whatever the export looked like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedThread:
    """What an export says of the page that comments stand under.

    `key` is what the export's comments name it by. `links` are its addresses, whole or only a
    path, as written; `identities` are what an `Article.import_ref` may be.
    """

    line: int
    key: str
    title: str = ""
    slug: str = ""
    links: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    settings: ImportedSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSettings:
    """An editor's choices for one discussion, from our own format."""

    mode: str
    default_sort: str
    close_after_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedReaction:
    """A vote (`value`) or a report (`reason`), by a reader's key: "account:<e-mail>" or "browser:…"."""

    reader: str
    created_at: datetime
    value: int = 0
    reason: str = ""
    note: str = ""
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepsake:
    """What only our own format knows of a comment; the fields are those of `Comment`."""

    account: str
    is_guest: bool
    password: str
    browser_hash: str
    network_hash: str
    network_prefix: str
    removed_by: str
    reasons: list[dict[str, Any]]
    score: int
    likes: int
    dislikes: int
    report_count: int
    blinded_until: datetime | None
    recommended_at: datetime | None
    folded_at: datetime | None
    reports_cleared_at: datetime | None
    edited_at: datetime | None
    status_changed_at: datetime
    announced: bool
    votes: tuple[ImportedReaction, ...]
    reports: tuple[ImportedReaction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedComment:
    """One comment read from an export, before anything is stored.

    `ref` is its lasting identity and `parents` are those of what it answers, the nearest
    first. `thread` is the key of its page. `body` is text with the marks that comments know.
    `created_at` is aware, None where the export gives no possible time.
    """

    line: int
    ref: str
    thread: str
    body: str
    status: str
    name: str = ""
    email: str = ""
    created_at: datetime | None = None
    parents: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    keepsake: Keepsake | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is no comment, or one that shall not move; `kind` is an English plural."""

    line: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadItem:
    """Something that should have been a comment; `problem` is one English line."""

    line: int
    problem: str


Reading = ImportedThread | ImportedComment | LeftOut | BadItem
