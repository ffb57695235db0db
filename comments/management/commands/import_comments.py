"""Bring comments in: `import_comments FILE [--format …] [--dry-run] [--report FILE.json]`."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.intake.runs import Item
from comments.importing.parsing import FORMATS
from comments.intake.report_file import ReportFile
from comments.intake.runs import Outcome, import_comments


class Command(BaseCommand):
    help = "Import comments from a WordPress or Disqus export, or from export_comments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            choices=("auto", *FORMATS),
            default="auto",
            help="what the file is; auto tells by its content",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write a JSON report")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with ExitStack() as stack:
            try:
                stream = stack.enter_context(path.open("rb"))
            except OSError as error:
                raise CommandError(f"{path}: the file cannot be read: {error.strerror}") from error
            report = self.opened_report(options["report"], stack)

            def tell(item: Item) -> None:
                self.print_item(item)
                if report is not None:
                    report.add(item)

            outcome = import_comments(
                stream,
                str(path),
                format_name=options["format"],
                dry_run=options["dry_run"],
                tell=tell,
                watch=watch,
            )
            if report is not None:
                report.finish(outcome.counts(), outcome.left_out)
        self.print_outcome(outcome, dry_run=options["dry_run"])
        if failed := outcome.counts()["failed"]:
            raise CommandError(f"{failed} could not be imported.")

    def opened_report(self, path: Path | None, stack: ExitStack) -> ReportFile | None:
        """Refuse a report that cannot be written now, and not after an hour of importing."""
        if path is None:
            return None
        try:
            return stack.enter_context(ReportFile(path))
        except OSError as error:
            raise CommandError(f"{path}: the report cannot be written: {error.strerror}") from error

    def print_item(self, item: Item) -> None:
        """Say only what a person should look at; the report names every comment."""
        for warning in item.warnings:
            where = f" ({unquote(item.url)})" if item.url else ""
            self.stderr.write(f"{item.source}: {warning}{where}", self.style.WARNING)
        if item.error:
            self.stderr.write(f"{item.source}: {item.error}", self.style.ERROR)

    def print_outcome(self, outcome: Outcome, *, dry_run: bool) -> None:
        counts = ", ".join(f"{count} {name}" for name, count in outcome.counts().items())
        self.stdout.write(f"{counts}{' (dry run: nothing was written)' if dry_run else ''}")
        for kind, count in sorted(outcome.left_out.items()):
            self.stdout.write(f"left out: {count} {kind}")


def watch(items: Iterable[Any], label: str) -> Iterable[Any]:
    return tqdm(items, desc=label, disable=not sys.stderr.isatty())
