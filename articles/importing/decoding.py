"""Turn the bytes of a source document into clean text."""

import codecs
import re
import unicodedata

from articles.importing.documents import ImportFailure
from articles.text import normalised

MAX_DOCUMENT_BYTES = 5 * 1024 * 1024

_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Stray control characters come from old editors and show nothing; tab and newline are kept. The
# last two are no characters, and trees do not hold them.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_NEWLINES = re.compile(r"\r\n?|\f|\x85|\u2028|\u2029")
# In CP949 the common syllables have both bytes above 0xA0; the others fill the space below.
_CP949_LETTER = re.compile(rb"[\x81-\xfe][\x41-\xfe]")
_RARE_CP949_LETTER = re.compile(rb"[\x81-\xa0][\x41-\xfe]|[\xa1-\xfe][\x41-\xa0]")
# Normalising sorts each run of combining marks, which takes quadratic time in its length.
_MARK_RUN = re.compile(r"[^\w\s\x00-\x7f]{100,}")
_MAX_MARKS = 100


def decode(data: bytes) -> str:
    """Return `data` as NFC text with LF line ends.

    Tried in order: a byte order mark, UTF-8, CP949 (which contains EUC-KR). Raises ImportFailure
    for documents over MAX_DOCUMENT_BYTES, NUL characters, and bytes that are none of these.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES // (1024 * 1024)
        raise ImportFailure(f"the document is larger than {limit} MB")
    text = _decoded(data)
    if "\0" in text:
        raise ImportFailure("the document contains NUL characters, so it is not text")
    _refuse_mark_runs(text)
    text = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    return normalised(text)


def _decoded(data: bytes) -> str:
    try:
        if data.startswith(_UTF_16_BOMS):
            return data.decode("utf-16")
        return _utf_8_or_cp949(data.removeprefix(codecs.BOM_UTF8))
    except UnicodeDecodeError as error:
        raise ImportFailure(
            "the document's encoding is unknown: neither UTF-8, UTF-16 nor CP949"
        ) from error


def is_cp949(beginning: bytes) -> bool:
    """Whether the beginning of a file, which may break off within a letter, is CP949 and no UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        try:
            codecs.getincrementaldecoder("cp949")().decode(beginning)
        except UnicodeDecodeError:
            return False
        return not _is_damaged_utf_8(beginning)
    return False


def _utf_8_or_cp949(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp949")
        if _is_damaged_utf_8(data):
            raise
        return text


def _is_damaged_utf_8(data: bytes) -> bool:
    """Damaged UTF-8 can pass for CP949, but then every other letter is a rare one."""
    letters = _CP949_LETTER.findall(data)
    rare = sum(1 for letter in letters if _RARE_CP949_LETTER.fullmatch(letter))
    return 5 * rare > len(letters)


def _refuse_mark_runs(text: str) -> None:
    for run in _MARK_RUN.finditer(text):
        if sum(1 for character in run[0] if unicodedata.combining(character)) > _MAX_MARKS:
            raise ImportFailure("the document holds an absurdly long run of combining marks")
