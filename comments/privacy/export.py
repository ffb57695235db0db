"""Everything that is kept about somebody, for them to take along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from articles.mail_addresses import normalised_address
from articles.models import Subscription
from comments.models import Ban, Block, Comment, CommentQuerySet, Follow, Report, Vote
from comments.readers import account_key

Rows = list[dict[str, Any]]


def export_of_account(user: User) -> dict[str, Any]:
    """Return all that is kept about an account, ready for JSON."""
    account = {
        "email": user.email,
        "display_name": user.display_name,
        "joined_at": _time(user.date_joined),
    }
    sections = {name: rows_of(user) for name, rows_of in _SECTIONS.items()}
    return _header() | {"account": account} | sections


def export_of_guest(email: str) -> dict[str, Any]:
    """Return what was written under an e-mail address.

    An address proves no browser, so that votes and the network, which whoever typed somebody
    else's address has left behind, are not among it.
    """
    comments = Comment.objects.sent_with(email)
    address = normalised_address(email)
    follows = Follow.objects.filter(recipient__address=address)
    return _header() | {
        "email": email,
        "comments": _comments(comments),
        "follows": _follows(follows),
        "newsletter": _letters_to(address),
    }


def _header() -> dict[str, Any]:
    return {"site": settings.SITE_URL, "exported_at": _time(timezone.now())}


def _comments(comments: CommentQuerySet) -> Rows:
    return [
        {
            "address": _address_of(comment),
            "article": comment.article.title,
            "answers": comment.in_reply_to_id,
            "name": comment.name,
            "text": comment.body,
            "status": comment.get_status_display(),
            "written_at": _time(comment.created_at),
            "edited_at": _time(comment.edited_at),
            "likes": comment.likes,
            "dislikes": comment.dislikes,
        }
        for comment in comments.with_article().order_by("created_at", "pk")
    ]


def _comments_of(user: User) -> Rows:
    return _comments(Comment.objects.filter(account=user))


def _networks_of(user: User) -> Rows:
    comments = Comment.objects.filter(account=user).exclude(network_prefix="")
    kept = comments.order_by("created_at").values_list("pk", "network_prefix")
    return [{"comment": pk, "network": prefix} for pk, prefix in kept]


def _votes_of(user: User) -> Rows:
    votes = Vote.objects.filter(voter=account_key(user)).select_related("comment")
    return [
        {
            "comment": _address_of(vote.comment),
            "vote": vote.get_value_display(),
            "at": _time(vote.created_at),
        }
        for vote in votes.order_by("created_at", "pk")
    ]


def _reports_of(user: User) -> Rows:
    reports = Report.objects.filter(reporter=account_key(user)).select_related("comment")
    return [
        {
            "comment": _address_of(report.comment),
            "reason": report.get_reason_display(),
            "note": report.note,
            "at": _time(report.created_at),
        }
        for report in reports.order_by("created_at", "pk")
    ]


def _blocks_of(user: User) -> Rows:
    blocks = Block.objects.filter(reader=account_key(user)).order_by("created_at", "pk")
    return [{"name": block.name, "at": _time(block.created_at)} for block in blocks]


def _bans_of(user: User) -> Rows:
    bans = Ban.objects.filter(account=user).order_by("created_at", "pk")
    return [
        {"reason": ban.reason, "at": _time(ban.created_at), "until": _time(ban.expires_at)}
        for ban in bans
    ]


def _follows_of(user: User) -> Rows:
    return _follows(Follow.objects.filter(recipient__account=user))


def _follows(follows: QuerySet[Follow]) -> Rows:
    return [
        {"article": follow.article.title, "of": follow.kind, "at": _time(follow.created_at)}
        for follow in follows.select_related("article").order_by("created_at", "pk")
    ]


def _newsletter_of(user: User) -> Rows:
    return _letters_to(normalised_address(user.email))


def _letters_to(address: str) -> Rows:
    wishes = Subscription.objects.filter(subscriber__address=address).with_targets()
    return [
        {
            "of": wish.name,
            "when": wish.get_frequency_display(),
            "at": _time(wish.created_at),
            "confirmed_at": _time(wish.confirmed_at),
        }
        for wish in wishes
    ]


# Whatever else comes to be kept about accounts gets a line here.
_SECTIONS: dict[str, Callable[[User], Rows]] = {
    "comments": _comments_of,
    "networks": _networks_of,
    "votes": _votes_of,
    "reports": _reports_of,
    "blocks": _blocks_of,
    "bans": _bans_of,
    "follows": _follows_of,
    "newsletter": _newsletter_of,
}


def _address_of(comment: Comment) -> str:
    return f"{settings.SITE_URL}{comment.get_absolute_url()}"


def _time(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
