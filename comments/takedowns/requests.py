"""A request comes in, and the comment's author answers it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.counting import lock_discussion
from comments.models import Comment, Takedown, TakedownState
from comments.takedowns.letters import tell


def receive(
    comment: Comment, *, name: str, email: str, relation: str, right: str, explanation: str
) -> Takedown:
    """Store a request and confirm it by mail; sent twice, it is one request."""
    with transaction.atomic():
        lock_discussion(comment.article_id)
        takedown, is_new = Takedown.objects.get_or_create(
            comment=comment,
            email=email,
            explanation=explanation,
            state=TakedownState.RECEIVED,
            defaults={"name": name, "relation": relation, "right": right},
        )
        if is_new:
            tell(takedown)
    return takedown


def object_to(takedown: Takedown, text: str) -> bool:
    """Keep what the author says while the comment is blinded; return whether it still is."""
    blinded = Takedown.objects.filter(pk=takedown.pk, state=TakedownState.BLINDED)
    return bool(blinded.update(objection=text, objected_at=timezone.now()))
