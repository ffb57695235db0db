"""An export is whole under its name, or not there; and it takes the place of nothing else."""

import zipfile

import pytest

from articles.moving.layout import document_name
from articles.moving.targets import TargetError, opened_target

pytestmark = pytest.mark.any_engine


@pytest.mark.parametrize("name", ["out.zip", "folder"])
def test_an_export_that_breaks_off_leaves_nothing_behind(tmp_path, name):
    def broken_off():
        yield b"x"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), opened_target(tmp_path / name) as target:
        target.add("글.md", broken_off())
    assert list(tmp_path.iterdir()) == []


def test_nothing_else_is_overwritten(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "편지.txt").touch()
    (tmp_path / "no.zip").write_text("편지")
    for name in ("folder", "no.zip", "folder/편지.txt"):
        with pytest.raises(TargetError):
            opened_target(tmp_path / name)


def test_an_archive_is_private_and_names_hangul_as_every_system_reads_it(tmp_path):
    path = tmp_path / "out.zip"
    with opened_target(path) as target:
        target.add("articles/글.md", [b"x"])
    with zipfile.ZipFile(path) as archive:
        [entry] = archive.infolist()
    assert (entry.filename, entry.flag_bits & 0x800) == ("articles/글.md", 0x800)
    assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("slug", ["가" * 100, "nul", "straße", "글"])
def test_every_slug_has_a_name_that_every_file_system_takes(slug):
    name = document_name("", slug)
    assert len(name.encode()) < 255
    assert (name == f"{slug}.md") == (slug == "글")
