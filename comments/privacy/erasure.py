"""Forgetting somebody who asks for it: the words and the names go, the tree stays.

Each comment is a transaction of its own, so that nobody's discussion waits for a long list. If
it breaks off half-way, what is left is there to be erased by the next try.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from django.db import models, transaction

from accounts.models import User
from articles.newsletter import subscribing
from articles.page_changes import discussion_tag, note_change
from comments.mail import recipients
from comments.models import (
    Ban,
    Block,
    Comment,
    CommentQuerySet,
    ModeratorNote,
    Report,
    Status,
    Vote,
)
from comments.notifications import take_back
from comments.reactions import count_votes
from comments.readers import account_key
from comments.transitions import erase

# Whose comments stay under this name has left, and wanted it so.
DEPARTED = "탈퇴한 독자"
_BATCH = 200


class Parting(models.TextChoices):
    """What becomes of somebody's comments when the account goes."""

    ERASE = "erase", "댓글도 모두 지우기"
    ANONYMISE = "anonymise", f"댓글은 남기고 이름만 ‘{DEPARTED}’로 바꾸기"


class StaffAccountError(Exception):
    """Whoever works at the desk cannot leave this way."""


def erase_comments(comments: CommentQuerySet) -> int:
    """Erase the comments for good; return how many there were."""
    left = comments.exclude(status=Status.DELETED)
    return sum(erase(comment) for comment in _until_none_is_left(left))


def erase_guest(email: str, comments: CommentQuerySet) -> int:
    """Erase what a guest has written and everything about the address; return how many."""
    erased = erase_comments(comments)
    _forget_mailbox(email)
    return erased


def erase_traces(user: User) -> int:
    """Erase an account's comments, and all it has done to those of others.

    Returns the number of comments. Its reports still count, but say nothing any more.
    """
    erased = erase_comments(Comment.objects.filter(account=user))
    _forget_deeds(account_key(user))
    _forget_mailbox(user.email)
    return erased


def erase_account(user: User, parting: Parting) -> None:
    """Delete an account with everything about it; raise StaffAccountError for the desk's own."""
    if user.is_staff or user.is_superuser:
        raise StaffAccountError
    key = account_key(user)
    comments = Comment.objects.filter(account=user)
    if parting == Parting.ERASE:
        erase_comments(comments)
    else:
        _anonymise(comments)
    _forget_deeds(key)
    _forget_mailbox(user.email)
    with transaction.atomic():
        for report in Report.objects.filter(reporter=key):
            # Still one reader's report, but nobody's.
            report.reporter = f"gone:{secrets.token_hex(16)}"
            report.save(update_fields=["reporter"])
        Block.objects.filter(author=key).delete()
        ModeratorNote.objects.filter(author_key=key).delete()
        # A ban of the network outlives the account that it was found by.
        Ban.objects.filter(account=user).exclude(network_hash="").update(account=None)
        user.delete()


def _forget_mailbox(email: str) -> None:
    """Forget what is sent to an address, of the discussions and of the newsletter."""
    recipients.forget(email)
    subscribing.forget(email)


def _anonymise(comments: CommentQuerySet) -> None:
    for comment in _until_none_is_left(comments):
        with transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(
                account=None,
                name=DEPARTED,
                email="",
                browser_hash="",
                network_hash="",
                network_prefix="",
            )
            take_back([comment])
            note_change(discussion_tag(comment.article_id))


def _forget_deeds(key: str) -> None:
    """Take back an account's votes, empty its reports' notes, forget whom it has blocked."""
    voted = Vote.objects.filter(voter=key).order_by("comment_id")
    for comment_id in list(voted.values_list("comment_id", flat=True)):
        with transaction.atomic():
            comment = Comment.objects.select_for_update(no_key=True).get(pk=comment_id)
            Vote.objects.filter(comment=comment, voter=key).delete()
            count_votes(comment)
    Report.objects.filter(reporter=key).update(note="")
    Block.objects.filter(reader=key).delete()


def _until_none_is_left(comments: CommentQuerySet) -> Iterator[Comment]:
    """Yield the comments in the order written, those too that arrive meanwhile."""
    last = 0
    while batch := list(comments.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield from batch
        last = batch[-1].pk
