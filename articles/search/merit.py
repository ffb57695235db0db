"""Which of the articles that were found come first: no more are judged than can be shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import SearchDocument
from articles.pages.listings import PAGE_SIZE
from articles.pages.stories import padded
from articles.paging import Position
from articles.queries.compiled import CompiledQuery
from articles.search.queries import Query
from articles.search.scoring import Candidate, Scorer


class Ranking:
    """The articles of one question in order of merit, for the page after a position (the first)."""

    def __init__(self, query: Query, after: Position | None) -> None:
        self._scorer = Scorer(query)
        self._after = after
        self._now = timezone.now()
        self._judged: set[int] = set()
        self._places: list[Position] = []

    def judge(self, keys: Collection[int]) -> None:
        """Judge these articles too, in one query, or none when there are none left."""
        new = [key for key in keys if key not in self._judged]
        self._judged.update(new)
        for pk, title, body, published_at in _documents(padded(new)):
            age = (self._now - (published_at or self._now)).days
            self._places.append((self._scorer.score(Candidate(title, body, age)), pk))
        self._places = sorted(dict.fromkeys(self._places), reverse=True)

    @property
    def is_settled(self) -> bool:
        """Whether nothing belongs on the page that has not every word in its title."""
        page = self.page
        return len(page) > PAGE_SIZE and page[-1][0] > self._scorer.most_without_title

    @property
    def page(self) -> Sequence[Position]:
        """Score and id of the articles of the page, and of one more when there is one."""
        rest = [place for place in self._places if self._after is None or place < self._after]
        return rest[: PAGE_SIZE + 1]


def _texts_of(keys: Sequence[int]) -> QuerySet[SearchDocument, Any]:
    return SearchDocument.objects.filter(pk__in=keys).values_list(
        "pk", "title_tokens", "body_tokens", "article__published_at"
    )


_documents = CompiledQuery(_texts_of)
