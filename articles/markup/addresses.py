"""Web addresses in running text, where a Korean particle follows without a space.

Essays and comments find them by the same rule.
"""

import re

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
# Letters that are not ASCII go on only behind a separator: `/wiki/자본주의` is one address, but in
# `/about을` the particle is not part of it.
_LETTERS = r"(?:(?<=[/_=&#+-])|(?<=[_-]\())[^\W\x00-\x7f]+"
_TAIL = rf"[/?#](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|{_LETTERS}){{0,2000}}"
# What it matches may end with what belongs to the sentence; see `trim_address`.
WEB_ADDRESS = rf"(?<![A-Za-z0-9@./])https?://{_HOST}(?:{_TAIL})?"

_PUNCTUATION = "?!.,:;*_~'\"("
_PARTICLES = "에서|에서는|에서도|에게|으로|으로는|라고|이라고|라는|이라는|까지|부터|처럼|입니다|이다|에는|에도"
_SYLLABLE_PARTICLES = "을|를|은|는|이|가|에|와|과|의|도|로|만"
_PARTICLE_AFTER_SLASH = re.compile(
    rf"(?:(?<=/)(?:{_PARTICLES})|^(https?://[^/]+/)(?:{_SYLLABLE_PARTICLES}))$", re.IGNORECASE
)


def trim_address(address: str) -> str:
    """Without the punctuation, closing brackets and particles that belong to the sentence."""
    address = _PARTICLE_AFTER_SLASH.sub(r"\1", address)
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _PUNCTUATION or (address[end - 1] == ")" and surplus > 0)):
        surplus += {"(": 1, ")": -1}.get(address[end - 1], 0)
        end -= 1
    return address[:end]
