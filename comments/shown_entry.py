"""What a page shows of a comment in its place, as plain facts from which its HTML is made."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.pages.parts import part
from comments.discussions import Entry
from comments.rendering import render_body
from comments.shown_comment import ShownComment

# Longer ones are rare, and would fill the memory that the short ones are kept in.
_REMEMBERED_LENGTH = 1_000
_TEMPLATE = "comments/_entry.html"


class Mention(NamedTuple):
    """Whom a reply answers; the name is "" while that comment cannot be seen."""

    pk: int
    name: str
    is_on_page: bool


class ShownEntry(NamedTuple):
    """A comment as one reader sees it; `form_id` names a form of the page that carries votes."""

    pk: int
    tombstone: str
    fold: str
    name: str
    badge: str
    is_recommended: bool
    created_at: datetime
    is_edited: bool
    mention: Mention | None
    body: str
    article_slug: str
    is_open: bool
    may_react: bool
    may_report: bool
    may_be_changed: bool
    form_id: str
    my_vote: int
    likes: int
    dislikes: int

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def body_html(self) -> SafeString:
        return render_body(self.body)

    @property
    def is_short(self) -> bool:
        return len(self.body) <= _REMEMBERED_LENGTH

    @property
    def html(self) -> SafeString:
        if self.is_short:
            return _remembered_html(self)
        return render_to_string(_TEMPLATE, {"shown": self})


_remembered_html = part(_TEMPLATE, remembered=2_048)


def shown_entry(
    entry: Entry,
    article_slug: str,
    *,
    is_open: bool,
    may_react: bool,
    comment_ids: Collection[int] = frozenset(),
    form_id: str = "",
) -> ShownEntry:
    """Gather what is shown of an entry, `comment_ids` being those of the page around it."""
    comment = entry.comment
    return ShownEntry(
        comment.pk,
        comment.tombstone,
        entry.fold,
        comment.name,
        comment.badge,
        comment.is_recommended,
        comment.created_at,
        comment.edited_at is not None,
        _mention(comment, comment_ids),
        comment.body,
        article_slug,
        is_open,
        may_react,
        may_react and not entry.is_mine,
        entry.may_be_changed,
        form_id,
        entry.my_vote,
        comment.likes,
        comment.dislikes,
    )


def _mention(comment: ShownComment, comment_ids: Collection[int]) -> Mention | None:
    answered = comment.in_reply_to_id
    if answered is None or not comment.answers_a_reply:
        return None
    name = comment.answered_name if comment.answered_is_visible else None
    return Mention(answered, name or "", answered in comment_ids)
