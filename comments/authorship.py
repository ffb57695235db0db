"""Proof that somebody wrote a comment: being signed in as its account, or its password."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from comments.limits import PASSWORDS, PASSWORDS_FROM_EVERYWHERE
from comments.models import Comment


class NotTheAuthorError(Exception):
    """Whoever asks is not shown to be the author; `message` says so to the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TooManyTriesError(NotTheAuthorError):
    """Too many wrong passwords; the next may be tried after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("비밀번호가 여러 번 맞지 않았습니다. 잠시 뒤에 다시 시도해 주세요.")
        self.seconds = seconds


def may_try(comment: Comment, user: User | AnonymousUser) -> bool:
    """Whether there is any way for this visitor to prove to be the author."""
    return comment.is_guest or comment.belongs_to(user)


def prove(comment: Comment, user: User | AnonymousUser, password: str, network: str) -> None:
    """Return if the visitor wrote the comment; raise NotTheAuthorError otherwise.

    A guest's password may be tried five times in fifteen minutes from one network. Every
    try counts before it is judged, so that trying in parallel gains nothing.
    """
    if comment.belongs_to(user):
        return
    if not comment.is_guest:
        raise NotTheAuthorError("이 댓글을 쓴 계정으로 로그인해 주세요.")
    # What is refused here is no guess, and must not use up the author's own tries.
    seconds = PASSWORDS.hit(comment.pk, network) or PASSWORDS_FROM_EVERYWHERE.hit(comment.pk)
    if seconds:
        raise TooManyTriesError(seconds)
    if not comment.password_matches(password):
        raise NotTheAuthorError("비밀번호가 맞지 않습니다.")
    PASSWORDS.forgive(comment.pk, network)
