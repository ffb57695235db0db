"""Whether what the database says agrees with itself, with the program, and with the files."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage

from articles.models import Article, Image
from articles.rendering import RENDERER_VERSION
from articles.search.index import stale_articles
from comments.counting import miscounted_articles, miscounted_comments, miscounted_reactions
from config.doctor.queues import worker


def search_index() -> Iterator[str]:
    # What an import has just brought waits for seconds.
    if stale := stale_articles():
        yield (
            f"{stale} articles are not in the search index as they are. "
            f"{worker('search', 'rebuild_search --stale --watch 10')}"
        )


def renderings() -> Iterator[str]:
    stale = Article.objects.exclude(renderer_version=RENDERER_VERSION).count()
    if stale:
        yield f"{stale} articles show an older rendering. Run: manage.py rerender_articles --stale"


def counters() -> Iterator[str]:
    wrong = sum(
        rows.count()
        for rows in (miscounted_articles(), miscounted_comments(), miscounted_reactions())
    )
    if wrong:
        yield f"{wrong} counts of comments are wrong. Run: manage.py recount_comments"


def pictures() -> Iterator[str]:
    names = Image.objects.values_list("file", flat=True).iterator()
    missing = [name for name in names if not default_storage.exists(name)]
    if missing:
        yield (
            f"{len(missing)} pictures have no file, first {missing[0]}. "
            "Bring them back from a backup, or replace them at the desk (그림)."
        )
