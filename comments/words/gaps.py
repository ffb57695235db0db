"""What stands between two letters of a word: nothing, decoration, a stop, a space, a line."""

from collections.abc import Sequence
from enum import IntEnum

from comments.words.units import Kind, Unit


class Gap(IntEnum):
    """How much a gap looks like ordinary writing; the higher, the more is asked around it."""

    NONE = 0
    DECORATION = 1  # 바*보, 바♡보, 시1발: nobody writes this in good faith
    STOP = 2  # 바.보, 바-보: a sentence or a clause may end here
    LISTING = 3  # 바,보, (바)보: words are listed and bracketed like this
    SPACE = 4
    LINE = 5
    BREAK = 9  # too much for one word


_STOPS = frozenset(".!?…:;-–—‐‑。")
_LISTING = frozenset(",·ㆍ・/&'\"()[]{}<>‘’“”「」『』《》〈〉、，|")
_MOST_MARKS = 16
_MOST_LINES = 3
_MOST_SIGNS = 3
_MOST_SIGNS_BETWEEN_SPACES = 1
_LAUGHTER = frozenset("ㅋㅎㅠㅜㅡㅗ")


def gap_of(between: Sequence[Unit]) -> Gap:
    """Judge the units between two letters."""
    if not between:
        return Gap.NONE
    if len(between) == 1 and between[0].kind is Kind.SPACE:
        return Gap.SPACE
    kinds = [unit.kind for unit in between]
    signs = sum(kind in (Kind.LETTER, Kind.DIGIT) for kind in kinds)
    lines = kinds.count(Kind.LINE)
    spaced = Kind.SPACE in kinds or lines > 0
    if len(between) > _MOST_MARKS or lines > _MOST_LINES:
        return Gap.BREAK
    if signs > (_MOST_SIGNS_BETWEEN_SPACES if spaced else _MOST_SIGNS):
        return Gap.BREAK
    if spaced and signs and any(unit.shown in _LISTING for unit in between):
        return Gap.BREAK  # 호(號), 구(句)
    if lines:
        return Gap.LINE
    return Gap.SPACE if spaced else _tight_gap(between)


def _tight_gap(between: Sequence[Unit]) -> Gap:
    shown = {unit.shown for unit in between}
    if shown & _LISTING:
        return Gap.LISTING
    return Gap.STOP if shown & (_STOPS | _LAUGHTER) else Gap.DECORATION
