"""Let somebody in again who has lost their phone and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.second_factor import drop_second_factor


class Command(BaseCommand):
    help = "Remove an account's second factor and sign it out everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the account signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(email__iexact=options["email"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['email']}.")
        if not drop_second_factor(account):
            raise CommandError(f"{account.email} has no second factor.")
        self.stdout.write(f"{account.email} has no second factor any more.")
