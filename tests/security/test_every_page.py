"""What holds at every address that the URLconf knows: headers, cookies, tokens, ways out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory, override_settings

from tests.articles.desk import make_editor, signed_in
from tests.builders import make_user
from tests.security.addresses import Samples, all_routes
from tests.security.observatory import policy_of, score
from tests.security.production import browser, production_settings

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

HANDLER = WSGIHandler()
DESK = "/admin/"
# One page of each kind; what stands at all others is judged by the matrix of permissions.
DESK_PAGES = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/<object_id>/change/",
    "/admin/articles/article/<object_id>/history/",
    "/admin/articles/article/import/",
    "/admin/comments/comment/queue/<name>/",
    "/admin/comments/comment/<object_id>/change/",
)
POWERLESS = "camera=(), display-capture=(), geolocation=()"
# What runs without a file of its own; data for machines may stand in a page.
SCRIPTED = re.compile(
    r'<script(?![^>]*\ssrc=)(?![^>]*type="application/(?:ld\+)?json")|<[^>]+\son\w+=', re.I
)
STYLED = re.compile(r"<style|<[^>]+\sstyle=", re.I)
# These are sent without a form of ours: by a beacon, by mail programs (RFC 8058), and by Google,
# whose own token allauth compares (404 here, where no keys of Google's are set).
WITHOUT_TOKEN = {
    "/reads/<pk>/",
    "/comments/mail/unsubscribe/<token>/",
    "/accounts/google/login/token/",
    "/newsletter/unsubscribe/<token>/",
}


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django")


@pytest.fixture
def samples(quiet: None) -> Samples:
    return Samples()


def public_routes() -> list[str]:
    return [route for route in all_routes() if not route.startswith(DESK)]


def asked(
    client: Client, samples: Samples, routes: list[str]
) -> Iterator[tuple[str, HttpResponse]]:
    for route in routes:
        response = client.get(samples.address(route))
        cache.clear()
        yield route, response


def text_of(response: HttpResponse) -> str:
    """Return what a response says in words; a picture says none."""
    is_text = not response.get("Content-Type", "").startswith("image/")
    return response.text if is_text and not response.streaming else ""


def is_page(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and bool(response.content)


@pytest.fixture
def in_production(quiet: None) -> Iterator[None]:
    with override_settings(**production_settings()):
        yield


@pytest.mark.promise("D1", "H1", "K1", "X4")
def test_strangers_get_the_same_strict_headers_and_no_cookie_wherever_they_read(
    in_production, samples
):
    policies, judged = set(), 0
    for route, response in asked(browser(), samples, public_routes()):
        assert response.status_code < 500, route
        assert has_strict_headers(response), route
        cookies_are_bound_to_the_host(response)
        if "public" in response["Cache-Control"]:
            assert not response.cookies, route
            assert "csrfmiddlewaretoken" not in text_of(response), route
        if is_page(response):
            judged += 1
            policies.add(response["Content-Security-Policy"])
            assert score(response) >= 115, route
            assert not SCRIPTED.search(response.text), route
            assert not STYLED.search(response.text), route
    assert judged > 50
    assert len(policies) == 1
    assert "unsafe" not in (policy := policies.pop())
    assert "nonce" not in policy


@pytest.mark.promise("H1", "K3", "X4")
def test_the_desk_is_as_strict_but_for_styles(in_production, samples):
    editor = browser()
    editor.force_login(make_editor("root@pildam.example"))
    for route, response in asked(editor, samples, list(DESK_PAGES)):
        assert response.status_code == 200, route
        assert has_strict_headers(response), route
        assert response["Cache-Control"].replace("must-revalidate", "").count("public") == 0
        assert "no-store" in response["Cache-Control"], route
        assert "private" in response["Cache-Control"], route
        assert score(response) >= 100, route
        assert policy_of(response)["script-src"] == ["'self'"]
        assert not SCRIPTED.search(response.text), route


def has_strict_headers(response: HttpResponseBase) -> bool:
    """What stands on every answer, whatever it holds; files of readers have a policy of their own."""
    return (
        response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        and response["X-Content-Type-Options"] == "nosniff"
        and response["Cross-Origin-Opener-Policy"] == "same-origin"
        and response["Referrer-Policy"]
        in {"strict-origin-when-cross-origin", "same-origin", "no-referrer"}
        and response["Permissions-Policy"].startswith(POWERLESS)
        and policy_of(response)["default-src"] == ["'none'"]
    )


def cookies_are_bound_to_the_host(response: HttpResponseBase) -> None:
    for name, cookie in response.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.promise("H1")
def test_who_comes_without_tls_is_sent_to_the_same_page_with_it(in_production):
    response = browser().get("/articles/", headers={"x-forwarded-proto": "http"})
    assert (response.status_code, response.url) == (301, "https://pildam.example/articles/")


@pytest.mark.promise("K4")
@pytest.mark.parametrize("host", ["evil.example", "pildam.example.evil.example", "a b", "x:y"])
def test_a_host_that_is_not_ours_is_400(in_production, host):
    response = browser(raise_request_exception=False).get("/", headers={"host": host})
    assert response.status_code == 400
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.promise("K3")
def test_what_a_reader_gets_is_theirs_alone_or_everybodys(samples):
    reader = signed_in(make_user("reader@pildam.example", display_name="캐너리"))
    for route, response in asked(reader, samples, public_routes()):
        if "public" in response["Cache-Control"]:
            assert not response.cookies, route
            assert "캐너리" not in text_of(response), route
        else:
            assert {"private", "no-store"} <= set(re.split(r"[, ]+", response["Cache-Control"])), (
                route
            )


@pytest.fixture
def pages_are_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(loader, "render_to_string", lambda *args, **options: "")


def asker(client: Client, *, token: bool) -> Callable[..., HttpResponseBase]:
    """Return what sends a request past the test client, and takes back whatever it did."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def ask(method: str, address: str, body: dict[str, str]) -> HttpResponseBase:
        build = getattr(RequestFactory(), method)
        request = build(address, body, HTTP_COOKIE=cookies)
        request._dont_enforce_csrf_checks = token
        with transaction.atomic():
            response = HANDLER.get_response(request)
            transaction.set_rollback(True)
        cache.clear()
        return response

    return ask


@pytest.mark.promise("A6")
def test_no_form_is_taken_without_its_token(samples, pages_are_blank):
    ask = asker(signed_in(make_editor("root@pildam.example")), token=False)
    taken = {
        route
        for route in all_routes()
        if ask("post", samples.address(route), {}).status_code != 403
    }
    assert taken == WITHOUT_TOKEN


@pytest.mark.promise("A6")
@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_no_address_leads_away_from_the_site(samples, pages_are_blank, who):
    client = signed_in(make_user("reader@pildam.example")) if who == "reader" else Client()
    ask = asker(client, token=True)
    routes = [*public_routes(), "/admin/login/", "/admin/logout/", "/admin/"]
    for route in routes:
        for method in ("get", "post"):
            response = ask(method, samples.address(route), {"next": "/\\evil.example"})
            assert leads_here(response.get("Location", "/")), route


def leads_here(location: str) -> bool:
    """Whether a browser, which drops tabs and reads a backslash as a slash, would stay."""
    as_read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    return urlsplit(urljoin("http://testserver/", as_read)).netloc == "testserver"
