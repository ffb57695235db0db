import pytest

from articles.models import Article
from articles.pages.related import Affinity, likeness, related_articles
from tests.builders import make_article, make_articles, make_category, make_draft, make_series


def titles(article: Article, besides: tuple[int, ...] = ()) -> list[str]:
    tags = list(article.tags.values_list("pk", flat=True))
    return [found.title for found in related_articles(article, tags, besides)]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("전력망을", "전력망을", 1.0),
        ("전력망을", "전력망의", 0.5),
        ("전력망", "배터리", 0.0),
        ("K-테크", "k 테크", 1.0),
        ("", "", 0.0),
        ("！？", "글", 0.0),
    ],
)
def test_texts_are_alike_by_pairs_of_letters(one: str, other: str, share: float) -> None:
    assert likeness(one, other) == share


def test_a_shared_tag_weighs_more_than_series_and_more_than_category() -> None:
    tag, series, category = (
        Affinity(*traits, text=0).weight
        for traits in ((1, False, False), (0, True, False), (0, False, True))
    )
    assert tag > series > category > 0


@pytest.mark.django_db
class TestRelatedArticles:
    pytestmark = pytest.mark.any_engine

    def test_the_nearest_come_first(self) -> None:
        section = make_category()
        article = make_article("전력망은 기다린다", category=section, tags=["전기", "지역"])
        make_article("새 글", category=section)
        make_article("전력망을 나눈다", category=section)
        make_article("한 태그", tags=["지역"])
        make_article("두 태그", tags=["지역", "전기"])
        make_article("남의 글", category=make_category("문화"), tags=["책"])
        assert titles(article) == ["두 태그", "전력망을 나눈다", "한 태그", "새 글"]

    def test_what_readers_may_not_see_or_see_already_is_left_out(self) -> None:
        article = make_article(tags=["전기"])
        make_draft("감춘 글", tags=["전기"])
        neighbour = make_article("다음 화", tags=["전기"])
        make_article("이웃", tags=["전기"])
        assert titles(article, (neighbour.pk,)) == ["이웃"]

    def test_an_article_that_shares_nothing_is_followed_by_the_newest(self) -> None:
        make_article("딴 글")
        assert titles(make_article()) == ["딴 글"]

    def test_one_query_however_many_there_are(self, django_assert_num_queries) -> None:
        series = make_series()
        article = make_article(tags=["전기"], series=series, episode=1)
        make_articles(12, tags=["전기", "지역"])
        tags = list(article.tags.values_list("pk", flat=True))
        with django_assert_num_queries(1):
            assert len(related_articles(article, tags)) == 4
