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

from articles.importing.documents import ImportFailure
from articles.importing.sources import find_sources
from articles.intake.plans import Options
from articles.intake.runs import Found, Item, Report, run, with_distinct_refs
from articles.moving import restoring
from articles.moving.packages import Package, package_at
from articles.search import index


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
            help="status of new articles; source takes what the document says "
            "(default: draft; what export_articles has written keeps its status)",
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
        parser.add_argument(
            "--without-search",
            action="store_true",
            help="leave what comes in to rebuild_search --stale",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write a JSON report")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["report"]:
            self.open_report(options["report"])
        report = Report()
        packages, others = self.sorted_out(options["paths"], options["format"], report)
        for package in packages:
            self.restore(package, options, report)
        sources = with_distinct_refs(list(find_sources(others)))
        asked = Options(
            status=options["status"] or "draft",
            author=options["author"],
            category=options["category"],
            update=options["update"],
            takes_pages=options["pages"] == "import",
        )

        def counted(found: Iterable[Found]) -> Iterable[Found]:
            # A source may hold many documents; beyond the total only their number is shown.
            return tqdm(found, total=len(sources), unit="글", disable=not sys.stderr.isatty())

        found = run(
            sources, asked, format_name=options["format"], dry_run=options["dry_run"], watch=counted
        )
        report.add(found)
        if not (options["dry_run"] or options["without_search"]):
            self.make_findable()
        self.print_report(report, dry_run=options["dry_run"])
        if options["report"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
            options["report"].write_text(text + "\n", encoding="utf-8")
        if failed := report.counts()["failed"]:
            raise CommandError(f"{failed} of {len(report.items)} documents could not be imported.")

    def sorted_out(
        self, paths: list[Path], format_name: str, report: Report
    ) -> tuple[list[Package], list[Path]]:
        """Tell our own exports from everything else; one that is broken goes into the report."""
        packages, others = [], []
        for path in paths:
            try:
                package = package_at(path) if format_name == "auto" else None
            except ImportFailure as failure:
                report.items.append(Item(str(path), "failed", error=str(failure)))
                continue
            if package is None:
                others.append(path)
            else:
                packages.append(package)
        return packages, others

    def restore(self, package: Package, options: dict[str, Any], report: Report) -> None:
        asked = restoring.Options(
            status=options["status"] or "source",
            update=options["update"],
            dry_run=options["dry_run"],
        )
        result = restoring.restore(package, asked, watch, self.print_note)
        report.items += result.items
        for name, counts in result.parts.items():
            told = ", ".join(f"{count} {action}" for action, count in counts.items())
            self.stdout.write(f"{name}: {told}")

    def make_findable(self) -> None:
        total = index.stale_articles()
        with tqdm(total=total, desc="찾기", disable=not sys.stderr.isatty()) as progress:
            for count in index.refresh_stale():
                progress.update(count)

    def print_note(self, line: str) -> None:
        self.stderr.write(line, self.style.WARNING)

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


def watch(items: Iterable[Any], label: str) -> Iterable[Any]:
    return tqdm(items, desc=label, disable=not sys.stderr.isatty())
