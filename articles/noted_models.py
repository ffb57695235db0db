"""Which rows show on public pages, and the tags of the pages that a change of them concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed

from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Banner,
    Category,
    FrontPage,
    Image,
    Redirect,
    Series,
    SiteSettings,
    Status,
    SynonymGroup,
    Tag,
    TaggedArticle,
)
from articles.page_changes import (
    ADDRESSES,
    ARTICLES,
    SEARCH,
    SITE,
    article_tag,
    note_change,
    note_when_saved,
)

_NEVER_SHOWN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED})


def tags_of_article(article: Article, is_new: bool) -> tuple[str, ...]:
    """Return nothing for a draft that readers have never seen."""
    # What was not loaded is not asked for.
    known = article.__dict__
    if known.get("status") in _NEVER_SHOWN and known.get("published_at", 1) is None:
        return ()
    return (article_tag(article.pk), ARTICLES)


def _of_an_image(image: Image, is_new: bool) -> tuple[str, ...]:
    # Until an article is saved that shows it, no page does.
    return () if is_new else (ARTICLES,)


def _always(*tags: str) -> Callable[[models.Model, bool], tuple[str, ...]]:
    def tags_of(row: models.Model, is_new: bool) -> tuple[str, ...]:
        return tags

    return tags_of


def _of_a_part(relation: str) -> Callable[[models.Model, bool], tuple[str, ...]]:
    """Return the tags of what belongs to an article, by the name of the way to it."""

    def tags_of(row: models.Model, is_new: bool) -> tuple[str, ...]:
        article = row._state.fields_cache.get(relation)
        if article is None:
            kept = Article.objects.only("status", "published_at")
            article = kept.filter(pk=getattr(row, f"{relation}_id")).first()
        # With an article that is gone goes what belongs to it.
        return tags_of_article(article, False) if article else ()

    return tags_of


def _note_tags(instance: models.Model, action: str, **kwargs: Any) -> None:
    # New tags are stored together, without a word of each.
    if action == "post_add" and isinstance(instance, Article):
        note_change(*tags_of_article(instance, False))


def connect() -> None:
    """Have changes of these rows noted from now on."""
    note_when_saved(Article, tags_of_article)
    note_when_saved(Image, _of_an_image)
    # Categories are in every page's menu.
    note_when_saved(SiteSettings, _always(SITE))
    note_when_saved(Category, _always(SITE))
    shown: tuple[type[models.Model], ...] = (Author, Series, Tag, FrontPage, Banner)
    for model in shown:
        note_when_saved(model, _always(ARTICLES))
    # Whoever adds or takes away a name need not save the article.
    note_when_saved(ArticleAuthor, _of_a_part("article"))
    note_when_saved(TaggedArticle, _of_a_part("content_object"))
    m2m_changed.connect(_note_tags, sender=TaggedArticle, dispatch_uid="page-change-tags")
    note_when_saved(Redirect, _always(ADDRESSES))
    note_when_saved(SynonymGroup, _always(SEARCH))
