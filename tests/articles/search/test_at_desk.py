"""What editors find articles by: the readers' index, titles half typed, addresses, quotations."""

import pytest
from django.test import Client

from articles.models import Article
from articles.search import index
from tests.articles.desk import LIST, make_editor, signed_in
from tests.builders import make_article, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    article = make_article("반도체 산업의 역사", slug="chip-2024", body="공장을 **짓는다**.")
    draft = make_draft("쓰는 글", body="공장은 강가에 있다.")
    index.refresh([article.pk, draft.pk])
    make_article("아직 색인에 없는 글")
    return signed_in(make_editor())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("공장", {"반도체 산업의 역사", "쓰는 글"}),
        ("역사 공장", {"반도체 산업의 역사"}),
        ("반도체 산", {"반도체 산업의 역사"}),
        ("ㅂㄷㅊ", {"반도체 산업의 역사"}),
        ("https://pildam.example/articles/chip-2024/?utm=x", {"반도체 산업의 역사"}),
        ("“공장을 **짓”", {"반도체 산업의 역사"}),
        ('"공장 있다"', set()),
        # Known to no index.
        ("hip-20", {"반도체 산업의 역사"}),
        ("색인에 없", {"아직 색인에 없는 글"}),
        ("https://[", set()),
    ],
)
def test_an_editor_finds(desk: Client, text: str, found: set[str]) -> None:
    response = desk.get(LIST, {"q": text})
    assert {article.title for article in response.context["cl"].result_list} == found


def test_what_is_found_is_narrowed_and_sorted_as_the_list_is(desk: Client) -> None:
    response = desk.get(LIST, {"q": "공장", "state": "draft"})
    assert [article.title for article in response.context["cl"].result_list] == ["쓰는 글"]
    assert Article.objects.count() == 3
