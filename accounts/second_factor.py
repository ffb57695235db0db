"""The second factor: codes of an app, recovery codes, and who may not do without."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.sessions import end_others
from accounts.sign_in import FIGURES

# A code is good for its own half minute and for those beside it.
_CODE_LIFE_IN_SECONDS = 90


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        "add_email_blocked": "2단계 인증을 쓰는 계정에는 이메일 주소를 더할 수 없습니다.",
        "cannot_delete_authenticator": "2단계 인증을 끌 수 없습니다.",
        "cannot_generate_recovery_codes": "2단계 인증을 먼저 켜 주세요.",
        "incorrect_code": "코드가 맞지 않습니다. 앱에 지금 보이는 코드를 적어 주세요.",
        "unverified_email": "이메일 주소를 확인한 뒤에 2단계 인증을 켤 수 있습니다.",
    }


class CodeForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_code(self) -> str:
        return used_up(super().clean_code(), self.user)


class ReauthenticationCodeForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_code(self) -> str:
        return used_up(super().clean_code(), self.user)


class ActivationForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


def dress(form: Any) -> None:
    """Ask for the code in the words, and with the keyboard, of the other pages."""
    form.fields["code"].label = "인증 코드"
    form.fields["code"].widget.attrs |= FIGURES


def used_up(code: str, user: User) -> str:
    """Return a right code, and refuse it from now on.

    allauth forgets after half a minute which code was used, but takes it for longer.
    """
    figures = "".join(filter(str.isalnum, code))
    if not cache.add(f"accounts.code.{user.pk}.{figures}", True, _CODE_LIFE_IN_SECONDS):
        raise SecondFactorAdapter().validation_error("incorrect_code")
    return code


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def lacks_second_factor(user: User) -> bool:
    """Whether the desk stays shut for somebody of the staff until they set one up."""
    return settings.REQUIRE_2FA and not has_second_factor(user)


def drop_second_factor(user: User) -> bool:
    """Help somebody who has lost phone and codes; they are signed out, to begin anew."""
    count, _ = Authenticator.objects.filter(user=user).delete()
    user.sessions.all().delete()
    return bool(count)


@receiver(authenticator_added)
def end_lesser_sessions(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """End the sessions from before, which came in with less."""
    end_others(user, request.session)
