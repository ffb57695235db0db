"""Bounds that keep rendering within about a second, whatever an author pastes."""

import time

# Block structure.  A real essay nests three or four deep; each level costs a pass over its lines.
MAX_DEPTH = 48
MAX_BLOCKS = 15_000
MAX_TABLE_CELLS = 12_000
# Inline structure.  Python-Markdown rebuilds a paragraph's text once for every mark it replaces,
# so one paragraph costs its length times its marks.
MAX_MARKS_PER_TEXT = 6_000
MAX_INLINE_COST = 400_000_000
# Open elements in the finished HTML.  Sanitising is quadratic in this depth.
MAX_HTML_DEPTH = 250
# Copies of unclosed inline elements the HTML parser makes.
MAX_REPEATED_TAGS = 100_000
MAX_SECONDS = 0.9
_CHECKS_PER_READING = 64


class RenderingError(ValueError):
    """A body that is refused.  The message is Korean and meant for the editor."""


class Deadline:
    """Processor time one rendering may take.

    Thread time, not wall time: a busy machine must not refuse an honest essay.
    """

    __slots__ = ("_end", "_unread")

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._end = time.thread_time() + seconds
        self._unread = 0

    def check(self) -> None:
        """Raise RenderingError when the time is used up.

        Reading the thread's clock is a slow system call on some machines, so most calls only
        count.
        """
        self._unread += 1
        if self._unread < _CHECKS_PER_READING:
            return
        self._unread = 0
        if time.thread_time() > self._end:
            raise RenderingError(
                "본문이 너무 복잡해 변환할 수 없습니다. 반복되는 기호가 있는지 확인해 주세요."
            )
