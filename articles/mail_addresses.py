"""Addresses of mailboxes: how they are known, and how they are shown."""

from __future__ import annotations

from django.utils.encoding import punycode


def normalised_address(text: str) -> str:
    """Return the address as mailboxes are known by: lower case, the domain in ASCII.

    `text` is a valid address already. No mail service in use tells Kim from kim, and two
    recipients for one mailbox would be told everything twice.
    """
    local, _, domain = text.strip().lower().rpartition("@")
    try:
        return f"{local}@{punycode(domain)}"
    except UnicodeError:
        # Accounts made by a command may have what no mail server would know either.
        return f"{local}@{domain}"


def masked(address: str) -> str:
    """Return the address as a page shows it to whoever holds a link: m***@pildam.example."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
