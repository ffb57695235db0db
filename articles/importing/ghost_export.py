"""A Ghost export (JSON) as its posts, one after the other."""

from collections.abc import Iterator

from articles.importing.documents import ImportFailure
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source


def read_ghost(source: Source, *, takes_pages: bool) -> Iterator[Reading | Remainder]:
    """Yield the posts, and at the end what else there was.

    Raises ImportFailure, before the first of them, for a file that is not a Ghost export.
    """
    raise ImportFailure("this looks like a Ghost export (ghost), which is not supported yet")
    yield
