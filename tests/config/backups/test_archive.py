"""What was written is read back, and whatever is not it is refused."""

import io
import tarfile

import pyrage
import pytest

from config.backups import encryption
from config.backups.archive import ArchiveWriter, Manifest, read_archive
from config.backups.errors import BackupError


def archive(stream, files):
    writer = ArchiveWriter(stream)
    for name, path in files.items():
        writer.add(name, path)
    manifest = Manifest("2026-11-26T00:00:00+00:00", "sqlite", [], {}, writer.checksums)
    writer.finish(manifest)
    return manifest


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(bytes(range(256)) * 400)
    return path


@pytest.fixture
def whole(picture):
    stream = io.BytesIO()
    archive(stream, {"media/한글.png": picture})
    return stream.getvalue()


def test_what_was_written_is_read_back(whole, picture, tmp_path):
    manifest = read_archive(io.BytesIO(whole), tmp_path / "here")
    assert list(manifest.checksums) == ["media/한글.png"]
    assert (tmp_path / "here/media/한글.png").read_bytes() == picture.read_bytes()


@pytest.mark.parametrize("cut", [0, 600, 50_000, -11_000])
def test_an_archive_that_ends_early_is_refused(whole, cut):
    with pytest.raises(BackupError, match="damaged"):
        read_archive(io.BytesIO(whole[:cut]))


@pytest.mark.parametrize("place", [5000, 104_500])
def test_a_byte_that_has_changed_is_noticed(whole, place):
    changed = bytearray(whole)
    changed[place] ^= 1
    with pytest.raises(BackupError, match="damaged"):
        read_archive(io.BytesIO(bytes(changed)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("/outside", tarfile.REGTYPE),
        ("media/../../outside", tarfile.REGTYPE),
        ("media/outside", tarfile.SYMTYPE),
        ("media/outside", tarfile.LNKTYPE),
        ("media/outside", tarfile.FIFOTYPE),
    ],
)
def test_a_member_that_is_a_link_or_leads_out_is_refused(name, kind, tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w|") as tar:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info, io.BytesIO())
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    with pytest.raises(BackupError, match=r"damaged: .*outside is no file"):
        read_archive(io.BytesIO(stream.getvalue()), folder)
    assert not list(tmp_path.rglob("outside"))


def test_only_the_holder_of_the_key_reads_an_encrypted_one(picture, tmp_path):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, identity in (("mine", mine), ("other", other)):
        (tmp_path / name).write_text(f"# a comment, as age-keygen writes\n{identity}\n")
    path = tmp_path / "backup.tar.age"
    with encryption.written(path, str(mine.to_public())) as stream:
        written = archive(stream, {"media/a.png": picture})
    assert path.stat().st_mode & 0o077 == 0
    assert b"media/a.png" not in path.read_bytes()
    with encryption.read(path, tmp_path / "mine") as stream:
        assert read_archive(stream) == written
    for identity in (None, tmp_path / "other", tmp_path / "nothing"):
        with (
            pytest.raises(BackupError, match=r"key|KEY|decrypted"),
            encryption.read(path, identity) as stream,
        ):
            read_archive(stream)


def test_an_encrypted_one_that_was_cut_is_refused(picture, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(str(identity))
    path = tmp_path / "backup.tar.age"
    with encryption.written(path, str(identity.to_public())) as stream:
        archive(stream, {"media/a.png": picture})
    path.write_bytes(path.read_bytes()[:-20_000])
    with pytest.raises(BackupError), encryption.read(path, tmp_path / "key") as stream:
        read_archive(stream)
