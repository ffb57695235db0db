"""Running the commands as an operator does."""

import json
from contextlib import suppress

from django.core.management import CommandError, call_command

from comments.models import Comment


def run_import(path, text, *options, encoding="utf-8"):
    """Import the text as a file and return the report, whether or not something failed."""
    file, report = path / "export", path / "report.json"
    file.write_bytes(text.encode(encoding))
    with suppress(CommandError):
        call_command("import_comments", str(file), "--report", str(report), *options)
    return json.loads(report.read_text(encoding="utf-8"))


def exported(path, *options):
    """Export the comments and return what the file holds."""
    file = path / "comments.ndjson"
    call_command("export_comments", str(file), *options)
    return file.read_text(encoding="utf-8")


def counts(report):
    return tuple(report[name] for name in ("created", "updated", "unchanged", "failed"))


def warnings(report):
    return [warning for item in report["items"] for warning in item["warnings"]]


def errors(report):
    return [item["error"] for item in report["items"] if item["error"]]


def imported(number):
    return Comment.objects.get(import_ref=f"wordpress:blog.example:{number}")
