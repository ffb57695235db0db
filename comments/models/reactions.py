"""What readers do with a comment besides answering: vote, report, and look away."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.comment import Comment

# "account:12" or "browser:0123…": who reacts, see `comments.readers`.
READER_KEY_LENGTH = 48


class Vote(models.Model):
    """One reader's like or dislike. A second press takes the row away."""

    LIKE = 1
    DISLIKE = -1

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name="댓글", related_name="votes", db_index=False
    )
    voter = models.CharField("독자", max_length=READER_KEY_LENGTH, db_index=True)
    value = models.SmallIntegerField("표", choices=((LIKE, "공감"), (DISLIKE, "비공감")))
    created_at = models.DateTimeField("누른 때", default=timezone.now)

    class Meta:
        verbose_name = "공감"
        verbose_name_plural = "공감"
        constraints = [
            models.UniqueConstraint(fields=("comment", "voter"), name="comments_vote_once"),
            models.CheckConstraint(condition=Q(value__in=(1, -1)), name="comments_vote_value"),
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()}: {self.comment_id}"


class ReportReason(models.TextChoices):
    SPAM = "spam", "스팸·도배"
    ABUSE = "abuse", "욕설·혐오"
    OBSCENE = "obscene", "음란"
    PRIVACY = "privacy", "개인정보"
    DEFAMATION = "defamation", "명예훼손"
    OTHER = "other", "기타"


class Report(models.Model):
    """One reader's report of a comment. Those a moderator has dealt with are resolved."""

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name="댓글", related_name="reports", db_index=False
    )
    reporter = models.CharField("독자", max_length=READER_KEY_LENGTH, db_index=True)
    reason = models.CharField("이유", max_length=12, choices=ReportReason)
    note = models.CharField("덧붙인 말", max_length=500, blank=True)
    created_at = models.DateTimeField("신고한 때", default=timezone.now)
    resolved_at = models.DateTimeField("처리한 때", null=True, blank=True)

    class Meta:
        verbose_name = "신고"
        verbose_name_plural = "신고"
        constraints = [
            models.UniqueConstraint(fields=("comment", "reporter"), name="comments_report_once"),
            models.CheckConstraint(
                condition=Q(reason__in=ReportReason.values), name="comments_report_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.comment_id}"


class Block(models.Model):
    """A reader who no longer wants to see what an author writes."""

    reader = models.CharField("독자", max_length=READER_KEY_LENGTH)
    # `Comment.author_key`, and the name it went by, for the reader's own list.
    author = models.CharField("가린 사람", max_length=120)
    name = models.CharField("이름", max_length=100)
    created_at = models.DateTimeField("가린 때", default=timezone.now)

    class Meta:
        verbose_name = "차단"
        verbose_name_plural = "차단"
        constraints = [
            models.UniqueConstraint(fields=("reader", "author"), name="comments_block_once"),
        ]

    def __str__(self) -> str:
        return self.name
