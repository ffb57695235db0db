"""The link by which a guest comes to everything written under one e-mail address."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from comments.models import Comment, Status
from comments.privacy.mail import compose, send
from comments.privacy.tokens import issue_guest_key, read_guest_key


def mail_link(email: str) -> None:
    """Mail the link to the address if anything was written under it.

    The same work is done for every address, and taken back where nobody has written under it, so
    that neither the answer nor the time it takes says whether there is anything.
    """
    newest = Comment.objects.sent_with(email).exclude(status=Status.DELETED).order_by("-pk").first()
    key = issue_guest_key(newest.pk if newest else 0)
    path = reverse("comments:guest_data", args=[key])
    with transaction.atomic():
        # To the address as it was first given: what is typed here may be spelt to deceive.
        letter = compose(
            newest.email if newest else email, "guest_link", link=settings.SITE_URL + path
        )
        send(letter)
        if newest is None:
            transaction.set_rollback(True)


def email_behind(key: str) -> str:
    """Return the address that a key was mailed to; "" when the key is good for nothing now."""
    pk = read_guest_key(key)
    if not pk:
        return ""
    return Comment.objects.filter(pk=pk).values_list("email", flat=True).first() or ""
