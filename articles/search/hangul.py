"""Hangul as it is typed: syllables taken apart into letters, and their initials alone."""

import re

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = (
    *("ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ"),
    *("ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"),
)
_FINALS = (
    *(
        "",
        "ㄱ",
        "ㄲ",
        "ㄱㅅ",
        "ㄴ",
        "ㄴㅈ",
        "ㄴㅎ",
        "ㄷ",
        "ㄹ",
        "ㄹㄱ",
        "ㄹㅁ",
        "ㄹㅂ",
        "ㄹㅅ",
        "ㄹㅌ",
    ),
    *("ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"),
)
_FIRST, _LAST = 0xAC00, 0xD7A3
_FINAL_COUNT = 28
_SYLLABLES_PER_INITIAL = 21 * _FINAL_COUNT

_ONLY_INITIALS = re.compile(f"[{_INITIALS}]+")
# The keys of a Korean keyboard that was left in English.
_KEYS = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_TYPED = re.compile(
    "([{}])({})({})?(?![{}])".format(
        _INITIALS,
        "|".join(sorted(_VOWELS, key=len, reverse=True)),
        "|".join(sorted(filter(None, _FINALS), key=len, reverse=True)),
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
    )
)


def is_syllable(character: str) -> bool:
    return _FIRST <= ord(character) <= _LAST


def are_initials(word: str) -> bool:
    """Whether the word is written in initial consonants alone, as ㅊㄷㄱㅅ for 첨단기술."""
    return _ONLY_INITIALS.fullmatch(word) is not None


def initials(text: str) -> str:
    """Return the text with each syllable as its initial consonant; other characters stay."""
    return "".join(
        _INITIALS[(ord(character) - _FIRST) // _SYLLABLES_PER_INITIAL]
        if is_syllable(character)
        else character
        for character in text
    )


def letters(text: str) -> str:
    """Return the text with each syllable as the keys it is typed by: 닭 as ㄷㅏㄹㄱ.

    A syllable that is still being typed is so the beginning of the one it becomes.
    """
    return "".join(map(_letters_of, text))


def _letters_of(character: str) -> str:
    if not is_syllable(character):
        return character
    initial, rest = divmod(ord(character) - _FIRST, _SYLLABLES_PER_INITIAL)
    vowel, final = divmod(rest, _FINAL_COUNT)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def object_particle(word: str) -> str:
    """Return 을 or 를, as it follows this word; both for what is not written in Hangul."""
    if not word or not is_syllable(word[-1]):
        return "을(를)"
    return "를" if is_open(word[-1]) else "을"


def same_initial(syllable: str) -> tuple[str, str]:
    """Return the first and the last syllable that begin with the consonant of this one."""
    first = ord(syllable) - (ord(syllable) - _FIRST) % _SYLLABLES_PER_INITIAL
    return chr(first), chr(first + _SYLLABLES_PER_INITIAL - 1)


def syllables_of(initial: str) -> tuple[str, str]:
    """Return the first and the last syllable that begin with this consonant."""
    return same_initial(chr(_FIRST + _INITIALS.index(initial) * _SYLLABLES_PER_INITIAL))


def before_vowel(stem: str) -> str:
    """Return a verb's stem of one closed syllable as it may be before a vowel: 걷 as 걸, 돕 as 도."""
    final = (ord(stem) - _FIRST) % _FINAL_COUNT
    becomes = {"ㄷ": "ㄹ", "ㅂ": "", "ㅅ": ""}.get(_FINALS[final], _FINALS[final])
    return chr(ord(stem) - final + _FINALS.index(becomes))


def is_open(syllable: str) -> bool:
    """Whether the syllable ends in its vowel."""
    return (ord(syllable) - _FIRST) % _FINAL_COUNT == 0


def typed_in_english(text: str) -> str:
    """Return the Hangul that was meant by rltnf (기술), or "" for what spells no Hangul."""
    typed = "".join(_KEYS.get(key, _KEYS.get(key.lower(), key)) for key in text)
    meant = _TYPED.sub(_syllable, typed)
    spelled = [character for character in meant if not character.isspace()]
    return meant if spelled and all(map(is_syllable, spelled)) else ""


def _syllable(found: re.Match[str]) -> str:
    initial, vowel, final = found.groups(default="")
    return chr(
        _FIRST
        + _INITIALS.index(initial) * _SYLLABLES_PER_INITIAL
        + _VOWELS.index(vowel) * _FINAL_COUNT
        + _FINALS.index(final)
    )
