import os
import zipfile

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.sources import DiskFolder, Source, UnreadableSource, ZipFolder, find_sources


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_md", ".md").replace("_png", ".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def refs(*paths):
    return [source.ref for source in find_sources(paths) if isinstance(source, Source)]


def problems(*paths):
    found = find_sources(paths)
    return [source.problem for source in found if isinstance(source, UnreadableSource)]


def make_zip(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_md", ".md"), text)
    return path


def test_a_folder_gives_its_documents_by_their_path_in_it(tmp_path):
    write(tmp_path, b_md="나", a__a_md="가", image_png="")
    assert refs(tmp_path) == ["a/a.md", "b.md"]


def test_a_single_file_is_known_by_its_name(tmp_path):
    write(tmp_path, a__a_md="가")
    assert refs(tmp_path / "a" / "a.md") == ["a.md"]


def test_hidden_files_are_no_documents(tmp_path):
    write(tmp_path, a_md="가")
    write(tmp_path / ".git", b_md="나")
    write(tmp_path / "__MACOSX", c_md="다")
    assert refs(tmp_path) == ["a.md"]


def test_an_archive_gives_its_documents_without_being_unpacked(tmp_path):
    archive = make_zip(tmp_path / "blog.zip", _posts__a_md="가")
    (source,) = find_sources([archive])
    assert isinstance(source, Source)
    assert source.read().decode() == "가"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blog.zip"]


def test_what_is_not_there_is_named_and_the_rest_is_found(tmp_path):
    write(tmp_path, a_md="가")
    paths = (tmp_path / "missing.md", tmp_path / "a.md")
    assert problems(*paths) == ["there is no such file or folder"]
    assert refs(*paths) == ["a.md"]


def test_an_empty_folder_is_a_problem(tmp_path):
    assert problems(tmp_path) == ["no document was found in it"]


@pytest.mark.promise("I4")
@pytest.mark.parametrize("name", ["../a.md", "/etc/a.md", "..\\a.md", "C:/a.md"])
def test_an_archive_with_a_name_that_leads_out_is_refused(tmp_path, name):
    assert "unsafe name" in problems(make_zip(tmp_path / "evil.zip", **{name: "가"}))[0]


def test_an_archive_with_a_name_that_names_nothing_is_refused(tmp_path):
    archive = make_zip(tmp_path / "blog.zip", **{".": "가"})
    assert problems(archive) == ["the zip archive holds an unsafe name: '.'"]


def test_a_file_name_that_is_not_utf_8_is_refused_and_the_rest_is_found(tmp_path):
    write(tmp_path, a_md="가")
    try:
        (tmp_path / os.fsdecode("글.md".encode("cp949"))).touch()
    except OSError:
        pytest.skip("this file system keeps names in UTF-8 only")
    assert refs(tmp_path) == ["a.md"]
    assert problems(tmp_path) == ["the file's name is not one line of UTF-8; rename the file"]


@pytest.mark.promise("I4")
def test_an_archive_with_a_link_is_refused(tmp_path):
    path = tmp_path / "evil.zip"
    entry = zipfile.ZipInfo("a.md")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert "a link" in problems(path)[0]


@pytest.mark.promise("I4")
def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path):
    assert "zip bomb" in problems(make_zip(tmp_path / "bomb.zip", a_md="0" * 50_000_000))[0]


def test_a_broken_archive_is_a_problem_not_a_crash(tmp_path):
    archive = make_zip(tmp_path / "blog.zip", a_md="".join(map(chr, range(0xAC00, 0xB000))))
    data = bytearray(archive.read_bytes())
    data[40:60] = b"\x00" * 20
    archive.write_bytes(data)
    (source,) = find_sources([archive])
    with pytest.raises(ImportFailure, match="archive"):
        source.read()


class TestDiskFolder:
    @pytest.mark.promise("I3")
    def test_a_link_that_leads_out_is_as_good_as_absent(self, tmp_path):
        write(tmp_path / "out", secret_md="비밀")
        write(tmp_path / "in", a_md="가")
        (tmp_path / "in" / "link.md").symlink_to(tmp_path / "out" / "secret.md")
        folder = DiskFolder(tmp_path / "in")
        assert list(folder.documents()) == ["a.md"]
        assert not folder.has("link.md")
        with pytest.raises(ImportFailure):
            folder.read("link.md")

    @pytest.mark.promise("I3")
    @pytest.mark.parametrize("name", ["../out/secret.md", "/etc/passwd", "a/../../out/secret.md"])
    def test_a_path_that_leads_out_is_not_read(self, tmp_path, name):
        write(tmp_path / "out", secret_md="비밀")
        write(tmp_path / "in", a_md="가")
        with pytest.raises(ImportFailure):
            DiskFolder(tmp_path / "in").read(name)

    @pytest.mark.parametrize("name", ["a\x00.png", "가" * 300])
    def test_a_name_that_no_file_can_have_is_absent(self, tmp_path, name):
        assert not DiskFolder(tmp_path).has(name)

    def test_a_decomposed_file_name_is_found_by_its_composed_form(self, tmp_path):
        (tmp_path / "\u1100\u1161.md").write_text("가", encoding="utf-8")
        assert list(DiskFolder(tmp_path).documents()) == ["가.md"]
        assert DiskFolder(tmp_path).read("가.md").decode() == "가"


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_korean_names_of_archives_that_do_not_say_their_encoding_are_read(tmp_path, encoding):
    class Entry(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):  # noqa: N802 - as Windows and old macOS write names
            return self.filename.encode(encoding), self.flag_bits

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(Entry("봄/글.md"), "![](봄.png)")
        archive.writestr(Entry("봄/봄.png"), "x")
    folder = ZipFolder(tmp_path / "a.zip")
    assert list(folder.documents()) == ["봄/글.md"]
    assert folder.named("봄.png") == ["봄/봄.png"]
