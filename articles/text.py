"""One Unicode form for every text that is compared, stored or used in an address."""

import unicodedata


def normalised(text: str) -> str:
    """Return the text in NFC, the form in which a Hangul syllable is one character."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return the text in NFC with every run of white space as one space, and none at its ends."""
    return " ".join(normalised(text).split())
