"""With a hundred thousand articles, SQLite reads none of the large tables through for a page.

The drill explain_pages asks PostgreSQL the same, and both of them on such an archive.
"""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from articles.pages import listings
from bench import addresses
from tests.articles.desk import make_editor, signed_in
from tests.articles.large_archive import COUNTED_SELDOM, TABLES, pretend
from tests.explained import Asked, questions, read_through


@pytest.mark.django_db
@pytest.mark.any_engine
def test_no_page_reads_a_large_table_through(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("make_load_test_data", "--articles", "100", "--comments", "2", stdout=StringIO())
    readers, editors = addresses.public(), addresses.desk()
    # What is not indexed for the search, which would take longest here, is looked for in every text.
    del editors["desk, search"]
    desk = signed_in(make_editor())
    pretend()
    # Lists are as long as they would be.
    monkeypatch.setattr(listings, "SORTED", 0)
    found = {}
    for asking, pages in ((client, readers), (desk, editors)):
        for name, paths in pages.items():
            with questions() as asked:
                asking.get(paths[0])
            if wrong := [each.sql for each in asked if _is_wrong(each)]:
                found[name] = wrong
    assert found == {}


def _is_wrong(question: Asked) -> bool:
    is_seldom = any(meant in question.sql for meant in COUNTED_SELDOM)
    return not is_seldom and bool(read_through(question, TABLES))
