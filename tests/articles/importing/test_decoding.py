import time

import pytest

from articles.importing.decoding import MAX_DOCUMENT_BYTES, decode
from articles.importing.documents import ImportFailure


@pytest.mark.promise("I2")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "euc-kr"])
def test_korean_text_is_read_in_every_common_encoding(encoding: str) -> None:
    assert decode("가나다 뜰에 핀 꽃\n".encode(encoding)) == "가나다 뜰에 핀 꽃\n"


def test_line_ends_become_lf() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_decomposed_hangul_is_composed() -> None:
    assert decode("\u1112\u1161\u11ab".encode()) == "한"


def test_stray_control_characters_are_dropped() -> None:
    assert decode("가\x08나\x0b다".encode()) == "가나다"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\0b", "NUL"),
        (b"\xec\x95\x88\xff\xff", "encoding"),
        (b"x" * (MAX_DOCUMENT_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ImportFailure, match=message):
        decode(data)


def test_damaged_utf8_is_not_taken_for_cp949() -> None:
    with pytest.raises(ImportFailure, match="encoding"):
        decode("마을 물레 바람".encode()[2:])


def test_a_long_run_of_combining_marks_is_refused_quickly() -> None:
    started = time.thread_time()
    with pytest.raises(ImportFailure, match="combining"):
        decode(("a" + "\u0301\u0323" * 400_000).encode())
    assert time.thread_time() - started < 1


def test_what_is_no_character_is_dropped() -> None:
    assert decode("가\ufffe나\uffff".encode()) == "가나"
