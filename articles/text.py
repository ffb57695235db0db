"""One Unicode form for every text that is compared, stored or used in an address."""

import re
import unicodedata

# Nobody sees these; XML has no way to write them, and a lone surrogate nothing can store.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def normalised(text: str) -> str:
    """Return the text in NFC, the form in which a Hangul syllable is one character."""
    return unicodedata.normalize("NFC", text)


def storable(text: str) -> str:
    """Return the text without what no database, no JSON and no page can hold."""
    return _NOT_TEXT.sub("", text)


def one_line(text: str) -> str:
    """Return the text in NFC with every run of white space as one space, and none at its ends.

    Control characters and lone surrogates are left out.
    """
    return " ".join(normalised(storable(text)).split())
