"""Tell which kind of export a file is, by its content."""

import codecs

from articles.importing.documents import ImportFailure

HEAD_LENGTH = 1 << 16
_SIGNATURES = ((b"PK\x03\x04", "a zip archive"), (b"\x1f\x8b", "a gzip archive"))


def detect_format(head: bytes) -> str:
    """Return "wordpress", "disqus" or "ndjson"; `head` is the beginning of the file.

    Raises ImportFailure for anything else.
    """
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise ImportFailure(f"this is {what}; unpack it first")
    text = _readable(head).lstrip("\ufeff \t\r\n")
    if not text:
        raise ImportFailure("the file is empty")
    if text.startswith("{"):
        if "pildam-comments" in text.partition("\n")[0]:
            return "ndjson"
    elif text.startswith("<"):
        if "wordpress.org/export" in text:
            return "wordpress"
        if "<disqus" in text or "http://disqus.com" in text:
            return "disqus"
    raise ImportFailure(
        "this is neither a WordPress export (WXR), a Disqus export (XML), nor our own NDJSON"
    )


def _readable(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
