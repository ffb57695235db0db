"""The moderators' desk: read what was written, show it or hide it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.admin.wording import moment
from comments import desk_takedowns
from comments.desk_mail import OutgoingMailAdmin, RecipientAdmin
from comments.models import Comment, CommentQuerySet, Status
from comments.transitions import change_status, moderator

EXCERPT_LENGTH = 60

__all__ = ["CommentAdmin", "OutgoingMailAdmin", "RecipientAdmin", "desk_takedowns"]


@admin.register(Comment)
class CommentAdmin(ModelAdmin):
    list_display = ("excerpt", "name", "shown_status", "article_title", "written_at")
    list_filter = ("status", "is_guest", "created_at")
    search_fields = ("name", "body", "article__title")
    search_help_text = "이름, 내용, 글 제목에서 찾기"
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    actions = ("show", "hide")
    fields = (
        "article_link",
        "context",
        "name",
        "written_by",
        "text",
        "status",
        "written_at",
        "changed_at",
        "judged_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = super().get_queryset(request).with_article()
        return comments.select_related("account", "in_reply_to").defer("password")

    def get_readonly_fields(self, request: HttpRequest, obj: Comment | None = None) -> list[str]:
        deleted = obj is not None and obj.status == Status.DELETED
        return [name for name in self.fields if name != "status" or deleted]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer what a moderator can decide; only authors delete."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        field.choices = [choice for choice in field.choices if choice[0] != Status.DELETED]
        return field

    def save_model(
        self, request: HttpRequest, obj: Comment, form: ModelForm[Comment], change: bool
    ) -> None:
        """Write nothing but the status, and that the one way that keeps the counts right."""
        change_status(
            Comment.objects.filter(pk=obj.pk), Status(obj.status), actor=moderator(request.user)
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Moderators hide; what is deleted cannot be judged again."""
        return False

    @admin.action(description="고른 댓글 공개하기", permissions=["change"])
    def show(self, request: HttpRequest, queryset: CommentQuerySet) -> None:
        changed = change_status(queryset, Status.VISIBLE, actor=moderator(request.user))
        self.message_user(request, f"댓글 {changed}개를 공개했습니다.", messages.SUCCESS)

    @admin.action(description="고른 댓글 가리기", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: CommentQuerySet) -> None:
        changed = change_status(queryset, Status.HIDDEN, actor=moderator(request.user))
        self.message_user(request, f"댓글 {changed}개를 가렸습니다.", messages.SUCCESS)

    @admin.display(description="내용")
    def excerpt(self, comment: Comment) -> str:
        return Truncator(comment.body).chars(EXCERPT_LENGTH) or "(삭제된 댓글)"

    @admin.display(description="글", ordering="article__title")
    def article_title(self, comment: Comment) -> str:
        return comment.article.title

    @display(
        description="상태",
        ordering="status",
        label={
            Status.VISIBLE: "success",
            Status.HELD: "warning",
            Status.HIDDEN: "danger",
            Status.DELETED: "info",
        },
    )
    def shown_status(self, comment: Comment) -> tuple[str, str]:
        return comment.status, comment.get_status_display()

    @admin.display(description="쓴 때", ordering="created_at")
    def written_at(self, comment: Comment) -> str:
        return moment(comment.created_at)

    @admin.display(description="고친 때")
    def changed_at(self, comment: Comment) -> str:
        return moment(comment.edited_at)

    @admin.display(description="상태가 바뀐 때")
    def judged_at(self, comment: Comment) -> str:
        return moment(comment.status_changed_at)

    @admin.display(description="글")
    def article_link(self, comment: Comment) -> SafeString:
        url = reverse("admin:articles_article_change", args=[comment.article_id])
        return format_html('<a href="{}">{}</a>', url, comment.article.title)

    @admin.display(description="답하는 댓글")
    def context(self, comment: Comment) -> str | SafeString:
        parent = comment.in_reply_to
        if parent is None:
            return "글에 바로 단 댓글입니다."
        url = reverse("admin:comments_comment_change", args=[parent.pk])
        return format_html('<a href="{}">{}</a>: {}', url, parent.name, parent.body)

    @admin.display(description="쓴 사람")
    def written_by(self, comment: Comment) -> str:
        if comment.is_guest:
            return "손님 (비밀번호)"
        return str(comment.account) if comment.account else "삭제된 계정"

    @admin.display(description="내용")
    def text(self, comment: Comment) -> SafeString | str:
        return comment.body_html or "(작성자가 삭제했습니다.)"
