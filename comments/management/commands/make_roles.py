"""Make the roles of the desk, or set them right again."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.roles import Role
from comments.roles import make_roles


class Command(BaseCommand):
    help = "Give each role of the desk exactly its permissions; run it after an update."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        missing = make_roles(Group, Permission)
        for label in missing:
            self.stderr.write(self.style.WARNING(f"There is no permission {label}: left out."))
        self.stdout.write(f"Roles: {', '.join(Role)}.")
