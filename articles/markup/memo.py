"""Work done once for a text although Python-Markdown asks for it again after every replacement."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class TailMemo(Generic[T]):
    """Remembers what was computed for a text and serves it for the text's unchanged tail.

    Python-Markdown replaces what an inline rule matched by a placeholder and calls the rule again
    with the new string.  Everything right of the replacement is as before, only shifted.
    """

    def __init__(self, compute: Callable[[str], T]) -> None:
        self._compute = compute
        self._text: str | None = None
        self._value: T | None = None

    def lookup(self, data: str, start: int) -> tuple[str, T, int]:
        """A text, what was computed for it, and the shift of its positions in `data`.

        From `start` on, `data` equals the text's tail.
        """
        if self._text is not None and self._value is not None:
            shift = len(data) - len(self._text)
            if start >= shift and data[start:] == self._text[start - shift :]:
                return self._text, self._value, shift
        self._text = data
        self._value = self._compute(data)
        return data, self._value, 0
