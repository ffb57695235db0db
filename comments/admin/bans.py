"""Who may not write: seen and lifted here, made at the comment that gave the occasion."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from articles.admin.wording import moment
from comments import bans
from comments.models import Ban
from comments.transitions import moderator


class ForceFilter(DropdownFilter):
    title = "상태"
    parameter_name = "force"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("on", "막는 중"), ("off", "풀림")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ban]) -> QuerySet[Ban]:
        over = Q(expires_at__lte=timezone.now())
        if self.value() == "on":
            return queryset.exclude(over)
        return queryset.filter(over) if self.value() == "off" else queryset


@admin.register(Ban)
class BanAdmin(ModelAdmin):
    list_display = ("who", "state", "reason", "occasion", "until", "made_by", "made_at")
    list_display_links = None
    list_filter = (ForceFilter,)
    list_filter_submit = True
    list_per_page = 50
    search_fields = ("reason", "account__display_name", "account__email", "comment__name")
    search_help_text = "이유, 계정, 이름에서 찾기"
    ordering = ("-created_at", "-pk")
    actions = ("lift",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ban]:
        found = super().get_queryset(request)
        return found.select_related("account", "comment", "created_by").defer(
            "account__password", "comment__password", "created_by__password"
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A ban begins with a comment, which says whom and why."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Ban | None = None) -> bool:
        # The form would rewrite what was decided; lifting asks for the permission itself.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ban | None = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_ban")

    @admin.action(description="고른 쓰기 제한 풀기", permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Ban]) -> None:
        actor = moderator(request.user)
        lifted = sum(bans.lift(ban, actor=actor) for ban in queryset)
        self.message_user(request, f"쓰기 제한 {lifted}건을 풀었습니다.", messages.SUCCESS)

    @admin.display(description="누구")
    def who(self, ban: Ban) -> str:
        if ban.account is not None:
            return f"{ban.account} (계정)"
        name = ban.comment.name if ban.comment else "이름 모름"
        return f"{name} (네트워크 {ban.network_hash[:8]})"

    @display(description="상태", label={"막는 중": "danger", "풀림": "info"})
    def state(self, ban: Ban) -> str:
        return "막는 중" if ban.is_in_force else "풀림"

    @admin.display(description="계기")
    def occasion(self, ban: Ban) -> SafeString | str:
        if ban.comment is None:
            return "-"
        url = reverse("admin:comments_comment_change", args=[ban.comment.pk])
        return format_html('<a href="{}">{}번 댓글</a>', url, ban.comment.pk)

    @admin.display(description="끝나는 때", ordering="expires_at")
    def until(self, ban: Ban) -> str:
        return moment(ban.expires_at) or "무기한"

    @admin.display(description="막은 사람")
    def made_by(self, ban: Ban) -> str:
        return str(ban.created_by or "-")

    @admin.display(description="막은 때", ordering="created_at")
    def made_at(self, ban: Ban) -> str:
        return moment(ban.created_at)
