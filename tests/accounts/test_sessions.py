"""Where an account is signed in, seen and ended by its owner."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from tests.accounts.journeys import PASSWORD, reset_link, sign_in, signed_in_as
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_user

pytestmark = pytest.mark.django_db

PAGE = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"


def browser(address="203.0.113.77", user_agent=PHONE):
    """Return somebody's browser, signed in as Alice."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=user_agent)
    sign_in(client)
    return client


def is_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


def test_the_page_tells_devices_apart_and_marks_this_one():
    make_user()
    browser()
    html = browser("2001:db8:1:2::3", "Mozilla/5.0 (Windows NT 10.0) Firefox/133.0").get(PAGE)
    text = html.content.decode()
    assert "Chrome, 안드로이드" in text
    assert "Firefox, Windows" in text
    assert text.count("이 기기</span>") == 1


def test_no_whole_address_and_no_browser_string_is_kept():
    make_user()
    text = browser().get(PAGE).content.decode()
    assert "203.0.113.0/24" in text
    assert "203.0.113.77" not in text
    session = Session.objects.get(account__isnull=False)
    assert "203.0.113.77" not in str(session.get_decoded())
    assert PHONE not in str(session.get_decoded())


def test_the_page_holds_no_key_that_lets_somebody_in():
    make_user()
    other, client = browser(), browser()
    text = client.get(PAGE).content.decode()
    assert other.session.session_key not in text
    assert client.session.session_key not in text


def test_one_device_is_signed_out():
    make_user()
    other, third, client = browser(), browser(), browser()
    handle = Session.objects.get(pk=other.session.session_key).handle
    assert client.post(PAGE, {"which": handle}).status_code == 303
    assert [is_in(browser) for browser in (other, third, client)] == [False, True, True]


def test_all_others_are_signed_out():
    make_user()
    other, third, client = browser(), browser(), browser()
    client.post(PAGE, {"which": "others"})
    assert [is_in(browser) for browser in (other, third, client)] == [False, False, True]


def test_everything_is_signed_out():
    make_user()
    other, client = browser(), browser()
    assert client.post(PAGE, {"which": "everywhere"}).url == reverse("account_login")
    assert [is_in(other), is_in(client)] == [False, False]


@pytest.mark.parametrize("which", ["", "\x00", "nonsense", "0" * 5000])
def test_nonsense_signs_nobody_out(which):
    make_user()
    other, client = browser(), browser()
    assert client.post(PAGE, {"which": which}).status_code == 303
    assert [is_in(other), is_in(client)] == [True, True]


def test_nobody_signs_out_somebody_else():
    make_user()
    stranger = signed_in(make_user("bob@pildam.example"))
    client = browser()
    handle = Session.objects.get(pk=client.session.session_key).handle
    for which in (handle, "others", "everywhere"):
        stranger.post(PAGE, {"which": which})
    assert is_in(client)


def test_a_new_password_ends_the_other_sessions():
    make_user()
    other, client = browser(), browser()
    new = "another long phrase"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), typed)
    assert [is_in(other), is_in(client)] == [False, True]
    assert Session.objects.filter(account__isnull=False).count() == 1


def test_a_password_that_was_reset_ends_all_sessions():
    user = make_user()
    other = browser()
    client = Client()
    form = client.get(reset_link(client, user), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another long phrase", "password2": "another long phrase"})
    assert not is_in(other)
    assert not user.sessions.exists()


def test_switching_an_account_off_ends_its_sessions_for_good():
    user = make_user()
    client = browser()
    typed = {"email": user.email, "display_name": "앨리스"}
    signed_in(make_editor()).post(f"/admin/accounts/user/{user.pk}/change/", typed)
    assert not is_in(client)
    user.refresh_from_db()
    user.is_active = True
    user.save()
    assert not is_in(client)


def test_an_account_that_is_deleted_takes_its_sessions_along():
    user = make_user()
    browser()
    user.delete()
    assert not Session.objects.filter(device__startswith="Chrome").exists()


def test_a_visit_is_noted_every_five_minutes():
    user = make_user()
    client = browser()
    before = timezone.now() - timedelta(hours=3)
    user.sessions.update(last_seen_at=before)
    client.get(PAGE)
    assert user.sessions.get().last_seen_at == before
    cache.clear()  # as five minutes do
    client.get(PAGE)
    assert user.sessions.get().last_seen_at > before


def test_a_public_page_notes_nothing():
    user = make_user()
    client = browser()
    before = timezone.now() - timedelta(hours=3)
    user.sessions.update(last_seen_at=before)
    cache.clear()
    assert not client.get("/").cookies
    assert user.sessions.get().last_seen_at == before


def test_expired_sessions_are_not_shown_and_are_cleared():
    user = make_user()
    browser()
    user.sessions.update(expire_date=timezone.now() - timedelta(minutes=1))
    text = browser().get(PAGE).content.decode()
    assert text.count("<time") == 1
    call_command("clearsessions")
    assert user.sessions.count() == 1


def test_signed_out_visitors_are_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"
    assert signed_in_as(client) is None
