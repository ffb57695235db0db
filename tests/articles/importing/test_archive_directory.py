import io
import struct
import zipfile

import pytest

from articles.importing.archive_directory import directory_length


def archive(names: list[str], comment: bytes = b"") -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, "글")
        written.comment = comment
    return file


@pytest.mark.parametrize("comment", [b"", b"a comment", b"x" * 65_535])
def test_the_length_is_the_one_that_the_archive_was_written_with(comment: bytes) -> None:
    file = archive(["a.md", "b.md"], comment)
    assert directory_length(file) == 2 * (46 + len("a.md"))


def test_a_large_archive_says_it_in_a_record_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    file = archive(["a.md", "b.md"])
    data = bytearray(file.getvalue())
    # Such a writer leaves the length to the longer record.
    struct.pack_into("<L", data, len(data) - 10, 0xFFFF_FFFF)
    assert directory_length(io.BytesIO(data)) == 2 * (46 + len("a.md"))


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"x" * 99])
def test_what_is_no_archive_says_something_harmless(data: bytes) -> None:
    assert directory_length(io.BytesIO(data)) in (0, 0xFFFF_FFFF)
