"""What accounts may be called: by the rules that settings name, wherever they ask."""

from unicodedata import normalize

import pytest
from django.urls import reverse

from accounts.models import User
from tests.accounts.journeys import sign_up
from tests.articles.desk import signed_in
from tests.builders import make_author, make_user

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"


def rename(user, name):
    return signed_in(user).post(PROFILE, {"display_name": name})


def test_a_reader_takes_another_name():
    user = make_user()
    response = rename(user, "  바람  과 나무 ")
    assert (response.status_code, response.url) == (303, PROFILE)
    user.refresh_from_db()
    assert user.display_name == "바람 과 나무"


@pytest.mark.parametrize("name", ["", "ㅤ", "신피질", "신 피 질", "운영자", "가" * 21, "a\x00b"])
def test_a_name_that_a_guest_may_not_have_is_refused(name):
    make_author("신피질")
    user = make_user()
    response = rename(user, name)
    assert response.status_code == 422
    user.refresh_from_db()
    assert user.display_name == "앨리스"


@pytest.mark.parametrize("name", ["", "필 담", "최유나", "최 유 나", normalize("NFD", "최유나")])
def test_a_reader_cannot_sign_up_under_an_editors_name(client, name):
    make_user("editor@pildam.example", display_name="최유나", is_staff=True)
    assert sign_up(client, display_name=name).status_code == 422
    assert User.objects.count() == 1


def test_a_name_of_long_characters_fits(client):
    name = "👨‍👩‍👧‍👦" * 9
    sign_up(client, display_name=name)
    assert User.objects.get().display_name == name


def test_two_readers_may_have_the_same_name(client):
    make_user(display_name="나그네")
    sign_up(client, display_name="나그네")
    assert User.objects.filter(display_name="나그네").count() == 2


def test_the_profile_asks_for_a_name_that_is_missing():
    page = signed_in(make_user(display_name="")).get(reverse("accounts:profile"))
    assert "아직 표시 이름이 없습니다" in page.content.decode()


def test_the_rules_are_those_that_settings_name(settings):
    settings.DISPLAY_NAME_RULES = []
    user = make_user()
    rename(user, "운영자")
    user.refresh_from_db()
    assert user.display_name == "운영자"
