import base64
from datetime import UTC, datetime

import pytest

from articles.paging import (
    BadCursorError,
    decode_cursor,
    encode_cursor,
    microseconds_of,
    moment_of,
    page_of,
)


def cursor_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("position", [(1,), (0, 0), (1789344000000001, 12), (-5, 2**63 - 1)])
def test_cursor_gives_its_position_back(position: tuple[int, ...]) -> None:
    assert decode_cursor(encode_cursor(position), numbers=len(position)) == position


def test_cursor_fits_into_an_address_as_it_is() -> None:
    cursor = encode_cursor((1789344000000001, 12))
    assert cursor.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "cursor",
    [
        "!!!",
        "가나다",
        "a",
        "A" * 81,
        cursor_of(""),
        cursor_of("1"),
        cursor_of("1.2.3"),
        cursor_of("1.x"),
        cursor_of("1._2"),
        cursor_of("+1.2"),
        cursor_of("01.2"),
        cursor_of(f"1.{2**63}"),
        cursor_of("1.2") + "=",
    ],
)
def test_cursor_made_elsewhere_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursorError):
        decode_cursor(cursor, numbers=2)


def test_moment_survives_to_the_microsecond() -> None:
    moment = datetime(2026, 9, 14, 0, 0, 0, 123457, tzinfo=UTC)
    assert moment_of(microseconds_of(moment)) == moment


def test_moment_outside_the_calendar_is_refused() -> None:
    with pytest.raises(BadCursorError):
        moment_of(2**63 - 1)


def test_full_page_with_more_behind_it_says_where_to_go_on() -> None:
    page = page_of([5, 4, 3], 2, lambda number: (number,), is_first=True)
    assert page.items == [5, 4]
    assert decode_cursor(page.next_cursor, numbers=1) == (4,)


def test_last_page_has_no_cursor() -> None:
    assert page_of([5, 4], 2, lambda number: (number,), is_first=True).next_cursor == ""
