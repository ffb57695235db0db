"""The days that a search is narrowed to."""

from datetime import date

import pytest

from articles.search.periods import Period, period_of

TODAY = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("begins", "ends", "first", "last"),
    [
        ("2025-03-01", "2025-03-09", date(2025, 3, 1), date(2025, 3, 9)),
        ("2025-03-01", "", date(2025, 3, 1), None),
        ("", "20250309", None, date(2025, 3, 9)),
        ("2025. 3. 1.", "2025년 3월 9일", date(2025, 3, 1), date(2025, 3, 9)),
    ],
)
def test_days_are_read(begins: str, ends: str, first: date | None, last: date | None) -> None:
    period = period_of("dates", begins, ends, TODAY)
    assert (period.first, period.last, period.error) == (first, last, "")


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2025-02-30", "2025-03-09", "‘2025-02-30’"),
        ("2025-03-01", "어제", "‘어제’"),
        ("0001-01-01", "", "‘0001-01-01’"),
        ("2025-03-09", "2025-03-01", "시작일이 종료일보다 늦습니다"),
        ("", "", "시작일이나 종료일"),
    ],
)
def test_unfit_days_are_told_and_kept(begins: str, ends: str, told: str) -> None:
    period = period_of("dates", begins, ends, TODAY)
    assert told in period.error
    assert (period.begins, period.ends) == (begins, ends)
    assert not period


def test_name_decides_where_there_is_one() -> None:
    assert period_of("week", "2020-01-01", "", TODAY).first == date(2025, 3, 24)
    assert not period_of("", "2020-01-01", "", TODAY)
    assert period_of(None, "2020-01-01", "", TODAY).first == date(2020, 1, 1)
    assert period_of("century", "2020-01-01", "", TODAY) == Period("", "2020-01-01", "")
