"""Forms of the account desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.forms import ModelMultipleChoiceField
from django.utils.html import format_html
from unfold.forms import UserChangeForm
from unfold.forms import UserCreationForm as UnfoldUserCreationForm

from accounts.models import User
from accounts.roles import label_of


class UserCreationForm(UnfoldUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "display_name")


class RolesField(ModelMultipleChoiceField):
    """Roles to tick, each with what it may do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label"] = "역할"
        kwargs["help_text"] = (
            "하나라도 고르면 편집실에 들어올 수 있고, 모두 지우면 들어올 수 없습니다."
        )
        super().__init__(*args, **kwargs)

    def label_from_instance(self, group: Group) -> str:
        return label_of(group.name)


class AccountForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = format_html(
            "비밀번호는 아무도 볼 수 없습니다. "
            '<a class="text-primary-600 dark:text-primary-500" href="{}">새 비밀번호 정하기</a>',
            "../password/",
        )
