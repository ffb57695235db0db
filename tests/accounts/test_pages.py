"""Every page about accounts: in Korean, in the site's own dress, and without inline script."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.journeys import PASSWORD, code_in_mail, reset_link, sign_up
from tests.articles.desk import signed_in
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

FOR_STRANGERS = {
    "account_login": "로그인",
    "account_signup": "가입하기",
    "account_request_login_code": "코드로 로그인",
    "account_reset_password": "비밀번호 찾기",
    "account_reset_password_done": "메일을 보냈습니다",
    "account_reset_password_from_key_done": "비밀번호를 바꿨습니다",
    "account_inactive": "쓸 수 없는 계정입니다",
    "socialaccount_login_cancelled": "로그인을 취소하셨습니다",
}
FOR_READERS = {
    "accounts:profile": "내 계정",
    "account_email": "이메일 주소",
    "account_change_password": "비밀번호 바꾸기",
    "account_reauthenticate": "본인 확인",
    "account_logout": "로그아웃할까요?",
    "socialaccount_connections": "간편 로그인",
}


def check(response, heading, *, status=200):
    """Assert what holds for every page, and that it is the one with this heading."""
    html = response.content.decode()
    assert response.status_code == status
    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", html) == [heading]
    assert f"{heading} –" in re.sub(r"\s+", " ", html.partition("</title>")[0])
    assert re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html) is None
    words = re.sub(r"<head>.*?</head>|<[^>]*>|\S+@\S+", " ", html, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{2,}", words.replace("RSS", "").replace("Atom", "")) == []
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(("name", "heading"), FOR_STRANGERS.items())
def test_pages_for_strangers(client, name, heading):
    check(client.get(reverse(name)), heading)


@pytest.mark.parametrize(("name", "heading"), FOR_READERS.items())
def test_pages_for_readers(name, heading):
    check(signed_in(make_user()).get(reverse(name)), heading)


def test_an_account_without_a_password_is_asked_to_set_one():
    user = make_user()
    user.set_unusable_password()
    user.save()
    response = signed_in(user).get(reverse("account_change_password"), follow=True)
    check(response, "비밀번호 정하기")


def test_the_page_for_the_code_after_signing_up(client):
    sign_up(client)
    check(client.get(reverse("account_email_verification_sent")), "이메일 주소 확인")


def test_the_page_for_a_sign_in_code(client):
    make_user()
    client.post(reverse("account_request_login_code"), {"email": "alice@pildam.example"})
    check(client.get(reverse("account_confirm_login_code")), "로그인 코드 확인")


def test_the_page_for_a_new_password(client):
    response = client.get(reset_link(client, make_user()), follow=True)
    check(response, "새 비밀번호 정하기")


@pytest.mark.parametrize("key", ["1-abc", "zzzzzzzzzzzzz-abc", "1-set-password", "가-abc"])
def test_a_link_that_was_never_sent_leads_nowhere(client, key):
    response = client.get(f"/accounts/password/reset/key/{key}/")
    assert response.status_code == 404


def test_a_refused_form_says_why_and_keeps_what_was_typed(client):
    response = client.post(reverse("account_signup"), {"email": "나", "display_name": "나그네"})
    check(response, "가입하기", status=422)
    html = response.content.decode()
    assert 'href="#id_email"' in html
    assert 'value="나그네"' in html


def test_the_error_page_after_a_provider_refuses(client):
    check(client.get(reverse("socialaccount_login_error")), "로그인하지 못했습니다", status=401)


def test_the_way_to_an_account_begins_at_its_root(client):
    assert client.get("/accounts/").url == reverse("accounts:profile")
    response = client.get(reverse("accounts:profile"))
    assert response.url == "/accounts/login/?next=/accounts/profile/"


@pytest.mark.parametrize("step", ["sign up", "sign up again", "code", "no account", "reset"])
def test_mails_are_in_korean_and_name_the_site(client, step):
    make_user("bob@pildam.example")
    code, reset = reverse("account_request_login_code"), reverse("account_reset_password")
    steps = {
        "sign up": lambda: sign_up(client),
        "sign up again": lambda: sign_up(client, email="bob@pildam.example"),
        "code": lambda: client.post(code, {"email": "bob@pildam.example"}),
        "no account": lambda: client.post(code, {"email": "charlie@pildam.example"}),
        "reset": lambda: client.post(reset, {"email": "bob@pildam.example"}),
    }
    steps[step]()
    (message,) = mail.outbox
    assert message.subject.startswith("[필담] ")
    words = re.sub(r"\S+@\S+|http\S+", " ", f"{message.subject} {message.body}")
    assert re.findall(r"[A-Za-z]{2,}|&\w+;", words) == []


def test_a_changed_password_is_told_by_mail():
    client = signed_in(make_user())
    fields = {"oldpassword": PASSWORD, "password1": "other horse", "password2": "other horse"}
    response = client.post(reverse("account_change_password"), fields, follow=True)
    check(response, "내 계정")
    assert mail.outbox[0].subject == "[필담] 비밀번호가 바뀌었습니다"


def test_an_address_changes_once_the_code_is_confirmed():
    user = make_user()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    url = reverse("account_email")
    response = client.post(url, {"email": "new@pildam.example", "action_add": ""})
    response = client.post(response.url, {"password": PASSWORD}, follow=True)
    check(response, "이메일 주소 확인")
    response = client.post(
        reverse("account_email_verification_sent"), {"code": code_in_mail()}, follow=True
    )
    check(response, "내 계정")
    user.refresh_from_db()
    assert user.email == "new@pildam.example"
