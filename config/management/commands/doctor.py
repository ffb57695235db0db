"""`manage.py doctor`: what ails the site, and what to do about it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.doctor import QUESTIONS, WITHOUT_DATABASE


class Command(BaseCommand):
    help = "Look at everything that can be wrong with a site. Exit status 1 if anything is."
    # They are one of the questions, with an answer of its own.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
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
            wrong += len(complaints)
            has_database = has_database and not (name == "database" and complaints)
            if not complaints:
                self.stdout.write(f"ok    {name}")
            for complaint in complaints:
                self.stdout.write(self.style.ERROR(f"LOOK  {name}: {complaint}"))
        if wrong:
            raise CommandError(f"{wrong} things need a look.")
