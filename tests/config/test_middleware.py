"""Rules that hold for every response, whichever view made it."""

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from comments.models import Status
from tests.builders import make_article
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.mark.promise("K2")
@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/feed/", "/없는-주소/", "/articles/대문자-A/"]
)
def test_a_malformed_token_is_not_replaced_on_a_page_that_caches_keep(
    client: Client, path: str
) -> None:
    client.cookies["csrftoken"] = "nonsense"
    response = client.get(path)
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_a_form_still_brings_its_token(client: Client) -> None:
    response = client.get(f"{make_article().get_absolute_url()}comments/")
    assert response["Cache-Control"] == "private, no-store"
    assert "csrftoken" in response.cookies


def test_what_says_nothing_about_caches_is_not_kept(client: Client) -> None:
    slash_added = client.get("/articles")
    assert (slash_added.status_code, slash_added["Location"]) == (301, "/articles/")
    refused = client.options("/articles/")
    assert refused.status_code == 405
    assert slash_added["Cache-Control"] == refused["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape"])
def test_a_form_is_utf_8_whatever_charset_it_claims(client: Client, charset: str) -> None:
    article = make_article()
    form = {"name": "나그네", "password": "열려라", "body": r"+2AA- \ud800"}
    content_type = f"{MULTIPART_CONTENT}; charset={charset}"
    body = encode_multipart(BOUNDARY, form)
    response = client.generic("POST", f"{article.get_absolute_url()}comments/", body, content_type)
    assert response.status_code == 422
    assert r"+2AA- \ud800" in response.text


@pytest.mark.parametrize("status", [Status.HELD, Status.SPAM, Status.HIDDEN])
def test_a_comment_that_waits_is_missing_in_the_same_words_as_none(
    client: Client, status: Status
) -> None:
    waiting = make_comment(make_article(), status=status)
    answers = [client.get(f"/comments/{pk}/") for pk in (waiting.pk, waiting.pk + 1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].headers == answers[1].headers
    assert not answers[0].has_header("Vary")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
@pytest.mark.parametrize("path", ["/", "/admin/", "/accounts/login/"])
def test_nothing_but_links_and_forms_gets_in(client: Client, method: str, path: str) -> None:
    response = client.generic(method, path)
    assert response.status_code == 405
    assert "no-store" in response["Cache-Control"]
