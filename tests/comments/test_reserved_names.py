import unicodedata

import pytest

from comments.reserved_names import is_reserved
from tests.builders import make_author, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    ["신피질", "신 피 질", unicodedata.normalize("NFD", "신피질"), "ㅅㅣㄴㅍㅣㅈㅣㄹ", "신피질."],
)
def test_an_author_name_in_any_disguise_is_reserved(name):
    make_author("신피질")
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["Alice", "ALICE", "Аlice", "A1ice", "Alıce"])
def test_an_editor_name_in_any_disguise_is_reserved(name):
    make_user(display_name="Alice", is_staff=True)
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["운영자", "관 리 자", "Ａdmin", "필담"])
def test_names_that_speak_for_the_house_are_reserved(name):
    assert is_reserved(name)


def test_a_reader_name_is_not_reserved():
    make_user(display_name="밥", is_staff=False)
    assert not is_reserved("밥")


def test_an_editor_without_a_name_reserves_nothing():
    make_user(display_name="", is_staff=True)
    assert not is_reserved("★")
