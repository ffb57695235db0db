"""An export is known by its manifest, and read no further than it can be trusted."""

import stat
import zipfile

import pytest

from articles.importing.documents import ImportFailure
from articles.moving.exports import seal
from articles.moving.packages import package_at
from articles.moving.targets import opened_target

pytestmark = pytest.mark.any_engine


@pytest.fixture
def folder(tmp_path):
    with opened_target(tmp_path / "folder") as target:
        target.add("articles/글.md", ["글".encode()])
        target.add("tags.ndjson", [b'{"name":"a"}\n', b"[]\n"])
        seal(target, {})
    return tmp_path / "folder"


def packed(folder, top=""):
    path = folder.parent / "out.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.rglob("*"):
            archive.write(file, f"{top}{file.relative_to(folder)}")
    return path


def test_a_folder_that_was_packed_by_another_program_is_known_again(folder):
    package = package_at(packed(folder, "필담/"))
    assert package.names("articles/") == ["articles/글.md"]
    assert package.data("articles/글.md").decode() == "글"
    assert list(package.lines("tags.ndjson")) == [(1, {"name": "a"}), (2, None)]


def test_other_manifests_are_not_ours_and_later_versions_are_refused(folder):
    manifest = folder / "manifest.json"
    ours = manifest.read_text()
    manifest.write_text(ours.replace('"version": 1', '"version": 2'))
    with pytest.raises(ImportFailure, match="version 2"):
        package_at(folder)
    manifest.write_text('{"name": "앱"}')
    assert package_at(folder) is None


def test_a_changed_list_of_checksums_is_refused(folder):
    with (folder / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  articles/또.md\n")
    with pytest.raises(ImportFailure, match="SHA256SUMS"):
        package_at(folder)


@pytest.mark.parametrize("kind", ["outside", "link", "bomb"])
def test_a_hostile_archive_is_refused_although_it_names_itself_ours(folder, kind):
    path = packed(folder)
    entry = zipfile.ZipInfo("../x.md" if kind == "outside" else "x.ndjson")
    entry.compress_type = zipfile.ZIP_DEFLATED
    if kind == "link":
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, b"0" * (30_000_000 if kind == "bomb" else 1))
    with pytest.raises(ImportFailure, match=r"x\.(md|ndjson)"):
        package_at(path)
