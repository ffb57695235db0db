"""The rows that imported articles name: found by whatever case, made where they are missing.

What was found once is remembered for a batch, in which many articles name the same few.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Category,
    Redirect,
    Series,
    Tag,
    TaggedArticle,
)
from articles.models.article import RESERVED_SLUGS, path_of_slug


class Names:
    """Remembers rows by the name they were asked for, and which addresses are free.

    Forget all of it when a transaction in which rows were made is rolled back.
    """

    def __init__(self, slugs: Iterable[str] = ()) -> None:
        """`slugs` are those that articles of the batch would like to have."""
        self._rows: dict[tuple[type, str], Any] = {}
        self._free_slugs = _free(set(slugs))
        self._bylines: list[ArticleAuthor] = []
        self._tagged: list[TaggedArticle] = []

    def category(self, name: str) -> Category | None:
        return self._named(Category, "name", name) if name else None

    def author(self, name: str) -> Author:
        author: Author = self._named(Author, "name", name)
        return author

    def series(self, title: str) -> Series:
        series: Series = self._named(Series, "title", title)
        return series

    def tag(self, name: str) -> Tag:
        tag: Tag = self._named(Tag, "name", name)
        return tag

    def take_slug(self, slug: str) -> bool:
        """Whether the address is known to be free; it is no longer afterwards."""
        is_free = slug in self._free_slugs
        self._free_slugs.discard(slug)
        return is_free

    def relate(self, article: Article, authors: Iterable[Author], tags: Iterable[Tag]) -> None:
        """Let the byline and the tags of a new article wait for those of the others."""
        self._bylines += article.byline_of(authors)
        self._tagged += article.tagged_with(tags)

    def store_relations(self) -> None:
        ArticleAuthor.objects.bulk_create(self._bylines)
        TaggedArticle.objects.bulk_create(self._tagged)

    def forget(self) -> None:
        """Forget rows, but not what the articles before are related to."""
        self._rows.clear()
        self._free_slugs.clear()

    def _named(self, model: Any, field: str, name: str) -> Any:
        row = self._rows.get((model, name))
        if row is None:
            found = model.objects.filter(**{f"{field}__iexact": name}).order_by("pk").first()
            row = self._rows[model, name] = found or model.objects.create(**{field: name})
        return row


def _free(slugs: set[str]) -> set[str]:
    """Return those of the slugs that no article has, or had before it moved."""
    slugs -= {""}
    if not slugs:
        return slugs
    taken = Article.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    paths = {path_of_slug(slug): slug for slug in slugs}
    retired = Redirect.objects.filter(old_path__in=paths, article__isnull=False)
    retired_slugs = (paths.get(path) for path in retired.values_list("old_path", flat=True))
    return slugs - RESERVED_SLUGS - set(taken) - set(retired_slugs)
