"""The name that an account shows, judged by rules that stand further up.

Accounts know nothing of authors and comments; `settings.DISPLAY_NAME_RULES` names the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.module_loading import import_string

from accounts.models import User

Rule = Callable[[str, User | None], str]


def rules() -> list[Rule]:
    return [import_string(path) for path in settings.DISPLAY_NAME_RULES]


def cleaned_display_name(name: str, account: User | None) -> str:
    """Return the name as it is stored; raise ValidationError if the account may not have it."""
    for rule in rules():
        name = rule(name, account)
    return name


def suggested_display_name(name: str) -> str:
    """Return a name that came from elsewhere as it is stored, "" if nobody may have it."""
    try:
        return cleaned_display_name(name, None)
    except ValidationError:
        return ""


class DisplayNameForm(forms.Form):
    """Asks for the name; by itself for an account, or as part of allauth's sign-up forms."""

    display_name = forms.CharField(
        label="표시 이름",
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text="댓글에 보이는 이름입니다. 20자까지 쓸 수 있고 나중에 바꿀 수 있습니다.",
        error_messages={
            "required": "표시 이름을 적어 주세요.",
            "null_characters_not_allowed": "쓸 수 없는 문자가 들어 있습니다.",
        },
    )
    field_order = ("email", "display_name", "password1")

    def __init__(self, *args: Any, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_display_name(self) -> str:
        return cleaned_display_name(self.cleaned_data["display_name"], self.account)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the name of a new account; allauth calls this."""
        self.store(user)

    def store(self, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
