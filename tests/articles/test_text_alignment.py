import random
from itertools import pairwise, product

import pytest

from articles.text_alignment import Pair, Work, align

pytestmark = pytest.mark.any_engine


def longest_common(before: str, after: str) -> int:
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, j in product(range(len(before)), range(len(after))):
        lengths[i + 1][j + 1] = (
            lengths[i][j] + 1
            if before[i] == after[j]
            else max(lengths[i][j + 1], lengths[i + 1][j])
        )
    return lengths[-1][-1]


def assert_pairs_fit(pairs: list[Pair], before: list[str], after: list[str]) -> None:
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))


def test_as_much_as_possible_is_kept() -> None:
    dice = random.Random(1)  # noqa: S311 - the same texts every time
    for _ in range(300):
        before, after = (
            "".join(dice.choice("가나다") for _ in range(dice.randrange(12))) for _ in range(2)
        )
        pairs = align(before, after, Work())
        assert_pairs_fit(pairs, list(before), list(after))
        assert len(pairs) == longest_common(before, after)


def test_texts_with_many_edits_are_parted_at_what_occurs_once() -> None:
    rare = [f"제목 {number}" for number in range(5)]
    before = [unit for title in rare for unit in (title, *["가"] * 300)]
    after = [unit for title in rare for unit in (title, *["나"] * 300)]
    assert [before[i] for i, _ in align(before, after, Work())] == rare


def test_hostile_texts_use_up_the_work_and_no_more() -> None:
    dice = random.Random(2)  # noqa: S311
    before, after = ([dice.choice("ab") for _ in range(50_000)] for _ in range(2))
    work = Work(100_000)
    assert_pairs_fit(align(before, after, work), before, after)
    # The last step may take as much as one reading of the texts.
    assert work.left > -200_000
