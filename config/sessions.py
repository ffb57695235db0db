"""Whose a request is: session and account asked for together, by one compiled query.

Settings name this module as the session engine, and its middleware instead of Django's.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, middleware
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts import sessions
from accounts.models import User
from articles.queries.compiled import CompiledQuery

_signed_in = CompiledQuery(
    lambda key, at: User.objects.filter(
        sessions__session_key=key, sessions__expire_date__gt=at
    ).annotate(session_data=F("sessions__session_data"))
)


class SessionStore(sessions.SessionStore):
    """A session that knows the account it was loaded with, if somebody is signed in."""

    account: User | None = None

    def load(self) -> dict[str, Any]:
        account: User | None = _signed_in.first(self.session_key or "", timezone.now())
        if account is None:
            loaded: dict[str, Any] = super().load()
            return loaded
        self.account = account
        data: dict[str, Any] = self.decode(account.session_data)  # type: ignore[attr-defined]
        return data


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]


def _user_of(request: Any) -> Any:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _account_of(request.session) or auth.get_user(request)
    return request._cached_user


def _account_of(session: Any) -> User | None:
    """Return the account if nothing speaks against it; Django decides what becomes of the others.

    It is asked for what `django.contrib.auth.get_user` would ask.
    """
    signed_in_as = session.get(SESSION_KEY)
    account: User | None = getattr(session, "account", None)
    if account is None or str(account.pk) != signed_in_as or not account.is_active:
        return None
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    proof = account.get_session_auth_hash()
    return account if constant_time_compare(session.get(HASH_SESSION_KEY, ""), proof) else None
