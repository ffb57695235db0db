"""Without a second factor the desk is shut, at every address and for every role."""

import logging

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts import middleware
from accounts.roles import Role
from tests.articles.desk import make_editor, signed_in
from tests.roles import make_member
from tests.security.addresses import Samples, all_routes

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

WAYS_IN_AND_OUT = {"/admin/login/", "/admin/logout/"}


@pytest.fixture
def pages_are_blank(monkeypatch):
    """Answer with statuses alone, to hundreds of requests."""
    monkeypatch.setattr(
        middleware, "render", lambda request, template, status: HttpResponse(status=status)
    )


@pytest.fixture
def gate(settings, caplog, pages_are_blank):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.REQUIRE_2FA = True


def assert_shut(client, address):
    asked, sent = client.get(address), client.post(address)
    assert (asked.status_code, sent.status_code) == (302, 403), address
    assert asked.url == reverse("mfa_activate_totp"), address


@pytest.mark.promise("A5")
def test_no_page_of_the_desk_opens_without_a_second_factor(gate):
    """Asked by who may do everything: nothing but the gate keeps them out."""
    samples = Samples()
    client = signed_in(make_editor("root@pildam.example"))
    desk = {route for route in all_routes() if route.startswith("/admin/")} - WAYS_IN_AND_OUT
    assert len(desk) > 100
    for route in desk:
        assert_shut(client, samples.address(route))


@pytest.mark.promise("A5")
@pytest.mark.parametrize("role", list(Role))
def test_no_role_passes_without_a_second_factor(gate, role):
    client = signed_in(make_member(role))
    for address in ("/admin/", "/admin/articles/article/", "/admin/comments/comment/1/change/"):
        assert_shut(client, address)
