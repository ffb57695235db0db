import unicodedata

import pytest

from comments.skeletons import skeleton, skeletons


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
