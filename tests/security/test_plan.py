"""Each line of docs/security.md is proved by what its row names, and by nothing that is not there."""

from collections import defaultdict

import pytest

from tests.plan import DOCUMENT, LINES, TOP, promises_in, rows_of

MODULES = sorted(TOP.rglob("test_*.py"))
SOURCES = ("accounts", "articles", "comments", "config")
CSV = ("import csv", "text/csv", "from csv ")


def proofs() -> dict[str, set[tuple[str, str]]]:
    """Map each line of the plan to the tests that bear its mark."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        if "mark.promise" in source:
            for test, lines in promises_in(source).items():
                for line in lines:
                    found[line].add((module.relative_to(TOP).as_posix(), test))
    return found


def test_each_line_names_its_proofs_and_each_proof_is_there():
    rows = rows_of(DOCUMENT.read_text(encoding="utf-8"))
    assert list(rows) == LINES
    marked = proofs()
    assert set(marked) <= set(LINES)
    for line, named in rows.items():
        assert named, f"{line} names neither a test nor a drill"
        tests = {(path, test) for path, test in named if test}
        assert tests == marked.get(line, set()), line
        drills = [path for path, test in named if not test]
        assert all((TOP / path).is_file() for path in drills), line


@pytest.mark.promise("P6")
def test_nothing_is_written_as_csv():
    """A spreadsheet would take `=` and `@` for a formula; nothing of ours is made for one."""
    for name in SOURCES:
        for module in (TOP.parent / name).rglob("*.py"):
            text = module.read_text(encoding="utf-8")
            assert not any(sign in text for sign in CSV), module
