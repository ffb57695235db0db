"""Signing in with Kakao, Naver or Google."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from accounts.display_names import suggested_display_name
from accounts.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Return the provider's keys; without any there is no such page."""
        try:
            return super().get_app(request, provider, client_id)
        except ObjectDoesNotExist as error:
            raise Http404("No keys are set for this provider.") from error

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take over the nickname, if it may stand under comments here.

        Only a nickname: what people are called in their passport is not ours to publish.
        """
        user: User = super().populate_user(request, sociallogin, data)
        nickname = data.get("username") or sociallogin.account.extra_data.get("nickname")
        user.display_name = suggested_display_name(str(nickname or ""))
        return user

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return initial | {"display_name": sociallogin.user.display_name}
