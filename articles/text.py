"""One Unicode form for every text that is compared, stored or used in an address."""

import unicodedata


def normalised(text: str) -> str:
    """Return the text in NFC, the form in which a Hangul syllable is one character."""
    return unicodedata.normalize("NFC", text)
