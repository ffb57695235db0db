"""Forms of allauth, where ours differ from them."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

FIGURES = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SignUpForm(forms.SignupForm):
    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> Any:
        """Store the account, or let allauth write to whoever has the address already.

        That takes as long, so that nobody learns from the clock which addresses are taken.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Somebody else took the address between the question and the answer.
            self.account_already_exists = True
            return super().try_save(request)


class LoginCodeForm(forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FIGURES


class EmailCodeForm(forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= FIGURES
