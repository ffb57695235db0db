"""Loading the sample essays through the importer that everybody else's essays go through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from articles.importing.documents import ImportedArticle
from articles.importing.parsing import parse
from articles.importing.sources import DiskFolder, Source
from articles.intake.plans import Options
from articles.intake.runs import Report, run
from articles.models import Author, Category, Image, Series
from articles.samples.manifest import FOLDER, Manifest, moved
from articles.search import index


def sample_sources() -> list[Source]:
    """Return the sample essays, each known by `samples/` and its path."""
    folder = DiskFolder(FOLDER)
    return [Source(name, f"samples/{name}", name, folder) for name in folder.documents()]


def load_samples(sources: Iterable[Source]) -> Report:
    """Import the samples as published; what is there already is left alone.

    Their dates keep their distances and move together, the newest to yesterday.
    """
    manifest = Manifest.read()
    _prepare_sections(manifest)
    later = _days_since_newest(manifest)

    def complete(name: str, document: ImportedArticle) -> ImportedArticle:
        return moved(manifest.complete(name, document), later)

    report = run(sources, Options(status="published"), complete=complete)
    _describe_people_and_series(manifest)
    for _ in index.refresh_stale():
        pass
    return report


def _days_since_newest(manifest: Manifest) -> timedelta:
    dates = []
    for source in sample_sources():
        document = parse(source.read(), source.name)
        published_at = manifest.complete(source.name, document).published_at
        if published_at is not None:
            dates.append(timezone.localdate(published_at))
    return timezone.localdate() - timedelta(days=1) - max(dates)


def _prepare_sections(manifest: Manifest) -> None:
    for position, (name, description) in enumerate(manifest.categories, start=1):
        Category.objects.get_or_create(
            name=name, defaults={"description": description, "position": position}
        )


def _describe_people_and_series(manifest: Manifest) -> None:
    """Fill in what is still empty; an editor's own words stay."""
    folder = DiskFolder(FOLDER)
    for name, bio in manifest.authors.items():
        author = Author.objects.get(name=name)
        if not author.bio:
            portrait = folder.read(manifest.portraits[name])
            author.bio = bio
            author.portrait = Image.objects.store(portrait, alt=f"{name} 필자의 초상 그림")
            author.save()
    for title, description in manifest.series.items():
        Series.objects.filter(title=title, description="").update(description=description)
