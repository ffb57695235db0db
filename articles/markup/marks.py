"""Telling our own ids and classes from those an author wrote as raw HTML.

Both arrive at the sanitiser as text.  What the renderer itself wrote carries a mark nobody else
can know, since it is drawn anew in every process; the sanitiser keeps only marked ids and classes
and takes the mark off, so it never reaches a stored page.
"""

import secrets

_MARK = f"own{secrets.token_hex(8)}-"


def marked(value: str) -> str:
    """An id or a single class name written by the renderer."""
    return _MARK + value


def unmarked(value: str) -> str | None:
    """The name behind a mark, or None where an author wrote it."""
    return value.removeprefix(_MARK) if value.startswith(_MARK) else None
