"""Characters that are drawn alike: what a reader takes for another letter.

Shared by the skeletons of names and by the word rules. NFKD already folds widths, circled and
mathematical letters; these tables hold what Unicode does not call compatible.
"""

import unicodedata


def look_alikes(table: dict[str, str]) -> dict[int, str]:
    """Turn {letter: "its look-alikes"} into a translation table."""
    return str.maketrans({alike: letter for letter, row in table.items() for alike in row})


# Capitals that look like another letter than their small forms do.
CAPITALS = look_alikes(
    {"A": "ΑАᎪꓮ", "B": "ΒВᏴꓐ", "C": "СϹᏟꓚ", "D": "Ꭰꓓ", "E": "ΕЕᎬꓰ", "F": "Ϝꓝ", "G": "ԌᏀꓖ",
     "H": "ΗНᎻꓧ", "I": "ΙІӀ", "J": "ЈᎫꓙ", "K": "ΚКᏦꓗ", "L": "ԼᏞꓡ", "M": "ΜМᎷꓟ", "N": "Νꓠ",
     "O": "ΟОՕꓳ", "P": "ΡРᏢꓑ", "R": "Ꭱꓣ", "S": "ЅՏᏚꓢ", "T": "ΤТᎢꓔ", "U": "Սꓴ", "V": "Ꮩꓦ",
     "W": "Ꮃꓪ", "X": "ΧХꓫ", "Y": "ΥУꓬ", "Z": "ΖᏃꓜ"}
)  # fmt: skip
SMALL_LETTERS = look_alikes(
    {"a": "αаɑᴀɐ", "b": "βвьʙƅɓ", "c": "сϲᴄϛƈ¢", "d": "ԁđᴅɗ", "e": "εеєᴇəɛ€", "f": "ꜰƒ",
     "g": "ցɡɢǥɠ", "h": "һհнħʜɦ", "i": "ιіıɪɨ", "j": "јϳᴊʝ", "k": "κкᴋƙ", "l": "ӏłʟɭƚ",
     "m": "мᴍɱ", "n": "ηпոɴɲŋ", "o": "οσоօøᴏɵ", "p": "ρрᴘþƥ", "q": "ԛզ", "r": "гʀɾɼ",
     "s": "ςѕꜱʂƨ", "t": "τтᴛŧƭ", "u": "υսᴜʋµц", "v": "νᴠѵ", "w": "ωԝᴡшɯ", "x": "χх×",
     "y": "γуʏүყ", "z": "ᴢʐƶ"}
)  # fmt: skip


def _boxed_letters() -> dict[int, str]:
    # Squared, negative circled and flag letters have no compatibility mapping.
    firsts = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
    return {first + place: chr(ord("a") + place) for first in firsts for place in range(26)}


BOXED_LETTERS = _boxed_letters()

# Signs that are drawn like a single jamo of Hangul.
CONSONANT_GLYPHS = look_alikes(
    {"ㄱ": "フ¬", "ㄴ": "∟㇄ㄥ", "ㄷ": "ㄈ⊏匚", "ㄹ": "己乙", "ㅁ": "口ロ□囗", "ㅂ": "廿凵",
     "ㅅ": "人入∧Λへヘ", "ㅇ": "〇○◯●", "ㅈ": "スㄡ", "ㅋ": "ヨ"}
)  # fmt: skip
VOWEL_GLYPHS = look_alikes(
    {"ㅏ": "卜ト├┝", "ㅓ": "┤┥", "ㅗ": "┴⊥", "ㅜ": "丁┬丅⊤", "ㅡ": "一ー─━―", "ㅣ": "丨│┃ǀ"}
)  # fmt: skip


def plain(text: str) -> str:
    """Return the text without widths, decoration, marks and boxes; case is left alone."""
    text = unicodedata.normalize("NFKD", text).translate(BOXED_LETTERS)
    return "".join(character for character in text if unicodedata.category(character)[0] != "M")


def latin(text: str) -> str:
    """Return the text with every Greek, Cyrillic or decorated look-alike as a small Latin letter."""
    text = plain(text).translate(CAPITALS).casefold()
    # Folding case can yield letters with marks, which come apart in a second go.
    return plain(text).translate(SMALL_LETTERS)
