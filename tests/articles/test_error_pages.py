import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from articles.errors import csrf_failure
from articles.models import SiteSettings
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site
from tests.articles.page import is_for_everybody
from tests.builders import make_article, make_draft


def raises(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("suspicious/", raises(SuspiciousOperation())),
    path("denied/", raises(PermissionDenied())),
    path("broken/", raises(RuntimeError("our mistake"))),
    path("cut-off/", raises(OperationalError("the database is gone"))),
    *site,
]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


@pytest.fixture
def broken_site(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_missing_page_offers_the_newest_articles(client: Client) -> None:
    make_article("보이는 글")
    make_draft("감춘 글")
    response = client.get("/없는-주소/")
    assert response.status_code == 404
    assert "찾으시는 글이 여기에 없습니다" in response.text
    assert "보이는 글" in response.text
    assert "감춘 글" not in response.text


@pytest.mark.django_db
def test_missing_page_is_kept_for_ten_seconds(client: Client) -> None:
    response = client.get("/없는-주소/")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert is_for_everybody(response)


@pytest.mark.django_db
def test_missing_page_is_cheap(client: Client, django_assert_max_num_queries) -> None:
    make_article()
    client.get("/없는-주소/")  # noted for the editors, once a minute
    SiteSettings.current()  # as a page a moment ago has left it
    with django_assert_max_num_queries(3):
        client.get("/없는-주소/")


@pytest.mark.promise("K6")
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/suspicious/", 400, "요청을 읽지 못했습니다"),
        ("/denied/", 403, "볼 수 없는 화면입니다"),
        ("/broken/", 500, "잠시 붓을 놓쳤습니다"),
        ("/cut-off/", 503, "잠시 붓을 놓쳤습니다"),
    ],
)
def test_error_page_needs_no_database(
    broken_site: Client, address: str, status: int, heading: str
) -> None:
    response = broken_site.get(address)
    assert response.status_code == status
    assert heading in response.text
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.promise("F5")
def test_page_says_when_to_ask_for_the_database_again(broken_site: Client) -> None:
    assert broken_site.get("/cut-off/")["Retry-After"] == "5"
    assert "Retry-After" not in broken_site.get("/broken/")


@pytest.mark.django_db
def test_refused_form_gives_back_what_was_written(rf: RequestFactory) -> None:
    body = "오래 쓴 글\n둘째 줄</textarea><script>"
    response = csrf_failure(rf.post("/", {"body": body}), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert response["Cache-Control"] == "private, no-store"
    assert "쿠키" in response.text
    assert "오래 쓴 글\n둘째 줄&lt;/textarea&gt;&lt;script&gt;</textarea>" in response.text


@pytest.mark.django_db
def test_refused_form_without_text_shows_no_empty_box(rf: RequestFactory) -> None:
    assert "<textarea" not in csrf_failure(rf.post("/")).text
