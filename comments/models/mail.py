"""What is to be told by mail."""

from django.db import models
from django.utils import timezone

from comments.models.comment import Comment


class Announcement(models.Model):
    """A comment that readers can see now, and of which nobody has been told yet.

    Written in the transaction that shows the comment, so that no crash can lose it; a comment
    is announced once, however often it is hidden and shown again.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, verbose_name="댓글", related_name="announcement"
    )
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    spread_at = models.DateTimeField("퍼뜨린 때", null=True, blank=True)

    class Meta:
        verbose_name = "알릴 댓글"
        verbose_name_plural = "알릴 댓글"
        indexes = [
            models.Index(
                fields=("id",),
                name="comments_to_announce",
                condition=models.Q(spread_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.comment_id)
