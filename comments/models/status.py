"""The states a comment can be in, who took it from the readers, and what stands in its place."""

from django.db import models
from django.db.models import Case, Q, Value, When


class Status(models.TextChoices):
    VISIBLE = "visible", "공개"
    HELD = "held", "승인 대기"
    SPAM = "spam", "스팸"
    HIDDEN = "hidden", "가림"
    BLINDED = "blinded", "임시조치"
    TRASHED = "trashed", "휴지통"
    DELETED = "deleted", "작성자 삭제"


class RemovedBy(models.TextChoices):
    """Who took a comment from the readers; the totals are public."""

    AUTHOR = "author", "작성자"
    MODERATOR = "moderator", "운영자"
    RULE = "rule", "자동"


TOMBSTONES = {
    Status.HELD: "승인을 기다리는 댓글입니다.",
    Status.SPAM: "운영 규칙에 따라 가린 댓글입니다.",
    Status.HIDDEN: "운영자가 가린 댓글입니다.",
    Status.BLINDED: "권리침해 신고로 임시조치된 댓글입니다.",
    Status.TRASHED: "운영자가 삭제한 댓글입니다.",
    Status.DELETED: "작성자가 삭제한 댓글입니다.",
}

# What waits for a moderator, and is shown to its author with the word that it does.
WAITING = (Status.HELD, Status.SPAM)

# What a page has a place for: comments that can be read, tombstones that hold up visible
# replies, and the public notice that the law asks for where a comment is blinded. A dead
# subtree has none of these and is left out.
SHOWN = Q(status__in=(Status.VISIBLE, Status.BLINDED)) | Q(reply_count__gt=0)


class Place(models.IntegerChoices):
    """Where pages show a comment, kept by the database beside it."""

    NOWHERE = 0
    ROOT = 1
    REPLY = 2


# A number and no condition in the indexes: SQLite takes a partial index only for conditions
# that are spelt out, and Django's come as parameters.
PLACE = Case(
    When(SHOWN & Q(root__isnull=True), then=Value(Place.ROOT)),
    When(SHOWN, then=Value(Place.REPLY)),
    default=Value(Place.NOWHERE),
)
