"""Which of our articles a page of another site has become."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from articles.models import Article, Redirect
from articles.models.article import path_of_slug
from articles.slugs import mended_slug
from articles.text import normalised
from comments.importing.documents import ImportedThread

_OWN_PREFIX = "/articles/"
# What a column that is searched may hold; no page of ours has a longer name.
_MAX_LENGTH = 500


def article_of(thread: ImportedThread) -> Article | None:
    """Return the article by the surest sign that fits, without its text; None if none does.

    First where it was imported or first published, then an address that it had here or there,
    then its slug, which may have been retired since.
    """
    articles = Article.objects.without_text()
    # Our own export has no addresses: there the slug is the surest sign.
    if not any(thread.links) and (named := articles.filter(slug=thread.slug).first()):
        return named
    links = list(_addresses(thread.links))
    origins = [sign for sign in (*thread.identities, *links) if sign]
    if found := articles.filter(Q(import_ref__in=origins) | Q(canonical_url__in=links)).first():
        return found
    paths = [path for link in links if (path := _path_of(link)) not in ("", "/")]
    for path in paths:
        redirect = Redirect.objects.for_path(path)
        if redirect is not None and redirect.article_id is not None:
            return articles.get(pk=redirect.article_id)
    return _by_slug(thread.slug, paths)


def _by_slug(slug: str, paths: list[str]) -> Article | None:
    articles = Article.objects.without_text()
    for written in (unquote(slug), *(_name_in(path) for path in paths)):
        mended = mended_slug(written[:_MAX_LENGTH])
        if not mended:
            continue
        if found := articles.filter(slug=mended).first():
            return found
        redirect = Redirect.objects.for_path(path_of_slug(mended))
        if redirect is not None and redirect.article_id is not None:
            return articles.get(pk=redirect.article_id)
    return None


def _addresses(links: tuple[str, ...]) -> Iterator[str]:
    """Yield each address as written and decoded, with and without its last slash."""
    for link in links:
        for form in {link, normalised(unquote(link))}:
            if form and len(form) <= _MAX_LENGTH and "\0" not in form:
                yield form
                yield form.removesuffix("/") if form.endswith("/") else f"{form}/"


def _path_of(link: str) -> str:
    try:
        return normalised(unquote(urlsplit(link).path))
    except ValueError:
        return ""


def _name_in(path: str) -> str:
    """Return the last part of a path, which most blogs make from the title."""
    name = PurePosixPath(path.removeprefix(_OWN_PREFIX)).name
    return name.removesuffix(".html").removesuffix(".htm").removesuffix(".php")
