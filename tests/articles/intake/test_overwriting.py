"""Showing what an import would overwrite, and asking."""

from articles.intake.overwriting import DeskEdits, Questions, shown

EDITS = DeskEdits(
    "글.md",
    "글\x1b[2J",
    {
        "body": ("첫 문단.\n\n편집자의 문단.\n", "첫 문단.\n\n원문의 문단.\n"),
        "tags": (["붓"], ["먹"]),
    },
)


def test_only_what_changed_is_shown_and_no_terminal_obeys_it():
    told = list(shown(EDITS))
    assert "body, tags" in told[0]
    assert any(line.startswith("- ") and "편집자" in line for line in told)
    assert any(line.startswith("+ ") and "원문" in line for line in told)
    assert not any("\x1b" in line for line in told)


def test_a_long_difference_is_cut_short():
    edits = DeskEdits("글.md", "글", {"body": ("가\n\n" * 500, "나\n\n" * 500 + "다" * 9000)})
    assert len(list(shown(edits))) < 50
    assert max(map(len, shown(edits))) < 1000


def answers(*typed):
    """Return what is decided about as many articles as there are answers, and three more."""
    waiting = [*typed]

    def ask(prompt):
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    questions = Questions(lambda line: None, ask, lambda text, kind: text)
    return [questions(EDITS) for _ in range(len(typed) + 1)]


def test_each_answer_is_for_one_article_until_all_or_quit():
    assert answers("y", "n", "Yes") == [True, False, True, False]
    assert answers("what?", "y")[:2] == [True, False]
    assert answers("n", "a") == [False, True, True]
    assert answers("q") == [False, False]
