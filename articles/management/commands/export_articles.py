"""Write the whole magazine down: `export_articles TARGET.zip|DIR`; import_articles reads it."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.moving.exports import export_site
from articles.moving.targets import TargetError, opened_target


class Command(BaseCommand):
    help = "Export articles, pictures and comments, from which import_articles restores them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target", type=Path, metavar="TARGET.zip|DIR", help="a zip archive or an empty folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["target"]
        try:
            with opened_target(path) as target:
                counts, problems = export_site(target, watch)
        except TargetError as error:
            raise CommandError(f"{path}: {error}") from error
        except OSError as error:
            raise CommandError(f"{path}: it cannot be written: {error}") from error
        for problem in problems:
            self.stderr.write(problem, self.style.WARNING)
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()) if count)
        self.stdout.write(f"{path}: {told or 'nothing to export'}")
        self.stderr.write("It holds addresses of readers: keep it safe.")
        if problems:
            raise CommandError(f"{len(problems)} files are missing on this site.")


def watch(items: Iterable[Any], label: str) -> Iterable[Any]:
    # tqdm draws nothing unless standard error is a terminal.
    return tqdm(items, desc=label, disable=None)
