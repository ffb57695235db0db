"""Letters to single people about what they have asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str


def compose(to: str, name: str, **context: Any) -> Letter:
    """Write a letter from `comments/mail/<name>.txt`, whose first line is the subject."""
    site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    written = render_to_string(f"comments/mail/{name}.txt", context | site)
    subject, _, text = written.strip().partition("\n")
    return Letter(to, subject, text.strip() + "\n")


def send(letter: Letter) -> None:
    """Send the letter once the caller's transaction is through.

    What has been decided stands even when the mail server is away.
    """

    def deliver() -> None:
        send_mail(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to])

    transaction.on_commit(deliver, robust=True)
