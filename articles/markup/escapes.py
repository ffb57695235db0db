"""Backslash escapes and character references outside running text."""

import html
import re

ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_ESCAPE = re.compile(rf"\\([{re.escape(ESCAPABLE)}])")


def unescape(text: str) -> str:
    """The text of a destination or title, with escapes and entities resolved."""
    return _ESCAPE.sub(r"\1", html.unescape(text)) if "\\" in text or "&" in text else text
