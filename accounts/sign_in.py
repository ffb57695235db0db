"""Forms of allauth, where ours differ from them."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

FIGURES = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SignUpForm(forms.SignupForm):
    def try_save(self, request: HttpRequest) -> Any:
        """Work as long for an address that is taken, so that nobody learns it from the clock."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class LoginCodeForm(forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FIGURES


class EmailCodeForm(forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FIGURES
