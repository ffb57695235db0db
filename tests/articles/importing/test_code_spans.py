import re

import pytest

from articles.importing.code_spans import MASK, mask_code, replace_outside_code, without_comments


@pytest.mark.parametrize(
    "text",
    [
        "```\nX\n```",
        "~~~python\nX\n~~~",
        "* 항목\n\n  ```\n  X\n  ```",
        "> ```\n> X\n> ```",
        "글\n\n    X\n\n글",
        "글 `X` 글",
        "글 ``a ` X`` 글",
        "<pre>\nX\n</pre>",
        "<!-- X -->",
        "```\nX",
    ],
)
def test_code_is_masked(text: str) -> None:
    masked = mask_code(text)
    assert "X" not in masked
    assert len(masked) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "X",
        "* 항목\n\n    X",
        "글\n    X",
        r"\`X\`",
        "` X",
        "`a\n\nX`",
        "<!-- X",
        "````\na\n````\nX",
    ],
)
def test_prose_is_not_masked(text: str) -> None:
    masked = mask_code(text)
    assert "X" in masked
    assert len(masked) == len(text)


def test_replacing_leaves_code_alone() -> None:
    replaced = replace_outside_code(re.compile("b"), lambda match: "B", "b `b` b")
    assert replaced == "B `b` B"
    assert MASK not in replaced


def test_comments_go_but_not_from_code() -> None:
    assert without_comments("가<!-- 1 -->나 `<!-- 2 -->`") == "가나 `<!-- 2 -->`"


def test_code_within_a_match_is_not_lost() -> None:
    # What the pattern does not allow stands in the code.
    pattern = re.compile(r"<(?P<in>[^{}]*)>")
    assert replace_outside_code(pattern, lambda found: f"({found['in']})", "<a `{x}` b>") == (
        "(a `{x}` b)"
    )
    assert replace_outside_code(pattern, lambda found: found["in"][:4], "<a `{x}` b>") == (
        "<a `{x}` b>"
    )
