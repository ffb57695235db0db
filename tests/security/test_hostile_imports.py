"""I1 to I5: what hostile documents, exports and archives come to. No database."""

import io
import plistlib
import struct
import zipfile
from pathlib import Path

import pytest

from articles.importing.archive_directory import is_directory_within
from articles.importing.documents import BrokenExportError, ImportFailure
from articles.importing.image_paths import is_remote
from articles.importing.markdown_source import MAX_CHARACTERS, parse_markdown
from articles.importing.pages.document import read_tree
from articles.importing.parsing import readings
from articles.importing.readings import Reading
from articles.importing.sources import MAX_DEPTH, Source, UnreadableSource, find_sources
from articles.importing.xml_records import records
from articles.moving.packages import package_at

HANGUL = "한글 폴더/먹과 종이.md"


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "글")
    return path


def problem_with(path: Path) -> str:
    (found,) = find_sources([path])
    assert isinstance(found, UnreadableSource)
    return found.problem


@pytest.mark.promise("I1")
@pytest.mark.parametrize("mark", ["[", "![", "<!--", "{%", "> "])
def test_i1_a_text_that_no_article_can_hold_is_refused_before_it_is_translated(mark: str) -> None:
    data = (mark * (MAX_CHARACTERS // len(mark) + 1)).encode()
    with pytest.raises(ImportFailure, match="longer than"):
        parse_markdown(data, "a.md")


@pytest.mark.parametrize("reference", ["http://[::1", "//[", "https://[a/b.png"])
def test_i3_an_address_that_is_none_is_never_looked_for(reference: str) -> None:
    assert is_remote(reference)


def test_i3_a_blog_with_an_impossible_address_keeps_its_posts(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2024-01-01-a.md").write_text("---\ntitle: 가\n---\n\n글", "utf-8")
    (tmp_path / "_config.yml").write_text("url: 'http://[::1'\n", "utf-8")
    (source,) = find_sources([tmp_path])
    assert isinstance(source, Source)
    (reading,) = readings(source)
    assert isinstance(reading, Reading)
    assert reading.load()[0].title == "가"


@pytest.mark.promise("I2")
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_i2_names_in_an_archive_that_says_no_encoding_are_read(
    tmp_path: Path, encoding: str
) -> None:
    written = HANGUL.encode(encoding)
    stand_in = "x" * len(written)
    path = zipped(tmp_path / "a.zip", stand_in)
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), written))
    (source,) = find_sources([path])
    assert isinstance(source, Source)
    assert source.name == HANGUL


@pytest.mark.promise("I4")
def test_i4_files_that_overlap_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", "a.md", "b.md")
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    path.write_bytes(data)
    assert "overlap" in problem_with(path)


def test_i4_a_name_of_many_folders_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", "a/" * MAX_DEPTH + "b.md")
    problem = problem_with(path)
    assert "unsafe" in problem
    assert len(problem) < 300


@pytest.mark.promise("I4")
def test_i4_entries_are_counted_and_not_believed(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", *(f"{n}.md" for n in range(9))).read_bytes())
    # The numbers of entries that the archive gives.
    struct.pack_into("<HH", data, len(data) - 14, 1, 1)
    assert is_directory_within(io.BytesIO(data), 10_000, 9)
    assert not is_directory_within(io.BytesIO(data), 10_000, 8)


def test_i4_an_archive_that_no_program_can_open_is_no_export_of_ours(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", "a.md")
    data = bytearray(path.read_bytes())
    # "Version needed" of the future, at which the library gives up.
    struct.pack_into("<H", data, data.rfind(b"PK\x01\x02") + 6, 99)
    path.write_bytes(data)
    assert package_at(path) is None
    assert "cannot be opened" in problem_with(path)


def test_i4_folders_without_end_cost_no_other_document(tmp_path: Path) -> None:
    (tmp_path / ("a/" * (MAX_DEPTH + 5))).mkdir(parents=True)
    (tmp_path / "good.md").write_text("글", "utf-8")
    closed, good = find_sources([tmp_path])
    assert isinstance(closed, UnreadableSource)
    assert "deep" in closed.problem
    assert isinstance(good, Source)


@pytest.mark.parametrize("opening", ['<a b="', "<!--", "<?a "])
def test_i5_a_tag_without_end_is_refused(opening: str) -> None:
    stream = io.BytesIO(f"<rss>{opening}".encode() + b"x" * 3_000_000)
    with pytest.raises(BrokenExportError, match="longer than"):
        list(records(stream, {"rss": frozenset()}))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\nx', "no page"),
        (
            plistlib.dumps({"a": [[n] for n in range(51_000)]}, fmt=plistlib.FMT_BINARY),
            "objects",
        ),
    ],
)
def test_i5_a_web_archive_that_holds_nothing_or_too_much_is_refused(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(data)
    (source,) = find_sources([path])
    assert isinstance(source, Source)
    with pytest.raises(ImportFailure, match=problem):
        list(readings(source))


def test_i5_an_element_of_a_million_classes_keeps_a_few() -> None:
    tree = read_tree(b"<html><body><p class='" + b"a " * 1_000_000 + b"'>a</p></body></html>")
    (paragraph,) = tree.iter("p")
    assert len(paragraph.get("class", "")) <= 2000
