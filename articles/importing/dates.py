"""Read the dates that Korean pages and front matter write, as aware datetimes in KST."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")
# The years that a site can show.
_YEARS = range(1970, 2200)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = r"(?:" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?"
_TIME = r"""
    (?:\s*[T,]?\s*(?:\(?[월화수목금토일](?:요일)?\)?,?\s*)?
       [(\[]?(?P<half>오전|오후|[AaPp]\.?[Mm]\.?)?\s*
       (?P<hour>\d{1,2})\s*(?::|시)\s*(?:(?P<minute>\d{1,2})\s*분?)?
       (?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d{1,9})?\s*초?)?
       (?:\s*(?P<half_after>[AaPp]\.?[Mm]\.?))?
        (?:\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|(?:UTC|GMT)?\+0?9\b|UTC|GMT|KST))?[)\]]?
    )?
"""
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})\s{0,2}(?:년|[.\-/])\s{0,2}(?P<month>\d{1,2})"
    r"\s{0,2}(?:월|[.\-/])\s{0,2}(?P<day>\d{1,2})(?!\d)\s?(?:일|\.)?" + _TIME,
    re.VERBOSE,
)
# Two digits are a year only where a time follows: `25.08.24 15:12`.
_SHORT = re.compile(
    r"(?<![\d.\-/])(?P<year>\d{2})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?(?=\s\d{1,2}:\d{2})"
    + _TIME,
    re.VERBOSE,
)
_NAMED = re.compile(
    # A name in Hangul may stand right before the month.
    r"(?<![A-Za-z])(?P<month>"
    + _MONTH_NAME
    + r")\s{1,2}(?P<day>\d{1,2})(?:st|nd|rd|th)?[,.]?\s{1,2}"
    r"(?P<year>(?:19|20)\d{2})\b" + _TIME,
    re.VERBOSE | re.IGNORECASE,
)
# Seconds or milliseconds since 1970, of the years from 2001 on.
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")
_COMPACT = re.compile(r"((?:19|20)\d{2})([01]\d)([0-3]\d)")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{1,2}", re.IGNORECASE)
_AFTERTHOUGHT = re.compile(
    r"\(?(?:[월화수목금토일](?:요일)?|KST|Asia/Seoul|대한민국 표준시|Korean Standard Time)?\)?"
    # A day with a zone and no time is a day.
    r"|[+-]\d{2}:?\d{2}"
)


class ImpossibleDateError(ValueError):
    """Written like a date, but no such day or time exists."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `start` and `end` are the offsets of the characters it takes up."""

    moment: datetime
    start: int
    end: int


def read_date(text: str) -> datetime | None:
    """Return the moment that the whole of `text` denotes, or None if it is not a date.

    Without a zone the time is KST; without a time it is midnight. Raises ImpossibleDateError.
    """
    text = text.strip()
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), KST)
    text = _COMPACT.sub(r"\1-\2-\3", text) if text.isdigit() else _WEEKDAY.sub("", text, count=1)
    match = _NUMERIC.match(text) or _NAMED.match(text)
    if match is None:
        return _letter_date(text)
    rest = text[match.end() :].strip()
    if _AFTERTHOUGHT.fullmatch(rest) is None:
        return None
    return _moment(match)


def _letter_date(text: str) -> datetime | None:
    """Return the moment of a date as letters and feeds write it, `4 Jul 2025 09:00:00 +0900`."""
    try:
        moment = parsedate_to_datetime(text) if text[:1].isdigit() and len(text) < 60 else None
    except (TypeError, ValueError, IndexError):
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=KST)).astimezone(KST)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates written in `text`, impossible ones left out."""
    matches = sorted(
        [match for pattern in (_NUMERIC, _SHORT, _NAMED) for match in pattern.finditer(text)],
        key=lambda match: match.start(),
    )
    for match in matches:
        try:
            yield FoundDate(_moment(match), match.start(), match.end())
        except ImpossibleDateError:
            continue


def _moment(match: re.Match[str]) -> datetime:
    month = match["month"]
    hour = _hour(match)
    # `24:00` is how the end of a day is written, and the next one's beginning.
    days = timedelta(days=1 if hour == 24 and not int(match["minute"] or 0) else 0)
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        moment = datetime(
            int(match["year"]) if len(match["year"]) == 4 else 2000 + int(match["year"]),
            number,
            int(match["day"]),
            0 if days else hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=_zone(match["zone"]),
        )
    except ValueError as error:
        raise ImpossibleDateError(f"no such date: {match[0].strip()}") from error
    return (moment + days).astimezone(KST)


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"] or 0)
    half = (match["half"] or match["half_after"] or "").lower().replace(".", "")
    if half in ("오후", "pm") and hour < 12:
        return hour + 12
    if half in ("오전", "am") and hour == 12:
        return 0
    return hour


def _zone(written: str | None) -> timezone | ZoneInfo:
    if written is None or written == "KST":
        return KST
    if written in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"[^\d+-]", "", written)
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5] or 0))
    return timezone(-offset if digits.startswith("-") else offset)


def moment_of(text: str, zone: tzinfo | None = None) -> datetime | None:
    """Return the moment of an ISO-like time, in UTC; None for what is none, such as 0000-00-00.

    A time that names no zone is of `zone`, or UTC.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone or UTC)).astimezone(UTC)
