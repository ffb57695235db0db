"""When somebody is written to: at once, or, soon after the last mail, of all that came since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import HEAVY_FIELDS
from comments.mail import messages
from comments.mail.notices import pending
from comments.models import Comment, CommentSettings, Notice, OutgoingMail, Recipient, Report
from comments.models.mail import QUIET_TIME

LISTED = 20
LISTED_FOR_MODERATORS = 10
# What a single mail can account for; a recipient with more gets the rest ten minutes later.
MAX_IN_ONE_MAIL = 1_000
RECIPIENTS_PER_ROUND = 500
MODERATORS_PAUSE = timedelta(minutes=30)
_MODERATORS_KEY = "moderators:"


def compose() -> int:
    """Write a mail to each recipient who may have one now; return how many were written."""
    quiet = Q(recipient__last_mailed_at__gt=timezone.now() - QUIET_TIME)
    unsent = OutgoingMail.objects.waiting().filter(recipient=OuterRef("recipient"))
    ready = pending().exclude(quiet).exclude(Exists(unsent))
    ids = ready.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    return sum(_compose_for(recipient_id) for recipient_id in list(ids[:RECIPIENTS_PER_ROUND]))


def compose_for_moderators() -> int:
    """Write to the moderators if something new waits for them; return how many were written."""
    with transaction.atomic():
        # The row is the lock: two workers must not both find that it is time.
        house = CommentSettings.objects.select_for_update().filter(pk=CommentSettings.SINGLE)
        address = house.values_list("digest_address", flat=True).first()
        if not address:
            return 0
        last = _last_moderators_digest()
        now = timezone.now()
        if last is not None and last > now - MODERATORS_PAUSE:
            return 0
        if not any(rows.exists() for rows in _new_for_moderators(since=last)):
            return 0
        held = Comment.objects.held()
        messages.moderators(
            address,
            held=list(held.with_article().order_by("-pk")[:LISTED_FOR_MODERATORS]),
            held_count=held.count(),
            reported_count=Comment.objects.reported().count(),
            key=f"{_MODERATORS_KEY}{now.isoformat()}",
        ).save()
    return 1


def moderators_wait_since() -> datetime | None:
    """Return since when the moderators could have been written to, or None if nothing is new."""
    if not CommentSettings.objects.exclude(digest_address="").exists():
        return None
    last = _last_moderators_digest()
    held, reports = _new_for_moderators(since=last)
    moments = (
        held.order_by("status_changed_at").values_list("status_changed_at", flat=True).first(),
        reports.order_by("created_at").values_list("created_at", flat=True).first(),
    )
    oldest = min(filter(None, moments), default=None)
    return max(oldest, last + MODERATORS_PAUSE) if oldest and last else oldest


def _compose_for(recipient_id: int) -> int:
    with transaction.atomic():
        recipient = (
            Recipient.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("account")
            .filter(pk=recipient_id)
            .first()
        )
        if recipient is None or recipient.is_quiet or recipient.mails.waiting().exists():
            return 0
        mine = pending().filter(recipient=recipient).order_by("comment__article_id", "comment_id")
        ids = list(mine.values_list("pk", flat=True)[:MAX_IN_ONE_MAIL])
        if not ids:
            return 0
        text = (f"comment__article__{name}" for name in HEAVY_FIELDS)
        shown = mine.select_related("comment__article", "follow").defer(*text)
        mail = _mail(recipient, list(shown.filter(pk__in=ids[:LISTED])), len(ids))
        mail.save()
        Notice.objects.filter(pk__in=ids).update(mail=mail)
    return 1


def _mail(recipient: Recipient, shown: list[Notice], total: int) -> OutgoingMail:
    if total == 1:
        return messages.notice(recipient, shown[0])
    return messages.digest(recipient, shown, total=total)


def _last_moderators_digest() -> datetime | None:
    sent = OutgoingMail.objects.filter(key__startswith=_MODERATORS_KEY)
    return sent.order_by("-created_at").values_list("created_at", flat=True).first()


def _new_for_moderators(*, since: datetime | None) -> tuple[QuerySet[Comment], QuerySet[Report]]:
    held = Comment.objects.held()
    reports = Report.objects.filter(resolved_at=None, comment__in=Comment.objects.reported())
    if since is not None:
        held = held.filter(status_changed_at__gt=since)
        reports = reports.filter(created_at__gt=since)
    return held, reports
