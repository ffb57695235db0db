"""The way in for every kind of export: a stream of bytes to one reading after the other."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from comments.importing.detection import HEAD_LENGTH, detect_format
from comments.importing.disqus import read_disqus
from comments.importing.documents import Reading
from comments.importing.ndjson import read_ndjson
from comments.importing.wordpress import read_wordpress

FORMATS: dict[str, Callable[[BinaryIO], Iterator[Reading]]] = {
    "wordpress": read_wordpress,
    "disqus": read_disqus,
    "ndjson": read_ndjson,
}


def read(stream: BinaryIO, format_name: str = "auto") -> Iterator[Reading]:
    """Yield what the export holds, in its order; the stream must be able to go back.

    Raises ImportFailure for a file that cannot be read as a whole, BrokenExportError where that
    shows at a line.
    """
    if format_name == "auto":
        format_name = detect_format(stream.read(HEAD_LENGTH))
        stream.seek(0)
    return FORMATS[format_name](stream)
