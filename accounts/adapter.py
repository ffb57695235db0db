"""How allauth behaves on this site."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts.destinations import is_own_path
from accounts.request_network import network_of
from accounts.sessions import describe

logger = logging.getLogger(__name__)

# Letters that anybody can have sent to any address by typing it into a form.
FOR_THE_ASKING = frozenset(
    f"account/email/{name}"
    for name in (
        "account_already_exists",
        "email_confirmation",
        "email_confirmation_signup",
        "login_code",
        "password_reset_key",
        "unknown_account",
    )
)
# The window of ACCOUNT_RATE_LIMITS["letters"].
LETTERS_WINDOW_IN_SECONDS = 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network to count by. Where nothing tells, everybody is counted as one."""
        return network_of(request) or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by account alone.

        allauth counts by host too, and a host may be sent with any port: each would be
        another five tries.
        """
        return str(credentials.get("email", "")).lower()

    def is_safe_url(self, url: str) -> bool:
        """Lead nowhere but to a page of this site, named by its path."""
        return is_own_path(url)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer with pages only, whatever a request says it accepts."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        describe(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for the mail: on the site's own host, whatever host was asked."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail now, or answer 503: what a reader waits for must not be lost silently."""
        if template_prefix in FOR_THE_ASKING:
            self._refuse_a_flood(email)
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.exception("A mail could not be sent.")
            response = render(self.request, "account/mail_unavailable.html", status=503)
            response["Retry-After"] = "60"
            raise ImmediateHttpResponse(response) from error

    def _refuse_a_flood(self, email: str) -> None:
        """Answer 429 when an address has had enough letters, whoever has asked for them.

        It is counted for known and unknown addresses alike.
        """
        if not ratelimit.consume(self.request, action="letters", key=email.lower()):
            response = render(self.request, "account/too_many_letters.html", status=429)
            response["Retry-After"] = str(LETTERS_WINDOW_IN_SECONDS)
            raise ImmediateHttpResponse(response)
