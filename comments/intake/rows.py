"""From an imported comment to the row that it becomes, and what a person should know of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    identify_hasher,
    is_password_usable,
)
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments.importing.documents import ImportedComment, ImportedReaction, Keepsake
from comments.models import Announcement, Comment, Report, Status, Vote
from comments.ranking import ratio_score
from comments.refs import chunks
from comments.repetition import digest_of
from comments.reserved_names import reserved_names
from comments.skeletons import imitates
from comments.text import MAX_BODY_GRAPHEMES, grapheme_count, mended_body, mended_name

NAMELESS = "이름 없음"
WORDLESS = "(내용 없음)"
# Set behind a name that would otherwise speak for the house; not part of any reserved name.
MOVED = " (옮김)"
_MAX_NAME_LENGTH = 100
_MAX_EMAIL_LENGTH = 254
_KEPT_AS_THEY_ARE = (
    "browser_hash",
    "network_hash",
    "network_prefix",
    "removed_by",
    "reasons",
    "score",
    "likes",
    "dislikes",
    "report_count",
    "blinded_until",
    "recommended_at",
    "folded_at",
    "reports_cleared_at",
    "edited_at",
    "status_changed_at",
)


@dataclass(slots=True)
class Row:
    """A comment that is not stored yet, and the warnings that go with it."""

    comment: Comment
    source: ImportedComment
    warnings: list[str]

    @property
    def is_known_to_readers(self) -> bool:
        """Whether nobody is to be told of it any more, even if it is hidden and shown again."""
        keepsake = self.source.keepsake
        return self.comment.is_visible or (keepsake is not None and keepsake.announced)


class RowMaker:
    """Makes rows for one article after the other, and remembers names and accounts."""

    def __init__(self) -> None:
        self._reserved = reserved_names()
        self._accounts: dict[str, int | None] = {}

    def rows(self, comments: Iterable[ImportedComment], article: Article) -> list[Row]:
        comments = list(comments)
        self._learn_accounts(comments)
        return [self._row(comment, article) for comment in comments]

    def reactions(self, rows: Iterable[Row]) -> tuple[list[Vote], list[Report]]:
        """Return the votes and reports of rows whose comments are stored by now."""
        votes, reports = [], []
        for row in rows:
            if (keepsake := row.source.keepsake) is None:
                continue
            for reader, vote in self._by_reader(keepsake.votes):
                votes.append(
                    Vote(
                        comment=row.comment,
                        voter=reader,
                        value=vote.value,
                        created_at=vote.created_at,
                    )
                )
            for reader, report in self._by_reader(keepsake.reports):
                reports.append(
                    Report(
                        comment=row.comment,
                        reporter=reader,
                        reason=report.reason,
                        note=report.note,
                        created_at=report.created_at,
                        resolved_at=report.resolved_at,
                    )
                )
        return votes, reports

    def _row(self, source: ImportedComment, article: Article) -> Row:
        warnings = list(source.warnings)
        written_at = source.created_at or article.published_at or article.created_at
        if source.created_at is None:
            warnings.append("it has no possible time, so the article's is taken")
        comment = Comment(
            article=article,
            status=Status(source.status),
            created_at=written_at,
            status_changed_at=written_at,
            import_ref=source.ref,
            is_guest=True,
        )
        if source.keepsake is None:
            self._fill_from_elsewhere(comment, source, warnings)
        else:
            self._restore(comment, source, source.keepsake, warnings)
        comment.body_digest = digest_of(comment.body) if comment.body else ""
        return Row(comment, source, warnings)

    def _fill_from_elsewhere(
        self, comment: Comment, source: ImportedComment, warnings: list[str]
    ) -> None:
        """Write what another system knew. An address there is no proof of an account here."""
        comment.name = self._name(source.name, warnings)
        comment.email = _email(source.email)
        comment.password = _no_password()
        if source.status == Status.DELETED:
            return
        comment.body = mended_body(source.body)
        if not comment.body:
            comment.body = WORDLESS
            warnings.append("nothing of its text can be seen")
        elif len(comment.body) > MAX_BODY_GRAPHEMES:
            count = grapheme_count(comment.body)
            if count > MAX_BODY_GRAPHEMES:
                warnings.append(f"its {count:,} characters are more than readers may write")

    def _restore(
        self, comment: Comment, source: ImportedComment, keepsake: Keepsake, warnings: list[str]
    ) -> None:
        comment.name, comment.email, comment.body = source.name, source.email, source.body
        for name in _KEPT_AS_THEY_ARE:
            setattr(comment, name, getattr(keepsake, name))
        comment.net_likes = comment.likes - comment.dislikes
        comment.ratio_score = ratio_score(comment.likes, comment.dislikes)
        comment.is_guest = keepsake.is_guest
        if not keepsake.is_guest:
            comment.account_id = self._accounts.get(keepsake.account.lower())
            if keepsake.account and comment.account_id is None:
                warnings.append(f"there is no account {keepsake.account!r}, the name stays")
        elif _can_be_checked(keepsake.password):
            comment.password = keepsake.password
        else:
            comment.password = _no_password()
            warnings.append("its password cannot be read, so its author can no longer change it")

    def _name(self, written: str, warnings: list[str]) -> str:
        name = mended_name(written)
        if name and imitates(name, self._reserved):
            warnings.append(f"the name {name!r} is the house's own, so it is marked{MOVED}")
            name += MOVED
        if not name or len(name) > _MAX_NAME_LENGTH:
            warnings.append(f"the name {written[:60]!r} cannot be used")
            return NAMELESS
        return name

    def _learn_accounts(self, comments: list[ImportedComment]) -> None:
        addresses = {
            address.lower()
            for comment in comments
            if comment.keepsake is not None
            for address in _addresses(comment.keepsake)
        } - self._accounts.keys()
        for chunk in chunks(sorted(addresses)):
            users = User.objects.annotate(address=Lower("email")).filter(address__in=chunk)
            self._accounts |= dict.fromkeys(chunk)
            self._accounts |= dict(users.values_list("address", "pk"))

    def _by_reader(
        self, reactions: Iterable[ImportedReaction]
    ) -> Iterable[tuple[str, ImportedReaction]]:
        """Return the reactions with our own keys of their readers, one each."""
        return {self._reader(reaction.reader): reaction for reaction in reactions}.items()

    def _reader(self, written: str) -> str:
        kind, _, value = written.partition(":")
        account = self._accounts.get(value.lower()) if kind == "account" else None
        if account is not None:
            return f"account:{account}"
        # A vote counts although its reader is not known here.
        is_hash = kind == "browser" and len(value) == len(unknown_reader("")) - len("browser:")
        return written if is_hash else unknown_reader(written)


def unknown_reader(written: str) -> str:
    """Return the key of a reader who has an account elsewhere and not here, or no longer."""
    return f"browser:{hashlib.blake2b(written.lower().encode(), digest_size=16).hexdigest()}"


def told(rows: Iterable[Row]) -> list[Announcement]:
    """Return the notes that nobody is to be told of these comments."""
    now = timezone.now()
    return [
        Announcement(comment=row.comment, spread_at=now) for row in rows if row.is_known_to_readers
    ]


def _addresses(keepsake: Keepsake) -> Iterable[str]:
    yield keepsake.account
    for reaction in (*keepsake.votes, *keepsake.reports):
        kind, _, value = reaction.reader.partition(":")
        if kind == "account":
            yield value


def _email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        return ""
    return written if len(written) <= _MAX_EMAIL_LENGTH else ""


def _no_password() -> str:
    """Return what no password equals; `make_password(None)` does the same, but slowly."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20)


def _can_be_checked(encoded: str) -> bool:
    """Whether a stored password can be compared with a typed one, or is meant to equal none."""
    if encoded and not is_password_usable(encoded):
        return True
    try:
        identify_hasher(encoded).decode(encoded)
    except (AssertionError, LookupError, TypeError, ValueError):
        return False
    return True
