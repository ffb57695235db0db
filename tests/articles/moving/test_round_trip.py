"""Everything that leaves by `export_articles` comes back by `import_articles`, byte for byte."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Image, Redirect
from comments.models import Comment
from tests.articles.moving.magazine import (
    BODY,
    export,
    files,
    lose_everything,
    make_magazine,
    rows,
)
from tests.builders import make_article
from tests.comments.builders import make_comment

pytestmark = pytest.mark.django_db


def bring_in(path: Path, *options: str) -> dict[str, object]:
    report = path.parent / "report.json"
    try:
        call_command(
            "import_articles", str(path), "--report", str(report), *options, stdout=io.StringIO()
        )
    except CommandError:
        pass
    return json.loads(report.read_text())


def file_names() -> list[str]:
    return list(Image.objects.values_list("file", flat=True))


def test_an_empty_site_becomes_the_one_that_was_exported(tmp_path, client):
    full = make_magazine()
    before = {model: rows(model) for model in (Article, Redirect, Image)}
    comments = {comment.pk: comment.body for comment in Comment.objects.all()}
    pictures = {name: Path(settings.MEDIA_ROOT, name).read_bytes() for name in file_names()}
    first = export(tmp_path / "first.zip")
    lose_everything()

    report = bring_in(first)

    assert [(i["error"], i["warnings"]) for i in report["items"] if i["error"] or i["warnings"]] == []
    assert (report["created"], report["failed"]) == (6, 0)
    assert {model: rows(model) for model in (Article, Redirect, Image)} == before
    assert files(settings.MEDIA_ROOT) == pictures
    restored = Article.objects.get(slug=full.slug)
    assert restored.body.startswith(BODY)
    assert restored.pending.content["title"] == "새 제목"
    assert {comment.pk: comment.body for comment in Comment.objects.all()} == comments
    assert client.get("/articles/붓/").url == restored.get_absolute_url()
    import zipfile
    with zipfile.ZipFile(export(tmp_path / "second.zip")) as b, zipfile.ZipFile(first) as a:
        assert a.namelist()==b.namelist()
        for n in a.namelist():
            assert a.read(n).decode("utf-8","replace")==b.read(n).decode("utf-8","replace"), n
    assert export(tmp_path / "second.zip").read_bytes() == first.read_bytes()
