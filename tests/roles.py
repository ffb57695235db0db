"""People at the desk, each in a role."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from accounts.models import User
from accounts.roles import Role
from comments.roles import make_roles
from tests.builders import make_user

NAMES = {
    Role.WRITER: "writer",
    Role.EDITOR: "editor",
    Role.MODERATOR: "moderator",
    Role.ADMINISTRATOR: "administrator",
}


def make_member(role: Role, *, email: str = "", **fields: Any) -> User:
    """Return somebody in a role; the roles are made anew, since some tests empty the tables."""
    make_roles(Group, Permission)
    user = make_user(email or f"{NAMES[role]}@pildam.example", is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role.value))
    return user
