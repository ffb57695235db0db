"""The importer's English in Korean: every phrase of it has a wording for the desk."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.admin.import_words import in_korean, label_in_korean

ROOT = Path(__file__).resolve().parents[2] / "articles"
# What only operators read, and lists of names rather than phrases.
NO_PHRASES = {"overwriting.py", "turns.py", "tag_arguments.py", "html_tree.py", "platforms.py"}
# Parts of phrases that are worded as wholes, and what is sent to other servers.
PARTS = {
    "; a value with `: ` or brackets in it must stand in quotes",
    "mapping values",
    "a recording or film",
    "of the status {}",
    "lead image's alt text",
    "lead image's caption",
    "lead image's credit",
    "not found beside the export",
    "not found",
    "not found where it is said to be, and {} share its name",
    "has an address that is never read",
    "refused ({})",
    "--overwrite-edits overwrites",
    "--update shows it and asks",
    "{} was edited on the desk and is kept ({})",
    "was not fetched (its host has failed {} times in a row)",
    "could not be fetched ({})",
    "could not be fetched (it is not a web address)",
    "Pildam ({})",
    "contact us",
    "follow us",
    "privacy policy",
}
WORDS = re.compile(r"[A-Za-z]{2,}[,;:)’]? [a-z(]")
CODE = re.compile(r"[\\^$<>]|\(\?|[가-힣]")


def phrases_in(source: str) -> Iterator[str]:
    """Yield what reads like English words among the strings, `{}` for what is put in."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    skipped: set[ast.AST] = set()
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            skipped.update(set(ast.walk(node)) - {node})
        elif isinstance(node, ast.Expr):
            skipped.add(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("re.", "logger.")):
            skipped.update(ast.walk(node))
    for node in nodes:
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if WORDS.search(text) and not CODE.search(text):
            yield text


def test_every_phrase_of_the_importer_has_a_korean_wording():
    files = [*(ROOT / "importing").rglob("*.py"), *(ROOT / "intake").glob("*.py")]
    found = {
        phrase
        for file in files
        if file.name not in NO_PHRASES
        for phrase in phrases_in(file.read_text())
    }
    assert len(found) > 150
    lost = {each for each in found if not re.search("[가-힣]", in_korean(each.replace("{}", "0")))}
    beginnings = {each for each in lost if any(said.startswith(each) for said in found - {each})}
    assert lost - PARTS - beginnings == set()


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("left out: a card of the kind 'x'", "뺐습니다: 옮길 수 없는 카드('x')"),
        ("it was in the trash, so it is a draft", "원래 상태(휴지통) 때문에 초고로 둡니다"),
        ("posts in the trash", "휴지통에 있던 글"),
        (
            "broken front matter on line 3: x; a value with `: ` or brackets in it must stand in quotes",
            "머리말이 깨져 있습니다 (3번째 줄): 값에 `: `나 괄호가 있으면 따옴표로 감싸야 합니다",
        ),
        ("image could not be fetched (x): a.png", "그림을 내려받지 못했습니다. x (a.png)"),
        ("a phrase of nobody's", "a phrase of nobody's"),
    ],
)
def test_phrases_are_worded_with_what_stands_in_them(english, korean):
    assert in_korean(english) == korean


def test_a_post_of_an_export_is_called_by_its_title():
    assert label_in_korean("a.xml:5: post 10 “강”") == "a.xml: 글 10 “강”"
    assert label_in_korean("a.json: page 2 “소개”") == "a.json: 페이지 2 “소개”"
    assert label_in_korean("blog.zip/post 1.md") == "blog.zip/post 1.md"
