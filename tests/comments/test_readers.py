"""Who a request comes from, and what of that is kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from comments.readers import cookie_name, reader_of, remember
from tests.builders import make_user
from tests.comments.builders import make_reader


def request(method="get", *, cookies=(), user=None, **extra):
    made = getattr(RequestFactory(), method)("/", **extra)
    made.COOKIES.update(dict(cookies))
    made.user = user or AnonymousUser()
    return made


def cookie_of(reader) -> str:
    response = HttpResponse()
    remember(response, reader)
    return response.cookies[cookie_name()].value


def test_somebody_who_only_reads_has_no_key():
    assert reader_of(request()).key == ""


def test_a_remembered_browser_is_known_again():
    first = reader_of(request("post"))
    again = reader_of(request(cookies={cookie_name(): cookie_of(first)}))
    assert again.key == first.key != ""


def test_what_a_browser_sends_at_once_comes_from_one_reader():
    first, second = (reader_of(request("post", cookies={"csrftoken": "a" * 32})) for _ in "ab")
    other = reader_of(request("post", cookies={"csrftoken": "b" * 32}))
    assert first.key == second.key != other.key


def test_browsers_without_any_cookie_are_strangers_to_one_another():
    assert reader_of(request("post")).key != reader_of(request("post")).key


def test_a_forged_cookie_is_no_key():
    forged = request("post", cookies={cookie_name(): "secret:forged"})
    assert "secret" not in reader_of(forged).secret


@pytest.mark.django_db
def test_an_account_is_the_same_reader_in_every_browser():
    alice = make_user()
    assert make_reader(account=alice, secret="a").key == make_reader(account=alice, secret="b").key


@pytest.mark.parametrize(
    ("network", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", ""),
    ],
)
def test_of_an_address_only_the_outer_part_is_kept(network, prefix):
    assert make_reader(network=network).network_prefix == prefix


def test_hashes_are_keyed(settings):
    before = make_reader().network_hash
    settings.SECRET_KEY = "another-key-for-the-tests-0123456789-abcdefghijklmnop"
    assert make_reader().network_hash != before


def test_behind_https_the_cookie_is_bound_to_the_host(settings):
    settings.HTTPS = True
    response = HttpResponse()
    remember(response, make_reader())
    cookie = response.cookies["__Host-reader"]
    assert (cookie["secure"], cookie["path"], cookie["httponly"]) == (True, "/", True)
