import random

import pytest

from articles.text_merge import (
    Conflict,
    FieldMerge,
    Merge,
    marked_lines,
    merge,
    merge_fields,
)

pytestmark = pytest.mark.any_engine

ESSAY = """\
플랫폼은 시장이 아니다. 시장의 주인이다.

## 누가 값을 정하는가

값은 거래하는 사람들이 정한다고 배웠다. 그러나 앱을 켜면 값은 이미 정해져 있다.

우리는 그 값을 받아들이거나 앱을 닫을 수 있을 뿐이다."""


def test_changes_to_different_paragraphs_are_both_kept() -> None:
    mine = ESSAY.replace("시장의 주인이다", "시장을 가진 자다")
    theirs = ESSAY.replace("앱을 닫을 수 있을 뿐이다", "앱을 지울 수 있다") + "\n\n이것이 자유인가."
    merged = merge(ESSAY, mine, theirs)
    assert merged.conflicts == []
    assert merged.text == theirs.replace("시장의 주인이다", "시장을 가진 자다")


@pytest.mark.parametrize("space", ["\u3000", "\xa0", "\x85"])
def test_the_space_that_a_paragraph_is_set_in_by_is_kept(space: str) -> None:
    indented = f"{space}첫 줄.\n\n{space}둘째 줄."
    assert merge(indented, f"{indented} 더", indented) == Merge(f"{indented} 더", [])


def test_a_paragraph_both_changed_stands_there_twice_and_marked() -> None:
    mine = ESSAY.replace("이미 정해져 있다", "벌써 적혀 있다")
    theirs = ESSAY.replace("배웠다", "우리는 배웠다")
    merged = merge(ESSAY, mine, theirs)
    old, ours, others = (text.split("\n\n")[2] for text in (ESSAY, mine, theirs))
    assert merged.conflicts == [Conflict(mine=ours, theirs=others, base=old)]
    marked = f"<<<<<<< 내 글\n{ours}\n=======\n{others}\n>>>>>>> 다른 사람의 글"
    assert merged.text == ESSAY.replace(old, marked)
    assert marked_lines(merged.text) == [5, 9]


def test_lines_of_one_list_are_merged() -> None:
    merged = merge("- 쌀\n- 콩\n- 파", "- 쌀밥\n- 콩\n- 파", "- 쌀\n- 콩\n- 대파\n- 무")
    assert merged == Merge("- 쌀밥\n- 콩\n- 대파\n- 무", [])


def test_two_new_endings_are_a_conflict() -> None:
    merged = merge(ESSAY, f"{ESSAY}\n\n내 끝.", f"{ESSAY}\n\n네 끝.")
    assert merged.conflicts == [Conflict(mine="내 끝.", theirs="네 끝.", base="")]


def test_a_paragraph_deleted_here_and_changed_there_is_a_conflict() -> None:
    mine = ESSAY.replace("## 누가 값을 정하는가\n\n", "")
    theirs = ESSAY.replace("누가 값을", "누가 가격을")
    assert merge(ESSAY, mine, theirs).conflicts == [
        Conflict(mine="", theirs="## 누가 가격을 정하는가", base="## 누가 값을 정하는가")
    ]


def test_line_ends_of_a_form_are_no_change() -> None:
    mine = ESSAY.replace("\n", "\r\n")
    theirs = ESSAY.replace("시장이", "장터가")
    assert merge(ESSAY, mine, theirs) == Merge(theirs, [])


def test_whoever_alone_changed_a_text_gets_it_as_it_is() -> None:
    dice = random.Random(7)  # noqa: S311 - the same texts every time
    parts = ["가", "나", " ", "\n", "\n\n", "다\n\n"]
    for _ in range(500):
        base, changed, other = (
            "".join(dice.choice(parts) for _ in range(dice.randrange(12))) for _ in range(3)
        )
        assert merge(base, changed, base) == merge(base, base, changed) == Merge(changed, [])
        assert merge(base, changed, changed) == Merge(changed, [])
        merged, mirrored = merge(base, changed, other), merge(base, other, changed)
        assert len(merged.conflicts) == len(mirrored.conflicts)


def test_fields_are_taken_from_whoever_changed_them() -> None:
    base = {"title": "값", "dek": "", "category": 1, "tags": ["시장"]}
    mine = {"title": "값의 주인", "dek": "누가 정하나", "category": 2, "tags": ["시장"]}
    theirs = {"title": "가격", "dek": "", "category": 2, "tags": ["시장", "플랫폼"]}
    assert merge_fields(base, mine, theirs) == FieldMerge(
        values={
            "title": "값의 주인",
            "dek": "누가 정하나",
            "category": 2,
            "tags": ["시장", "플랫폼"],
        },
        conflicts={"title": ("값의 주인", "가격")},
    )
