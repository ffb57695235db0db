"""Everything that leaves by `export_articles` comes back by `import_articles`, byte for byte."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Image, Redirect, Status
from articles.moving.packages import package_at
from articles.moving.restoring import Options, restore
from comments.models import Comment
from tests.articles.moving.magazine import BODY, export, lose_everything, make_magazine, rows
from tests.builders import make_article
from tests.comments.builders import make_comment

pytestmark = pytest.mark.django_db


def bring_in(path: Path, *options: str) -> dict[str, Any]:
    """Import and return the report, whether or not something failed."""
    report = path.parent / "report.json"
    with suppress(CommandError):
        call_command("import_articles", str(path), "--report", str(report), *options)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def told(report: dict[str, Any]) -> dict[str, str]:
    """Return what a person should look at, by the name of the file."""
    return {
        Path(item["source"]).name: item["error"] or "; ".join(item["warnings"])
        for item in report["items"]
        if item["error"] or item["warnings"]
    }


def pictures() -> dict[str, bytes]:
    names = Image.objects.values_list("file", flat=True)
    return {name: Path(settings.MEDIA_ROOT, name).read_bytes() for name in names}


def everything() -> list[Any]:
    comments = Comment.objects.values_list("pk", "body", "root_id", "article__slug")
    return [sorted(comments), pictures(), *map(rows, (Article, Redirect, Image))]


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file of an export so that it is still what its checksum says."""
    replaced = (old, new)
    for path in (folder / name, folder / "SHA256SUMS", folder / "manifest.json"):
        before = path.read_bytes()
        after = before.decode().replace(*replaced).encode()
        assert after != before
        path.write_bytes(after)
        replaced = (hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest())


def test_an_empty_site_becomes_the_one_that_was_exported(tmp_path, client):
    full = make_magazine()
    before, first = everything(), export(tmp_path / "first.zip")
    lose_everything()
    dry_run = bring_in(first, "--dry-run")
    assert (dry_run["created"], told(dry_run)) == (7, {})
    assert (Article.objects.count(), Image.objects.count()) == (0, 0)
    assert not Path(settings.MEDIA_ROOT).exists()

    report = bring_in(first)
    assert (report["created"], told(report)) == (7, {})
    assert everything() == before
    restored = Article.objects.get(slug=full.slug)
    assert restored.body.startswith(BODY)
    assert restored.pending.content["title"] == "새 제목"
    assert client.get("/articles/붓/").url == restored.get_absolute_url()

    again = bring_in(first)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 7)
    assert Article.objects.get(slug="brush").translation_of == restored
    assert export(tmp_path / "second.zip").read_bytes() == first.read_bytes()


def test_an_import_that_broke_off_is_completed_by_the_next(tmp_path):
    make_magazine()
    first = export(tmp_path / "first.zip")
    lose_everything()

    def break_off(items, label):
        for number, item in enumerate(items):
            if label == "articles" and number == 3:
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        restore(package_at(first), Options(), break_off)
    report = bring_in(first)
    assert (report["created"], report["unchanged"], told(report)) == (5, 2, {})
    assert export(tmp_path / "second.zip").read_bytes() == first.read_bytes()


def test_what_is_damaged_or_makes_no_sense_is_named_and_costs_nothing_else(tmp_path):
    make_magazine()
    folder = export(tmp_path / "folder")
    lose_everything()
    change(folder, "articles/예약.md", 'status: "published"', "status: [1]")
    change(folder, "images.ndjson", '"file":"images/', '"file":"../images/')
    change(folder, "authors.ndjson", '"bio":""', '"bio":{}')
    change(folder, "redirects.ndjson", "/authors/ana/", "javascript:alert(1)")
    (folder / "articles/내림.md").write_text("---\ntitle: x\n---\n")
    (folder / "articles/새-글.md").write_text("---\ntitle: x\n---\n")
    report = bring_in(folder)
    problems = told(report)
    assert report["created"] == 5
    assert "not text" in problems["예약.md"]
    assert "damaged" in problems["내림.md"]
    assert "does not name it" in problems["새-글.md"]
    assert "checksum" in problems["images.ndjson:1"]
    assert "`bio`" in problems["authors.ndjson:1"]
    assert "web address" in problems["redirects.ndjson:2"]
    assert "left out" in problems["붓을-건네는-시간.md"]


def test_what_the_desk_has_changed_since_is_kept_unless_told_otherwise(tmp_path):
    make_article("글", slug="글", body="처음", import_ref="글.md")
    first = export(tmp_path / "first.zip")
    article = Article.objects.get()
    article.body, article.slug, article.status = "고침", "새-주소", Status.WITHDRAWN
    article.save()
    report = bring_in(first)
    assert (report["unchanged"], list(told(report))) == (1, ["글.md"])
    assert Article.objects.get().body == "고침"
    assert bring_in(first, "--overwrite-edits")["updated"] == 1
    article = Article.objects.get()
    assert (article.body, article.slug, article.status) == ("처음", "새-주소", "withdrawn")
    assert article.revisions.count() == 2


def test_an_essay_whose_address_is_taken_here_keeps_its_comments_and_redirects(tmp_path):
    article = make_article("우리 글", slug="글", body="우리 줄")
    make_comment(article, "우리 댓글")
    Redirect.objects.create(old_path="/옛.html", article=article)
    first = export(tmp_path / "first.zip")
    lose_everything()
    other = make_article("다른 글", slug="글", body="다른 줄")
    make_comment(other, "다른 댓글")
    for action in ("created", "unchanged"):
        assert bring_in(first)[action] == 1
    ours = Article.objects.get(title="우리 글")
    assert [comment.body for comment in ours.comments.all()] == ["우리 댓글"]
    assert Redirect.objects.get().article == ours
    assert other.comments.count() == 1
