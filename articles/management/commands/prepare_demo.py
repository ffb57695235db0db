"""Make a new site worth looking at: the sample essays and an account for the desk."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User
from articles.models import Article

DEMO_EMAIL = "editor@pildam.example"


class Command(BaseCommand):
    help = "On a site with no accounts and no articles, load the samples and make a demo editor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--credentials",
            type=Path,
            required=True,
            metavar="FILE",
            help="where the demo account's password is kept, so that it can be shown again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        credentials: Path = options["credentials"]
        if not User.objects.exists():
            if not Article.objects.exists():
                call_command("load_samples", stdout=self.stdout, stderr=self.stderr)
            self.create_editor(credentials)
        if credentials.exists() and User.objects.filter(email=DEMO_EMAIL).exists():
            self.stdout.write(credentials.read_text(encoding="utf-8").rstrip())

    def create_editor(self, credentials: Path) -> None:
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(DEMO_EMAIL, password, display_name="편집자")
        credentials.parent.mkdir(parents=True, exist_ok=True)
        credentials.touch(mode=0o600)
        credentials.write_text(
            f"The desk: /admin/ as {DEMO_EMAIL} with the password {password}\n", encoding="utf-8"
        )
