"""Fill an empty site with the sample essays."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.samples.loading import load_samples, sample_sources


class Command(BaseCommand):
    help = "Import the sample essays; those already there are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        progress = tqdm(sample_sources(), unit="글", disable=not sys.stderr.isatty())
        report = load_samples(progress)
        for item in report.items:
            if item.error:
                self.stderr.write(f"{item.source}: {item.error}", self.style.ERROR)
        counts = report.counts()
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()))
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} samples could not be imported.")
