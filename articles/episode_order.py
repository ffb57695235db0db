"""The order of a series: numbering its episodes anew, and adding one at its end."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import Max

from articles import editing
from articles.content import Content
from articles.models import Article, Series

MAX_NUMBER = 100_000


class StaleOrderError(Exception):
    """Somebody else has changed the series since it was looked at."""


class BadNumbersError(ValueError):
    """Numbers that no series can have; the message is Korean and meant for the editor."""


def order_mark(numbers: Mapping[int, int]) -> str:
    """A short name for which episodes a series has under which numbers, to know it again by."""
    text = ",".join(f"{pk}:{number}" for pk, number in sorted(numbers.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def numbers_of(series: Series) -> dict[int, int]:
    """The number of each article of the series, by its key."""
    rows = Article.objects.filter(series=series).order_by("episode").values_list("pk", "episode")
    return {pk: number for pk, number in rows if number is not None}


def renumber(series: Series, wanted: Mapping[int, int], mark: str, *, compact: bool) -> int:
    """Give every episode its wanted number, or with `compact` its place from 1 on.

    `mark` names the order that the editor has seen. Returns how many numbers have changed.
    Raises BadNumbersError, or StaleOrderError when the series is not that any more.
    """
    with transaction.atomic():
        now = _locked_numbers(series, mark)
        if wanted.keys() != now.keys():
            raise StaleOrderError
        _check(wanted)
        final = dict(wanted)
        if compact:
            ranked = sorted(wanted, key=lambda pk: wanted[pk])
            final = {pk: place for place, pk in enumerate(ranked, start=1)}
        changed = {pk: number for pk, number in final.items() if now[pk] != number}
        # No number may be taken twice even for a moment, so that all are moved aside first.
        aside = max((*now.values(), *final.values()), default=0) + 1
        _write({pk: aside + place for place, pk in enumerate(changed)})
        _write(changed)
        editing.carry_over(_with_numbers(series.pk, changed), "연재의 회차를 바꿈")
    return len(changed)


def _with_numbers(
    series_key: int, numbers: Mapping[int, int]
) -> Callable[[Article, Content], Content]:
    """Return what becomes of a waiting version: an episode of this series has its new number."""

    def renumbered(article: Article, content: Content) -> Content:
        if article.pk not in numbers or content.get("series") != series_key:
            return content
        return content | {"episode": numbers[article.pk]}

    return renumbered


def add_episode(series: Series, article_key: int, mark: str) -> int:
    """Put an article that is in no series at the end of this one; return its number.

    Raises StaleOrderError when the series, or the article, is not what the editor has seen.
    """
    with transaction.atomic():
        _locked_numbers(series, mark)
        last = Article.objects.filter(series=series).aggregate(last=Max("episode"))["last"] or 0
        free = Article.objects.filter(pk=article_key, series=None)
        if not free.update(series=series, episode=last + 1):
            raise StaleOrderError
        place = {"series": series.pk, "episode": last + 1}
        editing.carry_over(
            lambda article, content: content | place if article.pk == article_key else content,
            "연재에 넣음",
        )
    return last + 1


def _locked_numbers(series: Series, mark: str) -> dict[int, int]:
    if not Series.objects.select_for_update().filter(pk=series.pk).exists():
        raise StaleOrderError
    # An article's own form may give it another number without asking the series.
    list(Article.objects.select_for_update().filter(series=series).order_by("pk").values_list("pk"))
    now = numbers_of(series)
    if order_mark(now) != mark:
        raise StaleOrderError
    return now


def _check(wanted: Mapping[int, int]) -> None:
    if any(not 1 <= number <= MAX_NUMBER for number in wanted.values()):
        raise BadNumbersError(f"회차는 1부터 {MAX_NUMBER:,}까지 쓸 수 있습니다.")
    twice = sorted(number for number, count in Counter(wanted.values()).items() if count > 1)
    if twice:
        numbers = ", ".join(f"{number}화" for number in twice)
        raise BadNumbersError(f"같은 번호를 두 글에 줄 수는 없습니다: {numbers}")


def _write(numbers: Mapping[int, int]) -> None:
    articles = [Article(pk=pk, episode=number) for pk, number in numbers.items()]
    Article.objects.bulk_update(articles, ["episode"])
