import pytest

from articles.models import Article
from articles.queries import compound
from articles.queries.compiled import CompiledQuery
from articles.queries.compound import answers, joined
from tests.builders import make_article

pytestmark = pytest.mark.django_db

_keyed = CompiledQuery(lambda keys: _keys().filter(pk__in=keys))
_two_besides = CompiledQuery(lambda title: _keys().exclude(title=title)[:2])


def _keys():
    return Article.objects.order_by("pk").values_list("pk")


@pytest.fixture
def keys():
    return [make_article(title).pk for title in ("하나", "둘", "셋", "넷")]


def test_each_statement_keeps_its_order_and_limit(keys, django_assert_num_queries):
    first, second, third, fourth = keys
    with django_assert_num_queries(1):
        found = answers(
            [
                _two_besides.statement("하나"),
                _keyed.statement((fourth, first)),
                _keyed.statement((0,)),
            ]
        )
    assert found == [[(second,), (third,)], [(first,), (fourth,)], []]


def test_no_statement_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answers([]) == []


def test_more_than_the_database_joins_are_asked_in_parts(
    keys, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(compound, "_MOST_PARTS", 2)
    with django_assert_num_queries(2):
        found = answers(_keyed.statement((key,)) for key in keys[:3])
    assert found == [[(key,)] for key in keys[:3]]


def test_what_is_told_of_the_rows_is_told_of_each_statement(keys):
    asked = [_two_besides.statement("하나"), _keyed.statement((0,))]
    assert answers(asked, "COUNT(*)") == [[(2,)], [(0,)]]


def test_joined_statements_have_the_rows_of_all(keys):
    first, second, third, _ = keys
    one = joined([_two_besides.statement("하나"), _keyed.statement((first,))])
    [found] = answers([one])
    assert sorted(found) == [(first,), (second,), (third,)]
