"""What the pages of readers ask of the database: nothing while a template looks at a row."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Series, SiteSettings
from tests.articles.test_list_pages import furnish
from tests.builders import make_image, make_user
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

# Asked from a template on purpose, once for a page: the discussion below it, and the sections.
_MEANT = {"comment_section", "shown_sections"}
_LARGE = re.compile(
    r'"(?:articles_article|[A-Z]\d+)"\."(?:body|body_html|toc|import_fingerprints)"'
    r'|(?<!LEFT\()(?<!SUBSTR\()"articles_article"\."plain_text"'
)
_LISTS = ["front", "all", "month", "Category", "Series", "Author", "Tag", "search"]


@pytest.fixture
def paths() -> dict[str, str]:
    found = furnish(3)
    SiteSettings.current()  # as a page a moment ago has left it
    return found | {"front": "/", "search": "/search/?q=글", "archive": "/archive/"}


@pytest.mark.parametrize("name", [*_LISTS, "archive"])
def test_no_list_asks_while_its_template_looks_at_rows(
    client: Client, paths: dict[str, str], name: str
) -> None:
    with queries() as asked:
        assert client.get(paths[name]).status_code == 200
    assert not [sql for sql, lazily in asked if lazily]


def test_no_article_asks_while_its_template_looks_at_rows(
    client: Client, paths: dict[str, str]
) -> None:
    article = Article.objects.newest_first()[0]
    Series.objects.update(cover=make_image("표지"))
    root = make_comment(article, "첫 댓글", account=make_user())
    reply = make_comment(article, "답글", parent=root)
    make_comment(article, "답글의 답글", parent=reply)
    with queries() as asked:
        assert "답글의 답글" in client.get(article.get_absolute_url()).text
    assert not [sql for sql, lazily in asked if lazily]


@pytest.mark.parametrize("name", _LISTS)
def test_no_list_loads_large_columns(client: Client, paths: dict[str, str], name: str) -> None:
    with queries() as asked:
        client.get(paths[name])
    # What stands after FROM is looked at by the database alone.
    assert not [sql for sql, _ in asked if _LARGE.search(sql.partition(" FROM ")[0])]


@contextmanager
def queries() -> Iterator[list[tuple[str, bool]]]:
    """Yield the queries made meanwhile, and whether a template has made each without being meant to."""
    asked: list[tuple[str, bool]] = []

    def noted(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        callers = set(_callers())
        asked.append((sql, "Node.render_annotated" in callers and not callers & _MEANT))
        return execute(sql, *arguments)

    with connection.execute_wrapper(noted):
        yield asked


def _callers() -> Iterator[str]:
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        yield frame.f_code.co_qualname
