"""The skeleton of a name, and whether a name passes itself off as another.

The skeleton is what is left of a name once every disguise is taken off; two names with the
same one look alike to a reader in a hurry. Spaces, marks, punctuation and what cannot be seen
are dropped; widths and decorated letters are folded by NFKD; look-alikes are folded by the
tables of `comments.lookalikes`; Hangul becomes a row of single jamo, so that `ㄱㅣㅁ`, `김` and
its decomposed form are one.

A name imitates a protected one if their skeletons are equal, before or after titles (기자, 님,
공식), figures and signs are taken off its ends. It never does by merely containing it: 이상훈 is
not 이상. A name that claims a role as the badges do (홍길동 필자, [편집자], a check mark) imitates
whatever the rest of it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from comments.jamo import CONJOINING, FINAL_PAIRS
from comments.lookalikes import CONSONANT_GLYPHS, VOWEL_GLYPHS, latin, look_alikes

# A compound vowel is written with its parts as easily; a doubled consonant is not taken
# apart, because 아까 and 악가 are different names.
_COMPOUND_VOWELS = str.maketrans(
    {"ㅐ": "ㅏㅣ", "ㅒ": "ㅑㅣ", "ㅔ": "ㅓㅣ", "ㅖ": "ㅕㅣ", "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅏㅣ", "ㅚ": "ㅗㅣ",
     "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅓㅣ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"}
)  # fmt: skip
# After ㅈ and ㅊ these pairs sound the same: 운영쟈.
_PALATAL = re.compile("([ㅈㅉㅊ])([ㅑㅕㅛㅠ])")
_PLAIN_VOWELS = dict(zip("ㅑㅕㅛㅠ", "ㅏㅓㅗㅜ", strict=True))
# Letters and signs that are drawn alike whatever they mean; then figures, which are also that.
_SHAPES = look_alikes({"l": "iㅣ|!", "o": "ㅇ", "s": "$", "a": "@"})
_FIGURES = look_alikes({"l": "1", "o": "0", "s": "5", "a": "4", "e": "3"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# Beside a loose jamo these are jamo too: ㅈr, ㄱH, ㅣL, 7ㅣ.
_JAMO_OF_SIGNS = {"r": "ㅏ", "R": "ㅏ", "H": "ㅐ", "L": "ㄴ", "7": "ㄱ", "^": "ㅅ"}
_BESIDE_A_JAMO = re.compile("(?<=[ㄱ-ㅎ])[rRH]|(?<=[ㅏ-ㅣ])L|[7^](?=[ㅏ-ㅣ])")
# Between syllables, 신ㅡ피ㅡ질, it is a dash.
_DASH = re.compile("(?<=[가-힣])ㅡ+(?=[가-힣])")
_SPOKEN = {
    "0": "오",
    "O": "오",
    "o": "오",
    "5": "오",
    "2": "이",
    "9": "구",
    "1": "일",
    "3": "삼",
    "4": "사",
}
_SPOKEN_START = re.compile("^[0Oo512349](?=[가-힣])")
# Unicode counts the Hangul fillers as letters; they are blank. The old dot vowel is a dot today.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u318d\u119e")
_KEPT_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No"))
# NFKD makes letters of these.
_TRADE_MARKS = str.maketrans("", "", "™℠®©")

_BEFORE_NAMES = (
    "공식", "진짜", "실제", "원조", "나는", "저는", "내가", "제가", "필자", "글쓴이", "저자", "작가", "기자", "편집자", "편집장",
    "편집부", "운영자", "관리자", "에디터", "칼럼니스트", "본인", "the", "real", "mr", "ms", "dr", "im", "iam", "official",
    "author", "writer", "editor", "admin", "its",
)  # fmt: skip
_AFTER_NAMES = (
    "님", "씨", "기자", "작가", "필자", "글쓴이", "저자", "편집자", "편집장", "편집부", "편집국", "편집팀", "편집인", "편집위원",
    "운영자", "운영팀", "운영진", "관리자", "관리팀", "관리인", "에디터", "칼럼니스트", "논설위원", "위원", "공식", "공식계정", "계정",
    "본계정", "부계정", "의계정", "본인", "인증", "인증됨", "입니다", "입니당", "임다", "임당", "이다", "진짜", "의부계정", "이에요", "예요", "에요", "이예요", "인데요", "이올시다",
    "올림", "드림", "배상", "선생", "선생님", "교수", "박사", "대표", "연구원", "지기", "official", "real", "author", "writer",
    "editor", "admin", "team", "staff", "verified", "account", "here", "ㅋ", "ㅎ",
)  # fmt: skip
_ROLES = (
    "필자", "편집자", "편집장", "편집부", "편집국", "편집인", "편집팀", "운영자", "운영진", "운영팀", "운영위원", "관리자", "관리팀",
    "관리진", "관리인", "공식계정", "공식 계정", "admin", "administrator", "moderator", "official", "staff", "webmaster", "editor",
)  # fmt: skip
_IN_BRACKETS_ONLY = (
    "공식",
    "인증",
    "본인",
    "author",
    "verified",
    "작가",
    "기자",
    "운영",
    "관리",
    "편집",
)
# 편집자 지망생 claims nothing.
_DISCLAIMERS = (
    "지망생", "친구", "팬", "아님", "아닌", "아니", "출신", "꿈나무", "아들", "딸", "엄마", "아빠", "되고", "지망", "워너비", "구함",
)  # fmt: skip
_CHECK_MARKS = frozenset("✓✔☑✅🗸🗹")
# Who minds something else than a magazine: 건물 관리인, 품질관리팀.
_TRADES = (
    "건물", "아파트", "빌딩", "시설", "주택", "상가", "창고", "농장", "공원", "묘지", "서버", "재산", "자산", "품질", "재무", "인사",
    "고객", "재고", "위험", "체중", "건강", "일정", "시간", "기숙사", "식당", "헬스장", "영상", "유튜브",
)  # fmt: skip
_BRACKETED = re.compile(r"[(\[{<〈《「『【〔]([^)\]}>〉》」』】〕]*)[)\]}>〉》」』】〕]")
_HANGUL = re.compile("[가-힣]")


def skeleton(name: str) -> str:
    """Return the skeleton of a name; equal ones mean look-alikes, "" that nothing is seen."""
    return _skeleton(name, _FIGURES)


def skeletons(names: Iterable[str]) -> frozenset[str]:
    """Return the skeletons of all the names that have one."""
    return frozenset(filter(None, map(skeleton, names)))


def imitates(name: str, protected: Iterable[str]) -> bool:
    """Whether a reader could take the name for one of the protected, or for a badge."""
    known = _known(tuple(protected))
    return _claims_a_role(name) or any(form in known for form in _undressed(name))


@lru_cache(maxsize=8)
def _known(protected: tuple[str, ...]) -> frozenset[str]:
    return skeletons(protected) | skeletons(" ".join(reversed(name.split())) for name in protected)


def _skeleton(name: str, figures: dict[int, str]) -> str:
    name = _BESIDE_A_JAMO.sub(lambda sign: _JAMO_OF_SIGNS[sign[0]], name)
    text = latin(name.translate(_TRADE_MARKS)).translate(CONJOINING)
    text = text.translate(CONSONANT_GLYPHS).translate(VOWEL_GLYPHS)
    text = text.translate(FINAL_PAIRS)
    text = _PALATAL.sub(lambda pair: pair[1] + _PLAIN_VOWELS[pair[2]], text)
    text = text.translate(_COMPOUND_VOWELS).translate(_SHAPES).translate(figures)
    text = "".join(character for character in text if _is_kept(character))
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text


def _is_kept(character: str) -> bool:
    return character not in _BLANK and unicodedata.category(character) in _KEPT_CATEGORIES


def _undressed(name: str) -> Iterator[str]:
    """Yield the skeletons of a name as it is and with less and less around it."""
    without_figures = _without_figures(name)
    without_signs = re.sub(r"[^\w]", "", without_figures)
    readings = (name, without_figures, without_signs, _without_symbols(name), _spoken(name))
    forms = [*map(skeleton, readings), _skeleton(name, {})]
    seen = set(forms)
    while forms:
        form = forms.pop()
        yield form
        if form and form[: len(form) // 2] * 2 == form:
            yield form[: len(form) // 2]
        for shorter in _with_less(form):
            if shorter and shorter not in seen:
                seen.add(shorter)
                forms.append(shorter)


def _without_figures(name: str) -> str:
    """Return the name from its first letter to its last."""
    plain = unicodedata.normalize("NFKC", name)
    letters = [place for place, character in enumerate(plain) if character.isalpha()]
    return plain[letters[0] : letters[-1] + 1] if letters else ""


def _without_symbols(name: str) -> str:
    """Return the name without what is only drawn in it: 김민수ⓥ, 신ㅡ피ㅡ질."""
    drawn = (character for character in name if unicodedata.category(character) != "So")
    return _DASH.sub("", "".join(drawn))


def _spoken(name: str) -> str:
    """Return the name with the figures and signs read aloud that begin a Hangul name: 5세린."""
    return _SPOKEN_START.sub(lambda sign: _SPOKEN[sign[0]], name)


def _with_less(form: str) -> Iterator[str]:
    yield form.strip("0123456789")
    for title in _SKELETONS_BEFORE:
        if form.startswith(title):
            yield form[len(title) :]
    for title in _SKELETONS_AFTER:
        if form.endswith(title):
            yield form[: -len(title)]
    # 이상임 is a name of its own; 신피질임 is not.
    if form.endswith(_IT_IS) and len(form) >= _THREE_SYLLABLES + len(_IT_IS):
        yield form[: -len(_IT_IS)]


def _claims_a_role(name: str) -> bool:
    """Whether the name carries what stands in a badge, set apart from the rest of it."""
    if not _CHECK_MARKS.isdisjoint(name):
        return True
    composed = unicodedata.normalize("NFKC", name)
    if any(_is_role(inner, _BADGES) for inner in _BRACKETED.findall(composed)):
        return True
    if any(word in composed for word in _DISCLAIMERS) or composed.startswith(_TRADES):
        return False
    words = _words(composed)
    if len(words) > 1 and (_is_role(words[0], _CLAIMS) or _is_role(words[-1], _CLAIMS)):
        return True
    return any(
        len(form) > len(role) and form.endswith(role) and _is_named_before(composed)
        for form in (skeleton(_without_figures(composed)),)
        for role in _HANGUL_CLAIMS
    )


def _words(name: str) -> list[str]:
    """Return the parts of a name that spaces, signs or a change of script set apart."""
    return re.findall(r"[가-힣ㄱ-ㅣ]+|[^\W가-힣ㄱ-ㅣ_]+", name)


def _is_role(text: str, roles: frozenset[str]) -> bool:
    plain = skeleton(_without_figures(text))
    return plain in roles or any(
        plain.endswith(title) and plain[: -len(title)] in roles for title in _POLITE
    )


def _is_named_before(name: str) -> bool:
    """Whether the role follows a name of two syllables: 집필자 is only a word."""
    return len(_HANGUL.findall(name)) >= len("홍길필자")


_SKELETONS_BEFORE = tuple(sorted(skeletons(_BEFORE_NAMES)))
_SKELETONS_AFTER = tuple(sorted(skeletons(_AFTER_NAMES)))
_IT_IS = skeleton("임")
_THREE_SYLLABLES = 6
_CLAIMS = skeletons(_ROLES)
_HANGUL_CLAIMS = skeletons(role for role in _ROLES if _HANGUL.match(role))
_BADGES = _CLAIMS | skeletons(_IN_BRACKETS_ONLY)
_POLITE = skeletons(("님", "입니다", "드림"))
