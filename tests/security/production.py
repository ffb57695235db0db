"""The settings of a site behind HTTPS and one proxy, and browsers that come to it."""

from __future__ import annotations

import os
import runpy
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import Client

HOST = "pildam.example"
ENVIRONMENT = {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST, "TRUSTED_PROXIES": "1"}
# What follows from these three; the rest of the tests' settings stays.
PREFIXES = (
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
    "CSRF_",
    "HTTPS",
    "SECURE_",
    "SESSION_COOKIE_",
    "SITE_",
    "TRUSTED_PROXIES",
    "X_FRAME_OPTIONS",
)


def production_settings() -> dict[str, Any]:
    """Return what the settings file says in that environment."""
    with patch.dict(os.environ, ENVIRONMENT):
        read = runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))
    return {name: value for name, value in read.items() if name.startswith(PREFIXES)}


def browser(**options: Any) -> Client:
    """Return a browser as the proxy announces it."""
    headers = {"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"}
    return Client(headers=headers, **options)
