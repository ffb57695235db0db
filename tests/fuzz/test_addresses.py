"""Whatever stands in an address: a page, a redirect, or nothing there; never an error of ours."""

import unicodedata
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import given
from hypothesis import strategies as st

from articles.address_guesses import Candidate, best_guesses, sounds
from articles.local_addresses import local_address
from articles.models import Article
from articles.paging import (
    MAX_NUMBER,
    BadCursorError,
    decode_cursor,
    encode_cursor,
    microseconds_of,
    moment_of,
)
from articles.slugs import make_slug, mended_slug
from articles.text import normalised
from tests.builders import make_article, make_category, make_redirect
from tests.comments.builders import make_comment
from tests.fuzz.bounds import at_most
from tests.fuzz.mutations import any_text, mutated

ADDRESSES = [
    *(
        "/articles/글/",
        "/articles/글/comments/",
        "/articles/글/comments/feed/",
        "/articles/글/comments/new/",
    ),
    *(
        "/categories/기술/",
        "/tags/강/feed/",
        "/authors/가/",
        "/series/나/",
        "/archive/2025/03/",
        "/옛/글.html",
    ),
    *(
        "/media/images/a.webp",
        "/cards/article/1/abc.png",
        "/sitemap-articles.xml",
        "/preview/x/",
        "/search/",
    ),
    *(
        "/comments/1/",
        "/comments/1/report/",
        "/comments/mail/x/",
        "/takedowns/x/",
        "/reads/1/",
        "/feed/atom/",
    ),
]
ANSWERS = {200, 301, 302, 404, 405, 410}
NUMBERS = st.integers(-MAX_NUMBER, MAX_NUMBER)


@given(position=st.lists(NUMBERS, min_size=1, max_size=3).map(tuple))
def test_a_cursor_gives_its_position_back(position: tuple[int, ...]) -> None:
    cursor = encode_cursor(position)
    if len(cursor) <= 80:
        assert decode_cursor(cursor, numbers=len(position)) == position


@given(
    cursor=mutated([encode_cursor((1, 1789344000000001, 12)), "MS4y"]) | any_text(),
    count=st.integers(1, 3),
)
def test_a_cursor_is_the_only_one_of_its_position_or_refused(cursor: str, count: int) -> None:
    try:
        position = decode_cursor(cursor, numbers=count)
    except BadCursorError:
        return
    assert encode_cursor(position) == cursor


@given(number=NUMBERS, moment=st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_in_a_cursor(number: int, moment: datetime) -> None:
    assert moment_of(microseconds_of(moment)) == moment
    try:
        assert microseconds_of(moment_of(number)) == number
    except BadCursorError:
        return


@given(text=any_text(), longest=st.integers(1, 60))
def test_a_slug_is_made_once_and_is_an_address(text: str, longest: int) -> None:
    with at_most(0.5):
        slug, mended = make_slug(text, max_length=longest), mended_slug(text)
    assert make_slug(slug, max_length=longest) == slug
    assert mended_slug(mended) == mended
    assert len(slug) <= longest
    for made in filter(None, (slug, mended)):
        match = resolve(f"/articles/{made}/")
        assert (match.url_name, match.kwargs) == ("article", {"slug": made})


@given(text=mutated(ADDRESSES) | any_text(), title=any_text(12))
def test_an_address_is_guessed_at(text: str, title: str) -> None:
    with at_most(0.5):
        for guess in best_guesses(text, [Candidate("a", (sounds(title),))]):
            assert 0 < guess.score <= 1
        local_address(text, "/articles/글/", frozenset({"testserver"}))


@given(path=mutated(ADDRESSES))
def test_every_form_of_an_address_is_the_same_page(path: str) -> None:
    def name_of(form: str) -> object:
        try:
            match = resolve(form)
        except Resolver404:
            return None
        return match.route, match.kwargs.get("slug")

    decomposed = unicodedata.normalize("NFD", path)
    if "slug" in str(name_of(path)):
        assert name_of(decomposed) == name_of(normalised(path))


@pytest.fixture
def site(db: None) -> Article:
    article = make_article("글", slug="글", category=make_category("기술"))
    make_comment(article)
    make_redirect("/옛/글.html", article=article)
    return article


@pytest.mark.usefixtures("site")
@pytest.mark.any_engine
@given(path=mutated(ADDRESSES), raw=st.binary(max_size=4))
def test_any_address_is_answered(path: str, raw: bytes) -> None:
    written = quote(path.encode("utf-8", "surrogatepass") + raw, safe="/%")
    response = Client().get("/" + written.lstrip("/")[:2_000])
    assert response.status_code in ANSWERS


@pytest.mark.usefixtures("site")
@given(
    place=st.sampled_from(
        ["/articles/글/comments/", "/search/", "/articles/", "/search/suggest/", "/archive/"]
    ),
    query=st.dictionaries(
        st.sampled_from(
            ["after", "sort", "thread", "page", "q", "category", "author", "period", "reply"]
        ),
        mutated(
            [
                "MS4y",
                "2",
                "newest",
                encode_cursor((1, MAX_NUMBER, 2)),
                encode_cursor((MAX_NUMBER, 2)),
            ]
        )
        | st.lists(st.integers(-(2**70), 2**70), min_size=2, max_size=3)
        .map(tuple)
        .map(encode_cursor)
        | any_text(12),
        max_size=4,
    ),
)
def test_any_query_of_an_address_is_answered(place: str, query: dict[str, str]) -> None:
    # A form may hold anything, but arrives as UTF-8.
    sent = {name: value.encode("utf-8", "replace")[:500] for name, value in query.items()}
    assert Client().get(place, sent).status_code in ANSWERS | {422}
