"""What both sides are told of a request. Neither learns who the other is."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from comments.models import Comment, Takedown, TakedownState
from comments.privacy.mail import compose, send
from comments.privacy.tokens import issue_objection_key

# What the author is told of; a request that leads to nothing is none of their business.
_AUTHOR_IS_TOLD = {
    TakedownState.BLINDED,
    TakedownState.RESTORED,
    TakedownState.REMOVED,
    TakedownState.EXPIRED,
}


def tell(takedown: Takedown) -> None:
    """Write to both sides what has become of the request."""
    comment = Comment.objects.with_article().select_related("account").get(pk=takedown.comment_id)
    context = {
        "takedown": takedown,
        "article": comment.article,
        "status_link": settings.SITE_URL + takedown.get_absolute_url(),
        "objection_link": settings.SITE_URL + _objection_path(takedown),
    }
    if takedown.email:
        send(compose(takedown.email, f"takedown_{takedown.state}", **context))
    author = _address_of_author(comment)
    if author and takedown.state in _AUTHOR_IS_TOLD:
        send(compose(author, f"author_{takedown.state}", **context))


def _objection_path(takedown: Takedown) -> str:
    key = issue_objection_key(takedown.ticket)
    return reverse("comments:takedown_objection", args=[takedown.ticket, key])


def _address_of_author(comment: Comment) -> str:
    return comment.account.email if comment.account else comment.email
