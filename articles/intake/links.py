"""Links between imported articles, which lead to where these lived before, until all are here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.db import DatabaseError, transaction
from django.db.models import Q

from articles.importing.article_links import (
    document_of,
    may_link,
    old_paths_of,
    rewrite_links,
)
from articles.importing.detection import MARKDOWN_SUFFIXES
from articles.intake.field_values import fingerprints
from articles.models import Article, Redirect
from articles.rendering import RenderingError

_AT_ONCE = 200
# What a redirect's column holds.
_MAX_PATH = 500


@dataclass(frozen=True, slots=True)
class _Noted:
    label: str
    site: str


class LinkMender:
    """Remembers a run's articles, and mends their links when the run is over."""

    def __init__(self) -> None:
        self._noted: dict[int, _Noted] = {}
        self._targets: dict[str, tuple[str, str] | None] = {}
        self._documents: dict[str, tuple[str, str] | None] = {}

    def note(self, label: str, article: Article, site: str) -> None:
        if may_link(article.body, site):
            self._noted[article.pk] = _Noted(label, site)

    def mend(self) -> dict[str, list[str]]:
        """Rewrite the links; return by label a warning for each that leads nowhere here."""
        warnings: dict[str, list[str]] = {}
        numbers = list(self._noted)
        for start in range(0, len(numbers), _AT_ONCE):
            chunk = numbers[start : start + _AT_ONCE]
            for article in Article.objects.filter(pk__in=chunk):
                noted = self._noted[article.pk]
                try:
                    lost = self._mend_one(article, noted.site)
                except (DatabaseError, RenderingError) as error:
                    lost = [f"its links could not be mended, import it again: {error}"]
                if lost:
                    warnings[noted.label] = lost
        return warnings

    def _mend_one(self, article: Article, site: str) -> list[str]:
        """Rewrite one article's links, unless the desk has changed its text since it was written."""
        lost: dict[str, None] = {}

        def resolve(address: str) -> tuple[str, str] | None:
            paths = list(old_paths_of(address, site))
            document = document_of(address)
            found = next(filter(None, map(self._target, paths)), None)
            if found is None and document is not None:
                found = self._document(document)
            if found is None:
                if document is not None and paths:
                    lost[f"a link leads to no article here: {address[:200]}"] = None
                if site and paths and urlsplit(address).hostname:
                    lost[f"a link to the old site leads to no article here: {address[:200]}"] = None
                return None
            path, title = found
            fragment = urlsplit(address).fragment
            return path + (f"#{fragment}" if fragment else ""), title

        body = rewrite_links(article.body, resolve)
        if body != article.body and _is_as_written(article):
            _store(article, body)
        return list(lost)

    def _target(self, path: str) -> tuple[str, str] | None:
        """Return the path and title of the article that an old path is redirected to."""
        if path not in self._targets:
            redirect = Redirect.objects.for_path(path[:_MAX_PATH])
            article = redirect.article if redirect else None
            self._targets[path] = (quote(article.path), article.title) if article else None
        return self._targets[path]

    def _document(self, path: str) -> tuple[str, str] | None:
        """Return the path and title of the article that a document of the folder became.

        A post is known by its file name alone, too, because tags name it without folder and suffix.
        """
        if path not in self._documents:
            stem = path.rsplit("/", 1)[-1].rpartition(".")[0]
            articles = Article.objects.only("slug", "title")
            found = articles.filter(import_ref=path).first()
            if found is None:
                same = Q(import_ref__endswith=f"/{stem}/index.md")
                for suffix in MARKDOWN_SUFFIXES:
                    name = f"{stem}{suffix}"
                    same |= Q(import_ref=name) | Q(import_ref__endswith=f"/{name}")
                several = list(articles.filter(same)[:2])
                found = several[0] if len(several) == 1 else None
            self._documents[path] = (quote(found.path), found.title) if found else None
        return self._documents[path]


def _is_as_written(article: Article) -> bool:
    _, written = article.import_fingerprints.get("body", (None, None))
    return bool(written == fingerprints({"body": article.body})["body"])


@transaction.atomic
def _store(article: Article, body: str) -> None:
    """Store a mended text as what the importer wrote, so that it is no change of the desk's."""
    current = Article.objects.select_for_update().get(pk=article.pk)
    if current.body != article.body:
        return
    read, _ = current.import_fingerprints["body"]
    current.body = body
    current.import_fingerprints |= {"body": (read, fingerprints({"body": body})["body"])}
    current.save(update_fields=["body", "import_fingerprints"])
