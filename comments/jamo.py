"""Hangul taken apart into the letters of the keyboard, and what happens when they meet."""

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# From the conjoining jamo of NFD to the letters that stand alone.
CONJOINING = str.maketrans(
    {
        chr(first + offset): letter
        for first, letters in ((0x1100, INITIALS), (0x1161, VOWELS), (0x11A8, FINALS))
        for offset, letter in enumerate(letters)
    }
    # Clusters that stand alone are old initials to Unicode.
    | {
        "\u1121": "ㅂㅅ",
        "\u1132": "ㅅㅂ",
        "\u112d": "ㅅㄱ",
        "\u112f": "ㅅㄷ",
        "\u1136": "ㅅㅈ",
        "\u1127": "ㅂㅈ",
    }
)
FINAL_PAIRS = str.maketrans(
    {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
     "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
)  # fmt: skip
COMPOUND_VOWELS = {
    "ㅏㅣ": "ㅐ", "ㅑㅣ": "ㅒ", "ㅓㅣ": "ㅔ", "ㅕㅣ": "ㅖ", "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ",
    "ㅘㅣ": "ㅙ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅝㅣ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
}  # fmt: skip
# The vowel that is left when one is drawn out: 벼어엉, 씌이.
DRAWN_OUT = dict(zip(VOWELS, "ㅏㅐㅏㅐㅓㅔㅓㅔㅗㅏㅐㅣㅗㅜㅓㅔㅣㅜㅡㅣㅣ", strict=True))
# Tense letters sound like plain ones, ㅔ like ㅐ; rules compare them with care.
SOUND_ALIKES = str.maketrans("ㄲㄸㅃㅆㅉㅔ", "ㄱㄷㅂㅅㅈㅐ")

# The keys of the usual Korean keyboard; a compound vowel takes two.
_KEYS = dict(zip(INITIALS, "rRseEfaqQtTdwWczxvg", strict=True)) | {
    "ㅏ": "k", "ㅐ": "o", "ㅑ": "i", "ㅒ": "O", "ㅓ": "j", "ㅔ": "p", "ㅕ": "u", "ㅖ": "P", "ㅗ": "h",
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅛ": "y", "ㅜ": "n", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl",
    "ㅠ": "b", "ㅡ": "m", "ㅢ": "ml", "ㅣ": "l",
}  # fmt: skip


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def is_vowel(letter: str) -> bool:
    return letter in DRAWN_OUT


def keystrokes(letters: str) -> str:
    """Return what these jamo are typed as on a Korean keyboard left in English."""
    return "".join(_KEYS.get(letter, "") for letter in letters)
