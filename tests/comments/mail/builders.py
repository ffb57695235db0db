"""Recipients and follows for tests, and a queue that works to its end."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from articles.models import Article
from comments.mail import digests, notices, outbox
from comments.models import Comment, Follow, OutgoingMail, Recipient
from comments.notifications import announce
from tests.comments.builders import make_comment

BOB = "bob@pildam.example"


def make_recipient(address: str = BOB, **fields: Any) -> Recipient:
    """Return a recipient who has confirmed the address."""
    fields.setdefault("confirmed_at", timezone.now())
    return Recipient.objects.create(address=address, **fields)


def make_follow(
    article: Article, recipient: Recipient, *, comment: Comment | None = None, **fields: Any
) -> Follow:
    """Return a confirmed follow, made a while ago."""
    now = timezone.now()
    fields = {"confirmed_at": now, "created_at": now - timedelta(hours=1)} | fields
    return Follow.objects.create(article=article, recipient=recipient, comment=comment, **fields)


def make_announced(article: Article, body: str = "새 댓글입니다.", **fields: Any) -> Comment:
    """Return a comment that is to be told of."""
    comment = make_comment(article, body, **fields)
    announce([comment])
    return comment


def make_mail(number: int = 1, **fields: Any) -> OutgoingMail:
    fields = {"to": f"reader{number}@pildam.example", "key": f"test:{number}"} | fields
    return OutgoingMail.objects.create(
        subject=f"메일 {number}", text="글", html="<p>글</p>", **fields
    )


def work() -> list[EmailMultiAlternatives]:
    """Let the queue work once; return what it has sent."""
    before = len(mail.outbox)
    notices.spread()
    digests.compose()
    digests.compose_for_moderators()
    outbox.send_due(limit=1_000)
    return mail.outbox[before:]


def end_quiet_time(recipient: Recipient) -> None:
    """Move the last mail back beyond the time in which no other is sent."""
    earlier = timezone.now() - timedelta(minutes=11)
    Recipient.objects.filter(pk=recipient.pk).update(last_mailed_at=earlier)


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0].content)
