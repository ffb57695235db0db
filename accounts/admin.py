"""Accounts on the desk: who may come in, as what.

Nobody raises themselves here, and whoever is no superuser makes, changes and ends none.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.addresses import vouch_for
from accounts.forms import AccountForm, RolesField, UserCreationForm
from accounts.models import User
from accounts.roles import Role
from accounts.second_factor import drop_second_factor

# Keys of providers come from the environment, addresses belong to their accounts, and second
# factors are nobody's to read.
admin.site.unregister([Group, EmailAddress, SocialAccount, SocialApp, SocialToken, Authenticator])

_RIGHTS = ("is_active", "groups", "is_superuser")


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    form = AccountForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("email", "display_name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    actions = ("drop_second_factors",)
    add_fieldsets = (
        (None, {"fields": ("email", "display_name", "usable_password", "password1", "password2")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = _RIGHTS if request.user.is_superuser else _RIGHTS[:-1]
        return (
            (None, {"fields": ("email", "password", "display_name")}),
            ("권한", {"fields": rights}),
            ("기록", {"fields": self.readonly_fields}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Let nobody change their own rights, be it to rise or to lock themselves out."""
        own = _RIGHTS if obj is not None and obj == request.user else ()
        return (*self.readonly_fields, *own)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "form_class": RolesField,
                "queryset": offered_groups(request),
                "widget": UnfoldAdminCheckboxSelectMultipleWidget(),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles as they are: none is made on the way."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.widget.can_add_related = False
            field.widget.can_change_related = False
            field.widget.can_view_related = False
        return field

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may_delete = super().has_delete_permission(request, obj) and may_touch(request, obj)
        return may_delete and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            vouch_for(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the groups that were not offered, and open the desk to whoever has a role."""
        account: User = form.instance
        kept = list(account.groups.exclude(pk__in=offered_groups(request)))
        super().save_related(request, form, formsets, change)
        account.groups.add(*kept)
        if {"groups", "is_superuser"} & set(form.changed_data):
            account.is_staff = account.is_superuser or account.groups.exists()
            account.save(update_fields=["is_staff"])

    @admin.action(description="2단계 인증 풀기", permissions=["change"])
    def drop_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Help whoever has lost their phone; that somebody did is in the account's history."""
        for account in queryset:
            if not self.has_change_permission(request, account):
                messages.error(request, f"{account.email}: 최고 관리자 계정은 풀 수 없습니다.")
            elif drop_second_factor(account):
                self.log_change(request, account, "2단계 인증을 풀었습니다.")
                messages.success(request, f"{account.email}: 2단계 인증을 풀었습니다.")
            else:
                messages.info(request, f"{account.email}: 2단계 인증을 쓰지 않는 계정입니다.")


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """What a group may do is a superuser's to say; roles are made by `make_roles`."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser


def may_touch(request: HttpRequest, account: User | None) -> bool:
    return request.user.is_superuser or account is None or not account.is_superuser


def offered_groups(request: HttpRequest) -> QuerySet[Group]:
    """Return the groups that somebody may put others in: the roles, for superusers all."""
    groups = Group.objects.order_by("pk")
    return groups if request.user.is_superuser else groups.filter(name__in=list(Role))
