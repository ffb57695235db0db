"""The stored counts of comments: counted again from the rows, added to only for a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from articles.models import Article
from articles.page_changes import discussion_tag, note_change
from articles.queries.compiled import CompiledQuery, CompiledUpdate, Statement
from comments.models import Comment, Report, Vote
from comments.ranking import ratio_score


def _count_of(rows: QuerySet[Any]) -> Subquery:
    """Return the number of rows of a correlated query; without a group, no rows give 0."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(count=count).values("count"))


_VISIBLE_ON_ARTICLE = _count_of(Comment.objects.visible().filter(article=OuterRef("pk")))
# Two counts, each by its own index, where one with an OR would read the whole table.
_VISIBLE_BENEATH = Case(
    When(root__isnull=True, then=_count_of(Comment.objects.visible().filter(root=OuterRef("pk")))),
    default=_count_of(Comment.objects.visible().filter(in_reply_to=OuterRef("pk"))),
)
_LIKES = _count_of(Vote.objects.filter(comment=OuterRef("pk"), value=Vote.LIKE))
_DISLIKES = _count_of(Vote.objects.filter(comment=OuterRef("pk"), value=Vote.DISLIKE))
_OPEN_REPORTS = _count_of(Report.objects.filter(comment=OuterRef("pk"), resolved_at=None))

_locked = CompiledQuery(
    lambda pk: Article.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk")
)
_one_more_on_article = CompiledUpdate(
    lambda pk: Article.objects.filter(pk=pk), comment_count=F("comment_count") + 1
)
_one_more_beneath = CompiledUpdate(
    lambda pk: Comment.objects.filter(pk=pk), reply_count=F("reply_count") + 1
)


def lock_discussion(article_id: int) -> None:
    """Make other writers to the discussion wait until this transaction ends.

    Counting is a query of its own; without the lock two writers at once would each miss the
    other's row. Raises Article.DoesNotExist when the article is gone.
    """
    if not asked_for_lock(article_id)():
        raise Article.DoesNotExist


def asked_for_lock(article_id: int) -> Callable[[], list[Any]]:
    """Ask for the lock, and return what reads the answer (`articles.queries.compiled`): a row if there."""
    return _locked.asked(article_id)


def one_more(article_id: int) -> Statement:
    """Return the change that counts one more visible comment of the article."""
    return _one_more_on_article.statement(article_id)


def count_new(comment: Comment) -> None:
    """Count a comment that has just been stored: one more where it is visible.

    Counting all again would take the longer the more there are. Call it in the transaction that
    stored the comment, after `lock_discussion`, which keeps everybody else from counting.
    """
    if comment.is_visible:
        _one_more_on_article(comment.article_id)
        count_beneath(comment)
    note_change(discussion_tag(comment.article_id))


def count_beneath(comment: Comment) -> None:
    """Count a new visible comment where it answers another."""
    for pk in {comment.root_id, comment.in_reply_to_id}:
        if pk is not None:
            _one_more_beneath(pk)


def recount(article_id: int, comments: Iterable[Comment]) -> None:
    """Count the article's comments again, and the replies of those the given ones answer.

    The pages that show them are made anew, whatever has changed of the comments.
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
    note_change(discussion_tag(article_id))


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


def miscounted_reactions() -> QuerySet[Any]:
    """Return the comments whose columns of votes or reports are wrong, with the actual counts."""
    counted = Comment.objects.annotate(
        actual_likes=_LIKES, actual_dislikes=_DISLIKES, actual_reports=_OPEN_REPORTS
    )
    return counted.exclude(
        likes=F("actual_likes"),
        dislikes=F("actual_dislikes"),
        report_count=F("actual_reports"),
    )


def misranked_comments() -> Iterator[Comment]:
    """Yield the comments whose `ratio_score` is not what their likes and dislikes give."""
    voted = Comment.objects.exclude(likes=0, dislikes=0, ratio_score=0)
    for comment in voted.only("likes", "dislikes", "ratio_score").iterator():
        if comment.ratio_score != ratio_score(comment.likes, comment.dislikes):
            yield comment


def count_votes(comment: Comment) -> None:
    """Count the votes of a comment again, under the lock on it that the caller holds."""
    counts = comment.votes.aggregate(
        likes=Count("pk", filter=Q(value=Vote.LIKE)),
        dislikes=Count("pk", filter=Q(value=Vote.DISLIKE)),
    )
    comment.likes, comment.dislikes = counts["likes"], counts["dislikes"]
    comment.net_likes = comment.likes - comment.dislikes
    comment.ratio_score = ratio_score(comment.likes, comment.dislikes)
    comment.save(update_fields=["likes", "dislikes", "net_likes", "ratio_score"])


def repair(article_id: int) -> int:
    """Count everything in one discussion again; return how many counts were wrong."""
    with transaction.atomic():
        lock_discussion(article_id)
        comments = miscounted_comments().filter(article=article_id)
        articles = miscounted_articles().filter(pk=article_id)
        wrong = comments.update(reply_count=_VISIBLE_BENEATH)
        wrong += articles.update(comment_count=_VISIBLE_ON_ARTICLE)
        wrong += _repair_reactions(article_id)
        if wrong:
            note_change(discussion_tag(article_id))
        return wrong


def _repair_reactions(article_id: int) -> int:
    reactions = miscounted_reactions().filter(article=article_id)
    wrong = list(reactions.select_for_update(no_key=True, of=("self",)))
    for comment in wrong:
        comment.report_count = comment.actual_reports
        comment.save(update_fields=["report_count"])
        count_votes(comment)
    return len(wrong)
