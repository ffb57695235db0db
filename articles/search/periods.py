"""The days that a search is narrowed to: one of a few spans, or from one day to another. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

PRESETS = {"week": ("최근 한 주", 7), "month": ("최근 한 달", 31), "year": ("최근 한 해", 366)}
DATES = "dates"

_MOST_CHARACTERS = 30
# A date field sends 2025-03-01; where a browser has none, people write as they like.
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day, None where it is open; open on both sides with an `error`.

    `begins` and `ends` are the days as they were typed, whatever that is.
    """

    name: str = ""
    begins: str = ""
    ends: str = ""
    first: date | None = None
    last: date | None = None
    error: str = ""

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


def period_of(name: str | None, begins: str, ends: str, today: date) -> Period:
    """Return the period of a form; without any name the days alone say it."""
    begins, ends = begins.strip()[:_MOST_CHARACTERS], ends.strip()[:_MOST_CHARACTERS]
    if name in PRESETS:
        return Period(name, begins, ends, first=today - timedelta(days=PRESETS[name][1]))
    if name == DATES or (name is None and (begins or ends)):
        return _between(begins, ends)
    return Period("", begins, ends)


def _between(begins: str, ends: str) -> Period:
    if not begins and not ends:
        return Period(DATES, error="시작일이나 종료일을 적어 주세요.")
    days = [_day(typed) for typed in (begins, ends)]
    for typed, day in zip((begins, ends), days, strict=True):
        if typed and day is None:
            error = f"‘{typed}’: 날짜로 읽을 수 없습니다. 2025-03-01처럼 적어 주세요."
            return Period(DATES, begins, ends, error=error)
    first, last = days
    begins, ends = (day.isoformat() if day else "" for day in days)
    if first and last and first > last:
        error = "시작일이 종료일보다 늦습니다. 두 날짜를 확인해 주세요."
        return Period(DATES, begins, ends, error=error)
    return Period(DATES, begins, ends, first=first, last=last)


def _day(typed: str) -> date | None:
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
