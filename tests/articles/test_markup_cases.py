"""The dialect against GitHub's HTML and against what authors mean."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from articles.rendering import render
from tests.articles.markdown_cases.normalising import normalise

CASES = Path(__file__).parent / "markdown_cases"


def load(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return cases


def inner_html(source: str) -> str:
    html = render(source).html.replace(' rel="noopener"', "")
    return html.removeprefix("<p>").removesuffix("</p>")


def hrefs(source: str) -> list[str]:
    html = render(source).html.replace("&amp;", "&")
    return [unquote(href) for href in re.findall(r'href="([^"]*)"', html)]


@pytest.mark.parametrize("case", load("blocks"), ids=lambda case: case["name"])
def test_blocks_equal_github(case: dict[str, str]) -> None:
    assert normalise(render(case["source"]).html) == normalise(case["github_html"])


@pytest.mark.parametrize("case", load("emphasis"), ids=lambda case: case["source"])
def test_emphasis_is_what_the_author_meant(case: dict[str, str]) -> None:
    assert inner_html(case["source"]) == case["expected_inner_html"]


@pytest.mark.parametrize("case", load("links"), ids=lambda case: case["source"])
def test_bare_addresses_end_where_the_sentence_goes_on(case: dict[str, Any]) -> None:
    assert hrefs(case["source"]) == case["hrefs_unquoted"]
