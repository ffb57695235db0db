"""Whatever is asked of the search is answered, and a text is found by what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import index, suggestions
from articles.search.finding import (
    NEWEST,
    RELEVANCE,
    Filters,
    Results,
    exists,
    find,
    meant,
    stored_synonyms,
)
from articles.search.morphemes import morphemes_of
from articles.search.queries import understood
from articles.search.snippets import marked, snippet
from articles.search.tokens import prepared, title_keys, tokens_of
from articles.text import normalised, storable
from tests.builders import FAR_FUTURE, make_article, make_draft
from tests.fuzz.bounds import at_most
from tests.fuzz.mutations import any_text, mutated

QUERIES = [
    *(
        "역사를 읽는 밤",
        '"첨단 기술" C++ 챗GPT',
        "ㅊㄷㄱㅅ",
        "한국역사 AND (NEAR) * ^",
        "a:b | c & !d <-> e",
    ),
    *(
        "rltnf",
        "2025년 3월",
        "K-테크 #해시 @이름 https://a.example/b",
        "'; -- \\",
        "“따옴표” 『책』",
    ),
]
# Words that mean something wherever they stand.
WORDS = st.lists(
    st.sampled_from(
        [
            "역사",
            "마을",
            "강물",
            "반도체",
            "시장",
            "플랫폼",
            "종이",
            "붓",
            "기술",
            "혁신",
            "한국",
            "산업화",
            "장부",
            "투자",
            "GPT",
            "도서관",
            "편집자",
        ]
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(text=mutated(QUERIES) | any_text(), shown=mutated(QUERIES) | any_text())
def test_any_question_is_understood_and_any_text_divided(text: str, shown: str) -> None:
    with at_most(3.0):
        query = understood(text)
        ready = prepared(shown)
        tokens_of(ready, morphemes_of(ready))
        title_keys(ready)
    whole = "".join(piece.text for piece in marked(shown, query))
    assert whole == normalised(shown)
    snippet(shown, query)


@given(text=mutated(QUERIES))
def test_a_question_in_any_form_is_the_same(text: str) -> None:
    assert understood(f"  {text}  ").units == understood(text).units


@pytest.fixture
def library(db: None) -> None:
    articles = [make_article(query, body="역사와 첨단 기술") for query in QUERIES]
    articles += [make_draft("역사의 초안"), make_article("내일의 역사", published_at=FAR_FUTURE)]
    index.refresh([article.pk for article in articles])


@pytest.mark.usefixtures("library")
@given(text=mutated(QUERIES) | any_text(), sort=st.sampled_from([NEWEST, RELEVANCE]))
def test_any_question_finds_only_what_readers_may_see(text: str, sort: str) -> None:
    asked = storable(text)
    with at_most(3.0):
        query = understood(asked, stored_synonyms())
        results = find(query, Filters(), sort, "") if query else Results.none(query)
        other = meant(query, {})
        suggested = [*suggestions.suggestions(asked), *suggestions.places_called(asked)]
    titles = {hit.article.title for hit in results.page.items} | {each.text for each in suggested}
    assert titles <= set(QUERIES)
    assert len(results.page.items) <= results.count
    assert other is None or exists(other)


@given(words=WORDS, noise=mutated(QUERIES, most_changes=3))
def test_a_text_is_divided_as_the_question_for_its_words(words: list[str], noise: str) -> None:
    text = prepared(f"{' '.join(words)}\n\n{noise}")
    tokens = tokens_of(text, morphemes_of(text))
    divided = f" {' '.join(tokens.words)} "
    for word in words:
        for unit in understood(word).units:
            by_words = any(f" {' '.join(phrase)} " in divided for phrase in unit.phrases)
            assert by_words or (unit.grams and set(unit.grams) <= set(tokens.grams))
