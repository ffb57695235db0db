"""Bring essays in: `import_articles PATH…`; `--help` and docs/import.md tell the options."""

import json
import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from articles.importing.documents import ImportFailure
from articles.importing.repetitions import different_paths, without_repetitions
from articles.importing.sources import Source, UnreadableSource, find_sources, printable
from articles.importing.standard_input import STANDARD_INPUT, spooled, spooled_sources
from articles.intake.overwriting import DeskEdits, MayOverwrite, Questions, always, shown
from articles.intake.plans import Options
from articles.intake.progress import counted, progress
from articles.intake.runs import Item, Report, run, with_distinct_refs
from articles.intake.turns import AnotherImportRunning, import_turn
from articles.intake.web_pictures import PictureFetcher
from articles.moving import restoring
from articles.moving.packages import Package, package_at
from articles.statistics import renew_statistics

_INTERRUPTED = 130


class Command(BaseCommand):
    help = "Import essays from files, folders, zip archives and standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="a file, a folder, a zip archive, or - for standard input",
        )
        parser.add_argument(
            "--format",
            choices=("auto", "markdown", "html", "text", "wordpress", "ghost"),
            default="auto",
            help="what the documents are; auto tells them apart by content",
        )
        parser.add_argument(
            "--name", default="", metavar="FILE", help="what to call the document that - brings"
        )
        self.add_defaults(parser)
        self.add_edits(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, and say what would be done"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE.json", help="write what was done as JSON"
        )
        parser.add_argument(
            "--no-wait", action="store_true", help="end at once if another import is running"
        )

    def add_defaults(self, parser: ArgumentParser) -> None:
        group = parser.add_argument_group("what becomes of them")
        group.add_argument(
            "--status",
            choices=("draft", "published", "source"),
            help="status of new articles; source takes what the document says "
            "(default: draft; what export_articles has written keeps its status)",
        )
        group.add_argument(
            "--pages",
            choices=("import", "skip"),
            default="import",
            help="whether a blog's pages become articles, as its posts do (default: import)",
        )
        group.add_argument(
            "--author", default="", metavar="NAME", help="author of documents that name none"
        )
        group.add_argument(
            "--category", default="", metavar="NAME", help="category of documents that name none"
        )
        group.add_argument(
            "--fetch-images",
            action="store_true",
            help="fetch pictures from the public web, once each (a dry run fetches none)",
        )

    def add_edits(self, parser: ArgumentParser) -> None:
        group = parser.add_argument_group("what is here already")
        group.add_argument(
            "--update",
            action="store_true",
            help="show what was edited on the desk and ask whether to overwrite it; "
            "without a terminal it is shown and kept",
        )
        group.add_argument(
            "--overwrite-edits",
            action="store_true",
            help="overwrite what was edited on the desk, unasked; the history keeps it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] and Path(STANDARD_INPUT) not in options["paths"]:
            raise CommandError("--name is for a document from standard input (-).")
        if options["report"]:
            self.open_report(options["report"])
        report, is_interrupted = Report(), False
        try:
            with ExitStack() as stack:
                if not options["dry_run"]:
                    wait = not options["no_wait"]
                    stack.enter_context(import_turn(wait=wait, tell=self.print_wait))
                if sys.stderr.isatty():
                    stack.enter_context(logging_redirect_tqdm())
                self.import_all(options, report, stack)
        except AnotherImportRunning as other:
            raise CommandError(f"{other}.") from other
        except KeyboardInterrupt:
            is_interrupted = True
        self.print_report(report, dry_run=options["dry_run"])
        if options["report"]:
            self.write_report(options["report"], report)
        if is_interrupted:
            raise CommandError(
                f"Interrupted after {len(report.items)} documents; the same command goes on there.",
                returncode=_INTERRUPTED,
            )
        if failed := report.counts()["failed"]:
            raise CommandError(f"{failed} of {len(report.items)} documents could not be imported.")

    def import_all(self, options: dict[str, Any], report: Report, stack: ExitStack) -> None:
        self.import_each(options, report, stack)
        if not options["dry_run"] and report.counts()["created"]:
            renew_statistics()

    def import_each(self, options: dict[str, Any], report: Report, stack: ExitStack) -> None:
        packages, sources = self.sorted_out(options, report, stack)
        may_overwrite = self.may_overwrite(options)
        for package in packages:
            self.restore(package, options, report, may_overwrite)
        asked = Options(
            status=options["status"] or "draft",
            author=options["author"],
            category=options["category"],
            update=options["update"] or options["overwrite_edits"],
            takes_pages=options["pages"] == "import",
            fetch=PictureFetcher() if options["fetch_images"] and not options["dry_run"] else None,
        )
        run(
            sources,
            asked,
            format_name=options["format"],
            dry_run=options["dry_run"],
            watch=partial(progress, report=report, total=len(sources)),
            may_overwrite=may_overwrite,
            report=report,
        )

    def sorted_out(
        self, options: dict[str, Any], report: Report, stack: ExitStack
    ) -> tuple[list[Package], list[Source | UnreadableSource]]:
        """Tell our own exports from everything else; what is broken goes into the report."""
        packages: list[Package] = []
        sources: list[Source | UnreadableSource] = []
        others: list[Path] = []
        for path in different_paths(options["paths"]):
            try:
                if is_piped := str(path) == STANDARD_INPUT:
                    place = stack.enter_context(spooled(sys.stdin.buffer))
                else:
                    place = path
                package = package_at(place) if options["format"] == "auto" else None
                if package is not None:
                    package.label = str(path).rstrip("/")
                    packages.append(package)
                elif is_piped:
                    sources += spooled_sources(place, options["name"])
                else:
                    others.append(path)
            except ImportFailure as failure:
                report.items.append(Item(printable(str(path)), "failed", error=str(failure)))
            except OSError as error:
                problem = f"it cannot be read: {error.strerror}"
                report.items.append(Item(printable(str(path)), "failed", error=problem))
        found = list(find_sources(others))
        sources += without_repetitions(found) if len(others) > 1 else found
        return packages, with_distinct_refs(sources)

    def restore(
        self,
        package: Package,
        options: dict[str, Any],
        report: Report,
        may_overwrite: MayOverwrite,
    ) -> None:
        asked = restoring.Options(
            status=options["status"] or "source",
            update=options["update"] or options["overwrite_edits"],
            dry_run=options["dry_run"],
            may_overwrite=may_overwrite,
        )
        result = restoring.Result(items=report.items)
        restoring.restore(package, asked, counted, self.print_note, result)
        for name, counts in result.parts.items():
            told = ", ".join(f"{count} {action}" for action, count in counts.items())
            self.stdout.write(f"{name}: {told}")

    def may_overwrite(self, options: dict[str, Any]) -> MayOverwrite:
        """Return who decides about what the desk has edited: the operator, or nobody."""
        if options["overwrite_edits"]:
            return always
        is_asking = sys.stdin.isatty() and sys.stdout.isatty() and not options["dry_run"]
        questions = Questions(self.stdout.write, input, self.painted)

        def decide(edits: DeskEdits) -> bool:
            with tqdm.external_write_mode():
                if is_asking:
                    return questions(edits)
                for line in shown(edits, self.painted):
                    self.stdout.write(line)
                return False

        return decide

    def painted(self, text: str, kind: str) -> str:
        styles: dict[str, Callable[[str], str]] = {
            "removed": self.style.ERROR,
            "added": self.style.SUCCESS,
        }
        return styles.get(kind, str)(text)

    def print_wait(self, other: AnotherImportRunning) -> None:
        self.stderr.write(f"{other}; waiting for it to end …", self.style.WARNING)
        self.stderr.flush()

    def print_note(self, line: str) -> None:
        with tqdm.external_write_mode():
            self.stderr.write(printable(line), self.style.WARNING)

    def open_report(self, path: Path) -> None:
        """Refuse a report that cannot be written now, and not after an hour of importing."""
        try:
            path.open("a").close()
        except OSError as error:
            raise CommandError(f"{path}: the report cannot be written: {error.strerror}") from error

    def write_report(self, path: Path, report: Report) -> None:
        try:
            with path.open("w", encoding="utf-8") as file:
                json.dump(report.as_json(), file, ensure_ascii=False, indent=2)
                file.write("\n")
        except OSError as error:
            problem = f"{path}: the import is done, its report is not written: {error.strerror}"
            raise CommandError(problem) from error

    def print_report(self, report: Report, *, dry_run: bool) -> None:
        for item in report.items:
            self.print_item(item)
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

    def print_item(self, item: Item) -> None:
        for problem in item.warnings:
            self.stderr.write(printable(f"{item.source}: {problem}"), self.style.WARNING)
        if item.error:
            self.stderr.write(printable(f"{item.source}: {item.error}"), self.style.ERROR)
        else:
            address = unquote(item.url or "")
            self.stdout.write(f"{item.action:9} {printable(item.source)} {address}".rstrip())
