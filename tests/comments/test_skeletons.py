import unicodedata

import pytest

from comments.reserved_names import OFFICIAL_NAMES
from comments.skeletons import imitates, skeleton, skeletons
from comments.text import TextError, cleaned_name
from tests.comments import corpora

PROTECTED = (
    "신피질", "Alice", "김민수", "이상", "필담", "한도경", "오세린", "Grace Lee", "이서윤", "박지훈", "남궁은", "최하늘", "정 은",
    "Daniel Kim", *OFFICIAL_NAMES,
)  # fmt: skip


@pytest.mark.parametrize(
    "disguised",
    [
        unicodedata.normalize("NFD", "김하늘"),
        "김 하 늘",
        "ㄱㅣㅁㅎㅏㄴㅡㄹ",
        "김\u3164하\u200b늘",
        "김하\u2060늘",
        "김.하.늘",
        "★김하늘★",
        "ㄱ|ㅁ하늘",
        "기口하늘",
    ],
)
def test_a_disguised_korean_name_has_the_skeleton_of_the_name(disguised):
    assert skeleton(disguised) == skeleton("김하늘")


@pytest.mark.parametrize(
    "disguised",
    ["ADMIN", "admın", "аdmin", "аdmіп", "Ａｄｍｉｎ", "ⓐⓓⓜⓘⓝ", "𝐚𝐝𝐦𝐢𝐧", "adrnin", "ádmïn", "αdmιn", "ΑDΜΙΝ", "@dm1n", "adm|n", "ᴀᴅᴍɪɴ", "a.d.m.i.n"],
)  # fmt: skip
def test_a_disguised_latin_name_has_the_skeleton_of_the_name(disguised):
    assert skeleton(disguised) == skeleton("admin")


@pytest.mark.parametrize(
    ("one", "other"),
    [("김하늘", "김하눌"), ("박가희", "바까희"), ("민지", "민지2"), ("하늘", "김하늘"), ("악가", "아까"), ("이몫", "이목"), ("admin", "adman"), ("Марина", "Морина")],
)  # fmt: skip
def test_different_names_have_different_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


def test_a_name_of_nothing_but_signs_has_no_skeleton():
    assert skeletons(["★", "…", "\u3164", "김하늘"]) == {skeleton("김하늘")}


def _is_refused(name):
    try:
        return imitates(cleaned_name(name), PROTECTED)
    except TextError:
        return True


@pytest.mark.promise("C6")
@pytest.mark.parametrize("prefix", ["", "second_", "third_", "fourth_"])
def test_every_spoofed_name_of_the_list_is_refused(prefix):
    names = [name for _, name in corpora.pairs(f"{prefix}spoofed_names")]
    assert [name for name in names if not _is_refused(name)] == []


@pytest.mark.parametrize("prefix", ["", "second_", "third_", "fourth_"])
def test_no_honest_name_of_the_list_is_refused(prefix):
    assert [name for name in corpora.lines(f"{prefix}honest_names") if _is_refused(name)] == []


def test_a_title_of_one_syllable_makes_no_shorter_name_of_two():
    assert not imitates("이상임", ["이상"])
    assert imitates("신피질임", ["신피질"])


def test_the_words_of_a_name_may_not_be_turned_round():
    assert imitates("Lee Grace", ["Grace Lee"])


def test_nothing_but_the_badges_is_imitated_where_nobody_is_protected():
    assert not imitates("신피질 기자", [])
    assert imitates("신피질 필자", [])
