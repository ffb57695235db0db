import random
from collections.abc import Sequence

import pytest

from articles.text_alignment import Work
from articles.text_diff import Gap, Piece, compare, excerpt

pytestmark = pytest.mark.any_engine

ESSAY = [
    "## 1. 플랫폼은 누구의 것인가",
    "플랫폼은 시장이 아니다. 시장을 가진 자의 땅이다. 우리는 그 땅에서 물건을 사고판다.",
    "땅을 가진 자는 거래하지 않는다. 거래를 지켜볼 뿐이다. 지켜본 것은 모두 그의 것이 된다.",
    "> “자본은 죽은 노동이다.” 오래된 이 문장은 데이터에도 들어맞는다.",
    "## 2. 혁신이라는 이름",
    "혁신(革新)은 가죽을 벗기는 일이라고 한다. 벗겨지는 쪽이 누구인지는 좀처럼 묻지 않는다.",
    "배달하는 사람은 앱이 시키는 길로 간다. 앱은 길을 알지만 비가 오는 줄은 모른다.",
    "그래도 우리는 다시 앱을 켠다. 다른 길이 있다는 것을 잊었기 때문이다.",
]


def shown(pieces: Sequence[Piece | Gap]) -> str:
    """Removed text in [-…-], added in {+…+}, gaps as ⋯ with their number of lines."""
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(
        f"⋯{piece.lines}" if isinstance(piece, Gap) else forms[piece.kind].format(piece.text)
        for piece in pieces
    )


def essay(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def assert_complete(before: str, after: str) -> list[Piece]:
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    return pieces


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("학교에", "학교를", "학교[-에-]{+를+}"),
        ("자본주의", "자본주의의", "자본주의{+의+}"),
        ("비인간적", "비인간중심적", "비인간{+중심+}적"),
        ("나는 학교에 갔다.", "나는 큰 학교를 갔다.", "나는 {+큰 +}학교[-에-]{+를+} 갔다."),
        ("사랑은 노래다.", "미움은 침묵이다.", "[-사랑은 노래다.-]{+미움은 침묵이다.+}"),
        ("자본주의의 역사", "기술의 미래", "[-자본주의의 역사-]{+기술의 미래+}"),
        ("그는 왔다.", "그는 갔다. 그는 왔다.", "{+그는 갔다. +}그는 왔다."),
        ("오는 사람 🧑‍🌾", "오는 사람 🧑‍🍳", "오는 사람 [-🧑‍🌾-]{+🧑‍🍳+}"),
        ("", "새 글", "{+새 글+}"),
        ("같은 글", "같은 글", "같은 글"),
        ("가\r\n나", "가\n나", "가\n나"),
    ],
)
def test_changes_show_as_a_reader_would_mark_them(before: str, after: str, difference: str) -> None:
    assert shown(compare(before, after)) == difference


def test_a_sentence_written_anew_is_not_shredded() -> None:
    before = "기술은 인간을 자유롭게 한다. 그러나 그 믿음은 오래가지 않았다."
    after = "기술은 인간을 자유롭게 한다. 하지만 그러한 생각도 얼마 못 갔다."
    difference = (
        "기술은 인간을 자유롭게 한다."
        " [-그러나 그 믿음은 오래가지 않았다-]{+하지만 그러한 생각도 얼마 못 갔다+}."
    )
    assert shown(compare(before, after)) == difference


def test_a_changed_paragraph_is_found_beside_a_new_one() -> None:
    new = "앱을 지운 사람도 있다고 들었다. 만난 적은 없다."
    after = essay(ESSAY[5], new, ESSAY[6].replace("비가 오는", "눈이 내리는"), ESSAY[7])
    assert shown(compare(essay(*ESSAY[5:]), after)) == essay(
        ESSAY[5],
        f"{{+{new}",
        "+}" + ESSAY[6].replace("비가 오는", "[-비가 오는-]{+눈이 내리는+}"),
        ESSAY[7],
    )


def test_a_divided_paragraph_keeps_its_words() -> None:
    divided = ESSAY[1].replace("땅이다. ", "땅이다.\n\n")
    assert shown(compare(essay(*ESSAY[:2]), essay(ESSAY[0], divided))) == essay(
        ESSAY[0], ESSAY[1].replace("땅이다. ", "땅이다.[- -]{+\n\n+}")
    )


def test_a_moved_paragraph_goes_and_comes_whole() -> None:
    moved = essay(*ESSAY[:2], *ESSAY[3:6], ESSAY[2], *ESSAY[6:])
    assert [(piece.kind, piece.text.strip()) for piece in compare(essay(*ESSAY), moved)][1::2] == [
        ("removed", ESSAY[2]),
        ("added", ESSAY[2]),
    ]


def test_both_texts_can_be_read_off_the_pieces() -> None:
    dice = random.Random(4)  # noqa: S311 - the same texts every time
    letters = "가나다 \n.학교에를\u0301🧑"
    for _ in range(400):
        before = [dice.choice(letters) for _ in range(dice.randrange(30))]
        after = list(before) if dice.random() < 0.5 else []
        for _ in range(dice.randrange(6)):
            after.insert(dice.randrange(len(after) + 1), dice.choice(letters))
        pieces = assert_complete("".join(before), "".join(after))
        changes = [piece for piece in pieces if piece.kind != "same"]
        parts = excerpt(pieces, 1)
        assert [
            part for part in parts if isinstance(part, Piece) and part.kind != "same"
        ] == changes


@pytest.mark.parametrize("letters", ["ab ", "a\n", ".,\n", "가나다라마바사"])
def test_hostile_texts_are_compared_within_the_limit(
    letters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Work(50_000)
    monkeypatch.setattr("articles.text_diff.Work", lambda: limit)
    dice = random.Random(5)  # noqa: S311
    before, after = ("".join(dice.choices(letters, k=20_000)) for _ in range(2))
    assert_complete(before, after)
    # What is refused is counted too: a few readings of the texts.
    assert limit.left > -200_000


def test_unchanged_lines_far_from_a_change_are_folded() -> None:
    after = essay(*ESSAY).replace("죽은 노동", "묻힌 노동")
    assert shown(excerpt(compare(essay(*ESSAY), after), 1)) == essay(
        "⋯2" + ESSAY[2],
        ESSAY[3].replace("죽은", "[-죽은-]{+묻힌+}"),
        ESSAY[4] + "\n⋯3",
    )


def test_a_single_line_between_changes_is_not_worth_folding() -> None:
    lines = ["가", "나", "다", "라", "마"]
    pieces = compare("\n".join(lines), "\n".join(["가가", *lines[1:4], "마마"]))
    assert not any(isinstance(part, Gap) for part in excerpt(pieces, 1))
