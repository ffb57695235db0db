"""Accounts that are signed in already, so that posting costs no password.

`python -m bench.writers 100` in the environment of a site makes them, and prints the key of a
session of each.
"""

from __future__ import annotations

import sys

import django

django.setup()

# What needs the settings can be imported only now.
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.sessions import SessionStore  # noqa: E402


def main() -> None:
    for number in range(int(sys.argv[1])):
        account = User(email=f"writer-{number}@bench.invalid", display_name=f"쓰는사람{number}")
        account.set_unusable_password()
        account.save()
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        print(session.session_key)


if __name__ == "__main__":
    main()
