"""`make bench`: what things cost beside one another, in one run, so that machines do not matter.

Each line is a ratio. Near 1 means flat: the larger case costs what the smaller one does.
pytest collects this file only when it is named, as `make bench` does.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from articles.models import Article, Category, SearchDocument, Status
from articles.rendering import render
from articles.search import index
from articles.search.tokens import VERSION
from comments.models import Comment
from comments.models import Status as CommentStatus
from comments.ranking import ratio_score
from tests.builders import PUBLISHED_AT, make_article, make_category
from tests.comments.builders import WRITTEN_AT, discussion_url, make_comments
from tests.jekyll_archive import write_archive

PARAGRAPH = (
    "기계는 **기다림(waiting)**을 모른다. 사람은 [기다리는 법](https://example.com/a)을 배운다. "
    "`코드` 한 줄과 *강조*가 섞인, 어디에나 있을 법한 문단이다.\n\n"
)


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """Return the median time of one call, in milliseconds, after one call to warm up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def compare(what: str, large: float, small: float) -> None:
    sys.stdout.write(f"\n{what:48} {large / small:6.2f}  ({large:.1f} ms : {small:.1f} ms)")


def essay(kilobytes: int) -> str:
    return PARAGRAPH * (kilobytes * 1000 // len(PARAGRAPH.encode()))


def add_articles(category: Category, first: int, last: int) -> None:
    Article.objects.bulk_create(
        Article(
            title=f"글 {number}",
            slug=f"글-{number}",
            body=PARAGRAPH,
            category=category,
            status=Status.PUBLISHED,
            published_at=PUBLISHED_AT - timedelta(minutes=number),
        )
        for number in range(first, last)
    )


def bench_rendering_grows_with_the_text() -> None:
    small, large = essay(10), essay(100)
    compare(
        "rendering 100 kB : ten times 10 kB",
        milliseconds(lambda: render(large)),
        10 * milliseconds(lambda: render(small)),
    )


@pytest.mark.django_db
def bench_an_article_with_many_comments(client: Client) -> None:
    quiet, lively = make_article("조용한 글"), make_article("붐비는 글")
    make_comments(lively, 500)
    compare(
        "an article with 500 comments : with none",
        milliseconds(lambda: client.get(lively.get_absolute_url())),
        milliseconds(lambda: client.get(quiet.get_absolute_url())),
    )


def fill_discussion(article: Article, roots: int, replies: int) -> None:
    """Write guests' comments in bulk, the replies spread over all roots."""

    def comment(number: int, root: Comment | None = None) -> Comment:
        likes, dislikes = number % 50, number % 7
        return Comment(
            article=article,
            root=root,
            in_reply_to=root,
            is_guest=True,
            name=f"독자 {number}",
            password="!",
            body=f"{number}번째 글입니다. **강조**와 https://example.com/{number} 주소가 있습니다.",
            status=CommentStatus.VISIBLE,
            created_at=WRITTEN_AT + timedelta(seconds=number),
            likes=likes,
            dislikes=dislikes,
            net_likes=likes - dislikes,
            ratio_score=ratio_score(likes, dislikes),
        )

    opened = Comment.objects.bulk_create(map(comment, range(roots)), batch_size=500)
    answers = (comment(roots + n, opened[n * n % roots]) for n in range(replies))
    Comment.objects.bulk_create(answers, batch_size=500)
    Article.objects.filter(pk=article.pk).update(comment_count=roots + replies)
    for root in opened:
        root.reply_count = replies // roots
    Comment.objects.bulk_update(opened, ["reply_count"], batch_size=500)


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["newest", "likes", "ratio", "replies"])
def bench_a_huge_discussion(client: Client, sort: str) -> None:
    lively, huge = make_article("붐비는 글"), make_article("아주 붐비는 글")
    fill_discussion(lively, roots=100, replies=150)
    fill_discussion(huge, roots=20_000, replies=30_000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    compare(
        f"a discussion of 50,000 by {sort} : of 250",
        milliseconds(lambda: client.get(f"{discussion_url(huge)}?sort={sort}")),
        milliseconds(lambda: client.get(f"{discussion_url(lively)}?sort={sort}")),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/articles/", "/categories/기술/"])
def bench_a_list_of_a_large_archive(client: Client, path: str) -> None:
    category = make_category("기술")
    add_articles(category, 0, 200)
    small = milliseconds(lambda: client.get(path))
    add_articles(category, 200, 10_000)
    compare(f"{path} of 10,000 articles : of 200", milliseconds(lambda: client.get(path)), small)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command has cost: processor seconds, seconds on the clock, and memory at its peak."""

    processor: float
    clock: float
    megabytes: float


# Runs a command as `manage.py` does and says at last what it has cost.
MEASURED = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def manage(database: Path, *arguments: str) -> Cost:
    """Run a command of `manage.py` in a process and on a SQLite database of its own."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    clock = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(processor, clock, int(done.stdout.split()[-1]) / 1024)


def bench_an_import_of_a_large_archive(tmp_path: Path) -> None:
    first, second = {}, {}
    for count in (1_000, 10_000):
        archive, database = tmp_path / f"{count}", tmp_path / f"{count}.sqlite3"
        write_archive(archive, count)
        manage(database, "migrate", "--verbosity=0")
        for name, costs in (("import", first), ("import again", second)):
            cost = costs[count] = manage(database, "import_articles", str(archive))
            sys.stdout.write(
                f"\n{name} of {count:6,} posts: {count / cost.processor:5.0f} articles a second of "
                f"one core, {cost.processor:.1f} s ({cost.clock:.1f} s on the clock), "
                f"{cost.megabytes:.0f} MB"
            )
    for name, costs in (("import", first), ("import again", second)):
        small, large = costs[1_000], costs[10_000]
        compare(
            f"{name} of 10,000 : ten times 1,000",
            large.processor * 1000,
            10 * small.processor * 1000,
        )
        sys.stdout.write(f"\n{'its memory':48} {large.megabytes / small.megabytes:6.2f}")


NOUNS = [
    "기술",
    "역사",
    "사람",
    "시간",
    "사회",
    "문제",
    "생각",
    "세계",
    "경제",
    "정부",
    "기업",
    "시장",
    "연구",
    "과학",
    "산업",
    "교육",
    "문화",
    "언어",
    "자본",
    "노동",
    "도시",
    "지역",
    "정치",
    "전쟁",
    "권력",
    "제도",
    "시민",
    "국가",
    "미래",
    "혁신",
    "투자",
    "벤처",
    "전략",
    "정책",
    "환경",
    "기후",
    "로봇",
    "의료",
    "건강",
    "소비",
    "무역",
    "금융",
]
MANY = 100_000


def add_found_articles(category: Category, first: int, last: int) -> None:
    """Write articles of some 250 tokens with their documents; a few words are in most of them.

    The documents are those that an analyser would write for such words.
    """
    words = [*NOUNS, *(f"{a}{b}" for a in NOUNS[:40] for b in NOUNS[:40])]
    # The word in a place is about half as frequent as the one in half that place.
    weights = [1 / (place + 8) for place in range(len(words))]
    chance = random.Random(first)  # noqa: S311
    for start in range(first, last, 1000):
        numbers = range(start, min(start + 1000, last))
        texts = [chance.choices(words, weights, k=250) for _ in numbers]
        articles = Article.objects.bulk_create(
            Article(
                title=" ".join(text[:3]),
                slug=f"찾을-글-{number}",
                plain_text=" ".join(text),
                category=category,
                status=Status.PUBLISHED,
                published_at=PUBLISHED_AT - timedelta(minutes=number),
            )
            for number, text in zip(numbers, texts, strict=True)
        )
        SearchDocument.objects.bulk_create(
            SearchDocument(
                article=article,
                title_tokens=" ".join(text[:3]),
                body_tokens=" ".join(text),
                version=VERSION,
            )
            for article, text in zip(articles, texts, strict=True)
        )


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def bench_search_among_many(client: Client, sort: str) -> None:
    category = make_category("기술")
    asked = ["로봇", "의료를", "소비 무역", "금융 혁신", "기술"]

    def times() -> list[float]:
        return [
            milliseconds(partial(client.get, "/search/", {"q": q, "sort": sort}), 5) for q in asked
        ]

    add_found_articles(category, 0, 1_000)
    small = times()
    add_found_articles(category, 1_000, MANY)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for text, many, few in zip(asked, times(), small, strict=True):
        compare(f"search by {sort}, {text}: of {MANY:,} : of 1,000", many, few)


@pytest.mark.django_db
def bench_indexing() -> None:
    count = int(os.environ.get("BENCH_INDEXED", "500"))
    articles = [make_article(f"글 {number}", body=essay(2)) for number in range(count)]
    index.refresh([articles[0].pk])
    began, clock = time.process_time(), time.perf_counter()
    done = sum(index.refresh_stale())
    processor, clock = time.process_time() - began, time.perf_counter() - clock
    sys.stdout.write(
        f"\nindexing {done:,} essays of 2 kB: {done / processor:.0f} a second of one core, "
        f"{done / clock:.0f} on the clock"
    )
    keys = [article.pk for article in articles[:20]]
    compare(
        "indexing an essay of 2 kB : rendering it",
        milliseconds(lambda: index.refresh(keys), 3) / len(keys),
        milliseconds(lambda: render(essay(2))),
    )
