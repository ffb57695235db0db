"""The desk's view of the mail: who receives it, and what the outbox has sent or given up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.admin.wording import moment
from comments.mail.outbox import send_again
from comments.models import OutgoingMail, Recipient


class ReadOnlyAdmin(ModelAdmin):
    """What the queue writes; people look at it."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Recipient)
class RecipientAdmin(ReadOnlyAdmin):
    list_display = ("address", "is_confirmed", "is_unsubscribed", "mailed_at")
    list_filter = (
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("unsubscribed_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("address",)
    search_help_text = "주소로 찾기"
    fields = (
        "address",
        "account",
        "created_at",
        "asked_at",
        "confirmed_at",
        "unsubscribed_at",
        "last_mailed_at",
    )

    @display(description="확인함", boolean=True)
    def is_confirmed(self, recipient: Recipient) -> bool:
        return recipient.confirmed_at is not None

    @display(description="모두 그만둠", boolean=True)
    def is_unsubscribed(self, recipient: Recipient) -> bool:
        return recipient.unsubscribed_at is not None

    @display(description="마지막 메일", ordering="last_mailed_at")
    def mailed_at(self, recipient: Recipient) -> str:
        return moment(recipient.last_mailed_at)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ("subject", "to", "shown_state", "attempts", "written_at", "left_at")
    list_filter = (
        ("sent_at", admin.EmptyFieldListFilter),
        ("dead_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("to", "subject")
    search_help_text = "주소와 제목에서 찾기"
    actions = ("send_again",)
    fields = (
        "subject",
        "to",
        "text",
        "shown_state",
        "attempts",
        "last_error",
        "created_at",
        "due_at",
        "sent_at",
        "dead_at",
    )

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_outgoingmail")

    @admin.action(description="다시 보내기", permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        count = send_again(list(queryset.values_list("pk", flat=True)))
        if count:
            self.message_user(request, f"메일 {count}통을 다시 보냅니다.", messages.SUCCESS)
        else:
            self.message_user(request, "포기한 메일만 다시 보낼 수 있습니다.", messages.WARNING)

    @display(
        description="상태",
        label={"보냄": "success", "포기함": "danger", "다시 시도": "warning", "기다림": "info"},
    )
    def shown_state(self, mail: OutgoingMail) -> tuple[str, str]:
        return mail.state, mail.state

    @display(description="만든 때", ordering="created_at")
    def written_at(self, mail: OutgoingMail) -> str:
        return moment(mail.created_at)

    @display(description="보낸 때", ordering="sent_at")
    def left_at(self, mail: OutgoingMail) -> str:
        return moment(mail.sent_at)
