"""Whether what stands around a found word, and inside it, is that of the word itself.

A word of three syllables is what it is. One of two may be the end of one word and the start of
the next: 다시 발을, 역시발표, 자바보다. So it must begin a word, or end one; and the more its
inside looks like ordinary writing, the more is asked of both sides (see `Gap`).
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import regex

from comments.jamo import is_syllable
from comments.words.gaps import Gap
from comments.words.units import Kind, Unit

_LONG = 3
_FARTHEST = 12


class Left(IntEnum):
    """What the word is written together with on its left."""

    NOTHING = 1
    INTENSIFIER = 2
    FIGURE = 3
    WORD = 4


class Right(IntEnum):
    """What the word is written together with on its right."""

    NOTHING = 1
    ENDING = 2  # only a noun can carry it
    LENIENT_ENDING = 3  # it may also be the rest of another word
    WORD = 4


_STRONG_INTENSIFIERS = (
    "존나|졸라|존내|조낸|열라|절라|ㅈㄴ|이런|저런|그런|완전|진짜|진심|정말|그냥|에이|아니|아오|아놔|미친|씨발|시발|"
    "병신|씹|핵|쌩|개같은|어휴|에휴|너는|니가|네가|넌|야이|이봐"
)
_INTENSIFIER = regex.compile(rf"(?:{_STRONG_INTENSIFIERS}|[아야와이저그개존왜뭐니너걍헐으좆])+")
_STRONG_INTENSIFIER = regex.compile(rf"(?:{_STRONG_INTENSIFIERS})+")

_PEOPLE = "(?:같은|같이|같|스러운|스런|짓|놈|년|새끼|색기|색히|것|롬|넘|쉑|시키|쌔끼|들|님|씨)*"
_ENDINGS = (
    "이|은|는|을|를|의|에|에서|에게|에는|에도|께|한테|와|랑|이랑|하고|도|만|가|과|까지|부터|처럼|마저|조차|밖에|"
    "으로|로|아|야|이야|아아|여|이여|요|이요|임|입니다|이에요|예요|에요|네|네요|이네|이네요|이다|인데|인가|인지|인|"
    "이라고|이라는|이라도|라는|라니|이라니|이었다|였다|였|이었|이냐|냐|이니|이구나|구나|이군|이지|이죠|죠|잖아|이잖아|"
    "아니|아니냐|하네|하지마|하지|하는|한다|하냐|하고|하면|하다|해|했|했다|할|함|합니다|해라|떨지마|떨고|떨어|"
    "에서는|에서도|에만|이면|이나|이며|이란|이랑은|들아|들이"
)
_LENIENT = (
    "|다|고|면|러|지|니|나|자|라|라고|란|라면|보다|며|거나|든|든지|입|라서|이라서|다니|다는|면서"
)
_ENDING = regex.compile(rf"{_PEOPLE}(?:{_ENDINGS})?")
_LENIENT_ENDING = regex.compile(rf"{_PEOPLE}(?:{_ENDINGS}{_LENIENT})?")
# After a space inside a word of two syllables, 시 발, only these are above doubt: 바 보는, 병 신고
# and 시 발표 are two words each. The word's last syllable comes first, since 보이다, 구하다 and 동네
# are words of their own.
_AFTER_SPACE = regex.compile(
    r".(?:놈|년|새끼|색기|시키|것|롬)?(?:들|같은|같이|같아|같네|같은데|처럼|보다|짓|짓거리)?(?:놈|년|새끼|것)?"
    r"(?:야|아|은|을|를|들아|(?<!동)네|(?<!동)네요|냐|임|입니다|입니까|인|인가|인데|인지|인듯|인줄|인거|일뿐|일까|일듯|예요|에요|아니냐|"
    r"(?<!보)이(?:야|다|네|네요|냐|지|라|라서|라는|라고|랑|니|니까|더라|던데|래|구나|었다|었네|었어|었음|잖아|에요|세요|거나)?|"
    r"(?<!구)(?:하네|하네요|하지마|하지|한다|하고|하는|하냐|하다|하게|해|해라|했다|했네|떨지마|떨고|떨네))?"
)
# On a new line only what nobody says of anything but a person: 시\n발놈아.
_INSULTED = regex.compile(
    r"(?:놈|년|새끼|색기|것들|롬|넘)(?:들|아|들아|이|이야|들이|은|들은|의|아야)?"
)
_CALLS = regex.compile(rf"[ ]*(?:(?:{_STRONG_INTENSIFIERS}|[아야와이저그개에뭐니너])+[ ]+)*")
_CONTRACTIONS = {
    "ㄴ": ("가", "데", "지", "걸", "줄", "거", "건"),
    "ㅂ": ("니",),
    "ㅋ": ("",),
}
# 3시 발, 10대 출신: counted things.
_COUNTERS = frozenset("시대병개년월일분초번명권장원회차층호")
_RARE = frozenset("좆좇썅")
_NOT_SYLLABLE = regex.compile("[^가-힣]")
_DOWNWARDS = regex.compile(r"\n[ ]*(?:[가-힣 ][ ]*\n[ \n]*)+")
# 네 시 발 버스: an hour that is written out.
_HOUR = regex.compile(r"(?<![가-힣])(?:0|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|열한|열두|십)[ ]$")
_LONGEST_HOUR = len("\n다섯 ")


def outline(units: Sequence[Unit]) -> str:
    """Return one character per unit: syllables as they are, figures as 0, the rest blank."""
    signs = {Kind.DIGIT: "0", Kind.LINE: "\n"}
    return "".join(
        [
            unit.shown[-1] if unit.kind is Kind.SYLLABLE else signs.get(unit.kind, " ")
            for unit in units
        ]
    )


def is_in_context(line: str, first: int, last: int, syllables: int, inside: Gap) -> bool:
    """Whether the word between two places of an outline, with that gap inside, stands alone."""
    if inside is Gap.LINE:
        return _is_written_downwards(line, first, last)
    if syllables >= _LONG and inside < Gap.LISTING:
        return True
    left, right = _left_of(line, first), _right_of(line, last)
    if syllables >= _LONG:
        return _is_long_word(line, first, left, right, inside)
    if left is Left.FIGURE and line[first] in _COUNTERS:
        return bool(_INSULTED.fullmatch(_run_after(line, last)))
    if syllables == 1:
        rare = line[first] in _RARE
        return rare or (left <= Left.INTENSIFIER and right <= Right.LENIENT_ENDING)
    return _is_short_word(line, first, last, left, right, inside)


def _is_long_word(line: str, first: int, left: Left, right: Right, inside: Gap) -> bool:
    if inside is Gap.LISTING:
        return left <= Left.INTENSIFIER or right < Right.WORD
    whole_piece = is_syllable(line[first + 1 : first + 2])
    return (left <= Left.INTENSIFIER or whole_piece) and right < Right.WORD


def _is_short_word(line: str, first: int, last: int, left: Left, right: Right, inside: Gap) -> bool:
    if inside is Gap.SPACE:
        return (
            _may_break(line, first, left)
            and _ends_after_space(line, last)
            and not _tells_the_hour(line, first)
        )
    if inside is Gap.LISTING:
        return _may_break(line, first, left) and right <= Right.ENDING
    if inside is Gap.STOP and left is not Left.NOTHING:
        return _may_break(line, first, left) and right <= Right.LENIENT_ENDING
    if left is Left.NOTHING:
        return True
    if left is Left.INTENSIFIER:
        return right <= Right.LENIENT_ENDING
    return right <= Right.ENDING


def _may_break(line: str, first: int, left: Left) -> bool:
    if left is Left.NOTHING:
        return True
    return bool(_STRONG_INTENSIFIER.fullmatch(_run_before(line, first)))


def _ends_after_space(line: str, last: int) -> bool:
    return bool(_AFTER_SPACE.fullmatch(line[last] + _run_after(line, last)))


def has_contraction(line: str, last: int, final: str) -> bool:
    """Whether a word's open last syllable only took an ending in: 바본데, 바봅니다."""
    following = _run_after(line, last)
    return any(following.startswith(ending) for ending in _CONTRACTIONS.get(final, ()))


def _left_of(line: str, first: int) -> Left:
    return _left(line[max(0, first - _FARTHEST) : first])


@lru_cache(maxsize=4096)
def _left(before: str) -> Left:
    if before.endswith("0"):
        return Left.FIGURE
    run = _NOT_SYLLABLE.split(before)[-1]
    if not run:
        return Left.NOTHING
    return Left.INTENSIFIER if _INTENSIFIER.fullmatch(run) else Left.WORD


def _right_of(line: str, last: int) -> Right:
    return _right(line[last : last + 1 + _FARTHEST])


@lru_cache(maxsize=4096)
def _right(after: str) -> Right:
    run = _NOT_SYLLABLE.split(after[1:])[0].lstrip(after[0])  # 시발발발
    if not run:
        return Right.NOTHING
    if _ENDING.fullmatch(run):
        return Right.ENDING
    return Right.LENIENT_ENDING if _LENIENT_ENDING.fullmatch(run) else Right.WORD


def _run_before(line: str, first: int) -> str:
    """Return the syllables written together with a word, before it."""
    return _NOT_SYLLABLE.split(line[max(0, first - _FARTHEST) : first])[-1]


def _run_after(line: str, last: int) -> str:
    return _NOT_SYLLABLE.split(line[last + 1 : last + 1 + _FARTHEST])[0]


def _tells_the_hour(line: str, first: int) -> bool:
    return line[first] == "시" and bool(_HOUR.search(line[max(0, first - _LONGEST_HOUR) : first]))


def _is_written_downwards(line: str, first: int, last: int) -> bool:
    """Whether the pieces of a word have lines to themselves, but for a call or an insult."""
    pieces = f"\n{line}\n"[first : last + 3]
    if _DOWNWARDS.fullmatch(pieces):
        return True
    start = line.rfind("\n", max(0, first - _FARTHEST), first) + 1
    begins = first - start <= _FARTHEST and bool(_CALLS.fullmatch(line[start:first]))
    after = _run_after(line, last)
    return begins and (not after or bool(_INSULTED.fullmatch(after)))
