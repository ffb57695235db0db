import pytest
from django.core.exceptions import ValidationError

from comments.names import cleaned_display_name
from tests.builders import make_author, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("editor@pildam.example", display_name="최유나", is_staff=True)


def test_a_name_is_returned_as_it_is_stored():
    assert cleaned_display_name(" 나그네  ", None) == "나그네"


@pytest.mark.parametrize("name", ["", "\u200b", "최유나", "편집자"])
@pytest.mark.usefixtures("editor")
def test_names_that_a_guest_may_not_have_are_refused(name):
    with pytest.raises(ValidationError):
        cleaned_display_name(name, make_user())


@pytest.mark.parametrize("name", ["최유나", "최 유나", "편집자", "나그네"])
def test_editors_keep_their_name_and_speak_for_the_house(editor, name):
    assert cleaned_display_name(name, editor) == name


def test_editors_do_not_take_the_name_of_another(editor):
    make_user("bob@pildam.example", display_name="밥", is_staff=True)
    make_author("신피질")
    for name in ("밥", "신피질"):
        with pytest.raises(ValidationError, match="필자나 편집자의 이름"):
            cleaned_display_name(name, editor)


def test_authors_are_called_by_the_name_in_their_byline():
    user = make_user()
    make_author("신피질", user=user)
    assert cleaned_display_name("신피질", user) == "신피질"
