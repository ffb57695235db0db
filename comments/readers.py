"""Who a request comes from: an account, or a browser that carries a key of its own.

The key is a cookie that is set when somebody first does something: reading sets none. The
database holds a keyed hash of it, and of the network, never the key or the address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import LazyObject

from accounts.client_address import network_prefix
from accounts.models import User
from accounts.request_network import network_of
from comments.models import Comment
from comments.shown_comment import ShownComment

_signer = Signer(salt="comments.reader")
_HASH_LENGTH = 32
_COOKIE_AGE = 365 * 24 * 3600


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, and may write, vote and report."""

    account: User | None
    # The browser's secret, "" while it has none and has done nothing yet.
    secret: str
    # An IPv4 address or IPv6 /64; never stored.
    network: str

    @cached_property
    def browser_hash(self) -> str:
        return hashed("browser", self.secret) if self.secret else ""

    @cached_property
    def network_hash(self) -> str:
        return hashed("network", self.network) if self.network else ""

    @cached_property
    def network_prefix(self) -> str:
        """The outer part of the address, such as 203.0.113.0/24."""
        return network_prefix(self.network)

    @property
    def key(self) -> str:
        """Who votes, reports and blocks; "" for somebody who cannot be told from others."""
        if self.account is not None:
            return account_key(self.account)
        return f"browser:{self.browser_hash}" if self.secret else ""

    def wrote(self, comment: Comment | ShownComment) -> bool:
        """Whether this account, or this very browser, sent the comment."""
        if comment.account_id is not None:
            return self.account is not None and comment.account_id == self.account.pk
        return bool(self.secret) and comment.browser_hash == self.browser_hash


def account_key(account: User) -> str:
    """Return the key by which an account votes, reports and blocks."""
    return f"account:{account.pk}"


def hashed(kind: str, text: str) -> str:
    """Return the keyed hash by which a browser or a network is known in the database."""
    return salted_hmac(f"comments.{kind}", text, algorithm="sha256").hexdigest()[:_HASH_LENGTH]


def reader_of(request: HttpRequest) -> Reader:
    """Return whoever sends the request; one that does something gets a key if it has none.

    The first key of a browser is made from its CSRF cookie, so that everything that it sends
    at the same moment comes from one reader.
    """
    secret = _secret_in(request)
    if not secret and request.method == "POST":
        csrf_cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        secret = hashed("first-key", csrf_cookie) if csrf_cookie else secrets.token_hex(16)
    return Reader(
        account=_account_of(request),
        secret=secret,
        network=network_of(request),
    )


def remember(response: HttpResponse, reader: Reader) -> None:
    """Let the browser keep its key for a year, renewed whenever it does something."""
    response.set_cookie(
        cookie_name(),
        _signer.sign(reader.secret),
        max_age=_COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def cookie_name() -> str:
    return "__Host-reader" if settings.HTTPS else "reader"


def _account_of(request: HttpRequest) -> User | None:
    """Return the account itself: a lazy one looks whether it is there whenever it is asked."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    account: User = user._wrapped if isinstance(user, LazyObject) else user
    return account


def _secret_in(request: HttpRequest) -> str:
    try:
        return _signer.unsign(request.COOKIES.get(cookie_name(), ""))
    except BadSignature:
        return ""
