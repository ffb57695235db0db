import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from articles.models import Redirect
from tests.builders import make_article, make_redirect

pytestmark = pytest.mark.django_db


def test_a_path_is_found_with_and_without_its_last_slash():
    redirect = make_redirect("/2025/07/04/옛-글", target="/articles/")
    assert Redirect.objects.for_path("/2025/07/04/옛-글/") == redirect
    assert Redirect.objects.for_path("/2025/07/04/옛-글") == redirect


def test_a_path_with_nul_is_nobody_s():
    assert Redirect.objects.for_path("/articles/\x00/") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"old_path": "/a", "target": ""},
        {"old_path": "a", "target": "/b"},
        {"old_path": "/a", "target": "/a"},
    ],
)
def test_the_database_refuses_a_redirect_to_nowhere_or_itself(fields):
    with pytest.raises(IntegrityError):
        make_redirect(**fields)


@pytest.mark.parametrize(
    "target", ["/옛-글/", "/%EC%98%9B-%EA%B8%80", "/처음", "javascript:alert(1)", "//evil.example"]
)
def test_a_target_that_is_old_itself_or_no_address_is_refused(target):
    make_redirect("/처음", target="/옛-글")
    with pytest.raises(ValidationError) as refusal:
        Redirect(old_path="/옛-글", target=target).full_clean()
    assert set(refusal.value.message_dict) == {"target"}


@pytest.mark.parametrize("target", ["/categories/기술/", "https://example.com/글"])
def test_a_target_where_something_lives_is_taken(target):
    redirect = Redirect(old_path="/옛-글", target=target)
    redirect.full_clean()
    redirect.save()
    assert Redirect.objects.for_path("/옛-글").destination() == target


def test_the_database_refuses_two_destinations():
    article = make_article()
    with pytest.raises(IntegrityError):
        make_redirect("/a", article=article, target="/b")
