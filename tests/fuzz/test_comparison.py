"""Differences lead from one text to the other, and a merge takes nobody's words away."""

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from articles.text_diff import compare, excerpt
from articles.text_merge import marked_lines, merge
from tests.fuzz.bounds import at_most
from tests.fuzz.mutations import any_text, mutated

_CASES = Path(__file__).parents[1] / "articles" / "markdown_cases" / "blocks.json"
TEXTS = [case["source"] for case in json.loads(_CASES.read_text("utf-8"))] + [
    "강가의 작은 마을에는 방앗간이 있었다. 물레는 멈췄다.\n\n아이들은 그늘에서 놀았다.\n\n해가 졌다.\n",
]
VERSIONS = mutated(TEXTS, most_changes=3) | any_text()


def _with_line_feeds(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)


@st.composite
def _related(draw: st.DrawFn, count: int) -> list[str]:
    """Return versions of one text, as people make them from one another."""
    base = draw(VERSIONS)
    return [base, *(draw(mutated([base], most_changes=2)) for _ in range(count - 1))]


@given(versions=_related(2) | st.lists(VERSIONS, min_size=2, max_size=2))
def test_a_difference_leads_from_the_old_text_to_the_new(versions: list[str]) -> None:
    before, after = versions
    with at_most(3.0):
        pieces = compare(before, after)
    old = "".join(piece.text for piece in pieces if piece.kind != "added")
    new = "".join(piece.text for piece in pieces if piece.kind != "removed")
    assert (old, new) == (_with_line_feeds(before), _with_line_feeds(after))
    excerpt(pieces)


@given(versions=_related(2))
def test_what_one_has_changed_or_both_alike_is_the_merge(versions: list[str]) -> None:
    base, changed = versions
    with at_most(3.0):
        merges = [
            merge(base, changed, base),
            merge(base, base, changed),
            merge(base, changed, changed),
        ]
    for merged in merges:
        assert merged.conflicts == []
        assert merged.text == _with_line_feeds(changed)


@given(versions=_related(3))
def test_both_sides_words_are_in_the_merge_or_in_a_conflict(versions: list[str]) -> None:
    base, mine, theirs = versions
    with at_most(3.0):
        merged = merge(base, mine, theirs)
    for side in (mine, theirs):
        new = set(_with_line_feeds(side).split("\n")) - set(_with_line_feeds(base).split("\n"))
        assert new - {""} <= set(merged.text.split("\n"))
    if merged.conflicts:
        assert marked_lines(merged.text)
