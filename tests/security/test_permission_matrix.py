"""Who may do what at which address: equal to a table that somebody has read.

Every address of the URLconf is asked by every role with every method. Forms are empty and no
token is asked for, so that answers tell what is permitted and not what is well filled in.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.template import loader
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory

from accounts.roles import Role
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_user
from tests.roles import NAMES, make_member
from tests.security.addresses import Samples, all_routes

pytestmark = [pytest.mark.any_engine, pytest.mark.long, pytest.mark.django_db]

TABLE = Path(__file__).with_name("permission_matrix.txt")
METHODS = ("GET", "POST", "PUT", "DELETE")
HANDLER = WSGIHandler()
HINT = "Read what has changed, then write the table anew: UPDATE_MATRIX=1 pytest tests/security"
HEAD = """\
# Who gets which answer, for GET/POST/PUT/DELETE. Written by test_permission_matrix.py with
# UPDATE_MATRIX=1; each cell was looked at. 2xx and 422 do or would do something; "in" leads to
# the sign-in page, "to" somewhere else.
"""


@pytest.fixture
def clients():
    people = {"anonymous": Client(), "reader": signed_in(make_user("reader@pildam.example"))}
    people |= {NAMES[role]: signed_in(make_member(role)) for role in Role}
    return people | {"superuser": signed_in(make_editor("root@pildam.example"))}


def answer(client, method, address):
    """Return the kind of the answer; whatever the request did is undone.

    The request goes straight to the handler: the test client would keep every template's context.
    """
    request = RequestFactory().generic(method, address, HTTP_COOKIE=cookies_of(client))
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        response = HANDLER.get_response(request)
        transaction.set_rollback(True)
    cache.clear()
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    signs_in = response.url.startswith(("/accounts/login/", "/admin/login/"))
    return "in" if signs_in else "to"


def cookies_of(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def row(clients, route, address):
    cells = [
        "/".join(answer(client, method, address) for method in METHODS)
        for client in clients.values()
    ]
    return f"{route:<54} " + " ".join(f"{cell:<16}" for cell in cells).rstrip()


@pytest.fixture
def pages_are_blank(monkeypatch):
    """Answer with statuses alone: what pages look like is judged elsewhere."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(loader, "render_to_string", lambda *args, **options: "")
    # The menu around each page of the desk.
    monkeypatch.setattr(admin.site.__class__, "each_context", lambda site, request: {})


@pytest.mark.promise("P1")
def test_the_matrix_of_permissions_is_the_one_that_was_read(clients, caplog, pages_are_blank):
    caplog.set_level(logging.CRITICAL, logger="django.request")  # thousands of refusals
    samples = Samples()
    head = f"{'':<54} " + " ".join(f"{name:<16}" for name in clients).rstrip()
    rows = [row(clients, route, samples.address(route)) for route in all_routes()]
    text = HEAD + "\n".join([head, *rows]) + "\n"
    if os.environ.get("UPDATE_MATRIX"):
        TABLE.write_text(text, encoding="utf-8")
    expected = TABLE.read_text(encoding="utf-8").splitlines()
    changed = sorted(set(text.splitlines()) ^ set(expected))
    assert not changed, "\n".join([HINT, *changed])
