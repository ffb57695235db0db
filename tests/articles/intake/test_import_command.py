"""How a run behaves: what it reads, what it leaves alone, and how it ends."""

import errno
import hashlib
import io
import json
import os
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection

from articles import editing
from articles.content import content_of
from articles.importing.sources import find_sources
from articles.intake import applying, batches, plans, runs
from articles.intake.turns import import_turn
from articles.models import Article, Image, Status
from tests.builders import picture_bytes, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def write(path, title="글", body="본문이다."):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"---\ntitle: {title}\ndate: 2024-03-01\nauthor: 신피질\n---\n\n{body}\n"
    path.write_text(text, encoding="utf-8")
    return path


def bring_in(*paths, report_to=None):
    """Import, and return the report whether or not something failed."""
    report = report_to or Path(settings.MEDIA_ROOT).with_name("report.json")
    report.parent.mkdir(parents=True, exist_ok=True)
    with suppress(CommandError):
        call_command("import_articles", *map(str, paths), "--report", str(report))
    return json.loads(report.read_text(encoding="utf-8"))


def piped(monkeypatch, data):
    stream = SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", stream)


class TestStandardInput:
    def test_a_document_is_known_again_by_its_name(self, tmp_path, monkeypatch):
        data = write(tmp_path / "2025-07-04-post.md").read_bytes()
        for expected in ("created", "unchanged"):
            piped(monkeypatch, data)
            assert bring_in("-", "--name", "2025-07-04-post.md")[expected] == 1
        assert Article.objects.get().import_ref == "2025-07-04-post.md"

    def test_without_a_name_it_is_known_by_its_bytes(self, monkeypatch):
        for expected in ("created", "unchanged"):
            piped(monkeypatch, "# 글\n\n![붓](붓.png)".encode())
            report = bring_in("-")
            assert report[expected] == 1
        assert report["items"][0]["warnings"][0] == "image not found: 붓.png"

    def test_an_archive_is_what_it_is(self, monkeypatch):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.md", "# 가\n\n본문.")
            archive.writestr("b.md", "# 나\n\n본문!")
        piped(monkeypatch, packed.getvalue())
        assert bring_in("-")["created"] == 2

    def test_a_name_is_for_standard_input_alone(self, tmp_path):
        with pytest.raises(CommandError, match="--name"):
            call_command("import_articles", str(tmp_path), "--name", "a.md")


def test_a_file_that_is_named_twice_is_one_article_under_its_longest_name(tmp_path):
    post = write(tmp_path / "blog" / "_posts" / "글.md")
    report = bring_in(post, tmp_path / "blog", post, tmp_path / "blog" / ".")
    assert report["created"] == len(report["items"]) == 1
    assert Article.objects.get().import_ref == "_posts/글.md"


def test_pipes_and_loops_are_named_and_never_waited_for(tmp_path):
    blog = tmp_path / "blog"
    write(blog / "글.md", body="![고리](고리.png)")
    os.mkfifo(blog / "pipe.md")
    for link in ("고리.md", "고리.png"):
        (blog / link).symlink_to(link)
    (blog / "위").symlink_to(blog)
    report = bring_in(blog, blog / "pipe.md", blog / "고리.md")
    assert (report["created"], report["failed"]) == (1, 2)
    problems = {item["error"] for item in report["items"]}
    assert "it is neither a file nor a folder (- reads standard input)" in problems
    assert "it cannot be read: Too many levels of symbolic links" in problems


def test_a_closed_folder_is_named(tmp_path, monkeypatch):
    write(tmp_path / "blog" / "글.md")
    (tmp_path / "blog" / "닫힘").mkdir()
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("닫힘"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    report = bring_in(tmp_path / "blog")
    assert (report["created"], report["failed"]) == (1, 1)
    assert report["items"][0]["source"].endswith("blog/닫힘")
    assert report["items"][0]["error"] == "it cannot be read: Permission denied"


@pytest.mark.promise("F7")
def test_a_full_disk_is_named_and_leaves_no_file(tmp_path, monkeypatch):
    write(tmp_path / "blog" / "글.md", body="![붓](붓.png)")
    (tmp_path / "blog" / "붓.png").write_bytes(picture_bytes())

    def full(storage, name, content):
        Path(storage.path(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(storage.path(name)).touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        report = bring_in(tmp_path / "blog")
    assert report["items"][0]["error"] == "it could not be stored: No space left on device"
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert bring_in(tmp_path / "blog")["created"] == 1


def test_a_failed_import_leaves_no_picture_behind(
    tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    write(tmp_path / "blog" / "글.md", body="![붓](붓.png)")
    (tmp_path / "blog" / "붓.png").write_bytes(picture_bytes())
    monkeypatch.setattr(Article, "byline_of", lambda *args: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert bring_in(tmp_path / "blog")["failed"] == 1
    assert not Image.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_an_interrupted_run_says_how_far_it_was_and_reports(tmp_path, monkeypatch):
    for name in ("a.md", "b.md", "c.md"):
        write(tmp_path / "blog" / name, title=name, body=name)
    apply = applying.apply_in_batch

    def interrupted(plan, *others):
        if plan.ref == "b.md":
            raise KeyboardInterrupt
        return apply(plan, *others)

    report = tmp_path / "report.json"
    with monkeypatch.context() as patched:
        patched.setattr(applying, "apply_in_batch", interrupted)
        patched.setattr(batches, "MOST_DOCUMENTS", 1)
        with pytest.raises(CommandError, match="Interrupted after 1 documents") as caught:
            call_command("import_articles", str(tmp_path / "blog"), "--report", str(report))
    assert caught.value.returncode == 130
    assert json.loads(report.read_text())["created"] == 1
    again = bring_in(tmp_path / "blog")
    assert (again["created"], again["unchanged"]) == (2, 1)


def test_a_second_import_that_does_not_wait_ends_at_once(tmp_path):
    write(tmp_path / "글.md")
    with import_turn(), pytest.raises(CommandError, match=r"Another import is running \(since"):
        call_command("import_articles", str(tmp_path), "--no-wait")
    assert not Article.objects.exists()


@pytest.mark.promise("I6")
def test_a_dry_run_touches_no_byte(tmp_path):
    write(tmp_path / "blog" / "글.md", body="![붓](붓.png)")
    (tmp_path / "blog" / "붓.png").write_bytes(picture_bytes())
    before = stored()
    with import_turn():
        bring_in(tmp_path / "blog", "--dry-run")
    assert stored() == before


def stored():
    """Return what the database's files and the media hold; on PostgreSQL the media alone."""
    places = [*settings.MEDIA_ROOT.rglob("*")]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        places += [name, name.with_name(f"{name.name}-wal")]
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in places if path.is_file()
    }


class TestTheDesk:
    """Nothing that an editor wrote is lost, or published, by an import."""

    @pytest.fixture
    def post(self, tmp_path):
        post = write(tmp_path / "blog" / "글.md")
        bring_in(post)
        return post

    def test_where_nobody_can_be_asked_an_edit_is_shown_and_kept(self, post, capsys):
        Article.objects.update(title="편집자의 제목")
        report = bring_in(post, "--update")
        assert report["unchanged"] == 1
        told = capsys.readouterr()
        assert "[-편집자의 제목-]{+글+}" in told.out
        assert "title was edited on the desk and is kept (--overwrite-edits overwrites)" in told.err

    def test_on_a_terminal_the_operator_decides(self, post, monkeypatch):
        Article.objects.update(title="편집자의 제목")
        source = [*find_sources([post])]
        asked = plans.Options(update=True)
        refused = runs.run(source, asked, may_overwrite=lambda edits: False)
        assert refused.counts()["unchanged"] == 1
        assert runs.run(source, asked, may_overwrite=lambda edits: True).counts()["updated"] == 1

    def test_a_version_that_waits_keeps_imports_away(self, post):
        publish(Article.objects.get())
        article = Article.objects.get()
        waiting = content_of(article) | {"body": "편집자가 고쳐 두었다."}
        editing.save(article, waiting, editing.Actor("편집자"))
        write(post, body="원문이 달라졌다.")
        report = bring_in(post, "--overwrite-edits")
        assert "waits for publication" in report["items"][0]["warnings"][0]
        article.refresh_from_db()
        assert (article.body.strip(), article.status) == ("본문이다.", Status.PUBLISHED)
        assert article.pending.content["body"] == "편집자가 고쳐 두었다."

    def test_what_is_saved_while_an_import_runs_is_not_overwritten(self, post, monkeypatch):
        write(post, body="원문이 달라졌다.")
        apply = applying.apply_in_batch

        def overtaken(plan, *others):
            monkeypatch.setattr(applying, "apply_in_batch", apply)
            Article.objects.filter(pk=plan.article.pk).update(body="편집자가 방금 썼다.")
            return apply(plan, *others)

        monkeypatch.setattr(applying, "apply_in_batch", overtaken)
        report = bring_in(post)
        assert Article.objects.get().body == "편집자가 방금 썼다."
        assert "body was edited on the desk" in report["items"][0]["warnings"][0]

    def test_a_withdrawn_article_stays_withdrawn_and_an_open_form_is_told(self, post):
        base = editing.head_of(Article.objects.get()).digest
        Article.objects.get().withdraw()
        write(post, body="원문이 달라졌다.")
        assert bring_in(post, "--status", "published")["updated"] == 1
        article = Article.objects.get()
        assert article.status == Status.WITHDRAWN
        with pytest.raises(editing.StaleError):
            editing.save(article, content_of(article), editing.Actor("편집자"), base=base)
