"""The mails, one function each: what it says, to whom, and the headers that machines read.

Each returns an OutgoingMail that is not saved yet. The words are in
`templates/comments/mail/<name>_subject.txt`, `_body.txt` and `_body.html`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.text import Truncator

from articles import site
from articles.mail_tokens import Purpose
from articles.models import Article
from articles.site import absolute
from articles.text import one_line
from comments.mail import tokens
from comments.models import Comment, Follow, Notice, OutgoingMail, Recipient
from comments.models.mail import QUIET_TIME

MAX_SUBJECT = 150
EXCERPT_LENGTH = 200


def confirmation(recipient: Recipient, *, asked_at: datetime) -> OutgoingMail:
    """Ask the owner of an address. Not a word in it is a reader's, nor an article's.

    Whoever types a stranger's address must not be able to tell them anything by it.
    """
    waits = recipient.is_quiet or recipient.mails.waiting().exists()
    mail = _to(
        recipient,
        "confirmation",
        {"confirm_url": _link("comments:confirm_mail", Purpose.CONFIRM, recipient)},
        key=f"confirmation:{recipient.pk}:{asked_at.isoformat()}",
    )
    mail.due_at = timezone.now() + (QUIET_TIME if waits else timedelta(0))
    return mail


def notice(recipient: Recipient, told: Notice) -> OutgoingMail:
    """Tell of one comment, with its text."""
    comment = told.comment
    context = {
        "comment": comment,
        "quoted_body": quoted(comment.body),
        "article": comment.article,
        "is_reply": told.is_reply,
        "link": absolute(comment.get_absolute_url()),
    }
    return _to(
        recipient,
        "notice",
        context,
        key=f"notices:{told.pk}",
        follow=told.follow,
        article=comment.article,
        notice_count=1,
    )


def digest(recipient: Recipient, shown: Sequence[Notice], *, total: int) -> OutgoingMail:
    """Tell of what has come together: `total` comments, of which the first are listed.

    `shown` is sorted by article.
    """
    groups = [
        (article, absolute(reverse("comments:discussion", args=[article.slug])), lines)
        for article, lines in _by_article(shown)
    ]
    articles = {told.comment.article_id for told in shown}
    follows = {told.follow_id for told in shown}
    whole = total == len(shown)
    return _to(
        recipient,
        "digest",
        {"groups": groups, "total": total, "rest": total - len(shown)},
        key=f"notices:{min(told.pk for told in shown)}",
        follow=shown[0].follow if whole and len(follows) == 1 else None,
        article=shown[0].comment.article if whole and len(articles) == 1 else None,
        notice_count=total,
    )


def moderators(
    address: str, *, held: Sequence[Comment], held_count: int, reported_count: int, key: str
) -> OutgoingMail:
    """Tell the moderators what waits; names and addresses stay at the desk."""
    context = {
        "waiting": [(comment.article.title, excerpt(comment.body)) for comment in held],
        "held_count": held_count,
        "reported_count": reported_count,
        "rest": held_count - len(held),
        "desk_url": absolute(reverse("admin:comments_comment_changelist")),
    }
    return OutgoingMail(to=address, key=key, headers=_headers(), **_rendered("moderators", context))


def quoted(body: str) -> str:
    """Mark each line as a quotation, so that no comment can pass for the mail's own words."""
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines())


def excerpt(body: str) -> str:
    return Truncator(one_line(body)).chars(EXCERPT_LENGTH)


def _by_article(shown: Sequence[Notice]) -> list[tuple[Article, list[tuple[Notice, str, str]]]]:
    """Group the notices, each with its excerpt and its address."""
    return [
        (
            group[0].comment.article,
            [
                (told, excerpt(told.comment.body), absolute(told.comment.get_absolute_url()))
                for told in group
            ],
        )
        for group in (
            list(notices) for _, notices in groupby(shown, lambda told: told.comment.article_id)
        )
    ]


def _to(
    recipient: Recipient,
    name: str,
    context: dict[str, Any],
    *,
    key: str,
    follow: Follow | None = None,
    article: Article | None = None,
    notice_count: int = 0,
) -> OutgoingMail:
    """Address a mail to a recipient, with the links by which they can end it."""
    unsubscribe_url = _link("comments:unsubscribe", Purpose.UNSUBSCRIBE, recipient, follow)
    links = {
        "unsubscribe_url": unsubscribe_url,
        "manage_url": _link("comments:manage_mail", Purpose.MANAGE, recipient),
    }
    headers = _headers() | {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if article is not None:
        headers["References"] = f"<article-{article.pk}.comments@{_host()}>"
    return OutgoingMail(
        to=recipient.current_address,
        recipient=recipient,
        key=key,
        headers=headers,
        notice_count=notice_count,
        **_rendered(name, context | links),
    )


def letter(to: str, subject: str, text: str) -> OutgoingMail:
    """Address a letter to a single person about what they have asked for, in plain text."""
    return OutgoingMail(
        to=to,
        key=f"letter:{uuid4().hex}",
        subject=Truncator(one_line(subject)).chars(MAX_SUBJECT),
        text=text,
        headers=_headers(),
    )


def _rendered(name: str, context: dict[str, Any]) -> dict[str, str]:
    context = context | {"site_name": site.name(), "site_url": settings.SITE_URL}
    path = f"comments/mail/{name}"
    # A line end in a subject would begin a header of somebody's own.
    subject = one_line(render_to_string(f"{path}_subject.txt", context))
    return {
        "subject": Truncator(subject).chars(MAX_SUBJECT),
        "text": render_to_string(f"{path}_body.txt", context).strip() + "\n",
        "html": render_to_string(f"{path}_body.html", context),
    }


def _headers() -> dict[str, str]:
    host = _host()
    return {
        "Message-ID": f"<{uuid4().hex}@{host}>",
        "List-Id": f"<comments.{host}>",
        "Auto-Submitted": "auto-generated",
    }


def _host() -> str:
    return punycode(urlsplit(settings.SITE_URL).hostname or "localhost")


def _link(view: str, purpose: Purpose, recipient: Recipient, follow: Follow | None = None) -> str:
    return absolute(reverse(view, args=[tokens.issue(purpose, recipient, follow)]))
