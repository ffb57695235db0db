"""Bring essays in: `import_articles PATH… [--format …] [--status …] [--dry-run] [--report …]`."""

import json
import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.importing.sources import find_sources
from articles.intake.plans import Options
from articles.intake.runs import Found, Report, run, with_distinct_refs


class Command(BaseCommand):
    help = "Import essays from files, folders and zip archives."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--format",
            choices=("auto", "markdown", "html", "text", "wordpress", "ghost"),
            default="auto",
            help="what the documents are; auto tells them apart by content",
        )
        parser.add_argument(
            "--status",
            choices=("draft", "published", "source"),
            default="draft",
            help="status of new articles; source takes what the document says (default: draft)",
        )
        parser.add_argument(
            "--pages",
            choices=("import", "skip"),
            default="import",
            help="whether the pages of a WordPress export become articles too (default: import)",
        )
        parser.add_argument("--author", default="", metavar="NAME", help="where none is named")
        parser.add_argument("--category", default="", metavar="NAME", help="where none is named")
        parser.add_argument(
            "--update", action="store_true", help="overwrite what was edited on the desk"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write a JSON report")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["report"]:
            self.open_report(options["report"])
        sources = with_distinct_refs(list(find_sources(options["paths"])))
        asked = Options(
            status=options["status"],
            author=options["author"],
            category=options["category"],
            update=options["update"],
            takes_pages=options["pages"] == "import",
        )

        def watch(found: Iterable[Found]) -> Iterable[Found]:
            # A source may hold many documents; beyond the total only their number is shown.
            return tqdm(found, total=len(sources), unit="글", disable=not sys.stderr.isatty())

        report = run(
            sources, asked, format_name=options["format"], dry_run=options["dry_run"], watch=watch
        )
        self.print_report(report, dry_run=options["dry_run"])
        if options["report"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
            options["report"].write_text(text + "\n", encoding="utf-8")
        if failed := report.counts()["failed"]:
            raise CommandError(f"{failed} of {len(report.items)} documents could not be imported.")

    def open_report(self, path: Path) -> None:
        """Refuse a report that cannot be written now, and not after an hour of importing."""
        try:
            path.open("a").close()
        except OSError as error:
            raise CommandError(f"{path}: the report cannot be written: {error.strerror}") from error

    def print_report(self, report: Report, *, dry_run: bool) -> None:
        for item in report.items:
            for warning in item.warnings:
                self.stderr.write(f"{item.source}: {warning}", self.style.WARNING)
            if item.error:
                self.stderr.write(f"{item.source}: {item.error}", self.style.ERROR)
            else:
                address = unquote(item.url or "")
                self.stdout.write(f"{item.action:9} {item.source} {address}".rstrip())
        counts = ", ".join(f"{count} {name}" for name, count in report.counts().items())
        self.stdout.write(f"{counts}{' (dry run: nothing was written)' if dry_run else ''}")
        for kind, count in sorted(report.left_out.items()):
            self.stdout.write(f"left out: {count} {kind}")
        for source, count in report.comments.items():
            packed = "" if Path(source).is_file() else " (unpack it first)"
            self.stdout.write(
                f"{source} holds {count} comments; bring them in with: "
                f"manage.py import_comments {shlex.quote(source)}{packed}"
            )
