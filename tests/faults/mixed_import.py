"""A small import of every kind, ways to break it off at any step, and what it comes to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import (
    Article,
    Author,
    Category,
    Image,
    Redirect,
    Revision,
    Series,
    Tag,
)
from comments.models import Comment
from tests.articles.importing.wordpress import BLOG, export, item
from tests.builders import make_article, make_series, picture_bytes
from tests.comments.builders import make_comment

_POST = """---
title: 글 {number}
date: 2024-03-0{number} 09:00:00 +0900
categories: [기술 {number}]
tags: [붓, 먹 {number}]
author: 신피질
series: 손이 아는 것
permalink: /old/post-{number}/
---

![붓](/images/붓.png) ![먹](/images/먹-{number}.png)

[다음 글](/old/post-{following}/)에 이어진다. {words}
"""
_WORDPRESS = "export.xml"


def make_own_export(path: Path) -> Path:
    """Write an export of two articles with a picture and comments, and leave these behind."""
    image = Image.objects.store(picture_bytes("WEBP", size=(9, 9)), alt="벼루")
    series = make_series("벼루 이야기", cover=image)
    first = make_article("벼루", body=f"![벼루]({image.url})", series=series, episode=1)
    make_article("종이", slug="종이", lead_image=image)
    comment = make_comment(first, body="잘 읽었습니다.")
    make_comment(first, body="저도요.", parent=comment)
    Redirect.objects.create(old_path="/옛/벼루/", article=first)
    call_command("export_articles", str(path), verbosity=0)
    return path


def make_sources(folder: Path, words: str = "먹을 간다.") -> Path:
    """Write Jekyll posts with pictures and links to one another, and a WordPress export."""
    posts, images = folder / "_posts", folder / "images"
    for made in (posts, images):
        made.mkdir(parents=True, exist_ok=True)
    (images / "붓.png").write_bytes(picture_bytes(size=(20, 20)))
    for number in (1, 2, 3):
        (images / f"먹-{number}.png").write_bytes(picture_bytes(size=(10, 10 + number)))
        text = _POST.format(number=number, following=number % 3 + 1, words=words)
        (posts / f"2024-03-0{number}-글.md").write_text(text, encoding="utf-8")
    link = f'<p><a href="{BLOG}/2020/05/post-8/">여덟째</a> {words}</p>'
    wordpress = export(item(7, link, title="일곱째"), item(8, "<p>본문</p>", title="여덟째"))
    (folder / _WORDPRESS).write_text(wordpress, encoding="utf-8")
    return folder


class Steps:
    """Counts statements, commits and file writes; `stop` is called before, or amid, the chosen one."""

    def __init__(self, chosen: int, stop: Callable[[], None]) -> None:
        self.taken = 0
        self._chosen = chosen
        self._stop = stop

    def take(self) -> bool:
        self.taken += 1
        return self.taken == self._chosen

    @contextmanager
    def watched(self) -> Iterator[None]:
        save, commit = FileSystemStorage._save, BaseDatabaseWrapper._commit

        def saved(storage: FileSystemStorage, name: str, content: Any) -> str:
            if self.take():
                path = Path(storage.path(name))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read()[:20])
                self._stop()
            return save(storage, name, content)

        def committed(database: Any) -> None:
            if self.take():
                self._stop()
            commit(database)

        with (
            patch.object(FileSystemStorage, "_save", saved),
            patch.object(BaseDatabaseWrapper, "_commit", committed),
            connection.execute_wrapper(self._executed),
        ):
            yield

    def _executed(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.take():
            self._stop()
        return execute(sql, params, many, context)


def content() -> dict[str, Any]:
    """Return what the site holds, by names and without the clock; files by their digests."""
    return {
        "articles": [_told(article) for article in Article.objects.order_by("slug")],
        "names": [
            list(model.objects.order_by("slug").values_list("slug", flat=True))
            for model in (Author, Category, Series, Tag)
        ],
        "redirects": _rows(Redirect, "old_path", "article__slug", "target"),
        "pictures": _rows(Image, "file", "checksum", "alt", "caption"),
        "revisions": _rows(Revision, "article__slug", "number", "kind", "content__body"),
        "comments": _rows(Comment, "article__slug", "body", "in_reply_to__body", "root__body"),
        "files": files(),
    }


def strays() -> set[str]:
    """Return the files that no row knows, and those that are missing."""
    return set(files()) ^ set(Image.objects.values_list("file", flat=True))


def files() -> dict[str, str]:
    top = Path(settings.MEDIA_ROOT)
    paths = sorted(path for path in top.rglob("*") if path.is_file())
    return {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def _rows(model: Any, *fields: str) -> list[list[Any]]:
    return sorted([*map(str, row)] for row in model.objects.values_list(*fields))


def _told(article: Article) -> dict[str, Any]:
    names = ("slug", "title", "body", "body_html", "episode", "status", "import_ref")
    told = {name: getattr(article, name) for name in (*names, "import_fingerprints")}
    return told | {
        "times": [str(article.published_at), str(article.updated_at)],
        "category": str(article.category),
        "series": str(article.series),
        "authors": [entry.author.name for entry in article.byline.all()],
        "tags": sorted(article.tags.names()),
        "pictures": sorted(article.image_uses.values_list("image__file", flat=True)),
    }


def digest_of(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
