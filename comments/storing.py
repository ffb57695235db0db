"""Storing a new comment with all that goes with it, in the caller's transaction."""

from __future__ import annotations

from django.db.models.expressions import RawSQL

from articles.page_changes import discussion_tag, note_change_with, notes_at_once
from articles.queries.compiled import CompiledInsert
from comments.counting import count_beneath, count_new, one_more
from comments.models import Announcement, Comment
from comments.notifications import announce_new

_insert = CompiledInsert(Comment)
_announce_stored = CompiledInsert(Announcement, comment_id=RawSQL("(SELECT id FROM stored)", []))


def store(comment: Comment) -> None:
    """Store, count and announce a comment, and note that pages show it.

    Call it after `lock_discussion`. On PostgreSQL a visible comment takes one round trip for it.
    """
    if comment.is_visible and notes_at_once():
        _store_by_one_statement(comment)
        count_beneath(comment)
        return
    _insert(comment)
    count_new(comment)
    announce_new(comment)


def _store_by_one_statement(comment: Comment) -> None:
    changes = {
        "stored": _insert.statement(comment),
        "counted": one_more(comment.article_id),
        "announced": _announce_stored.statement(Announcement()),
    }
    tag = discussion_tag(comment.article_id)
    _insert.stored(comment, note_change_with(changes, "stored", tag))
