"""The articles of a synthetic magazine, with what they stand in: sections, tags, series, bylines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate, islice
from random import Random

from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Category,
    HourlyReads,
    Series,
    Status,
    Tag,
    TaggedArticle,
)
from articles.rendering import RENDERER_VERSION
from articles.slugs import make_slug
from articles.synthetic.rows import Row, write_rows
from articles.synthetic.texts import make_sections, make_text
from articles.synthetic.words import CATEGORIES, TITLES, TOPICS, compound, filled, person

SPAN = timedelta(days=3650)
# Of those that go on at one time, and how often an article is an episode of one.
_RUNNING_SERIES = 5
_EPISODES = 12
_IN_A_SERIES = 0.1
_READ_ARTICLES = 40

_ARTICLE_COLUMNS = (
    *("id", "slug", "title", "dek", "summary_1", "summary_2", "summary_3", "body", "body_html"),
    *("toc", "plain_text", "reading_minutes", "renderer_version", "category_id", "series_id"),
    *("episode", "status", "published_at", "created_at", "updated_at", "comment_count"),
)


@dataclass(slots=True)
class Magazine:
    """Makes `count` articles, one after the other over ten years until the moment `end`.

    The same seed and end give the same magazine. Numbers of rows begin with 1.
    """

    count: int
    end: datetime
    random: Random
    _slugs: set[str] = field(default_factory=set)
    _episodes: dict[int, int] = field(default_factory=dict)

    def write_surroundings(self) -> None:
        """Store categories, authors, tags and series: the more articles, the more of them."""
        write_rows(
            Category,
            ("id", "slug", "name", "position"),
            ((n, make_slug(name), name, n) for n, name in enumerate(CATEGORIES, 1)),
        )
        authors = self._distinct(self.authors, person)
        write_rows(
            Author,
            ("id", "slug", "name", "bio"),
            ((n, make_slug(name), name, f"{name}. 글을 씁니다.") for n, name in authors),
        )
        write_rows(
            Tag,
            ("id", "slug", "name"),
            ((n, make_slug(name), name) for n, name in self._distinct(self.tags, _tag_name)),
        )
        write_rows(
            Series,
            ("id", "slug", "title", "description"),
            (
                (n, make_slug(name), name, f"〈{name}〉, 여러 화에 걸쳐 읽습니다.")
                for n, name in self._distinct(self.series, _series_name)
            ),
        )

    @property
    def authors(self) -> int:
        return 20 + self.count // 500

    @property
    def tags(self) -> int:
        return len(TOPICS) + self.count // 100

    @property
    def series(self) -> int:
        return _RUNNING_SERIES + int(self.count * _IN_A_SERIES / _EPISODES)

    def article_rows(self, comment_counts: Sequence[int]) -> Iterator[Row]:
        """Yield the articles, oldest first, with so many comments each."""
        sections = make_sections(self.random)
        step = SPAN / self.count
        for number in range(1, self.count + 1):
            text = make_text(sections, self.random)
            title = filled(self.random.choice(TITLES), self.random)
            appeared = self.end - step * (self.count - number + self.random.random())
            series, episode = self._place_in_series(number)
            yield (
                *(number, self._slug(title, number), title, *self._headlines()),
                *(text.body, text.html, text.toc, text.plain_text, text.reading_minutes),
                *(RENDERER_VERSION, self.random.randint(1, len(CATEGORIES)), series, episode),
                *(Status.PUBLISHED.value, appeared, appeared, appeared),
                comment_counts[number - 1],
            )

    def write_articles(self, rows: Iterator[Row], size: int) -> list[Row]:
        """Store the next articles with bylines and tags; returns their rows."""
        batch = list(islice(rows, size))
        write_rows(Article, _ARTICLE_COLUMNS, batch)
        keys = [row[0] for row in batch]
        write_rows(ArticleAuthor, ("article_id", "author_id", "position"), self._bylines(keys))
        write_rows(TaggedArticle, ("content_object_id", "tag_id"), self._taggings(keys))
        return batch

    def write_reads(self) -> None:
        """Let some of the newest articles have been read within the last hours."""
        hour = self.end.replace(minute=0, second=0, microsecond=0)
        newest = range(max(1, self.count - _READ_ARTICLES), self.count + 1)
        write_rows(
            HourlyReads,
            ("article_id", "hour", "count"),
            (
                (number, hour - timedelta(hours=ago), self.random.randint(1, 200))
                for number in newest
                for ago in range(6)
            ),
        )

    def _headlines(self) -> Row:
        dek = filled("{topic:과/와} {other} 사이에서 찾은 {thing}", self.random)
        lines = (
            "{topic}의 {thing:을/를} 살핀다.",
            "{place}의 사례를 본다.",
            "{thing:을/를} 묻는다.",
        )
        return (dek, *(filled(line, self.random) for line in lines))

    def _slug(self, title: str, number: int) -> str:
        slug = make_slug(title)
        if slug in self._slugs:
            return f"{slug}-{number}"
        self._slugs.add(slug)
        return slug

    def _place_in_series(self, number: int) -> tuple[int | None, int | None]:
        if self.random.random() >= _IN_A_SERIES:
            return None, None
        first = (number - 1) * (self.series - _RUNNING_SERIES) // self.count
        series = first + self.random.randint(1, _RUNNING_SERIES)
        self._episodes[series] = self._episodes.get(series, 0) + 1
        return series, self._episodes[series]

    def _bylines(self, articles: Sequence[int]) -> Iterator[Row]:
        weights = _zipf(self.authors)
        for article in articles:
            count = 2 if self.random.random() < 0.1 else 1
            chosen = self.random.choices(range(1, self.authors + 1), cum_weights=weights, k=count)
            yield from ((article, author, n) for n, author in enumerate(dict.fromkeys(chosen)))

    def _taggings(self, articles: Sequence[int]) -> Iterator[Row]:
        weights = _zipf(self.tags)
        for article in articles:
            count = self.random.randint(2, 5)
            chosen = self.random.choices(range(1, self.tags + 1), cum_weights=weights, k=count)
            yield from ((article, tag) for tag in dict.fromkeys(chosen))

    def _distinct(self, count: int, make: Callable[[Random], str]) -> Iterator[tuple[int, str]]:
        """Yield so many names with numbers from 1; one that was there before gets a numeral."""
        seen: set[str] = set()
        for number in range(1, count + 1):
            name = make(self.random)
            name = f"{name} {number}" if name in seen else name
            seen.add(name)
            yield number, name


def _zipf(count: int) -> list[float]:
    """Return cumulative weights by which the n-th of `count` is chosen 1/n times as often."""
    return list(accumulate(1 / n for n in range(1, count + 1)))


def _tag_name(random: Random) -> str:
    return random.choice(TOPICS) if random.random() < 0.5 else compound(random)


def _series_name(random: Random) -> str:
    return f"{compound(random)} 연재"
