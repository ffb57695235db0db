"""What the desk counts of very many rows: kept for some minutes, and exact where it is few."""

import pytest
from django.test import Client

from articles import counts
from articles.admin import kept_counts
from articles.models import Article, Tag
from tests.builders import make_articles

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def shown_numbers(client: Client, query: str = "") -> list[int]:
    page = client.get(f"/admin/articles/tag/{query}")
    return [row.number_of_articles for row in page.context["cl"].result_list]


def tag_all(name: str) -> None:
    for article in Article.objects.all():
        article.tags.add(name)


def test_few_articles_of_a_tag_are_counted_each_time(admin_client: Client) -> None:
    Tag.objects.create(name="빈")
    make_articles(2)
    tag_all("책")
    assert shown_numbers(admin_client) == [0, 2]
    assert shown_numbers(admin_client, "?o=-2") == [2, 0]
    assert shown_numbers(admin_client, "?use=unused") == [0]


def test_many_rows_are_counted_as_of_some_minutes_ago(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (counts, kept_counts):
        monkeypatch.setattr(module, "EXACT", 1)
    path = "/admin/articles/article/"
    for title in ("글", "새 글"):
        make_articles(2, title=title)
        tag_all("책")
        assert shown_numbers(admin_client) == [2]
        assert admin_client.get(path).context["cl"].result_count == 2
    # What was not asked before is counted, and so is a list that is sorted by the numbers.
    assert shown_numbers(admin_client, "?o=-2") == [4]
    assert admin_client.get(f"{path}?q=글").context["cl"].result_count == 4
