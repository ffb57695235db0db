"""Write all comments down: `export_comments FILE|- [--article SLUG]`."""

import os
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.exports import discussions, export_lines


class Command(BaseCommand):
    help = "Export the comments as NDJSON, with e-mail addresses and password hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to write, - for the terminal")
        parser.add_argument("--article", default="", metavar="SLUG", help="of one article only")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = discussions()
        if options["article"]:
            articles = articles.filter(slug=options["article"])
            if not articles.exists():
                raise CommandError(f"No article {options['article']!r} has a discussion.")
        # tqdm draws nothing unless standard error is a terminal.
        lines = tqdm(export_lines(articles), desc="Exporting", unit="line", disable=None)
        if options["file"] == "-":
            for line in lines:
                self.stdout.write(line, ending="")
            return
        path = Path(options["file"])
        try:
            write_whole(path, lines)
        except OSError as error:
            raise CommandError(f"{path}: the file cannot be written: {error.strerror}") from error
        self.stderr.write(f"{path} is written. It holds addresses: keep it safe.")


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write the file, readable by its owner alone; under its name it is whole or not there."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as unfinished:
        try:
            unfinished.writelines(lines)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            Path(unfinished.name).replace(path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
