"""The whole magazine written into a folder or an archive; `restoring` is the way back.

The same rows give the same bytes. Memory holds a hundred articles, or one picture, at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files.storage import default_storage

from articles.models import Article, Image
from articles.moving import layout, records
from articles.moving.documents import pending_written, written
from articles.moving.parts import Watch, parts
from articles.moving.targets import Target

_PIECE = 1 << 20


def export_site(target: Target, watch: Watch) -> tuple[Counter[str], list[str]]:
    """Write everything, and return the counts and what could not be written.

    `watch` may draw the progress. Articles come before what they refer to, so that what is
    written meanwhile at the desk is there when they are read.
    """
    problems: list[str] = []
    counts: Counter[str] = Counter()
    total = Article.objects.count()
    for article in watch(Sized(records.articles(), total), "articles"):
        counts.update(_add_article(target, article))
    counts["images"] = target.add(layout.IMAGES, _add_pictures(target, watch, problems))
    for name, table in records.tables().items():
        counts[name.removesuffix(".ndjson")] = target.add(name, _packed(table))
    for part in parts():
        for name in part.names:
            lines = watch(part.lines(name), name)
            target.add(name, (line.encode() for line in lines))
    seal(target, counts)
    return counts, problems


class Sized:
    """An iterator whose length is known, so that a progress bar knows where it ends."""

    def __init__(self, items: Iterable[Any], length: int) -> None:
        self._items = items
        self._length = length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return self._length


def _add_article(target: Target, article: Article) -> list[str]:
    name = layout.document_name(layout.ARTICLES, article.slug)
    target.add(name, [written(records.article_record(article))])
    if article.pending is None:
        return ["articles"]
    name = layout.document_name(layout.PENDING, article.slug)
    target.add(name, [pending_written(records.pending_record(article, article.pending))])
    return ["articles", "pending"]


def _add_pictures(target: Target, watch: Watch, problems: list[str]) -> list[bytes]:
    """Write the pictures' files, and return a line for each that says what is known of it."""
    lines: list[bytes] = []
    for image in watch(Sized(records.images(), Image.objects.count()), "pictures"):
        try:
            with default_storage.open(str(image.file.name)) as file:
                target.add(layout.MEDIA + image.file.name, file.chunks(_PIECE), is_packed=True)
        except FileNotFoundError:
            problems.append(f"{image.file.name}: the picture's file is not there")
            continue
        lines += _packed([records.image_record(image)])
    return lines


def _packed(table: Iterable[records.Record]) -> Iterator[bytes]:
    for record in table:
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def seal(target: Target, counts: Mapping[str, int]) -> None:
    """Write down what every file must be, in a form that `sha256sum -c` reads too."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(target.sums.items()))
    target.add(layout.SUMS, [sums.encode()])
    manifest = {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "counts": dict(sorted(counts.items())),
        "sums": target.sums[layout.SUMS],
    }
    target.add(layout.MANIFEST, [json.dumps(manifest, indent=2).encode() + b"\n"])
