import pytest
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


def test_the_database_refuses_two_destinations():
    article = make_article()
    with pytest.raises(IntegrityError):
        make_redirect("/a", article=article, target="/b")
