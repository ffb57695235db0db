"""What the tests of signing in do again and again."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User

PASSWORD = "correct horse battery"


def sign_up(client: Client, email: str = "dana@pildam.example", **fields: Any) -> Any:
    """Send the sign-up form; fields override what is typed."""
    typed = {"email": email, "display_name": "다나", "password1": PASSWORD} | fields
    return client.post(reverse("account_signup"), typed)


def sign_in(
    client: Client, email: str = "alice@pildam.example", password: str = PASSWORD, **fields: Any
) -> Any:
    """Send the sign-in form, with further fields such as `next`."""
    typed = {"login": email, "password": password} | fields
    return client.post(reverse("account_login"), typed)


def code_in_mail() -> str:
    """Return the code of the newest mail that has one."""
    codes = [re.search(r"^\d{4}-\d{4}$", str(m.body), re.MULTILINE) for m in mail.outbox]
    return [found.group() for found in codes if found][-1]


def reset_link(client: Client, user: User, **headers: Any) -> str:
    """Ask for a new password and return the link of the mail."""
    client.post(reverse("account_reset_password"), {"email": user.email}, **headers)
    found = re.search(r"^http\S+/key/\S+$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found.group()


def signed_in_as(client: Client) -> str | None:
    """Return the id of the account that the client is signed in as, None for nobody."""
    return client.session.get("_auth_user_id")


def turn_on_second_factor(user: User) -> str:
    """Give an account an app's codes and recovery codes; return the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def app_code(secret: str) -> str:
    """Return what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def recovery_codes(user: User) -> list[str]:
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return codes.wrap().get_unused_codes()
