"""What the form of an article begins with, and whether it still does when it comes back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.content import lay_over
from articles.editing import head_of
from articles.models import Article, ArticleQuerySet, Head


def opened(article: Article) -> Article:
    """Return the article as the next editor begins with it: with its waiting version, if any.

    It is for showing and for the form alone; nobody may save it.
    """
    article.head = head_of(article)
    lay_over(article, article.head.content)
    return article


def locked_for(articles: ArticleQuerySet, object_id: str) -> Article | None:
    """Return one of the articles as the next editor begins with it, locked; None for no such."""
    try:
        article = articles.select_for_update(of=("self",)).get(pk=object_id)
    except (Article.DoesNotExist, ValueError, ValidationError, OverflowError):
        return None
    return opened(article)


def begun_with(article: Article) -> Head:
    """Return the head of an opened article, whatever a form has set in it since; or the head now."""
    return article.head or head_of(article)


def is_stale(article: Article, posted: QueryDict) -> bool:
    """Whether the form began with another version than stands there now."""
    return posted.get("base", "") != begun_with(article).digest
