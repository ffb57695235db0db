"""How often somebody may try, and that limits hold while Redis is away."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.journeys import code_in_mail, sign_in, sign_up, signed_in_as
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

KNOWN = "alice@pildam.example"


@pytest.fixture(params=["at hand", "away"])
def redis(request):
    """Let the shared cache be there, or where nobody listens."""
    if request.param == "away":
        request.getfixturevalue("redis_is_away")
    return request.param


def fail(times, email=KNOWN, client=None, **headers):
    client = client or Client()
    form = {"login": email, "password": "wrong"}
    url = reverse("account_login")
    return [client.post(url, form, **headers) for _ in range(times)]


@pytest.mark.promise("A3")
@pytest.mark.usefixtures("redis")
@pytest.mark.parametrize("email", [KNOWN, "nobody@pildam.example"])
def test_the_sixth_wrong_password_is_one_too_many(email):
    make_user()
    responses = fail(6, email)
    assert [response.status_code for response in responses] == [422] * 5 + [429]
    assert responses[-1]["Retry-After"] == "300"
    assert "5분쯤 뒤에 다시" in responses[-1].content.decode()


def test_the_right_password_does_not_help_then():
    make_user()
    fail(5)
    client = Client()
    assert sign_in(client).status_code == 429
    assert signed_in_as(client) is None


@pytest.mark.promise("A3")
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
@pytest.mark.parametrize("trusted_proxies", [0, 1])
def test_headers_of_ones_own_change_nothing(settings, header, trusted_proxies):
    settings.TRUSTED_PROXIES = trusted_proxies
    make_user()
    for number in range(5):
        fail(1, **{header: f"192.0.2.{number}, 198.51.100.7"})
    assert fail(1, **{header: "192.0.2.99"})[0].status_code == 429


def test_another_port_or_host_changes_nothing():
    make_user()
    for host in ("testserver:1", "testserver:2", "localhost", "127.0.0.1", "testserver"):
        fail(1, HTTP_HOST=host)
    assert fail(1, HTTP_HOST="testserver:3")[0].status_code == 429


@pytest.mark.promise("A3")
def test_an_address_that_tries_many_accounts_is_stopped():
    for number in range(10):
        fail(1, f"nobody{number}@pildam.example")
    assert fail(1, "somebody@pildam.example")[0].status_code == 429
    elsewhere = fail(1, "somebody@pildam.example", REMOTE_ADDR="192.0.2.1")
    assert elsewhere[0].status_code == 422


def test_a_household_counts_as_one():
    for number in range(10):
        fail(1, f"nobody{number}@pildam.example", REMOTE_ADDR=f"2001:db8::{number}")
    assert fail(1, "x@pildam.example", REMOTE_ADDR="2001:db8::ffff")[0].status_code == 429


@pytest.mark.parametrize("address", ["", "unix:", "300.1.1.1"])
def test_an_unknown_address_is_no_error(address):
    make_user()
    assert fail(1, REMOTE_ADDR=address)[0].status_code == 422


def test_fewer_proxies_than_trusted_are_no_error(settings):
    settings.TRUSTED_PROXIES = 2
    make_user()
    assert fail(1, HTTP_X_FORWARDED_FOR="192.0.2.1")[0].status_code == 422


def test_others_are_not_kept_out():
    make_user()
    make_user("bob@pildam.example")
    fail(6)
    assert sign_in(Client(), "bob@pildam.example").status_code == 302


@pytest.mark.parametrize(
    ("name", "times"), [("account_reset_password", 5), ("account_request_login_code", 3)]
)
def test_mails_are_not_sent_without_end(mailoutbox, name, times):
    make_user()
    ask = [Client().post(reverse(name), {"email": KNOWN}) for _ in range(times + 1)]
    assert [response.status_code for response in ask] == [302] * times + [429]
    assert ask[-1]["Retry-After"]
    assert len(mailoutbox) == times


def test_signing_up_without_end_is_told_so_in_korean():
    for number in range(20):
        sign_up(Client(), f"reader{number}@pildam.example", password1="short")
    response = sign_up(Client())
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "잠시 뒤에 다시 시도해 주세요" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.promise("F6")
@pytest.mark.usefixtures("redis")
def test_readers_sign_up_and_in_whether_redis_is_there_or_not(client):
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    assert signed_in_as(client)
    client.post(reverse("account_logout"))
    sign_in(client, "dana@pildam.example")
    assert signed_in_as(client)


@pytest.mark.parametrize("email", [KNOWN, "nobody@pildam.example"])
def test_a_mailbox_gets_ten_letters_an_hour_whatever_form_asks_for_them(settings, email):
    by_minute = ("reset_password", "request_login_code", "confirm_email", "signup")
    wide = dict.fromkeys(by_minute, "100/m/ip")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | wide
    make_user()
    forms = {
        "account_reset_password": {"email": email},
        "account_request_login_code": {"email": email},
        "account_signup": {"email": email, "display_name": "다나", "password1": "correct battery"},
    }
    for _ in range(5):
        answers = [Client().post(reverse(name), form) for name, form in forms.items()]
    assert [answer.status_code for answer in answers] == [429] * 3
    assert {answer["Retry-After"] for answer in answers} == {"3600"}
    assert len(mail.outbox) == 10
    Client().post(reverse("account_reset_password"), {"email": "bob@pildam.example"})
    assert len(mail.outbox) == 11
