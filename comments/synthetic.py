"""Discussions that nobody has led, as many and as long as a measurement needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.models import User
from articles.synthetic.rows import Row, write_rows
from articles.synthetic.words import NICKNAMES, REMARKS, filled, person
from comments.models import Comment, Status, Vote
from comments.ranking import ratio_score
from comments.repetition import digest_of

ACCOUNTS = 50
# Of addresses to which nothing can be sent.
MAIL_HOST = "load-test.invalid"
_REMARKS = 5_000
_READERS = 2_000
_BY_ACCOUNTS = 0.2
_REPLIES = 0.4
_LIKED = 0.2
# Of what nobody can sign in with.
_NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX + "x" * 40

_COMMENT_COLUMNS = (
    *("id", "article_id", "root_id", "in_reply_to_id", "account_id", "is_guest", "name"),
    *("password", "browser_hash", "network_hash", "network_prefix", "body", "body_digest"),
    *("status", "reply_count", "likes", "dislikes", "net_likes", "ratio_score", "created_at"),
    "status_changed_at",
)
_VOTE_COLUMNS = ("comment_id", "voter", "value", "created_at")


@dataclass(slots=True)
class _Draft:
    """A comment before it is known how many answers it has."""

    number: int
    root: int | None = None
    answers: int | None = None
    reply_count: int = 0


@dataclass(slots=True)
class Discussions:
    """Writes visible comments, two levels deep, by guests and accounts, some of them liked."""

    random: Random
    _last: int = 0
    _remarks: list[tuple[str, str]] = field(default_factory=list)
    _readers: list[str] = field(default_factory=list)
    _accounts: list[tuple[int, str]] = field(default_factory=list)

    def write_people(self) -> None:
        """Store the accounts, and make up what guests and readers are known by."""
        write_rows(
            User,
            ("email", "display_name", "password"),
            (
                (f"reader-{n}@{MAIL_HOST}", person(self.random), _NO_PASSWORD)
                for n in range(ACCOUNTS)
            ),
        )
        stored = User.objects.filter(email__endswith=f"@{MAIL_HOST}").order_by("pk")
        self._accounts = list(stored.values_list("pk", "display_name"))
        self._readers = [f"{self.random.getrandbits(128):032x}" for _ in range(_READERS)]
        bodies = (self._remark() for _ in range(_REMARKS))
        self._remarks = [(body, digest_of(body)) for body in bodies]

    def write(self, articles: Sequence[Row]) -> None:
        """Store comments under articles, each given by its number, time and count of comments."""
        comments: list[Row] = []
        votes: list[Row] = []
        for article, appeared, count in articles:
            for draft in self._drafts(count):
                written = appeared + timedelta(minutes=self.random.randint(5, 20_000))
                likes, dislikes = self._likes(), int(self.random.random() < 0.03)
                votes += self._votes(draft.number, likes, dislikes, written)
                counts = (draft.reply_count, likes, dislikes, likes - dislikes)
                comments.append(
                    (
                        *(draft.number, article, draft.root, draft.answers, *self._written()),
                        *(Status.VISIBLE.value, *counts, ratio_score(likes, dislikes)),
                        *(written, written),
                    )
                )
        write_rows(Comment, _COMMENT_COLUMNS, comments)
        write_rows(Vote, _VOTE_COLUMNS, votes)

    def _drafts(self, count: int) -> list[_Draft]:
        """Return comments with the numbers of what they answer, older ones first."""
        roots: list[_Draft] = []
        threads: dict[int, list[_Draft]] = {}
        drafts = []
        for number in range(self._last + 1, self._last + count + 1):
            draft = _Draft(number)
            if roots and self.random.random() < _REPLIES:
                root = self.random.choice(roots)
                answered = self.random.choice(threads[root.number])
                draft.root, draft.answers = root.number, answered.number
                root.reply_count += 1
                if answered is not root:
                    answered.reply_count += 1
                threads[root.number].append(draft)
            else:
                roots.append(draft)
                threads[number] = [draft]
            drafts.append(draft)
        self._last += count
        return drafts

    def _written(self) -> Row:
        """Return who wrote it and what."""
        body, digest = self.random.choice(self._remarks)
        network = self.random.choice(self._readers)
        if self.random.random() < _BY_ACCOUNTS:
            number, name = self.random.choice(self._accounts)
            return (number, False, name, "", "", network, "203.0.113.0/24", body, digest)
        name, browser = self.random.choice(NICKNAMES), self.random.choice(self._readers)
        prefix = "198.51.100.0/24"
        return (None, True, name, _NO_PASSWORD, browser, network, prefix, body, digest)

    def _remark(self) -> str:
        patterns = self.random.sample(REMARKS, self.random.choice((1, 1, 1, 2, 2, 3)))
        return "\n\n".join(filled(pattern, self.random) for pattern in patterns)

    def _likes(self) -> int:
        return self.random.randint(1, 5) if self.random.random() < _LIKED else 0

    def _votes(self, comment: int, likes: int, dislikes: int, written: datetime) -> Iterator[Row]:
        voters = self.random.sample(self._readers, likes + dislikes)
        for place, voter in enumerate(voters):
            value = Vote.LIKE if place < likes else Vote.DISLIKE
            yield comment, f"browser:{voter}", value, written
