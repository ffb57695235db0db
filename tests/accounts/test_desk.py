"""The desk's door: one sign-in page for everybody, and accounts that editors make."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from tests.accounts.journeys import PASSWORD, sign_in, signed_in_as
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def test_the_desk_sends_strangers_to_the_sign_in_page_and_back(client):
    make_editor()
    response = client.get("/admin/articles/article/?q=글", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/articles/")
    next_page = response.context["redirect_field_value"]
    response = sign_in(client, "editor@pildam.example", next=next_page)
    assert client.get(response.url).status_code == 200


def test_a_reader_is_told_that_the_desk_is_not_for_them():
    client = signed_in(make_user())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "편집실에 들어갈 수 없습니다" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_desks_own_form_signs_nobody_in(client):
    make_editor()
    typed = {"username": "editor@pildam.example", "password": PASSWORD}
    response = client.post("/admin/login/?next=/admin/", typed)
    assert response.url == "/accounts/login/?next=/admin/"
    assert signed_in_as(client) is None


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https:evil", "%09//evil"])
def test_the_desks_door_leads_nowhere_else(target):
    response = signed_in(make_editor()).get("/admin/login/", {"next": target})
    assert response.url == "/admin/"


def test_editors_sign_out_at_the_desk():
    client = signed_in(make_editor())
    assert client.post("/admin/logout/").url == "/"
    assert signed_in_as(client) is None


def test_an_account_made_at_the_desk_needs_no_code(client):
    typed = {
        "email": "New@pildam.example",
        "display_name": "새 편집자",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = signed_in(make_editor()).post("/admin/accounts/user/add/", typed)
    assert response.status_code == 302
    assert sign_in(client, "new@pildam.example").url == "/"


def test_an_address_changed_at_the_desk_takes_the_place_of_the_old_one(client):
    user = make_user("old@pildam.example")
    typed = {"email": "new@pildam.example", "display_name": "앨리스", "is_active": "on"}
    signed_in(make_editor()).post(f"/admin/accounts/user/{user.pk}/change/", typed)
    assert sign_in(client, "old@pildam.example").status_code == 422
    assert sign_in(client, "new@pildam.example").url == "/"


def test_the_demo_account_signs_in_with_what_is_printed(client, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "articles.management.commands.prepare_demo.call_command", lambda *args, **options: None
    )
    credentials = tmp_path / "account.txt"
    call_command("prepare_demo", credentials=credentials)
    password = credentials.read_text().split()[-1]
    response = sign_in(client, "editor@pildam.example", password, next="/admin/")
    assert client.get(response.url).status_code == 200


def test_a_superuser_made_on_the_command_line_signs_in(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="Root@pildam.example")
    sign_in(client, "root@pildam.example")
    assert signed_in_as(client) == str(User.objects.get().pk)


def test_keys_of_providers_are_not_kept_at_the_desk():
    client = signed_in(make_editor())
    assert client.get("/admin/socialaccount/socialapp/").status_code == 404
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("page", ["x", "2", "9" * 30, "-1"])
def test_a_page_of_the_desks_search_that_is_not_there_is_no_error(page):
    desk = signed_in(make_editor())
    assert desk.get("/admin/search/", {"s": "글", "page": page}).status_code == 404
    assert desk.get("/admin/search/", {"s": "글"}).status_code == 200
