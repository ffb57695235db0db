import pytest

from articles.importing.dates import ImpossibleDateError, find_dates, read_date


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-06", "2024-05-06T00:00:00+09:00"),
        ("2024-5-6 7:08", "2024-05-06T07:08:00+09:00"),
        ("2024-05-06 07:08:09 +0900", "2024-05-06T07:08:09+09:00"),
        ("2024-05-06T00:30:00Z", "2024-05-06T09:30:00+09:00"),
        ("2024-05-06 00:00:00 -0500", "2024-05-06T14:00:00+09:00"),
        ("2024. 5. 6. 오후 1:20", "2024-05-06T13:20:00+09:00"),
        ("2024.05.06 (21:33)", "2024-05-06T21:33:00+09:00"),
        ("2024/05/06 [21:33]", "2024-05-06T21:33:00+09:00"),
        ("2024년 5월 6일 월요일", "2024-05-06T00:00:00+09:00"),
        ("2024/05/06", "2024-05-06T00:00:00+09:00"),
        ("1714953600", "2024-05-06T09:00:00+09:00"),
        ("20240506", "2024-05-06T00:00:00+09:00"),
        ("Mon, 06 May 2024 07:08:09 +0900", "2024-05-06T07:08:09+09:00"),
        ("Mon May 6 2024 07:08:09 GMT+0900 (대한민국 표준시)", "2024-05-06T07:08:09+09:00"),
        ("2024-05-05 24:00", "2024-05-06T00:00:00+09:00"),
        ("May 06. 2024", "2024-05-06T00:00:00+09:00"),
    ],
)
def test_dates_are_read_in_korean_time(written: str, moment: str) -> None:
    date = read_date(written)
    assert date is not None
    assert date.isoformat() == moment


@pytest.mark.parametrize("written", ["", "어제", "2024", "2024-05", "2024-05-06 무렵"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.promise("I2")
@pytest.mark.parametrize("written", ["2024-02-30", "2024-13-01", "2024-05-06 25:00"])
def test_dates_that_do_not_exist_are_refused(written: str) -> None:
    with pytest.raises(ImpossibleDateError):
        read_date(written)


def test_a_year_of_two_digits_needs_a_time() -> None:
    found = [
        date.moment.isoformat() for date in find_dates("24.05.06 07:08 | 24.05.07 | 1.24.05.06")
    ]
    assert found == ["2024-05-06T07:08:00+09:00"]


def test_several_dates_of_a_line_are_found_in_order() -> None:
    found = list(find_dates("입력 2024.05.06 07:00 | 수정 2024.05.07 08:00"))
    assert [date.moment.day for date in found] == [6, 7]
