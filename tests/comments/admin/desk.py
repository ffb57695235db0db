"""What the tests of the moderators' desk share: who sits at it, and the forms they send."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from comments.decisions import version_of
from comments.models import Comment, Report
from tests.articles.desk import make_staff, signed_in

MODERATING = (
    "view_comment",
    "change_comment",
    "add_moderatornote",
    "add_ban",
    "view_ban",
    "change_ban",
    "view_moderationevent",
    "view_wordrule",
    "add_wordrule",
    "change_wordrule",
)


def moderators_desk(*permissions: str) -> Client:
    """Return Bob's browser; without a word about permissions he may do all of moderation."""
    return signed_in(make_staff(*(permissions or MODERATING)))


def queue_url(name: str) -> str:
    return reverse("admin:comments_comment_queue", args=[name])


def decide_url(name: str) -> str:
    return reverse("admin:comments_comment_decide", args=[name])


def change_url(comment: Comment) -> str:
    return reverse("admin:comments_comment_change", args=[comment.pk])


def seen(*comments: Comment) -> list[str]:
    """Return what the page of a queue carries for each comment as it is now."""
    found = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    return [f"{comment.pk}:{version_of(comment)}" for comment in found]


def press(
    desk: Client, decision: str, comment: Comment, *, queue: str = "held", **fields: Any
) -> Any:
    """Press a button of one card, on a page that shows the comment as it is now."""
    form = {
        "one": f"{decision}:{comment.pk}",
        "seen": seen(comment),
        "back": queue_url(queue),
    }
    return desk.post(decide_url(queue), form | fields, follow=True)


def press_for_many(
    desk: Client, decision: str, *comments: Comment, queue: str = "held", **fields: Any
) -> Any:
    """Press a button for chosen comments, on a page that shows them as they are now."""
    form = {
        "many": decision,
        "chosen": [comment.pk for comment in comments],
        "seen": seen(*comments),
        "back": queue_url(queue),
    }
    return desk.post(decide_url(queue), form | fields, follow=True)


def report_by(comment: Comment, *reasons: str, note: str = "") -> None:
    """Let one reader after another report the comment."""
    for number, reason in enumerate(reasons):
        Report.objects.create(
            comment=comment, reporter=f"browser:{number}", reason=reason, note=note
        )
    Comment.objects.filter(pk=comment.pk).update(report_count=len(reasons))
