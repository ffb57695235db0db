"""How an article changes at the desk: saved, held back, restored, and never overwritten unseen.

An article that is published (or scheduled) is not touched by saving: the new version waits in
`Article.pending` until somebody publishes it. What the next editor begins with is the *head*:
the waiting version, or else what is stored. Every save names the digest of the head it began
with; one that names another head is refused (`StaleError`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from articles.content import (
    TOLD_TO_READERS,
    Content,
    changed_parts,
    content_of,
    digest_of,
    write,
)
from articles.models import (
    HEAVY_FIELDS,
    Article,
    Deed,
    DeskEvent,
    Head,
    Image,
    ImageUse,
    Revision,
    RevisionKind,
    Status,
)
from articles.rendering import image_references
from articles.search import index


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something at the desk; commands have a name and no account."""

    name: str
    account: User | None = None

    @classmethod
    def of(cls, account: Any) -> Actor:
        return cls(account.display_name or account.email, account)


class StaleError(Exception):
    """Somebody else has saved the article since this editor opened it."""


def head_of(article: Article) -> Head:
    """Return the version that waits for publication, or else what is stored."""
    if article.pending_id is not None and article.pending is not None:
        return Head(article.pending.content, article.pending.digest, is_pending=True)
    content = content_of(article)
    return Head(content, digest_of(content), is_pending=False)


def locked(pk: int) -> Article:
    """Return the article for a change of it, which others wait for; within a transaction."""
    return Article.objects.select_for_update().get(pk=pk)


def is_held(article: Article) -> bool:
    """Whether a new version waits for publication instead of being stored at once.

    So it does behind one that waits already, whatever has become of the article since.
    """
    return article.status == Status.PUBLISHED or article.pending_id is not None


def log(article: Article, deed: Deed, actor: Actor, note: str = "", **detail: Any) -> None:
    """Write one line of the audit log, in the transaction of what it tells of."""
    DeskEvent.objects.create(
        article_ref=article.pk,
        article_title=article.title[:200],
        deed=deed,
        note=note[:1000],
        detail=detail,
        actor_ref=actor.account.pk if actor.account else None,
        actor_name=actor.name[:100],
    )


def keep(
    article: Article, kind: RevisionKind, content: Content, actor: Actor, note: str = ""
) -> Revision:
    """Write a version into the history; under the article's lock, so that numbers have no gaps."""
    newest = article.revisions.aggregate(newest=Max("number"))["newest"] or 0
    return Revision.objects.create(
        article=article,
        number=newest + 1,
        kind=kind,
        content=content,
        digest=digest_of(content),
        author=actor.account,
        author_name=actor.name[:100],
        note=note[:300],
    )


def keep_before_change(article: Article) -> Head:
    """Return the head, noting it in the history where a change past the desk has left no trace."""
    head = head_of(article)
    newest = article.revisions.newest_first().values_list("digest", flat=True).first()
    if newest != head.digest:
        note = "" if newest is None else "편집실 밖에서 바뀐 글"
        keep(article, RevisionKind.BASELINE, head.content, Actor("편집실 밖"), note)
    return head


@transaction.atomic
def save(
    article: Article,
    content: Content,
    actor: Actor,
    *,
    base: str | None = None,
    kind: RevisionKind = RevisionKind.SAVED,
    note: str = "",
) -> Revision | None:
    """Make `content` the head: stored at once, or held back while readers see another version.

    `article` is locked and as it is stored. Returns the new version, or None when nothing has
    changed. Raises StaleError when `base` is given and is not the digest of the head, and
    RenderingError for a body that must not be rendered.
    """
    head = head_of(article)
    if base is not None and base != head.digest:
        raise StaleError
    parts = changed_parts(head.content, content)
    if not parts:
        return None
    keep_before_change(article)
    revision = keep(article, kind, content, actor, note)
    if is_held(article):
        _hold(article, revision)
    else:
        if TOLD_TO_READERS.intersection(parts):
            article.updated_at = timezone.now()
        write(article, content)
        index.refresh_after_commit(article.pk)
    deed = Deed.RESTORE if kind == RevisionKind.RESTORED else Deed.SAVE
    log(article, deed, actor, note, revision=revision.number, parts=parts, held=is_held(article))
    return revision


def _hold(article: Article, revision: Revision) -> None:
    article.pending = revision
    article.save(update_fields=["pending"])
    protect_pictures(article)


@transaction.atomic
def carry_over(change: Callable[[Article, Content], Content], note: str) -> None:
    """Make a change of stored articles in what waits for publication too.

    Without it a number or a tag that was changed outside the form would come back as it was when
    the waiting version is published. `change` returns what a waiting content becomes.
    """
    waiting = Article.objects.select_for_update(of=("self",)).filter(pending__isnull=False)
    # In the order in which a series locks its episodes, or two changes could wait for each other.
    for article in waiting.order_by("pk").select_related("pending").defer(*HEAVY_FIELDS):
        content = article.pending.content if article.pending else {}
        changed = change(article, content)
        if changed != content:
            actor = Actor("편집실")
            article.pending = keep(article, RevisionKind.SAVED, changed, actor, note)
            article.save(update_fields=["pending"])


@transaction.atomic
def drop_pending(article: Article, actor: Actor) -> bool:
    """Let go of what waits for publication; it stays in the history. False if nothing waits."""
    if article.pending is None:
        return False
    number = article.pending.number
    article.pending = None
    article.save(update_fields=["pending"])
    protect_pictures(article)
    log(article, Deed.DROP, actor, revision=number)
    return True


def protect_pictures(article: Article) -> None:
    """Note the pictures of the stored text and of the waiting one, so that none is deleted."""
    shown = Image.objects.at(image_references(article.body)).values()
    ImageUse.objects.record(article, [*shown, *article.pictures_waiting()])
