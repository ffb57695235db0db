"""Letters to single people about what they have asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from articles import site
from comments.mail import messages


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str


def compose(to: str, name: str, **context: Any) -> Letter:
    """Write a letter from `comments/mail/<name>.txt`, whose first line is the subject."""
    house = {"site_name": site.name(), "site_url": settings.SITE_URL}
    written = render_to_string(f"comments/mail/{name}.txt", context | house)
    subject, _, text = written.strip().partition("\n")
    return Letter(to, subject, text.strip() + "\n")


def send(letter: Letter) -> None:
    """Put the letter into the outbox, in the caller's transaction.

    It goes out if, and only if, what it tells of has been stored.
    """
    messages.letter(letter.to, letter.subject, letter.text).save()
