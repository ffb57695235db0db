"""Comments on their way from the file to the database, sorted by page without being held."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Self

from comments.importing.documents import ImportedComment, ImportedThread


@dataclass(frozen=True, slots=True)
class Sketch:
    """What has to be known of every comment at once; the rest waits in a temporary file."""

    line: int
    ref: str
    parents: tuple[str, ...]
    offset: int


@dataclass(slots=True)
class Page:
    """The comments under one page, and what the export says of it, if anything."""

    thread: ImportedThread | None = None
    sketches: list[Sketch] = field(default_factory=list)


class Spool:
    """Holds what was read; the file has no name, so that no crash can leave it behind."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self.pages: dict[str, Page] = defaultdict(Page)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def add_thread(self, thread: ImportedThread) -> None:
        self.pages[thread.key].thread = thread

    def add_comment(self, comment: ImportedComment) -> None:
        """Put a comment aside; reading and adding are not to be mixed."""
        sketch = Sketch(comment.line, comment.ref, comment.parents, self._file.tell())
        pickle.dump(comment, self._file, pickle.HIGHEST_PROTOCOL)
        self.pages[comment.thread].sketches.append(sketch)

    def comments(self, sketches: Iterable[Sketch]) -> Iterator[ImportedComment]:
        """Yield the comments of the sketches, in their order."""
        for sketch in sketches:
            self._file.seek(sketch.offset)
            # Nobody but this very process has ever had the file.
            comment: ImportedComment = pickle.load(self._file)  # noqa: S301
            yield comment
