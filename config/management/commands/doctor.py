"""`manage.py doctor`: what ails the site, and what to do about it."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.doctor import QUESTIONS, WITHOUT_DATABASE

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Look at everything that can be wrong with a site. Exit status 1 if anything is."
    # They are one of the questions, with an answer of its own.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tell",
            action="store_true",
            help="also log what is wrong as one error, which is mailed where ERROR_MAIL is set",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[str] = []
        has_database = True
        for name, question in QUESTIONS.items():
            if not has_database and name not in WITHOUT_DATABASE:
                self.stdout.write(f"?     {name}: not asked, for want of the database")
                continue
            try:
                complaints = list(question())
            # One that cannot be answered must not hide the others.
            except Exception as error:
                complaints = [f"cannot be judged: {type(error).__name__}: {error}"]
            found += [f"{name}: {complaint}" for complaint in complaints]
            has_database = has_database and not (name == "database" and complaints)
            if not complaints:
                self.stdout.write(f"ok    {name}")
            for complaint in complaints:
                self.stdout.write(self.style.ERROR(f"LOOK  {name}: {complaint}"))
        if found:
            if options["tell"]:
                logger.error("The doctor has found:\n%s", "\n".join(found))
            raise CommandError(f"{len(found)} things need a look.")
