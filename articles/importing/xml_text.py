"""The bytes of an XML file as UTF-8 that a parser takes, whatever encoding it declares.

Expat knows no Korean encoding, and stops at the control characters that old blogs let through.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.decoding import is_cp949
from articles.importing.documents import ImportFailure

CHUNK = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Careless themes leave blank lines before the declaration, where XML allows none.
_DECLARATION = re.compile(r"\s{0,1000}<\?xml\s[^<>]{0,200}\?>")
_DECLARED_ENCODING = re.compile(
    rb"\s{0,1000}<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})"
)
# EUC-KR as it is written is CP949: the common encoding leaves out 뷁 and 똠.
_WIDER = {"euc-kr": "cp949", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def utf_8_chunks(stream: BinaryIO, forbidden: str = "") -> Iterator[bytes]:
    """Yield the file as UTF-8 without its XML declaration; lines keep their numbers.

    `forbidden` stands in for each character that no XML may hold.

    Bytes that do not belong to the encoding become U+FFFD, so that one damaged comment does
    not cost the others. Raises ImportFailure for an encoding that nobody knows.
    """
    head = stream.read(CHUNK)
    encoding, skipped = _encoding_of(head)
    try:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        text = decoder.decode(head[skipped:])
        if not isinstance(text, str):
            raise LookupError
    except (LookupError, ValueError) as error:
        raise ImportFailure(f"the encoding {encoding!r} is unknown") from error
    text = text.lstrip("\ufeff")
    if declaration := _DECLARATION.match(text):
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    yield _as_xml(text, forbidden)
    while data := stream.read(CHUNK):
        yield _as_xml(decoder.decode(data), forbidden)
    yield _as_xml(decoder.decode(b"", final=True), forbidden)


def _as_xml(text: str, forbidden: str) -> bytes:
    return _NOT_XML.sub(forbidden, text).encode("utf-8", "replace")


def _encoding_of(head: bytes) -> tuple[str, int]:
    """Return the encoding, and how many bytes its byte order mark takes."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    declared = _DECLARED_ENCODING.match(head)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8") and is_cp949(head):
        # Somebody's tool has converted the file and left its first line as it was.
        return "cp949", 0
    return _WIDER.get(name, name), 0
