"""Signing in and out: whom it tells what, where it leads, and what the session does."""

from unittest.mock import patch

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from tests.accounts.journeys import code_in_mail, sign_in, sign_up, signed_in_as
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

KNOWN, UNKNOWN = "alice@pildam.example", "nobody@pildam.example"


def shown(response, email):
    """Return what a visitor sees, without what differs from one request to the next."""
    html = response.content.decode().replace(email, "EMAIL")
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_reader_signs_up_and_is_recognised(client):
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert signed_in_as(client) is None
    response = client.post(response.url, {"code": code_in_mail()})
    dana = User.objects.get(email="dana@pildam.example")
    assert response.url == "/"
    assert signed_in_as(client) == str(dana.pk)
    assert (dana.display_name, dana.is_staff) == ("다나", False)


def test_a_wrong_code_is_refused_and_three_end_the_try(client):
    sign_up(client)
    url = reverse("account_email_verification_sent")
    assert [client.post(url, {"code": "0"}).status_code for _ in range(3)] == [422, 422, 302]
    assert client.post(url, {"code": code_in_mail()}).url == reverse("account_login")
    assert signed_in_as(client) is None


def test_an_address_that_is_taken_meanwhile_is_no_error(client):
    User(email="Dana@Pildam.Example").save()  # which allauth, asking for lower case, overlooks
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "[필담] 이미 가입하신 주소입니다"


@pytest.mark.promise("D5")
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "%0a"])
def test_an_address_does_not_smuggle_headers_into_a_mail(client, line_end):
    address = f"dana@pildam.example{line_end}Bcc: bob@pildam.example"
    assert sign_up(client, address).status_code == 422
    assert mail.outbox == []


@pytest.mark.promise("P4")
def test_signing_up_cannot_make_an_editor(client):
    sign_up(client, is_staff="on", is_superuser="on", user_permissions="1")
    dana = User.objects.get(email="dana@pildam.example")
    assert (dana.is_staff, dana.is_superuser) == (False, False)


def test_a_reader_signs_in_with_a_password(client):
    user = make_user()
    assert sign_in(client).url == "/"
    assert signed_in_as(client) == str(user.pk)


def test_case_does_not_matter_in_an_address(client):
    make_user("Alice@Pildam.Example")
    sign_in(client, "aLICE@pildam.example")
    assert signed_in_as(client)


def test_a_reader_signs_in_with_a_code(client):
    make_user()
    response = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    assert response.url == reverse("account_confirm_login_code")
    client.post(response.url, {"code": code_in_mail()})
    assert signed_in_as(client)


def test_somebody_who_has_not_proven_the_address_is_sent_a_code_when_signing_in(client):
    sign_up(client)
    other = Client()
    mail.outbox.clear()
    cache.clear()  # as ten seconds do: codes go out no more often
    response = sign_in(other, "dana@pildam.example")
    assert response.url == reverse("account_email_verification_sent")
    other.post(response.url, {"code": code_in_mail()})
    assert signed_in_as(other)


def test_an_account_that_is_switched_off_cannot_sign_in(client):
    make_user(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert signed_in_as(client) is None


@pytest.mark.parametrize("remember", [True, False])
def test_a_reader_chooses_how_long_to_stay(client, remember):
    make_user()
    fields = {"remember": "on"} if remember else {}
    cookie = sign_in(client, **fields).cookies["sessionid"]
    assert cookie["max-age"] == (14 * 24 * 3600 if remember else "")
    assert cookie["httponly"]


@pytest.mark.promise("A1")
def test_known_and_unknown_accounts_get_the_same_answer(client):
    make_user()
    wrong = [sign_in(Client(), email, "wrong") for email in (KNOWN, UNKNOWN)]
    assert [response.status_code for response in wrong] == [422, 422]
    assert shown(wrong[0], KNOWN) == shown(wrong[1], UNKNOWN)


@pytest.mark.promise("A1")
@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_asking_by_mail_answers_the_same_for_known_and_unknown_accounts(page):
    make_user()
    answers = []
    for email in (KNOWN, UNKNOWN):
        response = Client().post(reverse(page), {"email": email}, follow=True)
        answers.append((response.redirect_chain, shown(response, email)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]


@pytest.mark.promise("A1")
def test_signing_up_answers_the_same_for_known_and_unknown_addresses():
    make_user()
    answers = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        sign_up(client, email)
        page = client.get(reverse("account_email_verification_sent"))
        wrong = client.post(reverse("account_email_verification_sent"), {"code": "0"})
        answers.append([shown(page, email), wrong.status_code, shown(wrong, email)])
    assert answers[0] == answers[1]
    assert User.objects.filter(email=KNOWN).count() == 1
    assert mail.outbox[0].subject == "[필담] 이미 가입하신 주소입니다"


@pytest.mark.promise("A1")
@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("journey", ["sign in", "sign up"])
def test_known_and_unknown_accounts_cost_one_hash(client, email, journey):
    make_user()
    hasher = hashers.get_hasher().__class__
    with patch.object(hasher, "encode", autospec=True, side_effect=hasher.encode) as encode:
        if journey == "sign in":
            sign_in(client, email, "wrong")
        else:
            sign_up(client, email)
    assert encode.call_count == 1


@pytest.mark.promise("A4")
def test_the_session_is_another_one_after_signing_in_and_gone_after_signing_out(client):
    make_user()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    during = client.cookies["sessionid"].value
    assert during != before
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key__in=[before, during]).exists()
    client.cookies["sessionid"] = during
    assert client.get(reverse("accounts:profile")).status_code == 302


@pytest.mark.promise("A6")
def test_asking_for_the_page_does_not_sign_out(client):
    make_user()
    sign_in(client)
    client.get(reverse("account_logout"))
    assert signed_in_as(client)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_logout"])
def test_a_form_from_elsewhere_is_refused(name):
    assert Client(enforce_csrf_checks=True).post(reverse(name)).status_code == 403


EVIL = [
    "//evil.example",
    "%09//evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http://[evil",
    "javascript:alert(1)",
    "http://testserver/elsewhere/",
]


@pytest.mark.promise("A6")
@pytest.mark.parametrize("target", EVIL)
@pytest.mark.parametrize("name", ["account_login", "account_logout"])
def test_nobody_is_led_away_from_the_site(client, name, target):
    make_user()
    if name == "account_logout":
        sign_in(client)
        response = client.post(reverse(name), {"next": target})
    else:
        response = sign_in(client, next=target)
    assert (response.status_code, response.url) == (302, "/")


@pytest.mark.promise("A6")
@pytest.mark.parametrize("target", EVIL)
def test_nobody_who_is_signed_in_is_led_away_either(client, target):
    make_user()
    sign_in(client)
    assert client.get(reverse("account_login"), {"next": target}).url == "/"


def test_a_reader_goes_on_to_where_they_came_from(client):
    response = client.get("/accounts/login/?next=/articles/글/comments/%23write")
    assert 'name="next" value="/articles/글/comments/#write"' in response.content.decode()
    make_user()
    assert sign_in(client, next="/articles/#write").url == "/articles/#write"


def test_where_one_came_from_is_kept_while_signing_up(client):
    sign_up(client, next="/articles/")
    response = client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    assert response.url == "/articles/"


def test_public_pages_stay_the_same_for_somebody_signed_in(client):
    stranger = client.get("/")
    make_user()
    sign_in(client)
    response = client.get("/")
    assert response.content == stranger.content
    assert not response.cookies
    assert response["Cache-Control"].startswith("public")


@pytest.mark.parametrize("field", ["login", "password"])
def test_nonsense_is_refused_and_not_an_error(client, field):
    typed = {"login": KNOWN, "password": "x"} | {field: "a\x00b"}
    assert client.post(reverse("account_login"), typed).status_code == 422
    assert client.post(reverse("account_login"), {}).status_code == 422
