"""How long a text takes to read in Korean."""

import math
import re

HANGUL_PER_MINUTE = 500
WORDS_PER_MINUTE = 200

# Syllables, and ideographs, which are read at the same pace.
_SYLLABLE = re.compile(r"[가-힣\u4e00-\u9fff\u3400-\u4dbf]")
# A Latin word or a number, with the marks that hold one together.
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[.,'’&+-][A-Za-z0-9\u00c0-\u024f]+)*")


def reading_minutes(text_without_code: str) -> int:
    """Whole minutes, at least one: 500 Hangul syllables or 200 Latin words a minute."""
    syllables = len(_SYLLABLE.findall(text_without_code))
    words = len(_WORD.findall(text_without_code))
    return max(1, math.ceil(syllables / HANGUL_PER_MINUTE + words / WORDS_PER_MINUTE))
