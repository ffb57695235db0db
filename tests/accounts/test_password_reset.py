"""A forgotten password: one link, to the site's own host, that ends every other session."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from tests.accounts.journeys import reset_link, sign_in, signed_in_as
from tests.builders import make_user

pytestmark = pytest.mark.django_db

NEW = {"password1": "battery staple", "password2": "battery staple"}


def reset(client, link):
    """Open the link and send a new password."""
    return client.post(client.get(link).url, NEW)


def test_a_new_password_replaces_the_old_one(client):
    user = make_user()
    response = reset(client, reset_link(client, user))
    assert response.url == reverse("account_reset_password_from_key_done")
    assert sign_in(Client(), user.email).status_code == 422
    assert sign_in(Client(), user.email, "battery staple").status_code == 302


@pytest.mark.promise("A2")
@pytest.mark.any_engine
@pytest.mark.parametrize("host", ["localhost", "testserver:666", "127.0.0.1"])
@pytest.mark.parametrize("page", ["account_reset_password", "account_request_login_code"])
@pytest.mark.parametrize("email", ["alice@pildam.example", "nobody@pildam.example"])
def test_links_in_mails_lead_to_the_sites_own_host(client, settings, mailoutbox, host, page, email):
    settings.SITE_URL = "https://pildam.example"
    make_user()
    client.post(reverse(page), {"email": email}, HTTP_HOST=host)
    (message,) = mailoutbox
    assert host not in message.body.replace("pildam.example", "")
    assert "https://pildam.example/" in message.body


@pytest.mark.promise("A2")
def test_a_link_works_once(client):
    user = make_user()
    link = reset_link(client, user)
    reset(client, link)
    assert Client().get(link).status_code == 404
    assert client.get(link).status_code == 404


def test_a_link_is_for_one_account_only(client):
    user, other = make_user(), make_user("bob@pildam.example")
    link = reset_link(client, user)
    mine, theirs = (f"/{int_to_base36(account.pk)}-" for account in (user, other))
    assert mine in link
    assert client.get(link.replace(mine, theirs)).status_code == 404


@pytest.mark.promise("A2")
def test_every_other_session_ends(client):
    user = make_user()
    elsewhere = Client()
    sign_in(elsewhere, user.email)
    assert elsewhere.get(reverse("accounts:profile")).status_code == 200
    reset(client, reset_link(client, user))
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


def test_whoever_resets_signs_in_afterwards(client):
    user = make_user()
    reset(client, reset_link(client, user))
    assert signed_in_as(client) is None


def test_opening_the_link_changes_nothing(client):
    user = make_user()
    client.get(reset_link(client, user), follow=True)
    assert sign_in(Client(), user.email).status_code == 302


def test_the_page_without_the_token_sends_no_referrer_with_it(client):
    link = reset_link(client, make_user())
    response = client.get(link)
    assert link.rpartition("-")[2] not in response.url


def test_a_stranger_cannot_make_an_editor_prove_the_address_anew(client):
    user = make_user(is_staff=True)
    reset_link(client, user)
    assert sign_in(Client(), user.email).url == "/"


def test_a_mail_server_that_is_down_is_said_to_be(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    user = make_user()
    response = client.post(reverse("account_reset_password"), {"email": user.email})
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "메일을 보내지 못했습니다" in response.content.decode()
