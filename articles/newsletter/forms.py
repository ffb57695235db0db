"""What readers send to subscribe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from articles.models import Frequency
from articles.newsletter.targets import Target
from articles.reader_forms import ReaderForm, email_field


class SubscribeForm(ReaderForm):
    targets = forms.MultipleChoiceField(
        label="무엇을",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "받으실 글을 하나 이상 골라 주세요.",
            "invalid_choice": "고르신 것 가운데 지금은 받으실 수 없는 것이 있습니다. 다시 골라 주세요.",
        },
    )
    frequency = forms.ChoiceField(
        label="언제",
        choices=Frequency.choices,
        initial=Frequency.EACH,
        widget=forms.RadioSelect,
        error_messages={
            "required": "언제 받으실지 골라 주세요.",
            "invalid_choice": "언제 받으실지 골라 주세요.",
        },
    )
    email = email_field("이메일 주소")
    agrees = forms.BooleanField(
        label="메일 받기와 이메일 주소의 수집·이용에 동의합니다.",
        error_messages={"required": "동의하셔야 메일을 보내 드릴 수 있습니다."},
    )

    def __init__(self, *args: Any, offered: Sequence[Target], **kwargs: Any) -> None:
        """Offer these targets, of which the first is chosen already."""
        super().__init__(*args, **kwargs)
        self.offered = {target.key: target for target in offered}
        field: Any = self.fields["targets"]
        field.choices = [(target.key, target.name) for target in offered]
        field.initial = [offered[0].key]

    def chosen(self) -> list[Target]:
        return [self.offered[key] for key in self.cleaned_data["targets"]]
