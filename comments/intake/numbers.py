"""The numbers that comments had before they moved, by which links find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.management.color import no_style
from django.db import connection

from comments.models import Comment
from comments.refs import number_in

_MAX_NUMBER = 2**63 - 1


class Numbers:
    """Says which number a comment should have; `listed` names those its identity does not tell."""

    def __init__(self, listed: Mapping[str, int]) -> None:
        self._listed = listed

    def give(self, comments: Sequence[Comment]) -> None:
        """Number what is not stored yet, but for what stands before the comment it answers.

        A number that is taken stays whose it is; such a comment gets a new one when it is stored.
        """
        wanted: dict[int, Comment] = {}
        for comment in comments:
            number = self._number_of(comment.import_ref or "")
            if number is not None and number > (comment.in_reply_to_id or 0):
                wanted.setdefault(number, comment)
        taken = _stored_among(wanted)
        for number, comment in wanted.items():
            if number not in taken:
                comment.pk = number

    def _number_of(self, ref: str) -> int | None:
        number = self._listed.get(ref) or number_in(ref)
        return number if number is not None and 0 < number <= _MAX_NUMBER else None


def _stored_among(numbers: Iterable[int]) -> set[int]:
    return set(Comment.objects.filter(pk__in=list(numbers)).values_list("pk", flat=True))


def go_on_behind_the_last() -> None:
    """Let PostgreSQL number the next comment behind those that brought their numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
