"""The threads of a page, as plain facts from which their HTML is made."""

from __future__ import annotations

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.pages.parts import part
from comments.discussions import Discussion, Thread
from comments.shown_comment import REPLIES_PER_ROOT
from comments.shown_entry import ShownEntry, shown_entry

_TEMPLATE = "comments/_thread.html"


class ShownThread(NamedTuple):
    """A comment with its replies on a page, and how many more there are."""

    root: ShownEntry
    replies: tuple[ShownEntry, ...]
    remaining: int
    is_pinned: bool

    @property
    def html(self) -> SafeString:
        entries = (self.root, *self.replies)
        # A page of replies is one long thread.
        if len(self.replies) <= REPLIES_PER_ROOT and all(entry.is_short for entry in entries):
            return _remembered_html(self)
        return render_to_string(_TEMPLATE, {"shown": self})


_remembered_html = part(_TEMPLATE, remembered=512)


def threads_html(
    discussion: Discussion, *, is_open: bool, may_react: bool, form_id: str = ""
) -> SafeString:
    """Return the threads of a page; `form_id` names a form of the page that carries votes."""
    slug, comment_ids = discussion.article.slug, discussion.comment_ids

    def shown(thread: Thread) -> ShownThread:
        root, *replies = (
            shown_entry(
                entry,
                slug,
                is_open=is_open,
                may_react=may_react,
                comment_ids=comment_ids,
                form_id=form_id,
            )
            for entry in (thread.root, *thread.replies)
        )
        return ShownThread(root, tuple(replies), thread.remaining, thread.is_pinned)

    return mark_safe("".join(shown(thread).html for thread in discussion.threads))
