"""What follows from the columns of a comment, whether they are in a row or in a tuple."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.safestring import SafeString

from comments.models.status import TOMBSTONES, WAITING, RemovedBy, Status
from comments.rendering import render_body


class _Columns(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def root_id(self) -> int | None: ...
    @property
    def in_reply_to_id(self) -> int | None: ...
    @property
    def account_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def browser_hash(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def removed_by(self) -> str: ...
    @property
    def blinded_until(self) -> datetime | None: ...
    @property
    def recommended_at(self) -> datetime | None: ...
    @property
    def folded_at(self) -> datetime | None: ...


class CommentFacts:
    """The properties that a `Comment` and a `ShownComment` have in common."""

    __slots__ = ()

    @property
    def anchor(self: _Columns) -> str:
        return f"comment-{self.pk}"

    @property
    def is_visible(self: _Columns) -> bool:
        return self.status == Status.VISIBLE

    @property
    def is_waiting(self: _Columns) -> bool:
        return self.status in WAITING

    @property
    def is_folded(self: _Columns) -> bool:
        """Whether enough readers have reported it, and no moderator has let it stand since."""
        return self.folded_at is not None

    @property
    def is_recommended(self: _Columns) -> bool:
        return self.recommended_at is not None

    @property
    def tombstone(self: _Columns) -> str:
        """The line that stands where the text is not to be read; empty when it is."""
        status = Status(self.status)
        if status == Status.DELETED and self.removed_by in (RemovedBy.MODERATOR, RemovedBy.RULE):
            # Erased after its time in the trash: its author has not deleted it.
            status = Status.TRASHED
        line = TOMBSTONES.get(status, "")
        if self.blinded_until is not None:
            until = timezone.localtime(self.blinded_until)
            line += f" {until:%Y년 %-m월 %-d일 %H:%M}까지 가려 둡니다."
        return line

    @property
    def blind_is_over(self: _Columns) -> bool:
        """Whether it is still blinded though the time for that has passed."""
        return self.blinded_until is not None and self.blinded_until <= timezone.now()

    @property
    def body_html(self: _Columns) -> SafeString:
        return render_body(self.body)

    @property
    def thread_id(self: _Columns) -> int:
        """The id of the thread's root, which may be this comment."""
        return self.root_id or self.pk

    @property
    def answers_a_reply(self: _Columns) -> bool:
        """Whether it answers another reply, so that its page must say whom."""
        return self.in_reply_to_id is not None and self.in_reply_to_id != self.root_id

    @property
    def author_key(self: _Columns) -> str:
        """Who wrote it, as far as that can be told: an account, a browser, or only a name."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        if self.browser_hash:
            return f"browser:{self.browser_hash}"
        return f"name:{self.name}"
