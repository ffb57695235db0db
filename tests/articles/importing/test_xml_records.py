"""XML that nobody should trust, and XML that was only written carelessly."""

import tracemalloc
from io import BytesIO

import pytest

from articles.importing.documents import BrokenExportError
from comments.importing.wordpress import read_wordpress
from tests.comments.importing.exports import (
    WXR_CLOSING,
    WXR_OPENING,
    stream,
    wxr,
    wxr_comment,
    wxr_post,
)

LAUGHS = """<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>"""
FILE = """<!DOCTYPE secrets SYSTEM "file:///etc/passwd">"""


def with_prologue(prologue):
    return stream(wxr(wxr_post(wxr_comment())).replace("<rss", f"{prologue}<rss", 1))


@pytest.mark.promise("I5")
@pytest.mark.parametrize(("prologue", "name"), [(LAUGHS, "lolz"), (FILE, "secrets")])
def test_a_document_type_is_refused_by_its_name(prologue, name):
    with pytest.raises(BrokenExportError, match=name) as caught:
        list(read_wordpress(with_prologue(prologue)))
    assert caught.value.line == 2


def test_three_thousand_nested_elements_are_refused():
    nested = "<a>" * 3000 + "</a>" * 3000
    with pytest.raises(BrokenExportError, match="nested"):
        list(read_wordpress(stream(wxr(nested))))


def test_broken_xml_is_told_with_its_line():
    text = wxr(wxr_post(wxr_comment()), "<item></wrong>")
    with pytest.raises(BrokenExportError, match="not well-formed") as caught:
        list(read_wordpress(stream(text)))
    assert caught.value.line == text[: text.index("</wrong>")].count("\n") + 1


def test_a_file_that_ends_too_early_is_told():
    with pytest.raises(BrokenExportError):
        list(read_wordpress(stream(wxr(wxr_post(wxr_comment())).removesuffix(WXR_CLOSING))))


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = wxr(wxr_post(wxr_comment(1, "잘 읽었습니다"))).replace("UTF-8", declared)
    assert next(read_wordpress(stream(text, encoding))).body == "잘 읽었습니다"


def test_an_encoding_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="klingon"):
        list(read_wordpress(stream(wxr().replace("UTF-8", "klingon"))))


def test_control_characters_and_damaged_bytes_cost_no_comment():
    data = wxr(wxr_post(wxr_comment(1, "앞\x08뒤"), wxr_comment(2, "@@")))
    first, second, _ = read_wordpress(BytesIO(data.encode().replace(b"@@", b"\xff!")))
    assert (first.body, second.body) == ("앞뒤", "\ufffd!")


class Endless:
    """A file of very many comments, made while it is read."""

    def __init__(self, count):
        self.parts = self.make(count)
        self.rest = b""

    def make(self, count):
        opening, closing = wxr_post("@").split("@")
        yield (WXR_OPENING + opening).encode()
        for number in range(count):
            yield wxr_comment(number).encode()
        yield (closing + WXR_CLOSING).encode()

    def read(self, size):
        while len(self.rest) < size and (part := next(self.parts, b"")):
            self.rest += part
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken


def test_memory_stays_flat_however_many_comments_there_are():
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_wordpress(Endless(10_000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_001
    assert peak < 5_000_000
