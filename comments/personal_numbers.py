"""Numbers that lead to a person: resident registration and mobile or home telephone numbers.

Pure rules. They hold a comment until somebody has looked, so that nobody's number stands in
public by a reader's anger or carelessness.
"""

import re
import unicodedata
from datetime import date

import regex

_UNSEEN = regex.compile(r"\p{Cf}+")
# Digits as they are spelt to slip past a machine: 공일공-일이삼사-오육칠팔.
_SPELT = str.maketrans("공영일이삼사오육칠팔구", "00123456789")
_SPELT_RUN = re.compile(r"(?:[공영일이삼사오육칠팔구0-9oO][\s.\-_·]{0,2}){9,}")
_GAP = r"[\s.\-_·)]{0,3}"
_BETWEEN = r"[\s.\-_·~]{0,3}"
_RESIDENT = re.compile(rf"(?<!\d)(\d{{2}})(\d{{2}})(\d{{2}}){_BETWEEN}([1-8])\d{{6}}(?!\d)")
_MOBILE = re.compile(
    rf"(?<!\d)(?:\+?82{_GAP}\(?0?|\(?0)1[016-9]{_GAP}\d{{3,4}}{_BETWEEN}\d{{4}}(?!\d)"
)
_HOME = re.compile(
    rf"(?<!\d)(?:\+?82{_GAP}\(?|\(?0)(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d?)"
    rf"{_GAP}\d{{3,4}}{_BETWEEN}\d{{4}}(?!\d)"
)


def personal_numbers(text: str) -> list[str]:
    """Return the kinds of personal number in the text, each once: 주민등록번호, 전화번호."""
    visible = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    found = []
    for candidate in (visible, _SPELT_RUN.sub(_as_digits, visible)):
        if any(_is_birthday(match) for match in _RESIDENT.finditer(candidate)):
            found.append("주민등록번호")
        if _MOBILE.search(candidate) or _HOME.search(candidate):
            found.append("전화번호")
    return list(dict.fromkeys(found))


def _as_digits(match: re.Match[str]) -> str:
    return match[0].translate(_SPELT).replace("o", "0").replace("O", "0")


def _is_birthday(match: re.Match[str]) -> bool:
    """Whether the first six digits can be a day of birth; the rest is random since 2020."""
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    century = 1900 if match[4] in "1256" else 2000
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True
