"""A comment: two levels deep, written by an account or by a guest with a password."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from articles.models import HEAVY_FIELDS, Article
from articles.models.fields import NormalisedCharField
from comments.rendering import render_body


class Status(models.TextChoices):
    VISIBLE = "visible", "공개"
    HELD = "held", "승인 대기"
    HIDDEN = "hidden", "가림"
    DELETED = "deleted", "작성자 삭제"


TOMBSTONES = {
    Status.HELD: "승인을 기다리는 댓글입니다.",
    Status.HIDDEN: "운영자가 가린 댓글입니다.",
    Status.DELETED: "작성자가 삭제한 댓글입니다.",
}

# What a page has a place for: comments that can be read, and tombstones that hold up
# visible replies. A dead subtree has neither and is left out.
SHOWN = Q(status=Status.VISIBLE) | Q(reply_count__gt=0)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> Self:
        """Keep what readers may read. Nothing else says this rule."""
        return self.filter(status=Status.VISIBLE)

    def shown(self) -> Self:
        """Keep what a page shows: the visible, and tombstones with visible replies."""
        return self.filter(SHOWN)

    def roots(self) -> Self:
        return self.filter(root__isnull=True)

    def replies(self) -> Self:
        return self.filter(root__isnull=False)

    def for_page(self) -> Self:
        """Load with each comment what its place on a page needs, and no secrets."""
        return self.select_related("account", "in_reply_to").defer(
            "email", "password", "account__password", "in_reply_to__body", "in_reply_to__password"
        )

    def with_article(self) -> Self:
        """Load with each comment its article, without the article's text."""
        text = (f"article__{name}" for name in HEAVY_FIELDS)
        return self.select_related("article").defer(*text)


class Comment(models.Model):
    """What somebody answered to an article, or to another comment.

    `root` is the comment that opened the thread and `in_reply_to` the one that is answered;
    a root has neither. `reply_count` counts visible comments: a root's whole thread, a
    reply's direct answers. It and `Article.comment_count` are only ever written by
    `comments.counting`.
    """

    # No index of its own: `comments_by_time` begins with the article.
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
    )
    # Said outright, because a comment whose account was deleted has no account either.
    is_guest = models.BooleanField("손님", editable=False)
    name = NormalisedCharField("이름", max_length=100, editable=False)
    password = models.CharField(max_length=128, blank=True, editable=False)
    email = models.EmailField("이메일", max_length=254, blank=True, editable=False)

    body = models.TextField("내용", blank=True, editable=False)
    # What nobody has judged is not shown.
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.HELD)
    reply_count = models.PositiveIntegerField("답글 수", default=0, editable=False)
    created_at = models.DateTimeField("쓴 때", default=timezone.now, editable=False)
    edited_at = models.DateTimeField("고친 때", null=True, blank=True, editable=False)
    status_changed_at = models.DateTimeField("상태가 바뀐 때", default=timezone.now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "댓글"
        verbose_name_plural = "댓글"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=("article", "created_at"), name="comments_by_time"),
            models.Index(
                fields=("article", "created_at", "id"),
                name="comments_roots_by_time",
                condition=Q(root__isnull=True) & SHOWN,
            ),
            models.Index(
                fields=("article", "reply_count", "id"),
                name="comments_roots_by_replies",
                condition=Q(root__isnull=True) & SHOWN,
            ),
            models.Index(
                fields=("root", "created_at", "id"),
                name="comments_replies_by_time",
                condition=Q(root__isnull=False) & SHOWN,
            ),
            models.Index(
                fields=("article", "-created_at", "-id"),
                name="comments_visible_newest",
                condition=Q(status=Status.VISIBLE),
            ),
            models.Index(fields=("status", "-created_at"), name="comments_queue"),
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
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("comments:permalink", args=[self.pk])

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def is_visible(self) -> bool:
        return self.status == Status.VISIBLE

    @property
    def tombstone(self) -> str:
        """The line that stands where the text is not to be read; empty when it is."""
        return TOMBSTONES.get(Status(self.status), "")

    @property
    def body_html(self) -> SafeString:
        return render_body(self.body)

    @property
    def thread_id(self) -> int:
        """The id of the thread's root, which may be this comment."""
        return self.root_id or self.pk

    @property
    def answers_a_reply(self) -> bool:
        """Whether it answers another reply, so that its page must say whom."""
        return self.in_reply_to_id is not None and self.in_reply_to_id != self.root_id

    def belongs_to(self, user: User | AnonymousUser) -> bool:
        """Whether the signed-in user wrote it; a guest's comment belongs to its password."""
        return user.is_authenticated and self.account_id == user.pk

    def set_password(self, raw_password: str | None) -> None:
        """Keep only a hash; None keeps one that no password matches."""
        self.password = make_password(raw_password)

    def password_matches(self, raw_password: str) -> bool:
        return self.is_guest and check_password(raw_password, self.password)
