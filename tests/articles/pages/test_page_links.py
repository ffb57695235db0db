import pytest
from django.utils import timezone

from articles.models import Article
from articles.pages.episodes import Neighbours
from articles.pages.page_links import PageLinks, links_of
from tests.builders import make_article, make_articles, make_category, make_draft, make_series

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def links(article: Article) -> PageLinks:
    return links_of(article, timezone.now())


def test_episodes_are_those_that_readers_may_see(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    series = make_series()
    first = make_article("1화", series=series, episode=1)
    make_draft("2화", series=series, episode=2)
    third = make_article("3화", series=series, episode=3, tags=["전기", "가을"])
    with django_assert_num_queries(1):
        found = links(third)
    assert found.episodes is not None
    assert found.episodes.previous is not None
    assert found.episodes == Neighbours(found.episodes.previous, None, place=2, episode_count=2)
    assert found.episodes.previous.pk == first.pk
    assert [step.pk for step in found.steps] == [first.pk]
    assert [tag.name for tag in found.tags] == ["가을", "전기"]


def test_steps_in_a_category_are_to_what_readers_may_see(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    section = make_category()
    older, article, newer = sorted(
        make_articles(3, category=section), key=lambda each: (each.published_at, each.pk)
    )
    make_draft(category=section)
    make_articles(2, title="남의 글", category=make_category("문화"))
    with django_assert_num_queries(1):
        steps = links(article).section_steps
    assert steps is not None
    assert [step and step.pk for step in steps] == [older.pk, newer.pk]
    newest = links(newer).section_steps
    assert newest is not None
    assert newest.newer is None


def test_an_article_of_no_category_and_series_leads_nowhere() -> None:
    found = links(make_article())
    assert (found.episodes, found.section_steps, found.steps) == (None, None, [])


def test_an_episode_that_was_withdrawn_meanwhile_has_no_neighbours() -> None:
    article = make_article(series=make_series(), episode=1)
    article.withdraw()
    assert links(article).episodes is None
