import pytest

from articles.section_neighbours import SectionNeighbours, section_neighbours
from tests.builders import make_article, make_articles, make_category, make_draft

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def test_neighbours_are_those_that_readers_may_see(django_assert_num_queries) -> None:
    section = make_category()
    older, article, newer = reversed(make_articles(3, category=section))
    make_draft(category=section)
    make_articles(2, title="남의 글", category=make_category("문화"))
    found = section_neighbours(article)
    assert {found.older, found.newer} == {older, newer}
    assert found.older.published_at <= article.published_at <= found.newer.published_at
    with django_assert_num_queries(1):
        section_neighbours(article)


def test_the_newest_has_none_after_it() -> None:
    article = make_article(category=make_category())
    assert section_neighbours(article) == SectionNeighbours(older=None, newer=None)


def test_an_article_of_no_category_has_no_neighbours() -> None:
    assert section_neighbours(make_article()) is None
