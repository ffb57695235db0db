"""What editors choose when they publish and withdraw, and for whom a preview is opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from articles.admin.wording import moment
from articles.models import Article, Withdrawal
from articles.newsletter import mailings
from articles.publishing import MIN_REASON, Order

YEARS = (1900, 2999)
LIFETIMES = {"1": "하루", "7": "7일", "30": "30일"}


class KoreanTimeField(forms.SplitDateTimeField):
    """A day and a clock time in Korea, in the browser's own fields."""

    def __init__(self, label: str, help_text: str = "") -> None:
        shape = UnfoldAdminTextInputWidget().attrs["class"]
        widget = forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "class": shape, "aria-label": f"{label}: 날짜"},
            time_attrs={"type": "time", "class": shape, "aria-label": f"{label}: 시각"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(label=label, help_text=help_text, required=False, widget=widget)

    def clean(self, value: Any) -> datetime | None:
        time: datetime | None = super().clean(value)
        if time is not None and not YEARS[0] <= time.year <= YEARS[1]:
            raise forms.ValidationError(f"{YEARS[0]}년부터 {YEARS[1]}년까지 적을 수 있습니다.")
        return time


class PublishForm(forms.Form):
    """When, until when, and why in spite of what the gate has found."""

    when = forms.ChoiceField(label="언제", widget=UnfoldAdminRadioSelectWidget)
    at = KoreanTimeField("게재 시각", "한국 시각입니다. ‘시각 지정’을 고르면 쓰입니다.")
    until = KoreanTimeField("게재 종료", "적으면 그때부터 독자에게 보이지 않습니다.")
    keeps_dates = forms.BooleanField(
        label="작은 고침: 고친 날짜를 바꾸지 않기", required=False, widget=UnfoldBooleanWidget
    )
    no_mail = forms.BooleanField(
        label="이 글은 메일로 보내지 않기", required=False, widget=UnfoldBooleanWidget
    )
    reason = forms.CharField(
        label="그래도 발행하는 까닭",
        max_length=1000,
        required=False,
        help_text=f"{MIN_REASON}자 이상 적어 주세요. 편집 기록에 남습니다.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    # Which version the editor was shown; a form without it is taken for one that saw another.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        self.article = article
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = _times_of(article)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") != "at":
            self.errors.pop("at", None)
            if cleaned.get("at"):
                # Whoever has written a time does not mean now; nothing is published by accident.
                self.add_error(
                    "when",
                    "게재 시각을 적으셨습니다. ‘시각 지정’을 고르거나, 적은 시각을 지워 주세요.",
                )
        elif not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", "게재할 날짜와 시각을 적어 주세요.")
        return cleaned

    def order(self) -> Order:
        cleaned = self.cleaned_data
        times = {"keep": self.article.published_at, "now": None, "at": cleaned.get("at")}
        return Order(
            at=times[cleaned["when"]],
            until=cleaned["until"],
            keeps_dates=cleaned["keeps_dates"],
            reason=cleaned["reason"],
            seen=cleaned["seen"],
        )

    @staticmethod
    def beginning(article: Article, seen: str) -> dict[str, Any]:
        """Return what the form begins with; an end that has passed is not offered again."""
        until = article.expires_at
        return {
            "when": "keep" if article.published_at else "now",
            "no_mail": mailings.is_left_out(article),
            "until": until if until and until > timezone.now() else None,
            "seen": seen,
        }


def _times_of(article: Article) -> list[tuple[str, str]]:
    """Return the times to choose from; the one that an article has already stands first."""
    other = [("now", "지금"), ("at", "시각 지정")]
    if article.published_at is None:
        return other
    label = f"적혀 있는 게재 시각 그대로 ({moment(article.published_at)})"
    return [("keep", label), *other]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="내리는 까닭",
        max_length=1000,
        help_text="편집실에서만 봅니다. 편집 기록에 남습니다.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    withdrawn_as = forms.ChoiceField(
        label="그 주소로 온 독자에게",
        choices=Withdrawal.choices,
        initial=Withdrawal.MISSING,
        widget=UnfoldAdminRadioSelectWidget,
    )
    notice = forms.CharField(
        label="독자에게 알리는 말",
        max_length=500,
        required=False,
        help_text="‘내린 글이라고 알리기’를 골랐을 때 그대로 보입니다. 비우면 인사말만 보입니다.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class LinkForm(forms.Form):
    days = forms.ChoiceField(
        label="얼마 동안",
        choices=list(LIFETIMES.items()),
        initial="7",
        widget=UnfoldAdminRadioSelectWidget,
    )
    note = forms.CharField(
        label="누구에게",
        max_length=100,
        required=False,
        help_text="나중에 알아보려고 적어 둡니다. 예: 감수하시는 김 선생님",
        widget=UnfoldAdminTextInputWidget,
    )

    def lifetime(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))
