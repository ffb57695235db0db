"""The editor who asks for the desk's pages."""

from __future__ import annotations

import os
from pathlib import Path

from bench.data_set import manage
from bench.load import Figures, Target, press

SCRIPT = Path(__file__).with_name("desk.lua")
_SIGN_IN = """
from django.conf import settings
from django.test import Client
from accounts.models import User
email = "editor@load-test.invalid"
editor = User.objects.filter(email=email).first()
editor = editor or User.objects.create_superuser(email=email, password=None)
client = Client()
client.force_login(editor)
print(settings.SESSION_COOKIE_NAME + "=" + client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def cookie_for(database_url: str) -> str:
    """Sign an editor in, and return the cookie by which the desk knows them."""
    return manage(database_url, "shell", "--no-imports", "-c", _SIGN_IN).split()[-1]


def press_as_editor(target: Target, seconds: int, cookie: str) -> Figures:
    """Ask for the target's one path with that cookie, one request after the other."""
    os.environ["BENCH_COOKIE"] = cookie
    return press(target, seconds, connections=1)
