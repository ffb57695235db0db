"""Sessions that know whose they are: Django's own, in a table with the owner beside the data.

The session engine that settings name is made of it. Rows go when they expire, with `clearsessions`.
"""

from __future__ import annotations

import logging
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils import timezone

from accounts.client_address import network_prefix
from accounts.devices import device_name
from accounts.models import Session, User, handle_of
from accounts.request_network import network_of

logger = logging.getLogger(__name__)

_DEVICE, _NETWORK = "device", "network"
_SECONDS_BETWEEN_NOTES = 300


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        if SESSION_KEY in data:
            session.account_id = int(data[SESSION_KEY])
            session.device = data.get(_DEVICE, "")
            session.network = data.get(_NETWORK, "")
        return session

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as error:
            # Django takes a database that stores nothing for a session that somebody has ended.
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
        if SESSION_KEY in self:
            # The row now says that its owner is here.
            cache.set(_note_of(self), True, _SECONDS_BETWEEN_NOTES)


def describe(request: HttpRequest) -> None:
    """Note which device this is, from what network; the whole address is not kept."""
    request.session[_DEVICE] = device_name(request.META.get("HTTP_USER_AGENT", ""))
    request.session[_NETWORK] = network_prefix(network_of(request))


def note_activity(session: SessionBase) -> None:
    """Remember that a signed-in browser was here, every five minutes at most."""
    if session.modified or session.session_key is None or SESSION_KEY not in session:
        return
    if not cache.add(_note_of(session), True, _SECONDS_BETWEEN_NOTES):
        return
    here = Session.objects.filter(session_key=session.session_key)
    try:
        here.update(last_seen_at=timezone.now())
    except DatabaseError:
        # Whoever only reads shall go on reading while the disk is full.
        logger.warning("A visit could not be noted.", exc_info=True)


def sessions_of(user: User) -> list[Session]:
    """Return where an account is signed in, the latest first."""
    return list(user.sessions.living().order_by("-last_seen_at"))


def end_others(user: User, session: SessionBase) -> int:
    """Sign an account out everywhere but in this session; return how often it was signed in."""
    count, _ = user.sessions.exclude(session_key=session.session_key).delete()
    return count


def end_one(user: User, handle: str) -> bool:
    """Sign an account out in the one session with this handle, if it has one."""
    keys = [session.session_key for session in sessions_of(user) if session.handle == handle]
    return bool(user.sessions.filter(session_key__in=keys).delete()[0])


def _note_of(session: SessionBase) -> str:
    return f"accounts.seen.{handle_of(session.session_key or '')}"
