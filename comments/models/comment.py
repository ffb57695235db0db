"""A comment: two levels deep, written by an account or by a guest with a password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from articles.models import Article
from articles.models.fields import NormalisedCharField
from comments.models.comment_facts import CommentFacts
from comments.models.comment_queryset import CommentQuerySet
from comments.models.status import PLACE, RemovedBy, Status


class Comment(CommentFacts, models.Model):
    """What somebody answered to an article, or to another comment.

    `root` is the comment that opened the thread and `in_reply_to` the one that is answered;
    a root has neither. `reply_count` counts visible comments: a root's whole thread, a
    reply's direct answers. It and `Article.comment_count` are only ever written by
    `comments.counting`, the columns of votes and reports by `comments.reactions`.
    """

    # No index of its own: others begin with the article, and with the root.
    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name="글", related_name="comments", db_index=False
    )
    # RESTRICT lets an article take its comments along, but no comment its replies.
    root = models.ForeignKey(
        "self",
        models.RESTRICT,
        verbose_name="이야기의 첫 댓글",
        null=True,
        blank=True,
        editable=False,
        related_name="thread",
        db_index=False,
    )
    in_reply_to = models.ForeignKey(
        "self",
        models.RESTRICT,
        verbose_name="답하는 댓글",
        null=True,
        blank=True,
        editable=False,
        related_name="answers",
    )

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="계정",
        null=True,
        blank=True,
        editable=False,
        related_name="comments",
        # An index of its own begins with it.
        db_index=False,
    )
    # Said outright, because a comment whose account was deleted has no account either.
    is_guest = models.BooleanField("손님", editable=False)
    name = NormalisedCharField("이름", max_length=100, editable=False)
    password = models.CharField(max_length=128, blank=True, editable=False)
    email = models.EmailField("이메일", max_length=254, blank=True, editable=False)
    # Keyed hashes of the browser's own key and of the network, and the network's outer part:
    # enough to recognise a flood, not enough to find anybody. Emptied after a while.
    browser_hash = models.CharField(max_length=32, blank=True, editable=False)
    network_hash = models.CharField(max_length=32, blank=True, editable=False)
    network_prefix = models.CharField("주소 대역", max_length=43, blank=True, editable=False)

    body = models.TextField("내용", blank=True, editable=False)
    # A digest of the words without spaces and signs, by which repetitions are found.
    body_digest = models.CharField(max_length=32, blank=True, editable=False)
    # What nobody has judged is not shown.
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.HELD)
    removed_by = models.CharField(
        "내린 사람", max_length=10, choices=RemovedBy, blank=True, editable=False
    )
    # What the rules found: [{"code": str, "score": int, "detail": str}], and the sum.
    reasons = models.JSONField("판정 이유", default=list, editable=False)
    score = models.PositiveSmallIntegerField("점수", default=0, editable=False)
    blinded_until = models.DateTimeField("임시조치 끝", null=True, blank=True, editable=False)
    recommended_at = models.DateTimeField("추천한 때", null=True, blank=True, editable=False)

    place = models.GeneratedField(
        expression=PLACE, output_field=models.SmallIntegerField(), db_persist=True
    )
    reply_count = models.PositiveIntegerField("답글 수", default=0, editable=False)
    likes = models.PositiveIntegerField("공감", default=0, editable=False)
    dislikes = models.PositiveIntegerField("비공감", default=0, editable=False)
    net_likes = models.IntegerField("순공감", default=0, editable=False)
    # The lower Wilson bound of the share of likes, in thousand-millionths.
    ratio_score = models.PositiveIntegerField("공감비율", default=0, editable=False)
    report_count = models.PositiveIntegerField("신고 수", default=0, editable=False)
    folded_at = models.DateTimeField("접힌 때", null=True, blank=True, editable=False)
    # A moderator has looked at the reports and let the comment stand; until it is edited.
    reports_cleared_at = models.DateTimeField(null=True, blank=True, editable=False)

    created_at = models.DateTimeField("쓴 때", default=timezone.now, editable=False)
    edited_at = models.DateTimeField("고친 때", null=True, blank=True, editable=False)
    status_changed_at = models.DateTimeField("상태가 바뀐 때", default=timezone.now, editable=False)

    # The form that it was sent with, which is good for one comment.
    form_nonce = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001
    import_ref = models.CharField(  # noqa: DJ001
        "가져온 곳", max_length=200, null=True, unique=True, editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "댓글"
        verbose_name_plural = "댓글"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=("article", "place", "created_at", "id"), name="comments_roots_by_time"
            ),
            models.Index(
                fields=("article", "place", "reply_count", "id"), name="comments_roots_by_replies"
            ),
            models.Index(
                fields=("article", "place", "net_likes", "id"), name="comments_roots_by_likes"
            ),
            models.Index(
                fields=("article", "place", "ratio_score", "id"), name="comments_roots_by_ratio"
            ),
            models.Index(
                fields=("root", "place", "created_at", "id"), name="comments_replies_by_time"
            ),
            models.Index(
                fields=("article", "status", "-created_at", "-id"), name="comments_visible_newest"
            ),
            models.Index(
                fields=("article", "recommended_at"),
                name="comments_recommended",
                condition=Q(recommended_at__isnull=False),
            ),
            models.Index(
                fields=("-recommended_at", "-id"),
                name="comments_recommended_lately",
                condition=Q(recommended_at__isnull=False),
            ),
            models.Index(fields=("article", "removed_by"), name="comments_removed"),
            models.Index(fields=("status", "-created_at"), name="comments_queue"),
            models.Index(
                fields=("-report_count", "-id"),
                name="comments_reported",
                condition=Q(status=Status.VISIBLE, report_count__gt=0),
            ),
            models.Index(fields=("account", "-created_at"), name="comments_by_account"),
            models.Index(fields=("body_digest", "created_at"), name="comments_by_words"),
            models.Index(fields=("browser_hash", "-created_at"), name="comments_by_browser"),
            models.Index(fields=("network_hash", "-created_at"), name="comments_by_network"),
            # Whatever case somebody typed their address in, it is the same mailbox.
            models.Index(Lower("email"), name="comments_by_email"),
            # The history of guests who are known by their name alone.
            models.Index(fields=("name", "browser_hash", "-created_at"), name="comments_by_name"),
            # What is emptied after a while is looked for every hour.
            models.Index(
                fields=("created_at",),
                name="comments_with_address",
                condition=~Q(network_hash="") | ~Q(network_prefix=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="comments_comment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(root__isnull=True, in_reply_to__isnull=True)
                | Q(root__isnull=False, in_reply_to__isnull=False),
                name="comments_comment_root_or_reply",
            ),
            # A root is older than its replies and an answer younger than what it answers:
            # no comment can answer itself, and no circle can close.
            models.CheckConstraint(
                condition=Q(root__isnull=True)
                | Q(in_reply_to__gte=F("root"), in_reply_to__lt=F("id")),
                name="comments_comment_replies_look_back",
            ),
            models.CheckConstraint(
                condition=Q(is_guest=True, account__isnull=True) & ~Q(password="")
                | Q(is_guest=False, password=""),
                name="comments_comment_guest_or_account",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="comments_comment_has_a_name"),
            models.CheckConstraint(
                condition=Q(status=Status.DELETED, body="")
                | (~Q(status=Status.DELETED) & ~Q(body="")),
                name="comments_comment_deleted_means_erased",
            ),
            models.CheckConstraint(
                condition=Q(net_likes=F("likes") - F("dislikes")),
                name="comments_comment_likes_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.VISIBLE, Status.HELD)) | Q(removed_by=""),
                name="comments_comment_not_removed_while_open",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.BLINDED, blinded_until__isnull=False)
                | (~Q(status=Status.BLINDED) & Q(blinded_until__isnull=True)),
                name="comments_comment_blinds_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("comments:permalink", args=[self.pk])

    def belongs_to(self, user: User | AnonymousUser) -> bool:
        """Whether the signed-in user wrote it; a guest's comment belongs to its password."""
        return user.is_authenticated and self.account_id == user.pk

    def set_password(self, raw_password: str | None) -> None:
        """Keep only a hash; None keeps one that no password matches."""
        hasher = import_string(settings.COMMENT_PASSWORD_HASHER)()
        self.password = make_password(raw_password, hasher=hasher)

    def password_matches(self, raw_password: str) -> bool:
        return self.is_guest and check_password(raw_password, self.password)
