"""The times that exports write, as aware datetimes within the years that a site can show."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")
_YEARS = range(1970, 2200)


def moment_of(text: str, zone: ZoneInfo | None = None) -> datetime | None:
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
