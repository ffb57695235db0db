"""What readers may send. Forms judge the input; the database guarantees the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from articles.reader_forms import NO_NUL, ReaderForm, email_field
from comments.models import ReportReason, Vote
from comments.names import cleaned_display_name
from comments.submission import ParentGoneError
from comments.text import (
    MAX_BODY_GRAPHEMES,
    MAX_NAME_GRAPHEMES,
    TextError,
    cleaned_body,
)

MIN_PASSWORD_LENGTH = 4
MAX_PASSWORD_LENGTH = 128
PRIMARY_KEY = re.compile(r"[0-9]{1,19}")


def _body_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        # Cleaned by our own rules; a browser that cuts at `maxlength` would lose text.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=(
            f"{MAX_BODY_GRAPHEMES:,}자까지. **굵게**, *강조*, `코드`, > 인용을 쓸 수 있고 주소는 링크가 됩니다."
        ),
        error_messages={"required": "내용을 적어 주세요.", **NO_NUL},
    )


def _password_field(
    *, autocomplete: str, help_text: str = "", min_length: int = 0
) -> forms.CharField:
    return forms.CharField(
        label="비밀번호",
        strip=False,
        min_length=min_length,
        max_length=MAX_PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        help_text=help_text,
        error_messages={
            "required": "비밀번호를 적어 주세요.",
            "min_length": f"비밀번호는 {MIN_PASSWORD_LENGTH}자 이상으로 정해 주세요.",
            "max_length": f"비밀번호는 {MAX_PASSWORD_LENGTH}자까지 쓸 수 있습니다.",
            **NO_NUL,
        },
    )


def _checked(rule: Callable[[str], str], text: str) -> str:
    try:
        return rule(text)
    except TextError as error:
        raise ValidationError(str(error)) from error


class AccountCommentForm(ReaderForm):
    """A comment by somebody who is signed in, and is asked for nothing but the text."""

    body = _body_field("댓글")
    follow_replies = forms.BooleanField(label="내 댓글에 답글이 달리면 메일 받기", required=False)
    follow_article = forms.BooleanField(label="이 글의 새 댓글 메일 받기", required=False)
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    # A trap: people do not see it and leave it empty, machines fill in whatever there is.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        return _checked(cleaned_body, self.cleaned_data["body"])

    def clean_parent(self) -> int | None:
        """Return the id of the comment to answer; whether it is there is asked later."""
        text = self.cleaned_data["parent"]
        if not text:
            return None
        if not PRIMARY_KEY.fullmatch(text):
            raise ValidationError(ParentGoneError().message)
        return int(text)


class GuestCommentForm(AccountCommentForm):
    """A comment by a guest, with a name, and the password that it can be changed with."""

    name = forms.CharField(
        label="이름",
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text=f"{MAX_NAME_GRAPHEMES}자까지",
        error_messages={"required": "이름을 적어 주세요.", **NO_NUL},
    )
    password = _password_field(
        autocomplete="new-password",
        min_length=MIN_PASSWORD_LENGTH,
        help_text=f"고치거나 지울 때 씁니다. {MIN_PASSWORD_LENGTH}자 이상",
    )
    email = email_field(
        "이메일 (선택)",
        required=False,
        help_text="공개하지 않습니다. 알림을 고르시면 주소를 확인하는 메일을 먼저 보내 드립니다.",
    )

    # What somebody has come to say stands first.
    field_order = ("body", "name", "password", "email")

    def clean_name(self) -> str:
        return cleaned_display_name(self.cleaned_data["name"], None)

    def clean(self) -> None:
        wants_mail = self.cleaned_data["follow_replies"] or self.cleaned_data["follow_article"]
        if wants_mail and self.cleaned_data.get("email") == "":
            self.add_error("email", "알림 메일을 받으시려면 이메일 주소를 적어 주세요.")


class AuthorForm(ReaderForm):
    """What an author does to their own comment; guests prove with a password who they are."""

    password = _password_field(
        autocomplete="current-password", help_text="댓글을 쓸 때 정하신 비밀번호입니다."
    )

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]


class EditForm(AuthorForm):
    body = _body_field("댓글")
    field_order = ("body", "password")

    def clean_body(self) -> str:
        return _checked(cleaned_body, self.cleaned_data["body"])


class FollowForm(ReaderForm):
    """A wish to be told of an article's new comments; an account has an address already."""

    email = email_field(
        "이메일",
        required=True,
        help_text="공개하지 않습니다. 주소를 확인하는 메일을 먼저 보내 드립니다.",
    )

    def __init__(self, *args: Any, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account is not None:
            del self.fields["email"]


class VoteForm(ReaderForm):
    """What the reader's vote shall be; saying so twice changes nothing."""

    value = forms.ChoiceField(
        choices=[("like", "공감"), ("dislike", "비공감"), ("none", "취소")],
        # Each button sends one; there is no field that an error could lead to.
        widget=forms.HiddenInput,
        error_messages={
            "required": "공감이나 비공감 가운데 하나를 골라 주세요.",
            "invalid_choice": "공감이나 비공감 가운데 하나를 골라 주세요.",
        },
    )

    def clean_value(self) -> int:
        return {"like": Vote.LIKE, "dislike": Vote.DISLIKE, "none": 0}[self.cleaned_data["value"]]


class ReportForm(ReaderForm):
    reason = forms.ChoiceField(
        label="이유",
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "이유를 골라 주세요.",
            "invalid_choice": "이유를 골라 주세요.",
        },
    )
    note = forms.CharField(
        label="덧붙일 말 (선택)",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "500자까지 쓸 수 있습니다.", **NO_NUL},
    )


class BlockForm(ReaderForm):
    """Which entry of the reader's own list shall go; empty where one is added."""

    block = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
