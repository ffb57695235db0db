"""Signing in with Kakao, Naver or Google: there with keys, not there without."""

import json
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.journeys import PASSWORD, signed_in_as
from tests.articles.desk import signed_in
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PROVIDERS = {
    "kakao": ("카카오", "kauth.kakao.com"),
    "naver": ("네이버", "nid.naver.com"),
    "google": ("구글", "accounts.google.com"),
}
PAGES = ("account_login", "account_signup")


@pytest.fixture
def keys(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        name: {"APPS": [{"client_id": f"id-of-{name}", "secret": "secret"}]} for name in PROVIDERS
    }


def answers(*bodies: dict[str, Any]) -> list[requests.Response]:
    """Return what a provider answers in turn: a token first, then the profile."""
    responses = []
    for body in bodies:
        response = requests.Response()
        response.status_code = 200
        response.headers["Content-Type"] = "application/json"
        response.raw = BytesIO(json.dumps(body).encode())
        responses.append(response)
    return responses


def return_from(client: Client, provider: str, profile: dict[str, Any]) -> Any:
    """Press the button, and come back from the provider with this profile."""
    there = client.post(reverse(f"{provider}_login"))
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    network = answers({"access_token": "token"}, profile)
    with patch.object(requests.Session, "request", side_effect=network):
        return client.get(reverse(f"{provider}_callback"), {"code": "x", "state": state})


def kakao(nickname: str = "나그네", **account: Any) -> dict[str, Any]:
    return {"id": 7, "kakao_account": {"profile": {"nickname": nickname}} | account}


PROVEN = {"email": "dana@pildam.example", "is_email_verified": True}


@pytest.mark.parametrize("page", PAGES)
def test_without_keys_there_is_no_button(client, page):
    html = client.get(reverse(page)).content.decode()
    assert not any(f"{name} 계정으로" in html for name, _ in PROVIDERS.values())


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("step", ["login", "callback"])
def test_without_keys_there_is_no_such_page(client, provider, step):
    url = reverse(f"{provider}_{step}")
    assert client.get(url).status_code == 404
    assert client.post(url).status_code in {403, 404}


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("page", PAGES)
def test_with_keys_there_is_a_button_that_posts(client, page):
    html = client.get(reverse(page), {"next": "/articles/"}).content.decode()
    for provider, (name, _) in PROVIDERS.items():
        assert f"{name} 계정으로 계속하기" in html
        assert f'action="/accounts/{provider}/login/?process=login&amp;next=%2Farticles%2F"' in html


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_button_leads_to_the_provider(client, provider):
    address = urlsplit(client.post(reverse(f"{provider}_login")).url)
    query = parse_qs(address.query)
    assert address.hostname == PROVIDERS[provider][1]
    assert query["client_id"] == [f"id-of-{provider}"]
    assert query["redirect_uri"] == [f"http://testserver/accounts/{provider}/login/callback/"]


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_opening_the_buttons_address_only_asks(client, provider):
    response = client.get(reverse(f"{provider}_login"))
    assert response.status_code == 200
    assert f"<h1>{PROVIDERS[provider][0]} 계정으로 계속하기</h1>" in response.content.decode()


@pytest.mark.usefixtures("keys")
def test_a_new_reader_is_called_by_their_nickname(client):
    response = return_from(client, "kakao", kakao(**PROVEN))
    user = User.objects.get(email="dana@pildam.example")
    assert response.url == "/"
    assert signed_in_as(client) == str(user.pk)
    assert user.display_name == "나그네"


@pytest.mark.usefixtures("keys")
def test_naver_tells_the_nickname_elsewhere(client):
    profile = {"id": "7", "email": "dana@pildam.example", "nickname": "다나"}
    return_from(client, "naver", {"response": profile})
    assert User.objects.get().display_name == "다나"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("nickname", ["운영자", "ㅤ", "가" * 21, ""])
def test_a_nickname_that_nobody_may_have_is_asked_for_instead(client, nickname):
    return_from(client, "kakao", kakao(nickname, **PROVEN))
    assert User.objects.get().display_name == ""
    page = client.get(reverse("accounts:profile")).content.decode()
    assert "아직 표시 이름이 없습니다" in page


@pytest.mark.usefixtures("keys")
def test_without_an_address_the_reader_is_asked_for_one(client):
    response = return_from(client, "kakao", kakao())
    assert response.url == reverse("socialaccount_signup")
    page = client.get(response.url).content.decode()
    assert "<h1>가입 마치기</h1>" in page
    assert 'value="나그네"' in page
    typed = {"email": "dana@pildam.example", "display_name": "다나"}
    response = client.post(response.url, typed)
    assert response.url == reverse("account_email_verification_sent")
    assert signed_in_as(client) is None
    assert User.objects.get().display_name == "다나"


@pytest.mark.usefixtures("keys")
def test_a_provider_does_not_open_the_account_of_somebody_else(client):
    make_user("dana@pildam.example")
    response = return_from(client, "kakao", kakao(**PROVEN))
    assert response.url == reverse("account_email_verification_sent")
    assert signed_in_as(client) is None


@pytest.mark.usefixtures("keys")
def test_a_forged_return_is_refused_in_korean(client):
    response = client.get(reverse("kakao_callback"), {"code": "x", "state": "forged"})
    assert response.status_code == 401
    assert "<h1>로그인하지 못했습니다</h1>" in response.content.decode()


@pytest.mark.usefixtures("keys")
def test_a_connection_is_shown_and_can_be_ended():
    user = make_user()
    SocialAccount.objects.create(user=user, provider="naver", uid="7")
    client = signed_in(user)
    url = reverse("socialaccount_connections")
    page = client.get(url).content.decode()
    assert "연결 끊기" in page
    account = SocialAccount.objects.get()
    response = client.post(url, {"account": account.pk})
    response = client.post(response.url, {"password": PASSWORD}, follow=True)
    assert response.status_code == 200
    assert not SocialAccount.objects.exists()


@pytest.mark.usefixtures("keys")
def test_the_last_way_in_cannot_be_cut_off():
    user = make_user()
    user.set_unusable_password()
    user.save()
    account = SocialAccount.objects.create(user=user, provider="naver", uid="7")
    url = reverse("socialaccount_connections")
    response = signed_in(user).post(url, {"account": account.pk})
    assert response.status_code == 422
    assert "비밀번호를 먼저 정해 주세요" in response.content.decode()
