from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import CharField, F, Func, Q
from django.utils import timezone

from articles.models import Article, PageChange
from articles.queries.compiled import CompiledInsert, CompiledQuery, CompiledUpdate
from tests.builders import PUBLISHED_AT, make_article

pytestmark = pytest.mark.django_db


def test_a_query_is_asked_with_other_values_each_time():
    first, second = make_article("하나"), make_article("둘")
    titled = CompiledQuery(lambda title, at: Article.objects.published(at).filter(title=title))
    now = timezone.now()
    assert titled("하나", now) == [first]
    assert titled("둘", now) == [second]
    assert titled("둘", PUBLISHED_AT - timedelta(days=1)) == []
    assert titled.first("셋", now) is None


def test_signs_of_percent_are_no_places_of_values():
    article = make_article("100%s의 꿈")
    said = Func(template="'100%%%%s'", output_field=CharField())
    among = CompiledQuery(
        lambda keys: (
            Article.objects.filter(pk__in=keys, title__contains="%s")
            .annotate(said=said)
            .values_list("title", "said", "published_at")
        )
    )
    # More values than psycopg would remember a statement with.
    assert among(tuple(range(article.pk, article.pk + 60))) == [
        ("100%s의 꿈", "100%s", PUBLISHED_AT)
    ]


def test_rows_and_related_models_come_as_from_the_queryset(django_assert_num_queries):
    article = make_article()
    asked = CompiledQuery(lambda pk: Article.objects.filter(pk=pk).select_related("category"))
    stored = CompiledQuery(lambda pk: Article.objects.filter(pk=pk).values("title", "published_at"))
    with django_assert_num_queries(2):
        assert asked(article.pk)[0].category == article.category
        assert stored(article.pk) == [{"title": article.title, "published_at": PUBLISHED_AT}]


@pytest.mark.parametrize(("is_planned_anew", "kept"), [(False, 1), (True, 0)])
def test_postgresql_keeps_what_is_not_planned_anew(is_planned_anew, kept):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps statements by itself.")
    article = make_article("하나")
    asked = CompiledQuery(
        lambda title: Article.objects.filter(title=title).order_by("reading_minutes"),
        is_planned_anew=is_planned_anew,
    )
    assert asked("하나") == [article]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ['%FROM "articles_article"%ORDER BY "articles_article"."reading_minutes"%'],
        )
        assert cursor.fetchone() == (kept,)
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("force_generic_plan",)


def test_few_lengths_are_remembered(monkeypatch):
    monkeypatch.setattr("articles.queries.compiled._MOST_SHAPES", 2)
    made = []

    def among(keys):
        made.append(len(keys))
        return Article.objects.filter(pk__in=keys)

    asked = CompiledQuery(among)
    for length in (1, 2, 1, 3, 3, 1):
        assert asked(tuple(range(1, length + 1))) == []
    assert made == [1, 2, 3, 1]


def test_several_values_are_compared_as_a_whole():
    first, second, third = make_article("하나"), make_article("둘"), make_article("셋")
    among = CompiledQuery(
        lambda keys, title: (
            Article.objects.filter(pk__in=keys)
            .exclude(title=title)
            .order_by("pk")
            .values_list("pk")
        )
    )
    assert among((first.pk, second.pk), "둘") == [(first.pk,)]
    assert among((second.pk, third.pk), "하나") == [(second.pk,), (third.pk,)]
    assert among((third.pk,), "하나") == [(third.pk,)]
    assert among((), "하나") == []


def test_numbers_are_compared_with_columns_of_every_size():
    article = make_article(comment_count=2)
    above = CompiledQuery(lambda count: Article.objects.filter(comment_count__gt=count))
    assert [above(1), above(2)] == [[article], []]


@pytest.mark.parametrize(
    "build",
    [lambda title: Article.objects.all(), lambda title: Article.objects.filter(title=title * 2)],
)
def test_a_query_that_does_not_use_its_values_as_they_are_is_refused(build):
    with pytest.raises(ValueError, match="does not compare"):
        CompiledQuery(build)("하나")


def test_an_update_changes_what_its_values_name():
    first, second = make_article("하나"), make_article("둘")
    one_more = CompiledUpdate(
        lambda pk: Article.objects.filter(Q(pk=pk)), comment_count=F("comment_count") + 1
    )
    assert [one_more(first.pk), one_more(second.pk), one_more(second.pk), one_more(0)] == [
        1,
        1,
        1,
        0,
    ]
    assert list(Article.objects.order_by("pk").values_list("comment_count", flat=True)) == [1, 2]


def test_an_inserted_row_knows_its_number_and_can_be_saved():
    insert = CompiledInsert(PageChange)
    changes = [PageChange(tags="하나"), PageChange(tags="둘")]
    for change in changes:
        insert(change)
    changes[1].tags = "셋"
    changes[1].save()
    stored = PageChange.objects.filter(pk__in=[change.pk for change in changes]).order_by("pk")
    assert list(stored.values_list("tags", flat=True)) == ["하나", "셋"]
