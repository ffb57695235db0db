"""The stored counts of comments: always counted again from the rows, never added to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Func, IntegerField, OuterRef, QuerySet, Subquery, When

from articles.models import Article
from comments.models import Comment


def _count_of(rows: QuerySet[Comment]) -> Subquery:
    """Return the number of rows of a correlated query; without a group, no rows give 0."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(count=count).values("count"))


_VISIBLE_ON_ARTICLE = _count_of(Comment.objects.visible().filter(article=OuterRef("pk")))
# Two counts, each by its own index, where one with an OR would read the whole table.
_VISIBLE_BENEATH = Case(
    When(root__isnull=True, then=_count_of(Comment.objects.visible().filter(root=OuterRef("pk")))),
    default=_count_of(Comment.objects.visible().filter(in_reply_to=OuterRef("pk"))),
)


def lock_discussion(article_id: int) -> None:
    """Make other writers to the discussion wait until this transaction ends.

    Counting is a query of its own; without the lock two writers at once would each miss the
    other's row. Raises Article.DoesNotExist when the article is gone.
    """
    Article.objects.select_for_update(no_key=True).only("pk").get(pk=article_id)


def recount(article_id: int, comments: Iterable[Comment]) -> None:
    """Count the article's comments again, and the replies of those the given ones answer.

    Call it in the transaction that changed the comments, after `lock_discussion`.
    """
    answered = {
        pk
        for comment in comments
        for pk in (comment.root_id, comment.in_reply_to_id)
        if pk is not None
    }
    if answered:
        Comment.objects.filter(pk__in=answered).update(reply_count=_VISIBLE_BENEATH)
    Article.objects.filter(pk=article_id).update(comment_count=_VISIBLE_ON_ARTICLE)


def miscounted_articles() -> QuerySet[Any]:
    """Return the articles whose count is wrong, each with `actual_count`."""
    return Article.objects.annotate(actual_count=_VISIBLE_ON_ARTICLE).exclude(
        comment_count=F("actual_count")
    )


def miscounted_comments() -> QuerySet[Any]:
    """Return the comments whose `reply_count` is wrong, each with `actual_count`."""
    return Comment.objects.annotate(actual_count=_VISIBLE_BENEATH).exclude(
        reply_count=F("actual_count")
    )


def repair(article_id: int) -> int:
    """Count everything in one discussion again; return how many counts were wrong."""
    with transaction.atomic():
        lock_discussion(article_id)
        comments = miscounted_comments().filter(article=article_id)
        articles = miscounted_articles().filter(pk=article_id)
        return comments.update(reply_count=_VISIBLE_BENEATH) + articles.update(
            comment_count=_VISIBLE_ON_ARTICLE
        )
