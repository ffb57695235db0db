"""What the roles may do."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts.roles import EXPLANATIONS, Role
from comments.roles import POWERS, make_roles, permissions_of
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def labels(role):
    found = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {".".join(label) for label in found}


def test_each_role_is_made_and_explained():
    make_roles(Group, Permission)
    assert set(POWERS) == set(EXPLANATIONS) == set(Role)
    assert {group.name for group in Group.objects.all()} >= set(Role)


@pytest.mark.parametrize("role", Role)
def test_a_role_has_just_what_is_written(role):
    make_roles(Group, Permission)
    there = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.select_related("content_type")
    }
    assert labels(role) == {".".join(label) for label in permissions_of(role)} & there


def test_making_roles_again_sets_them_right():
    make_roles(Group, Permission)
    writer = Group.objects.get(name=Role.WRITER)
    before = labels(Role.WRITER)
    writer.permissions.set(Permission.objects.filter(codename="delete_user"))
    Group.objects.get(name=Role.EDITOR).delete()
    call_command("make_roles", stdout=io.StringIO(), stderr=io.StringIO())
    call_command("make_roles", stdout=io.StringIO(), stderr=io.StringIO())
    assert labels(Role.WRITER) == before
    assert Group.objects.filter(name__in=list(Role)).count() == len(Role)


def test_a_permission_that_is_yet_to_come_is_left_out_with_a_word():
    Permission.objects.filter(codename="view_redirect").delete()
    warnings = io.StringIO()
    call_command("make_roles", stdout=io.StringIO(), stderr=warnings)
    assert "There is no permission articles.view_redirect: left out." in warnings.getvalue()
    assert "articles.change_redirect" in labels(Role.EDITOR)


def test_a_writer_cannot_publish_and_an_administrator_is_no_superuser():
    writer, administrator = make_member(Role.WRITER), make_member(Role.ADMINISTRATOR)
    for power in ("publish_article", "change_any_article", "delete_article"):
        assert not writer.has_perm(f"articles.{power}")
    assert administrator.has_perm("accounts.change_user")
    for power in ("auth.change_group", "accounts.delete_user", "auth.change_permission"):
        assert not administrator.has_perm(power)
