"""What is asked before somebody's data are mailed, erased, or an account goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from articles.reader_forms import NO_NUL, ReaderForm, email_field
from comments.privacy.erasure import Parting

CONFIRMATION = "모두 지웁니다"
_REQUIRED = "이 칸을 채워 주세요."


class GuestForm(ReaderForm):
    email = email_field(
        "이메일",
        help_text="댓글을 쓰실 때 적으셨던 주소입니다.",
    )


class GuestErasureForm(ReaderForm):
    confirmed = forms.BooleanField(
        label="네, 모두 지웁니다. 지운 글은 되살릴 수 없다는 것을 압니다.",
        error_messages={"required": "지우시려면 확인란에 표시해 주세요."},
    )


class ErasureForm(ReaderForm):
    """Asks an account for its password; for a few words where it has none."""

    password = forms.CharField(
        label="비밀번호",
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="본인인지 확인하려고 여쭙니다.",
        error_messages={
            "required": "비밀번호를 적어 주세요.",
            "max_length": "비밀번호가 맞지 않습니다.",
            **NO_NUL,
        },
    )
    confirmation = forms.CharField(
        label="확인",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=f"‘{CONFIRMATION}’라고 적어 주세요.",
        error_messages={"required": _REQUIRED, "max_length": _REQUIRED, **NO_NUL},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["confirmation" if user.has_usable_password() else "password"]

    def clean_confirmation(self) -> str:
        text = self.cleaned_data["confirmation"]
        if text.split() != CONFIRMATION.split():
            raise ValidationError(f"‘{CONFIRMATION}’라고 똑같이 적어 주세요.")
        return CONFIRMATION


class LeavingForm(ErasureForm):
    parting = forms.ChoiceField(
        label="쓰신 댓글은 어떻게 할까요?",
        choices=Parting.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "댓글을 어떻게 할지 골라 주세요.",
            "invalid_choice": "댓글을 어떻게 할지 골라 주세요.",
        },
    )
    field_order = ("parting", "password", "confirmation")
