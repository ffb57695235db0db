"""The way of an article between writer and editor: which step fits when, and who may take it.

Publishing, scheduling and withdrawing are steps too; what they do is in `articles.publishing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction

from articles import editing
from articles.models import Article, Deed, DeskEvent, Status

PUBLISH_PERMISSION = "articles.publish_article"
# What editors publish from; a live article is published again with what was changed in it.
PUBLISHABLE = frozenset(Status)


class Step(NamedTuple):
    """One step: from which states, to which one, and what it asks of whoever takes it."""

    before: frozenset[Status]
    after: Status
    is_editors: bool = True
    needs_note: bool = False


STEPS = {
    Deed.SUBMIT: Step(frozenset({Status.DRAFT}), Status.IN_REVIEW, is_editors=False),
    Deed.RECALL: Step(frozenset({Status.IN_REVIEW}), Status.DRAFT, is_editors=False),
    Deed.RETURN: Step(
        frozenset({Status.IN_REVIEW, Status.APPROVED}), Status.DRAFT, needs_note=True
    ),
    Deed.APPROVE: Step(frozenset({Status.IN_REVIEW}), Status.APPROVED),
    Deed.SCHEDULE: Step(PUBLISHABLE, Status.PUBLISHED),
    Deed.PUBLISH: Step(PUBLISHABLE, Status.PUBLISHED),
    Deed.WITHDRAW: Step(frozenset({Status.PUBLISHED}), Status.WITHDRAWN, needs_note=True),
    Deed.REVIVE: Step(frozenset({Status.WITHDRAWN}), Status.DRAFT),
}
# The steps after which the other side has something to read.
_WORDS = (Deed.SUBMIT, Deed.RECALL, Deed.RETURN, Deed.APPROVE, Deed.REVIVE, Deed.PUBLISH)


class MisfitError(Exception):
    """The step does not fit the state that the article is in by now; says so in Korean."""

    def __init__(self, article: Article, deed: Deed) -> None:
        state = Status(article.status).label
        super().__init__(f"지금 ‘{state}’ 상태인 글에는 ‘{deed.label}’을(를) 할 수 없습니다.")


class NoteMissingError(Exception):
    """The step needs a word to whom it concerns."""


def may_take(user: Any, deed: Deed) -> bool:
    """Whether somebody who may change the article may also take this step with it."""
    return not STEPS[deed].is_editors or user.has_perm(PUBLISH_PERMISSION)


def fits(article: Article, deed: Deed) -> bool:
    return article.status in STEPS[deed].before


def check(article: Article, deed: Deed, note: str = "") -> None:
    """Raise MisfitError or NoteMissingError unless the step can be taken now."""
    if not fits(article, deed):
        raise MisfitError(article, deed)
    if STEPS[deed].needs_note and not note.strip():
        raise NoteMissingError


@transaction.atomic
def take(article: Article, deed: Deed, actor: editing.Actor, note: str = "") -> Article:
    """Take a step of the review and log it; returns the article as it is now.

    Raises as `check` does, on the state that the locked row is in.
    """
    stored = editing.locked(article.pk)
    check(stored, deed, note)
    stored.status = STEPS[deed].after
    stored.save(update_fields=["status"])
    editing.log(stored, deed, actor, note.strip())
    return stored


def last_words(articles: Iterable[Article]) -> dict[int, DeskEvent]:
    """Return by article what was said with the step that has brought it where it is, if anything.

    To the editor when it waits for review, and to the writer when it was sent back.
    """
    waiting = [each.pk for each in articles if each.status in {Status.DRAFT, Status.IN_REVIEW}]
    steps = DeskEvent.objects.filter(article_ref__in=waiting, deed__in=_WORDS)
    newest: dict[int, DeskEvent] = {}
    for step in steps.order_by("-at", "-pk"):
        newest.setdefault(step.article_ref, step)
    spoken = {Deed.SUBMIT, Deed.RETURN}
    return {key: step for key, step in newest.items() if step.note and step.deed in spoken}
