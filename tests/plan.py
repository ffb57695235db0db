"""The promises of docs/security.md, and the tests that keep them, by the letters of both."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TOP = Path(__file__).resolve().parent
DOCUMENT = TOP.parent / "docs" / "security.md"
LETTERS = {
    "A": 6,
    "P": 6,
    "C": 10,
    "X": 4,
    "U": 4,
    "I": 6,
    "S": 2,
    "K": 6,
    "H": 2,
    "D": 7,
    "F": 12,
    "L": 4,
}
# Whether a cookie is needed is asked by D1; the plan has no D2.
LINES = [f"{letter}{n}" for letter, last in LETTERS.items() for n in range(1, last + 1)]
LINES.remove("D2")

_NAMED = re.compile(r"`(?:tests/)?([\w/]+\.py)(?:::(\w+))?`")


def promises_in(source: str) -> dict[str, set[str]]:
    """Map each test of a module to the lines of the plan that it is marked with.

    A mark of the whole module (`pytestmark`) is every test's.
    """
    tree = ast.parse(source)
    tests: dict[str, set[str]] = {}
    common = {
        line
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for line in _lines_in(node.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = {line for mark in node.decorator_list for line in _lines_in(mark)}
            tests[node.name] = own | common
    return tests


def _lines_in(node: ast.AST) -> list[str]:
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.promise"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


def rows_of(document: str) -> dict[str, list[tuple[str, str]]]:
    """Map each line of the plan to the files and tests that the last cell of its row names.

    A file without a test, such as a drill, comes with "".
    """
    rows = re.findall(r"^\| ([A-Z]\d+) \|.*\|([^|]*)\|$", document, re.MULTILINE)
    return {line: _NAMED.findall(proofs) for line, proofs in rows}
