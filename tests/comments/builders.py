"""Comments for tests, counted as they are on the site."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.rate_limits import Limit
from comments import form_tokens
from comments.counting import recount
from comments.mail.outbox import send_due
from comments.models import Comment, RemovedBy, Right, Status, Takedown, TakedownState
from comments.readers import Reader
from comments.repetition import digest_of
from comments.takedowns.decisions import Decision, decide
from tests.builders import FAR_FUTURE

WRITTEN_AT = datetime(2025, 4, 1, 3, 0, tzinfo=UTC)
PASSWORD = "바람과나무"
REMOVED_BY = {
    Status.SPAM: RemovedBy.RULE,
    Status.HIDDEN: RemovedBy.MODERATOR,
    Status.BLINDED: RemovedBy.MODERATOR,
    Status.TRASHED: RemovedBy.MODERATOR,
    Status.DELETED: RemovedBy.AUTHOR,
}


def make_comment(
    article: Article,
    body: str = "잘 읽었습니다.",
    *,
    parent: Comment | None = None,
    name: str = "나그네",
    account: User | None = None,
    status: Status = Status.VISIBLE,
    created_at: datetime = WRITTEN_AT,
    **fields: Any,
) -> Comment:
    """Return a stored comment; a guest's password is PASSWORD."""
    fields.setdefault("removed_by", REMOVED_BY.get(status, ""))
    comment = Comment(
        article=article,
        root_id=parent.thread_id if parent else None,
        in_reply_to=parent,
        account=account,
        is_guest=account is None,
        name=account.display_name if account else name,
        body="" if status == Status.DELETED else body,
        body_digest="" if status == Status.DELETED else digest_of(body),
        status=status,
        created_at=created_at,
        **fields,
    )
    if account is None:
        comment.set_password(PASSWORD)
    if status == Status.BLINDED and comment.blinded_until is None:
        comment.blinded_until = FAR_FUTURE
    comment.save()
    recount(article.pk, [comment])
    return comment


def make_comments(article: Article, count: int, **fields: Any) -> list[Comment]:
    """Return `count` comments, a minute apart, the oldest first: "댓글 1" and so on."""
    return [
        make_comment(
            article,
            f"댓글 {number}",
            created_at=WRITTEN_AT + timedelta(minutes=number),
            **fields,
        )
        for number in range(1, count + 1)
    ]


def make_many(article: Article, count: int, **fields: Any) -> None:
    """Store many guests' comments at once, for tests of lists; their password is nobody's."""
    common = {"article": article, "is_guest": True, "name": "나그네", "password": "!"} | fields
    Comment.objects.bulk_create(Comment(body=f"댓글 {n}", **common) for n in range(count))


def make_reader(
    *, account: User | None = None, secret: str = "browser", network: str = "192.0.2.1"
) -> Reader:
    """Return a reader in a browser of their own."""
    return Reader(account=account, secret=secret, network=network)


def sent_mail() -> list[EmailMultiAlternatives]:
    """Work off the mail queue, and return all that has gone out."""
    send_due(1_000)
    return mail.outbox


def discussion_url(article: Article) -> str:
    return reverse("comments:discussion", args=[article.slug])


def form_token(article: Article, *, age: int = 60) -> str:
    """Return the token of a form that was opened some seconds ago."""
    with mock.patch("comments.form_tokens.time.time", return_value=time.time() - age):
        return form_tokens.issue(article.pk)


def post_comment(
    client: Client, article: Article, body: str = "잘 읽었습니다.", **fields: Any
) -> Any:
    """Send the form as a guest does; fields override what is typed, None leaves one out."""
    typed = {
        "name": "나그네",
        "password": PASSWORD,
        "email": "",
        "body": body,
        "form_token": form_token(article),
    } | fields
    sent = {name: value for name, value in typed.items() if value is not None}
    return client.post(discussion_url(article), sent)


def make_takedown(comment: Comment, **fields: Any) -> Takedown:
    """Return a request that waits for a decision."""
    return Takedown.objects.create(
        comment=comment,
        **{
            "name": "홍길동",
            "email": "hong@elsewhere.example",
            "relation": "self",
            "right": Right.DEFAMATION,
            "explanation": "사실이 아닙니다.",
        }
        | fields,
    )


def blind(takedown: Takedown, user: User, *, days: int = 30, note: str = "") -> Takedown:
    """Return the request after a moderator has blinded the comment for it."""
    seen = TakedownState.RECEIVED
    return decide(takedown, Decision.BLIND, user=user, seen=seen, days=days, note=note)


def let_time_pass(takedown: Takedown) -> None:
    """Let the blind of a request be over since a minute."""
    past = timezone.now() - timedelta(minutes=1)
    Takedown.objects.filter(pk=takedown.pk).update(blinded_until=past)
    Comment.objects.filter(pk=takedown.comment_id).update(blinded_until=past)


def use_up(limit: Limit, *subject: object, but: int) -> None:
    """Count tries against the limit as if they had been made: all that it allows but so many."""
    for _ in range(limit.allowed - but):
        limit.hit(*subject)
