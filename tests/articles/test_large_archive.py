"""With a hundred thousand articles, no page reads the articles or comments from beginning to end."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from articles import listings
from bench import addresses
from tests.articles.desk import make_editor, signed_in
from tests.articles.large_archive import TABLES, pretend
from tests.explained import questions, read_through


@pytest.mark.django_db
def test_no_page_reads_a_large_table_through(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = ("--articles", "300", "--comments", "4")
    call_command("make_load_test_data", *numbers, stdout=StringIO())
    readers, editors = addresses.public(), addresses.desk()
    # What is not indexed for the search, which would take longest here, is looked for in every text.
    del editors["desk, search"]
    desk = signed_in(make_editor())
    pretend()
    # Lists are as long as they would be.
    monkeypatch.setattr(listings, "SORTED", 0)
    found: dict[str, list[str]] = {}
    for asking, pages in ((client, readers), (desk, editors)):
        for name, paths in pages.items():
            if connection.vendor == "postgresql":
                # Its counts are large, so that they are kept once somebody has asked.
                asking.get(paths[0])
            with questions() as asked:
                asking.get(paths[0])
            wrong = [question.sql for question in asked if read_through(question, TABLES)]
            found |= {name: wrong} if wrong else {}
    assert found == {}
