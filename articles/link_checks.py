"""The report of broken links: what the last look at the published articles has found."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles.internal_links import DeadLink, Text, dead_links_of
from articles.models import Article, BrokenLink

# Bodies are held in memory for as many articles as this.
BATCH = 20
_LONGEST = 500


def check_links(keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Look at these articles anew; yield for each batch how many they were, and links found.

    What is no longer broken leaves the report, and so does what is no longer published.
    """
    remaining = iter(keys)
    while batch := list(islice(remaining, BATCH)):
        found = _check(batch)
        yield len(batch), found


def forget_hidden_articles() -> None:
    """Take what readers do not see any more out of the report."""
    visible = Article.objects.published().filter(pk=OuterRef("article"))
    BrokenLink.objects.exclude(Exists(visible)).delete()


def _check(keys: Sequence[int]) -> int:
    articles = list(
        Article.objects.published().filter(pk__in=keys).only("slug", "body", "body_html")
    )
    texts = [Text(article.path, article.body, article.body_html) for article in articles]
    found = {
        (article.pk, link.line, link.address[:_LONGEST]): link
        for article, links in zip(articles, dead_links_of(texts), strict=True)
        for link in links
    }
    _report([article.pk for article in articles], found)
    return len(found)


def _report(keys: Sequence[int], found: dict[tuple[int, int, str], DeadLink]) -> None:
    """Make the report of these articles say what was found, keeping since when it is known."""
    with transaction.atomic():
        known = BrokenLink.objects.filter(article__in=keys)
        standing = {(row.article_id, row.line, row.address): row for row in known}
        gone = [
            row.pk
            for key, row in standing.items()
            if key not in found or row.reason != found[key].reason
        ]
        BrokenLink.objects.filter(pk__in=gone).delete()
        BrokenLink.objects.bulk_create(
            (
                BrokenLink(article_id=pk, line=line, address=address, reason=link.reason)
                for (pk, line, address), link in found.items()
            ),
            # Two runs at once, and what is known already.
            ignore_conflicts=True,
        )
