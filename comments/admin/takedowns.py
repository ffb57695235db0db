"""Requests to take comments down, on the desk: who asks, why, until when, and the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
)

from articles.admin.wording import moment
from articles.models import HEAVY_FIELDS
from comments.models import Takedown, TakedownState
from comments.models.takedown import LONGEST_BLIND_DAYS
from comments.takedowns.decisions import (
    DecidedAlreadyError,
    Decision,
    NotVisibleError,
    decide,
    possible_decisions,
)

_EXCERPT_LENGTH = 40
_FACTS = (
    "ticket",
    "state",
    "right",
    "asked_by",
    "explanation",
    "article_link",
    "comment_text",
    "objection",
    "requested",
    "due",
    "decided",
    "decision_note",
    "others",
)
_CONFLICT = "그사이 다른 운영자가 정했거나 기간이 끝났습니다. 지금 상태를 확인해 주세요."
_NOTHING_TO_BLIND = "지금 독자에게 보이는 댓글이 아니어서 임시조치할 수 없습니다."


class DecisionForm(forms.ModelForm):
    """A decision, and the state of the request that it was made on seeing."""

    decision = forms.ChoiceField(label="결정", widget=UnfoldAdminRadioSelectWidget)
    days = forms.IntegerField(
        label="임시조치 기간(일)",
        required=False,
        min_value=1,
        max_value=LONGEST_BLIND_DAYS,
        initial=LONGEST_BLIND_DAYS,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=f"임시조치할 때만 씁니다. 법에 따라 {LONGEST_BLIND_DAYS}일까지입니다.",
    )
    note = forms.CharField(
        label="알릴 말",
        required=False,
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=(
            "요청한 분과 댓글을 쓴 분에게 그대로 전하고 운영 기록에 남깁니다. "
            "누구의 개인정보도 적지 마세요. 거절할 때는 까닭을 꼭 적어 주세요."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Takedown
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.data.get("seen", self.instance.state)
        if seen not in TakedownState.values:
            seen = self.instance.state
        self.fields["seen"].initial = seen
        decision: Any = self.fields["decision"]
        decision.choices = [(item.value, item.label) for item in possible_decisions(seen)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("decision") == Decision.REJECT and not self.cleaned_data["note"]:
            self.add_error("note", "거절하는 까닭을 적어 주세요.")
        return cleaned


@admin.register(Takedown)
class TakedownAdmin(ModelAdmin):
    form = DecisionForm
    list_display = ("ticket", "right", "excerpt", "shown_state", "requested", "due")
    list_filter = ("state", "right")
    search_fields = ("ticket",)
    search_help_text = "접수 번호로 찾기"
    # What is to be decided first, the oldest on top.
    ordering = (
        F("ended_at").desc(nulls_first=True),
        F("decided_at").asc(nulls_first=True),
        "requested_at",
    )
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = _FACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Takedown]:
        text = (f"comment__article__{name}" for name in HEAVY_FIELDS)
        found = super().get_queryset(request).select_related("comment__article", "decided_by")
        return found.defer(*text, "comment__password")

    def get_fields(self, request: HttpRequest, obj: Takedown | None = None) -> tuple[str, ...]:
        if obj is None or not self.has_change_permission(request, obj):
            return _FACTS
        if request.method != "POST" and obj.state != TakedownState.RECEIVED:
            return (*_FACTS, "decision", "note", "seen")
        return (*_FACTS, "decision", "days", "note", "seen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Takedown | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Takedown | None = None) -> bool:
        """Show what is decided as it is; whoever decides it again is told, not turned away."""
        is_open = obj is None or obj.is_open or request.method == "POST"
        return is_open and super().has_change_permission(request, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (DecidedAlreadyError, NotVisibleError) as error:
            conflict = isinstance(error, DecidedAlreadyError)
            messages.error(request, _CONFLICT if conflict else _NOTHING_TO_BLIND)
            if note := request.POST.get("note", ""):
                messages.info(request, f"적으신 말: {note}")
            request.method = "GET"
            response = super().changeform_view(request, object_id, form_url, extra_context)
            response.status_code = 409
            return response

    def save_model(
        self, request: HttpRequest, obj: Takedown, form: DecisionForm, change: bool
    ) -> None:
        """Write nothing but the decision, and that the one way that tells everybody of it."""
        decided = form.cleaned_data
        decide(
            obj,
            Decision(decided["decision"]),
            user=request.user,
            seen=decided["seen"],
            note=decided["note"],
            days=decided.get("days") or LONGEST_BLIND_DAYS,
        )

    @admin.display(description="댓글")
    def excerpt(self, takedown: Takedown) -> str:
        return Truncator(takedown.comment.body).chars(_EXCERPT_LENGTH) or "(지워진 댓글)"

    @display(
        description="상태",
        ordering="state",
        label={
            TakedownState.RECEIVED: "warning",
            TakedownState.BLINDED: "danger",
            TakedownState.RESTORED: "success",
            TakedownState.REMOVED: "danger",
        },
    )
    def shown_state(self, takedown: Takedown) -> tuple[str, str]:
        return takedown.state, takedown.get_state_display()

    @admin.display(description="요청한 때", ordering="requested_at")
    def requested(self, takedown: Takedown) -> str:
        return moment(takedown.requested_at)

    @admin.display(description="기한")
    def due(self, takedown: Takedown) -> str:
        return moment(takedown.due_at)

    @admin.display(description="요청한 분")
    def asked_by(self, takedown: Takedown) -> str:
        if not takedown.email:
            return "(보관 기간이 지나 지웠습니다.)"
        return f"{takedown.name} <{takedown.email}>, {takedown.get_relation_display()}"

    @admin.display(description="글")
    def article_link(self, takedown: Takedown) -> SafeString:
        article = takedown.comment.article
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.title)

    @admin.display(description="댓글")
    def comment_text(self, takedown: Takedown) -> SafeString:
        comment = takedown.comment
        url = reverse("admin:comments_comment_change", args=[comment.pk])
        return format_html(
            '<a href="{}">{} ({})</a>{}',
            url,
            comment.name,
            comment.get_status_display(),
            comment.body_html,
        )

    @admin.display(description="정한 때와 사람")
    def decided(self, takedown: Takedown) -> str:
        who = takedown.decided_by.get_full_name() if takedown.decided_by else ""
        return f"{moment(takedown.decided_at)} {who}".strip()

    @admin.display(description="같은 댓글의 다른 요청")
    def others(self, takedown: Takedown) -> SafeString | str:
        others = Takedown.objects.filter(comment=takedown.comment_id).exclude(pk=takedown.pk)
        rows = (
            (
                reverse("admin:comments_takedown_change", args=[other.pk]),
                other.ticket,
                other.get_state_display(),
                moment(other.requested_at),
            )
            for other in others
        )
        return format_html_join(", ", '<a href="{}">{}</a> ({}, {})', rows) or "없습니다."
