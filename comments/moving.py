"""The discussions as a part of the export of the whole magazine (`articles.moving`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from articles.intake.runs import Item
from articles.moving.packages import Package
from articles.moving.parts import Watch
from comments.exports import discussions, export_lines
from comments.intake.numbers import Numbers
from comments.intake.runs import import_comments
from comments.models import Comment
from comments.refs import number_in

COMMENTS = "comments.ndjson"
NUMBERS = "comment_numbers.ndjson"


class Discussions:
    """Two files: what `export_comments` writes, and numbers that no comment's identity tells.

    The first says nothing of numbers, so that it is the same on every site; the second lets the
    addresses of comments go on that have come here from elsewhere.
    """

    names = (COMMENTS, NUMBERS)

    def lines(self, name: str) -> Iterator[str]:
        return export_lines(discussions()) if name == COMMENTS else _number_lines()

    def restore(
        self,
        package: Package,
        *,
        renamed: Mapping[str, str],
        tell: Callable[[Item], None],
        watch: Watch,
    ) -> Mapping[str, int]:
        if not package.has(COMMENTS):
            return {}
        numbers = Numbers(_listed(package))
        with package.opened(COMMENTS) as stream:
            outcome = import_comments(
                stream,
                f"{package.label}/{COMMENTS}",
                format_name="ndjson",
                tell=tell,
                watch=watch,
                renamed=renamed,
                numbers=numbers,
            )
        return outcome.counts()


def _number_lines() -> Iterator[str]:
    moved = Comment.objects.exclude(import_ref=None).order_by("pk")
    for pk, ref in moved.values_list("pk", "import_ref").iterator():
        if number_in(ref or "") != pk:
            yield json.dumps({"ref": ref, "number": pk}, ensure_ascii=False) + "\n"


def _listed(package: Package) -> dict[str, int]:
    """Return the numbers by identity; a line that says none costs a link and nothing else."""
    return {
        record["ref"]: record["number"]
        for _, record in package.lines(NUMBERS)
        if record is not None
        and isinstance(record.get("ref"), str)
        and type(record.get("number")) is int
    }
