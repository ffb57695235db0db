"""The way of a comment from a valid form to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.queries.prepared import pipelined
from comments import akismet, evidence
from comments.counting import asked_for_lock, lock_discussion, recount
from comments.evidence import Evidence, Said
from comments.mail.follows import TooManyConfirmationsError, follow_from
from comments.models import Action, Ban, Comment, Policy, RemovedBy, Status
from comments.moderation.facts import Facts
from comments.moderation.findings import Judgement, Verdict
from comments.moderation.judgement import judge
from comments.notifications import announce
from comments.readers import Reader
from comments.repetition import digest_of
from comments.storing import store
from comments.transitions import AUTHOR, RULES, record
from comments.word_rules import found_words

# The same words from the same writer within this time are said once.
REPEAT_WINDOW = timedelta(minutes=6)
# An account without a name; the address it signs in with is nobody else's business.
NAMELESS = "이름 없는 독자"

_STATUS_AFTER = {
    Verdict.PUBLISH: Status.VISIBLE,
    Verdict.HOLD: Status.HELD,
    Verdict.SPAM: Status.SPAM,
}
_EDITED_FIELDS = (
    "body",
    "body_digest",
    "edited_at",
    "reasons",
    "recommended_at",
    "removed_by",
    "reports_cleared_at",
    "score",
    "status",
    "status_changed_at",
)
_ACTION_AFTER = {Status.HELD: Action.HOLD, Status.SPAM: Action.SPAM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody wants to say: validated text, who they are, and how it was sent.

    A guest has `name` and `password`. `nonce` and `form_age` come from the form's token and
    are empty without a genuine one.
    """

    article: Article
    policy: Policy
    reader: Reader
    body: str
    parent_id: int | None = None
    name: str = ""
    password: str = ""
    email: str = ""
    nonce: str = ""
    form_age: float | None = None
    trap_is_filled: bool = False
    user_agent: str = ""
    follow_replies: bool = False
    follow_article: bool = False
    proof_is_given: bool = False
    can_prove: bool = False


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


class UsedFormError(RefusedError):
    """The form has sent another comment already; the next one needs a new form."""

    def __init__(self) -> None:
        super().__init__(
            "이 양식으로는 이미 댓글을 올리셨습니다. 새로 올리시려면 한 번 더 눌러 주세요."
        )


class RepeatedError(RefusedError):
    """The writer has just said the same."""

    def __init__(self) -> None:
        super().__init__(
            "같은 내용의 댓글이 방금 올라왔습니다. 잠시 뒤에 다시 올려 주세요.", "body"
        )


class BannedError(RefusedError):
    """The writer may not write now."""

    def __init__(self, ban: Ban) -> None:
        super().__init__(ban.notice)


class ProofNeededError(Exception):
    """The comment is taken with a proof of work, which the sender's page can give."""


def name_of(account: User) -> str:
    """Return the name that an account's comments stand under."""
    return account.display_name or NAMELESS


def refuse_banned(reader: Reader) -> None:
    """Raise BannedError if the reader may not write, vote or report now."""
    ban = Ban.against(reader.account, reader.network_hash)
    if ban is not None:
        raise BannedError(ban)


def submit(submission: Submission) -> Comment:
    """Store the comment, visible or waiting, and return it.

    Sent twice with one form, it is stored once and the first one is returned. Raises
    RefusedError or ProofNeededError; nothing is stored then.
    """
    known = _known_of(submission.reader, submission.article.pk)
    comment = _comment_of(submission)
    judgement = _judgement_of_new(submission, comment, known)
    _apply(judgement, _status_after(judgement), comment)
    with transaction.atomic():
        said = _said_under_lock(submission, comment)
        if said.by_this_form:
            return _sent_with_the_same_form(submission, comment)
        parent = _parent_of(submission)
        if judgement.verdict == Verdict.PROVE:
            raise ProofNeededError
        if said.lately:
            raise RepeatedError
        if parent is not None:
            comment.in_reply_to = parent
            comment.root_id = parent.thread_id
        store(comment)
        _log(comment)
        _follow(submission, comment)
    return comment


def edit(comment: Comment, body: str, *, policy: Policy, reader: Reader) -> Comment:
    """Give a comment a new text, to be judged again; return it as it is then.

    Raises RefusedError when it is no longer there to be edited.
    """
    known = _known_of(reader, comment.article_id, besides=comment.pk)
    judgement = judge(_facts(policy, known, body=body, name=comment.name))
    with transaction.atomic():
        lock_discussion(comment.article_id)
        editable = Comment.objects.filter(status__in=(Status.VISIBLE, Status.HELD, Status.SPAM))
        found = editable.filter(pk=comment.pk).first()
        if found is None:
            raise RefusedError("이 댓글은 더는 고칠 수 없습니다.")
        if found.body == body:
            return found
        status = _status_after(judgement)
        if found.is_waiting and status == Status.VISIBLE:
            # Whoever waits for a moderator does not get round it by writing again.
            status = Status.HELD
        record([found], Action.EDIT, status, AUTHOR)
        found.body, found.body_digest = body, digest_of(body)
        found.edited_at = timezone.now()
        found.reports_cleared_at = None
        # What editors have chosen is not what stands there now.
        found.recommended_at = None
        _apply(judgement, status, found)
        found.save(update_fields=_EDITED_FIELDS)
        recount(found.article_id, [found])
        announce([found])
    return found


def _comment_of(submission: Submission) -> Comment:
    """Build the comment; hashing takes its time and must not hold the lock."""
    reader = submission.reader
    account = reader.account
    comment = Comment(
        article=submission.article,
        account=account,
        is_guest=account is None,
        name=submission.name if account is None else name_of(account),
        email=submission.email,
        body=submission.body,
        body_digest=digest_of(submission.body),
        browser_hash=reader.browser_hash,
        network_hash=reader.network_hash,
        network_prefix=reader.network_prefix,
        form_nonce=submission.nonce or None,
    )
    if account is None:
        comment.set_password(submission.password)
    return comment


def _known_of(reader: Reader, article_id: int, *, besides: int = 0) -> Evidence:
    """Return what is known of the writer; an edit does not count itself. Raises BannedError."""
    known = evidence.about(reader, article_id, besides=besides)
    if known.is_banned:
        refuse_banned(reader)
    return known


def _judgement_of_new(submission: Submission, comment: Comment, known: Evidence) -> Judgement:
    facts = _facts(
        submission.policy,
        known,
        body=comment.body,
        name=comment.name if comment.is_guest else "",
        form_age=submission.form_age,
        has_form=True,
        trap_is_filled=submission.trap_is_filled,
        proof_is_given=submission.proof_is_given,
        can_prove=submission.can_prove,
        is_spam_elsewhere=akismet.calls_it_spam(
            comment, network=submission.reader.network, user_agent=submission.user_agent
        ),
    )
    return judge(facts)


def _facts(
    policy: Policy, known: Evidence, *, body: str, name: str, has_form: bool = False, **more: Any
) -> Facts:
    return Facts(
        mode=policy.mode,
        body=body,
        name=name,
        writer=known.writer,
        near_repeats=known.near_repeats(body),
        recent_from_network=known.recent_from_network,
        words=found_words(body=body, name=name, rules=known.word_rules),
        has_form=has_form,
        **more,
    )


def _status_after(judgement: Judgement) -> Status:
    # An edit is not asked for a proof of work; what is doubtful waits.
    return _STATUS_AFTER.get(judgement.verdict, Status.HELD)


def _apply(judgement: Judgement, status: Status, comment: Comment) -> None:
    """Give the comment its status, with the reasons that the rules found."""
    if comment.status != status:
        comment.status_changed_at = timezone.now()
    comment.status = status
    if status != Status.VISIBLE:
        comment.recommended_at = None
    comment.removed_by = RemovedBy.RULE if status == Status.SPAM else ""
    comment.score = judgement.score
    comment.reasons = judgement.reasons()


def _log(comment: Comment) -> None:
    """Tell the log what the rules have kept from the readers, and why."""
    status = Status(comment.status)
    if status in _ACTION_AFTER:
        reason = " ".join(str(reason["detail"]) for reason in comment.reasons)
        record([comment], _ACTION_AFTER[status], status, RULES, reason=reason)


def _said_under_lock(submission: Submission, comment: Comment) -> Said:
    """Lock the discussion and ask what has been said in it, by one round trip.

    SQLite lets one write at a time, so that its transaction is the lock.
    """
    article_id = submission.article.pk
    has_locks = connection.features.has_select_for_update
    with pipelined():
        locked = asked_for_lock(article_id) if has_locks else None
        said = evidence.asked_what_was_said(
            article_id,
            submission.nonce,
            comment.body_digest,
            submission.reader,
            comment.name,
            REPEAT_WINDOW,
        )
    if locked is not None:
        locked()
    return said()


def _sent_with_the_same_form(submission: Submission, comment: Comment) -> Comment:
    """Return the comment that this form has sent already; raise UsedFormError if it is another."""
    first = Comment.objects.get(form_nonce=submission.nonce)
    if first.body_digest != comment.body_digest:
        raise UsedFormError
    return first


def _follow(submission: Submission, comment: Comment) -> None:
    """Let the writer be told of what follows; no machine has anybody written to.

    Raises RefusedError if too many addresses are named from one place.
    """
    if comment.status == Status.SPAM or submission.trap_is_filled:
        return
    try:
        follow_from(
            comment,
            reader=submission.reader,
            email=submission.email,
            replies=submission.follow_replies,
            article=submission.follow_article,
        )
    except TooManyConfirmationsError as refusal:
        raise RefusedError(refusal.message, "email") from refusal


def _parent_of(submission: Submission) -> Comment | None:
    """Return what is answered: a comment that readers see, under the same article."""
    if submission.parent_id is None:
        return None
    candidates = Comment.objects.visible().filter(article=submission.article)
    parent = candidates.filter(pk=submission.parent_id).first()
    if parent is None:
        raise ParentGoneError
    return parent
