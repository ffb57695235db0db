"""The same questions to whichever database the run stands on, with the same answers."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import (
    Article,
    SearchDocument,
    SearchTerm,
    StaleText,
    Status,
    SynonymGroup,
    Tag,
)
from articles.search import finding, index
from articles.search.finding import Filters, Results, exists, find, meant, stored_synonyms
from articles.search.queries import understood
from articles.tag_merging import merge_tags
from tests.builders import (
    FAR_FUTURE,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> dict[str, Article]:
    articles = {
        "history": make_article("역사를 읽는 밤", body="오래된 장부를 넘긴다."),
        "korea": make_article(
            "장부의 나라", body="한국역사는 장부에 적혀 있다. 혁신은 거기 없었다."
        ),
        "venture": make_article("첨단기술의 산업화 전략", body="벤처 투자와 반도체 공장을 말한다."),
        "chat": make_article("기계와 말하기", body="챗GPT와 오픈AI의 K-테크를 써 보았다."),
        "draft": make_draft("역사의 초안", body="역사와 비밀번호."),
        "later": make_article("내일의 역사", body="역사.", published_at=FAR_FUTURE),
    }
    index.refresh([article.pk for article in articles.values()])
    return articles


def titles(asked: str, sort: str = "relevance", filters: Filters | None = None) -> list[str]:
    return [hit.article.title for hit in found(asked, sort, filters).page.items]


def found(asked: str, sort: str = "relevance", filters: Filters | None = None) -> Results:
    return find(understood(asked, stored_synonyms()), filters or Filters(), sort, "")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("역사", ["역사를 읽는 밤", "장부의 나라"]),
        ("역사를", ["역사를 읽는 밤", "장부의 나라"]),
        ("한국 역사", ["장부의 나라"]),
        ("혁신", ["장부의 나라"]),
        ("벤처투자", ["첨단기술의 산업화 전략"]),
        ("기술", ["첨단기술의 산업화 전략"]),
        ("도체", ["첨단기술의 산업화 전략"]),
        ("챗 GPT", ["기계와 말하기"]),
        ("오픈 ai", ["기계와 말하기"]),
        ("K-테크", ["기계와 말하기"]),
        (unicodedata.normalize("NFD", "산업화"), ["첨단기술의 산업화 전략"]),
        ("ㅊㄷㄱㅅ", ["첨단기술의 산업화 전략"]),
        ("ㅅㅇㅎ", ["첨단기술의 산업화 전략"]),
        ("읽다", ["역사를 읽는 밤"]),
        ("역사 반도체", []),
        ("AND", []),
        ("비밀번호", []),
    ],
)
def test_readers_find(asked: str, expected: list[str]) -> None:
    assert titles(asked) == expected
    assert sorted(titles(asked, "newest")) == sorted(expected)


def test_withdrawn_article_is_gone_at_once(library: dict[str, Article]) -> None:
    library["history"].withdraw()
    assert titles("역사") == ["장부의 나라"]


def test_deleted_article_leaves_the_index(library: dict[str, Article]) -> None:
    library["venture"].delete()
    assert not exists(understood("벤처"))
    assert SearchDocument.objects.count() == len(library) - 1


def test_changed_article_is_found_by_its_new_text(library: dict[str, Article]) -> None:
    article = library["history"]
    article.title = "지리를 읽는 밤"
    article.save()
    assert article.pk in _stale()
    assert list(index.refresh_stale()) == [1]
    assert titles("지리") == ["지리를 읽는 밤"]
    assert titles("역사") == ["장부의 나라"]


def test_saving_other_columns_keeps_the_document(library: dict[str, Article]) -> None:
    article = library["history"]
    article.save(update_fields=["status", "comment_count"])
    assert article.pk not in _stale()


def test_renaming_reaches_the_articles(library: dict[str, Article]) -> None:
    article, category, author = library["chat"], make_category("기계"), make_author("앨리스")
    series, tag = make_series("긴 대화"), make_tag("로봇")
    article.category, article.series, article.episode = category, series, 1
    article.save()
    article.set_authors([author])
    article.tags.set([tag])
    list(index.refresh_stale())
    named = ((category, "name"), (author, "name"), (series, "title"), (tag, "name"))
    for row, field in named:
        row.save()
        assert not _stale()
        setattr(row, field, f"{getattr(row, field)}와 부엉이")
        row.save()
        assert _stale() == {article.pk}
        list(index.refresh_changed())
        assert titles("부엉이") == [article.title]


def test_merging_tags_reaches_the_articles(library: dict[str, Article]) -> None:
    library["chat"].tags.set([make_tag("부엉이")])
    merge_tags(make_tag("올빼미"), [Tag.objects.get(name="부엉이")], make_user().pk)
    assert _stale() == {library["chat"].pk}


@pytest.mark.any_engine
def test_watching_looks_at_what_was_added_or_marked(library: dict[str, Article]) -> None:
    old = timezone.now() - timedelta(days=1)
    Article.objects.update(created_at=old)
    added = make_article("새로 온 글")
    library["chat"].save()
    assert list(index.refresh_changed()) == [1, 1]
    assert list(index.refresh_changed()) == []
    # Restored from an export, with the date on which it was begun elsewhere.
    restored = make_article("되찾은 글", created_at=old)
    StaleText.objects.mark([restored.pk])
    assert _stale() == {restored.pk}
    assert list(index.refresh_changed()) == [1]
    assert SearchDocument.objects.filter(pk__in=[added.pk, restored.pk]).count() == 2


def test_long_phrases_are_found_in_their_order() -> None:
    phrase = make_article("순서", body="긴 밤에 낡은 장부를 넘기고 역사를 말한다.")
    other = make_article("다른 순서", body="역사를 말하고 장부를 넘긴 긴 밤, 낡은 밤.")
    index.refresh([phrase.pk, other.pk])
    assert titles('"장부를 넘기고 역사를"') == ["순서"]
    assert sorted(titles("역사 말하다")) == ["다른 순서", "순서"]


def test_count_ends_where_ranking_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_COUNTED", 2)
    monkeypatch.setattr(finding, "_MOST_RANKED", 1)
    articles = [make_article(f"글 {number}", body="장부를 넘긴다.") for number in range(2)]
    index.refresh([article.pk for article in articles])
    results = found("장부")
    assert (results.count, results.is_open) == (2, False)
    titled = make_article("장부", published_at=articles[0].published_at - timedelta(days=900))
    index.refresh([titled.pk])
    results = found("장부")
    assert (results.count, results.is_open) == (2, True)
    # Of the texts one is ranked, and those with the word in the title besides.
    assert titles("장부")[0] == "장부"
    assert len(titles("장부")) == 2


def _stale() -> set[int]:
    return set(StaleText.objects.values_list("article_id", flat=True))


def test_rebuilding_twice_changes_nothing(library: dict[str, Article]) -> None:
    SearchDocument.objects.filter(article=library["korea"]).delete()
    for _ in range(2):
        assert sum(index.rebuild()) == len(library)
        assert titles("역사") == ["역사를 읽는 밤", "장부의 나라"]
        assert SearchTerm.objects.get(word="역사").article_count == 4
    assert index.stale_articles() == 0


def test_two_who_rebuild_at_once_and_one_who_is_killed_lose_no_word(
    library: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BATCH_SIZE", 1)
    SearchTerm.objects.all().delete()
    killed, other = index.rebuild(), index.rebuild()
    next(other)
    assert len([next(killed) for _ in library]) == len(library)
    assert SearchTerm.objects.filter(word="역사").exists()
    killed.close()
    assert sum(other) == len(library) - 1
    assert SearchTerm.objects.get(word="역사").article_count == 4


def test_filters_narrow() -> None:
    history, today = make_category("역사책"), timezone.now()
    alice = make_author("앨리스")
    in_category = make_article("장부 하나", category=history)
    by_alice = make_article("장부 둘", authors=[alice], published_at=today)
    index.refresh([in_category.pk, by_alice.pk])
    assert titles("장부", filters=Filters(category=history)) == ["장부 하나"]
    assert titles("장부", filters=Filters(author=alice)) == ["장부 둘"]
    assert titles("장부", filters=Filters(since=today - timedelta(days=7))) == ["장부 둘"]
    assert titles("장부", filters=Filters(until=today)) == ["장부 하나"]
    # Names are found as well.
    assert titles("앨리스") == ["장부 둘"]
    assert titles("역사책") == ["장부 하나"]


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_pages_hold_everything_once(sort: str) -> None:
    articles = [make_article(f"장부 {number}") for number in range(45)]
    index.refresh([article.pk for article in articles])
    query, cursor, seen = understood("장부"), "", []
    while True:
        results = find(query, Filters(), sort, cursor)
        seen += [hit.article.pk for hit in results.page.items]
        assert (results.count, results.is_open) == (45, False)
        cursor = results.page.next_cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(article.pk for article in articles)


@pytest.mark.usefixtures("library")
def test_slip_finds_the_title() -> None:
    for asked, expected in (("혁쉰", "혁신"), ("첨단기슐", "첨단기술"), ("durtk", "역사")):
        reading = meant(understood(asked), {})
        assert reading is not None
        assert reading.text == expected


@pytest.mark.usefixtures("library")
def test_slip_does_not_tell_of_drafts() -> None:
    assert (
        SearchTerm.objects.filter(word="비밀").exists()
        or SearchTerm.objects.filter(word="비밀번호").exists()
    )
    assert meant(understood("비밀번흐"), {}) is None


@pytest.mark.usefixtures("library")
def test_synonyms_are_found() -> None:
    SynonymGroup.objects.create(words="오픈AI, OpenAI")
    assert titles("OpenAI") == ["기계와 말하기"]


def test_status_alone_decides() -> None:
    article = make_draft("장부의 초안")
    index.refresh([article.pk])
    assert titles("장부") == []
    Article.objects.filter(pk=article.pk).update(
        status=Status.PUBLISHED, published_at=timezone.now()
    )
    assert titles("장부") == ["장부의 초안"]
