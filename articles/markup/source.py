"""Bringing a source into the one form the rules expect."""

import re

from articles.markup.limits import RenderingError
from articles.text import normalised

MAX_BODY_BYTES = 500_000
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
# Python-Markdown marks its placeholders with the first two.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def normalise_source(source: str) -> str:
    """NFC, line feeds only, no byte order mark or control characters.

    Raises RenderingError for a body that is too long or holds NUL.
    """
    if "\0" in source:
        raise RenderingError("본문에 쓸 수 없는 문자(NUL)가 들어 있습니다.")
    try:
        size = len(source.encode())
    except UnicodeEncodeError as error:
        raise RenderingError("본문에 깨진 문자가 들어 있습니다.") from error
    if size > MAX_BODY_BYTES:
        raise RenderingError(
            f"본문은 {MAX_BODY_BYTES // 1000}kB까지 쓸 수 있습니다. 지금은 {-(-size // 1000)}kB입니다."
        )
    # Controls first: letters that one of them has kept apart become one.
    return normalised(_CONTROLS.sub("", _LINE_ENDS.sub("\n", source)))
