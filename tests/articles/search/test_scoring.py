from articles.search.queries import Query, Unit
from articles.search.scoring import Candidate, score

HISTORY = Query("역사", (Unit("역사", (("역사",),), ("g역사",)),))


def scored(
    title: str = "다른 말", body: str = "사람", *, age: int = 400, query: Query = HISTORY
) -> int:
    return score(query, Candidate(title, body, age))


def test_title_counts_more_than_text() -> None:
    assert scored(title="역사 기록") > scored(body="역사 " * 5 + "사람 " * 200)


def test_title_that_is_the_query_comes_first() -> None:
    assert scored(title="역사") > scored(title="역사 기록 사람") > scored(title="기록 역사 사람")


def test_more_mentions_count_less_and_less() -> None:
    rest = "사람 " * 240
    one, two, ten = (scored(body=rest + "역사 말 " * count) for count in (1, 2, 10))
    assert one < two < ten
    assert ten - two < 5 * (two - one)


def test_newer_of_two_alike_comes_first() -> None:
    assert scored(body="역사", age=1) > scored(body="역사", age=900)


def test_what_is_older_but_better_comes_first() -> None:
    assert scored(title="역사", age=4000) > scored(body="역사", age=0)


def test_pieces_count_least() -> None:
    assert scored() < scored(body="역사")


def test_words_together_in_title() -> None:
    query = Query("한국 역사", (Unit("한국", (("한국",),)), Unit("역사", (("역사",),))))
    together = scored(title="새 한국 역사", query=query)
    assert together > scored(title="역사 새 한국", query=query)
