"""The way of a comment from a valid form to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments.authorship import NotTheAuthorError, prove
from comments.counting import lock_discussion, recount
from comments.models import Comment, Status
from comments.moderation import Verdict, Writer, judge

# The same words from the same person within this time are one comment sent twice.
REPEAT_WINDOW = timedelta(minutes=6)
# An account without a name; the address it signs in with is nobody else's business.
NAMELESS = "이름 없는 독자"

_STATUS_AFTER = {Verdict.PUBLISH: Status.VISIBLE, Verdict.HOLD: Status.HELD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody wants to say: validated text, and who they say they are.

    Either `account`, or `name` and `password`; `network` is where it was sent from.
    """

    article: Article
    body: str
    parent_id: int | None = None
    account: User | None = None
    name: str = ""
    password: str = ""
    email: str = ""
    network: str = ""


class RefusedError(Exception):
    """The comment was not taken; `message` says why, for the reader."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class ParentGoneError(RefusedError):
    """What was to be answered is not there to be answered."""

    def __init__(self) -> None:
        super().__init__(
            "답하려던 댓글이 더는 보이지 않습니다. 이대로 다시 올리시면 새 댓글이 됩니다."
        )


def name_of(account: User) -> str:
    """Return the name that an account's comments stand under."""
    return account.display_name or NAMELESS


def submit(submission: Submission) -> Comment:
    """Store the comment, visible or held, and return it.

    Sent twice, it is stored once and the first one is returned. Raises RefusedError; nothing
    is stored then.
    """
    comment = _comment_of(submission)
    article_id = submission.article.pk
    with transaction.atomic():
        lock_discussion(article_id)
        parent = _parent_of(submission)
        if first := _first_of_two(submission, parent):
            return first
        if parent is not None:
            comment.in_reply_to = parent
            comment.root_id = parent.thread_id
        comment.save(force_insert=True)
        recount(article_id, [comment])
    return comment


def edit(comment: Comment, body: str) -> Comment:
    """Give a visible comment a new text, to be judged again; return it as it is then.

    Raises RefusedError when it is no longer there to be edited.
    """
    with transaction.atomic():
        lock_discussion(comment.article_id)
        found = Comment.objects.visible().filter(pk=comment.pk).first()
        if found is None:
            raise RefusedError("이 댓글은 더는 고칠 수 없습니다.")
        if found.body == body:
            return found
        found.body = body
        found.edited_at = timezone.now()
        _judge(found, found.account)
        found.save(update_fields=["body", "edited_at", "status", "status_changed_at"])
        recount(found.article_id, [found])
    return found


def _comment_of(submission: Submission) -> Comment:
    """Build the comment; hashing takes its time and must not hold the lock."""
    account = submission.account
    comment = Comment(
        article=submission.article,
        account=account,
        is_guest=account is None,
        name=submission.name if account is None else name_of(account),
        email=submission.email,
        body=submission.body,
    )
    if account is None:
        comment.set_password(submission.password)
    _judge(comment, account)
    return comment


def _judge(comment: Comment, account: User | None) -> None:
    """Set the status that the site's mode of moderation gives to what this account wrote."""
    writer = Writer()
    if account is not None:
        writer = Writer(
            has_account=True,
            has_visible_comment=account.comments.visible().exists(),
            is_moderator=account.has_perm("comments.change_comment"),
        )
    status = _STATUS_AFTER[judge(settings.COMMENT_MODERATION, writer)]
    if comment.status != status:
        comment.status = status
        comment.status_changed_at = timezone.now()


def _parent_of(submission: Submission) -> Comment | None:
    """Return what is answered: a comment that readers see, under the same article."""
    if submission.parent_id is None:
        return None
    candidates = Comment.objects.visible().filter(article=submission.article)
    parent = candidates.filter(pk=submission.parent_id).first()
    if parent is None:
        raise ParentGoneError
    return parent


def _first_of_two(submission: Submission, parent: Comment | None) -> Comment | None:
    """Return the comment that this one repeats, if it is the same person pressing twice.

    Raises RefusedError for a repetition that is no accident.
    """
    same_words = Comment.objects.filter(
        article=submission.article,
        body=submission.body,
        created_at__gt=timezone.now() - REPEAT_WINDOW,
    )
    if submission.account is None:
        same_writer = same_words.filter(is_guest=True, name=submission.name)
    else:
        same_writer = same_words.filter(account=submission.account)
    first = same_writer.order_by("created_at", "pk").first()
    if first is None:
        return None
    same_place = first.in_reply_to_id == (parent.pk if parent else None)
    open_to_readers = first.status in {Status.VISIBLE, Status.HELD}
    if same_place and open_to_readers and _is_by_the_author(submission, first):
        return first
    raise RefusedError("같은 내용의 댓글이 방금 올라왔습니다. 잠시 뒤에 다시 올려 주세요.", "body")


def _is_by_the_author(submission: Submission, first: Comment) -> bool:
    """Whether whoever wrote the first comment sends it again.

    A guest's password counts as a try at it: sending somebody's words again must not be an
    unlimited way to guess with which password they can be deleted.
    """
    if submission.account is not None:
        return True
    try:
        prove(first, AnonymousUser(), submission.password, submission.network)
    except NotTheAuthorError:
        return False
    return True
