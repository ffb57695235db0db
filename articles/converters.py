"""The parts of an address that Django's own converters do not know."""

from articles.text import normalised


class HangulSlugConverter:
    """A slug with Hangul in it; NFD and capital letters mean the same slug.

    Combining marks are let in because a decomposed letter ends in one: `\\w` leaves them out.
    """

    regex = r"[-\w\u0300-\u036f\u3099\u309a]+"

    def to_python(self, value: str) -> str:
        return normalised(value).lower()

    def to_url(self, value: str) -> str:
        return normalised(value)


class YearConverter:
    regex = r"[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MonthConverter:
    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"
