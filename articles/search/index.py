"""Making articles findable: their tokens, written beside them, and the list of known words.

Saving an article only marks its document stale, in one query. What is stale is still found by its
old text until one of these functions is called: after a commit at the desk, or by
`rebuild_search`. What readers may see is asked when they search, and never here.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Author, SearchDocument, SearchTerm, StaleText, SynonymGroup
from articles.search.morphemes import Morpheme, morphemes_of_each
from articles.search.tokens import VERSION, compounds, prepared, title_keys, tokens_of

logger = logging.getLogger(__name__)

BATCH_SIZE = 100
_WRITTEN_AT_ONCE = 500
# Longer than what adds articles takes from their making to their commit.
_STORED_WITHIN = timedelta(minutes=30)
# Of a title, to be known as a whole and not only by its nouns.
_LONGEST_WORD = 12
_IS_STALE = (
    Q(search_document=None) | ~Q(search_document__version=VERSION) | Q(stale_text__isnull=False)
)
_WRITTEN_FIELDS = ("title_tokens", "body_tokens", "gram_tokens", "title_keys", "version")


class Source(NamedTuple):
    """What an article is found by, as text."""

    article: int
    title: str
    rest: str


def refresh_after_commit(article: int) -> None:
    """Make one article findable by what it says now, once that is stored.

    A failure is logged and takes nothing back: the document stays stale.
    """
    transaction.on_commit(partial(refresh, [article]), robust=True)


def refresh(articles: Sequence[int]) -> None:
    """Index these articles anew; about 8 ms each."""
    _add_terms(index(articles))


def refresh_stale() -> Iterator[int]:
    """Index whatever is stale, in batches; yields after each how many articles it held.

    It looks at every article to find out.
    """
    _divide_synonyms()
    yield from _refresh_each(_stale_after)


def refresh_changed() -> Iterator[int]:
    """Index as `refresh_stale` what was marked stale, and the articles that were added of late.

    It looks at nothing else, so that it can be asked every few seconds.
    """
    yield from _refresh_each(_marked_after)
    settled = Article.objects.filter(created_at__lt=timezone.now() - _STORED_WITHIN)
    last = settled.order_by("-pk").values_list("pk", flat=True).first()
    yield from _refresh_each(_without_document_after, last or 0)


def _refresh_each(waiting: Callable[[int], QuerySet[Any, int]], last: int = 0) -> Iterator[int]:
    for articles in _batches(waiting, last):
        refresh(articles)
        yield len(articles)


def rebuild() -> Iterator[int]:
    """Index every article anew and count all words; yields as `refresh_stale` does.

    Readers find everything by the old documents meanwhile. When it is interrupted,
    `refresh_stale` goes on where it ended. Whoever else indexes at the same time takes nothing out
    of the count.
    """
    StaleText.objects.mark_all(SearchDocument.objects.all())
    _divide_synonyms()
    counts: Counter[str] = Counter()
    for articles in _batches(_all_after):
        found = index(articles)
        _add_terms(found)
        counts += found
        yield len(articles)
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        _add_terms(counts)


def stale_articles() -> int:
    """Return how many articles are not found by what they say."""
    return Article.objects.filter(_IS_STALE).count()


def _divide_synonyms() -> None:
    for group in SynonymGroup.objects.all():
        group.save()


def _batches(waiting: Callable[[int], QuerySet[Any, int]], last: int = 0) -> Iterator[list[int]]:
    """Yield the ids of waiting articles, each once, whatever becomes of it."""
    while batch := list(waiting(last)[:BATCH_SIZE]):
        yield batch
        last = batch[-1]


def _all_after(article: int) -> QuerySet[Article, int]:
    return Article.objects.filter(pk__gt=article).order_by("pk").values_list("pk", flat=True)


def _stale_after(article: int) -> QuerySet[Article, int]:
    stale = Article.objects.filter(_IS_STALE, pk__gt=article)
    return stale.order_by("pk").values_list("pk", flat=True)


def _marked_after(article: int) -> QuerySet[StaleText, int]:
    marked = StaleText.objects.filter(pk__gt=article)
    return marked.order_by("pk").values_list("pk", flat=True)


def _without_document_after(article: int) -> QuerySet[Article, int]:
    added = Article.objects.filter(search_document=None, pk__gt=article)
    return added.order_by("pk").values_list("pk", flat=True)


def index(articles: Sequence[int]) -> Counter[str]:
    """Write the documents of these articles; returns in how many of them each word is.

    An article that is changed or deleted meanwhile keeps its stale document, or none.
    """
    sources = _sources(articles)
    texts = [prepared(text) for source in sources for text in (source.title, source.rest)]
    # The texts themselves are still needed to cut pieces from.
    analysed = zip(texts, morphemes_of_each(texts), strict=True)
    counts: Counter[str] = Counter()
    documents = []
    for source in sources:
        document, nouns = _document(source.article, next(analysed), next(analysed))
        documents.append(document)
        counts.update(nouns)
    try:
        _write(sources, documents)
    except IntegrityError:
        # One of them was deleted just now; asked again, it is not there.
        logger.info("Articles were deleted while they were indexed.")
        _write(sources, documents)
    return counts


def _sources(articles: Sequence[int]) -> list[Source]:
    found = (
        Article.objects.filter(pk__in=articles)
        .only(
            *("title", "dek", "summary_1", "summary_2", "summary_3", "plain_text"),
            *("category__name", "series__title"),
        )
        .select_related("category", "series")
        .prefetch_related(  # type: ignore[misc]
            Prefetch("authors", Author.objects.only("name")), "tags"
        )
        .order_by("pk")
    )
    return [_source(article) for article in found]


def _source(article: Article) -> Source:
    names = sorted(author.name for author in article.authors.all())
    names += sorted(tag.name for tag in article.tags.all())
    names += [article.series.title] if article.series else []
    names += [article.category.name] if article.category else []
    parts = (article.dek, *article.summary, article.plain_text, *names)
    return Source(article.pk, article.title, "\n".join(part for part in parts if part))


def _document(
    article: int, title: tuple[str, list[Morpheme]], rest: tuple[str, list[Morpheme]]
) -> tuple[SearchDocument, set[str]]:
    of_title, of_rest = tokens_of(*title), tokens_of(*rest)
    document = SearchDocument(
        article_id=article,
        title_tokens=" ".join((*of_title.words, *of_title.grams)),
        body_tokens=" ".join(of_rest.words),
        gram_tokens=" ".join(of_rest.grams),
        title_keys=" ".join(title_keys(title[0])),
        version=VERSION,
    )
    return document, of_title.nouns | of_rest.nouns | _compounds_of(*title)


def _compounds_of(title: str, morphemes: Sequence[Morpheme]) -> set[str]:
    """Return the compounds of a title as they stand there, by which it may be meant in a slip."""
    found = (title[run[0].start : run[-1].end] for run in compounds(morphemes))
    return {word for word in found if 1 < len(word) <= _LONGEST_WORD}


@transaction.atomic
def _write(sources: Sequence[Source], documents: Sequence[SearchDocument]) -> None:
    """Write the documents of the articles that still say what was analysed."""
    keys = [source.article for source in sources]
    # Whoever changes one of them waits, and marks it afterwards.
    locked = Article.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(locked.values_list("pk"))
    # Whoever changes a name that they bear marks them with it. What is read after the marks are
    # gone holds the change, or else a new mark comes with it.
    StaleText.objects.filter(pk__in=keys).delete()
    now = set(_sources(keys))
    current = [
        document for source, document in zip(sources, documents, strict=True) if source in now
    ]
    StaleText.objects.mark(source.article for source in now.difference(sources))
    SearchDocument.objects.bulk_create(
        current, update_conflicts=True, unique_fields=["article"], update_fields=_WRITTEN_FIELDS
    )


def _add_terms(counts: Counter[str]) -> None:
    """Add words to the known ones; the count of one that is known stays until a rebuild."""
    # In one order for everybody, so that two processes never wait for one another.
    terms = [
        SearchTerm(word=word[:40], article_count=count) for word, count in sorted(counts.items())
    ]
    SearchTerm.objects.bulk_create(terms, ignore_conflicts=True, batch_size=_WRITTEN_AT_ONCE)
