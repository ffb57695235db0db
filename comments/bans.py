"""Keeping somebody from writing, and letting them write again."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from comments.models import Action, Ban, Comment
from comments.transitions import Actor, record


class Target(models.TextChoices):
    """Whom a ban is about, as far as a comment tells."""

    ACCOUNT = "account", "이 계정"
    NETWORK = "network", "이 댓글을 보낸 네트워크"


class Duration(models.TextChoices):
    DAY = "1", "1일"
    WEEK = "7", "7일"
    MONTH = "30", "30일"
    ENDLESS = "", "무기한"


class CannotBanError(Exception):
    """There is nobody to ban; the message says why."""


def targets_of(comment: Comment) -> list[Target]:
    """Return what a ban can be about: an address is forgotten after a while."""
    known = {Target.ACCOUNT: comment.account_id, Target.NETWORK: comment.network_hash}
    return [target for target, value in known.items() if value]


def ban(comment: Comment, target: Target, duration: Duration, *, actor: Actor, reason: str) -> Ban:
    """Ban whoever wrote the comment; raise CannotBanError."""
    if target not in targets_of(comment):
        raise CannotBanError("이 댓글에는 그 기록이 남아 있지 않습니다.")
    account = comment.account if target == Target.ACCOUNT else None
    if account is not None and account.has_perm("comments.change_comment"):
        raise CannotBanError("운영자의 계정은 막을 수 없습니다.")
    days = int(duration) if duration != Duration.ENDLESS else None
    with transaction.atomic():
        made = Ban.objects.create(
            account=account,
            network_hash=comment.network_hash if account is None else "",
            comment=comment,
            reason=reason,
            expires_at=timezone.now() + timedelta(days=days) if days else None,
            created_by_id=actor.ref,
        )
        why = f"{target.label}, {duration.label}: {reason}"
        record([comment], Action.BAN, comment.status, actor, reason=why)
    return made


def lift(found: Ban, *, actor: Actor) -> bool:
    """End a ban now; return whether it was still in force. The row stays, as what was decided."""
    with transaction.atomic():
        in_force = Ban.objects.in_force().filter(pk=found.pk)
        if not in_force.update(expires_at=timezone.now()):
            return False
        if found.comment is not None:
            record([found.comment], Action.UNBAN, found.comment.status, actor)
    return True
