"""The second factor: setting it up, signing in with it, and the desk that asks for it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from tests.accounts.journeys import (
    PASSWORD,
    app_code,
    code_in_mail,
    recovery_codes,
    sign_in,
    signed_in_as,
    turn_on_second_factor,
)
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

ACTIVATE = "/accounts/2fa/totp/activate/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
DEACTIVATE = "/accounts/2fa/totp/deactivate/"
CODES = "/accounts/2fa/recovery-codes/"


@pytest.fixture
def required(settings):
    settings.REQUIRE_2FA = True


def say_who(client):
    """Type the password again, as pages that change something ask for."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def set_up(client):
    say_who(client)
    secret = client.get(ACTIVATE).context["form"].secret
    return client.post(ACTIVATE, {"code": app_code(secret)})


def send_codes(client, *codes):
    return [client.post(AUTHENTICATE, {"code": code}).status_code for code in codes]


@pytest.mark.usefixtures("required")
def test_staff_set_up_a_second_factor_before_the_desk_opens(client):
    editor = make_editor()
    sign_in(client, editor.email)
    asked = client.get("/admin/", follow=True)
    assert asked.redirect_chain[0][0] == ACTIVATE
    assert "먼저 2단계 인증을 켜 주세요" in asked.content.decode()
    assert set_up(client).url == CODES
    codes = client.get(CODES).content.decode()
    assert all(code in codes for code in recovery_codes(editor))
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("required")
def test_the_desk_takes_no_form_from_staff_without_a_second_factor():
    editor = make_editor()
    response = signed_in(editor).post("/admin/articles/category/add/", {"name": "새 갈래"})
    assert response.status_code == 403
    assert "보내신 내용은 저장되지 않았습니다" in response.content.decode()


@pytest.mark.usefixtures("required")
def test_staff_without_a_second_factor_may_leave_the_desk():
    client = signed_in(make_editor())
    client.post("/admin/logout/")
    assert signed_in_as(client) is None


@pytest.mark.usefixtures("required")
def test_readers_need_no_second_factor():
    client = signed_in(make_user())
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_the_desk_asks_for_none_where_it_need_not():
    assert signed_in(make_editor()).get("/admin/").status_code == 200


@pytest.mark.usefixtures("required")
def test_the_way_to_the_desk_goes_on_after_the_code(client):
    editor = make_editor()
    secret = turn_on_second_factor(editor)
    target = "/admin/articles/article/?status__exact=draft"
    assert sign_in(client, editor.email, next=target).url == AUTHENTICATE
    assert signed_in_as(client) is None
    response = client.post(AUTHENTICATE, {"code": app_code(secret)})
    assert response.url == target
    assert client.get(target).status_code == 200


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "\t//evil.example"])
def test_nobody_is_led_away_after_the_code(client, target):
    secret = turn_on_second_factor(make_user())
    sign_in(client, next=target)
    response = client.post(f"{AUTHENTICATE}?next={target}", {"code": app_code(secret)})
    assert response.url == "/"


def test_a_code_from_a_mail_does_not_go_round_the_second_factor(client):
    user = make_user()
    turn_on_second_factor(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    response = client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    assert response.url == AUTHENTICATE
    assert signed_in_as(client) is None


@pytest.mark.promise("A3")
def test_the_sixth_wrong_code_is_one_too_many(client):
    secret = turn_on_second_factor(make_user())
    sign_in(client)
    assert send_codes(client, *["000000x"] * 6) == [422] * 5 + [429]
    late = client.post(AUTHENTICATE, {"code": app_code(secret)})
    assert (late.status_code, late["Retry-After"]) == (429, "300")
    assert signed_in_as(client) is None


def test_wrong_codes_are_counted_by_account_and_not_by_browser():
    turn_on_second_factor(make_user())
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(client)
        assert send_codes(client, "x") == [422]
    client = Client(REMOTE_ADDR="192.0.2.9")
    sign_in(client)
    assert send_codes(client, "x") == [429]


@pytest.mark.parametrize("form", [{}, {"code": ""}, {"code": "a\x00b"}, {"credential": "x"}])
def test_nonsense_is_refused_and_not_an_error(client, form):
    turn_on_second_factor(make_user())
    sign_in(client)
    assert client.post(AUTHENTICATE, form).status_code == 422


def test_an_apps_code_works_once():
    secret = turn_on_second_factor(make_user())
    code = app_code(secret)
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    assert send_codes(first, code) == [302]
    assert send_codes(second, f"{code[:3]} {code[3:]}") == [422]


def test_a_recovery_code_works_once():
    user = make_user()
    turn_on_second_factor(user)
    code = recovery_codes(user)[0]
    first, second = Client(), Client()
    sign_in(first)
    assert send_codes(first, code) == [302]
    cache.clear()
    sign_in(second)
    assert send_codes(second, code) == [422]
    assert len(recovery_codes(user)) == 9


@pytest.mark.parametrize("page", [ACTIVATE, CODES, f"{CODES}generate/", f"{CODES}download/"])
def test_pages_that_change_or_tell_something_ask_who_one_is(page):
    user = make_user()
    if page != ACTIVATE:
        turn_on_second_factor(user)
    response = signed_in(user).get(page)
    assert response.url.startswith(reverse("account_reauthenticate"))


@pytest.mark.django_db(transaction=True)
def test_whoever_turns_it_on_is_told_by_mail_and_signed_out_elsewhere():
    user = make_user()
    other, client = Client(), Client()
    sign_in(other)
    sign_in(client)
    set_up(client)
    assert mail.outbox[-1].subject == "[필담] 2단계 인증을 켰습니다"
    assert Session.objects.filter(account=user).count() == 1
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert other.get(reverse("accounts:profile")).status_code == 302


def test_a_wrong_code_does_not_turn_it_on():
    user = make_user()
    client = signed_in(user)
    say_who(client)
    client.get(ACTIVATE)
    statuses = [client.post(ACTIVATE, {"code": "x"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("required")
def test_turning_it_off_shuts_the_desk_again():
    editor = make_editor()
    turn_on_second_factor(editor)
    client = signed_in(editor)
    say_who(client)
    client.post(DEACTIVATE)
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "[필담] 2단계 인증을 껐습니다"
    assert client.get("/admin/").url == ACTIVATE


def test_new_recovery_codes_take_the_place_of_the_old():
    user = make_user()
    turn_on_second_factor(user)
    old = recovery_codes(user)
    client = signed_in(user)
    say_who(client)
    client.post(f"{CODES}generate/")
    assert not set(old) & set(recovery_codes(user))


def test_recovery_codes_are_downloaded_in_plain_text():
    user = make_user()
    turn_on_second_factor(user)
    client = signed_in(user)
    say_who(client)
    response = client.get(f"{CODES}download/")
    assert all(code in response.content.decode() for code in recovery_codes(user))
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]


def test_the_apps_code_says_who_one_is_too():
    user = make_user()
    secret = turn_on_second_factor(user)
    client = signed_in(user)
    client.post("/accounts/2fa/reauthenticate/", {"code": app_code(secret)})
    assert client.get(CODES).status_code == 200


def test_the_qr_code_needs_nothing_that_the_content_policy_forbids():
    client = signed_in(make_user())
    say_who(client)
    html = client.get(ACTIVATE).content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert "style=" not in html
    assert re.findall(r"<script(?! src=\"/static/)[^>]*>", html) == []


def test_a_lost_factor_is_removed_on_the_command_line():
    user = make_user()
    turn_on_second_factor(user)
    signed_in(user)
    call_command("drop_second_factor", "Alice@pildam.example")
    assert not Authenticator.objects.exists()
    assert not user.sessions.exists()
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("drop_second_factor", user.email)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("drop_second_factor", "nobody@pildam.example")
