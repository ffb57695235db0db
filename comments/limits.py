"""How often somebody may try: counted in the cache, never in the database.

A window opens with the first try and closes on time, however many tries follow. What is
counted by is hashed, because an address is nobody's business, not even the cache's. While
the shared cache is away, each process counts for itself (`config.caches`).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `allowed` tries in `seconds`, each subject by itself."""

    name: str
    allowed: int
    seconds: int

    def hit(self, *subject: object) -> int:
        """Count a try; return 0 if it is allowed, else the seconds to wait for the next one.

        Where several limits hold, `or` asks the narrow one first: what it refuses must not count
        against a wider one, or somebody who is held back could still use that up for everybody.
        """
        key = self._key(subject)
        now = time.time()
        if self._counted(key) <= self.allowed:
            cache.add(f"{key}:end", now + self.seconds, self.seconds)
            return 0
        end = float(cache.get(f"{key}:end", now + self.seconds))
        return max(1, math.ceil(end - now))

    def forgive(self, *subject: object) -> None:
        """Forget the tries, because one of them was right."""
        key = self._key(subject)
        cache.delete_many([key, f"{key}:end"])

    def _counted(self, key: str) -> int:
        cache.add(key, 0, self.seconds)
        try:
            return int(cache.incr(key))
        except ValueError:
            # The window closed between the two calls; this try opens the next.
            cache.set(key, 1, self.seconds)
            return 1

    def _key(self, subject: tuple[object, ...]) -> str:
        text = "\n".join(map(str, subject))
        return f"limit:{self.name}:{salted_hmac('comments.limits', text).hexdigest()}"


# Comments from one network, and by one reader.
POSTING = Limit("posting", allowed=10, seconds=60)
# Comments on one article by everybody together: a flood from many places at once.
ARTICLE_POSTING = Limit("article-posting", allowed=3_600, seconds=60)
# Edits by one network: each is weighed, logged and kept.
EDITING = Limit("editing", allowed=20, seconds=60)
# What costs work and changes nothing, from one network.
PREVIEWING = Limit("previewing", allowed=60, seconds=60)
VOTING = Limit("voting", allowed=120, seconds=60)
REPORTING = Limit("reporting", allowed=60, seconds=60)
# Readers of one network who react to one comment without an account, each counted once: keys
# cost nothing, and can be gathered beforehand.
READERS_OF_NETWORK = Limit("readers-of-network", allowed=60, seconds=60 * 60)
FIRST_REACTION = Limit("first-reaction", allowed=1, seconds=60 * 60)
# Confirmation mails that one network has sent to addresses, whosever they are.
CONFIRMING = Limit("confirming", allowed=5, seconds=60 * 60)
# Articles that one network follows without writing.
FOLLOWING = Limit("following", allowed=60, seconds=60 * 60)
# Passwords for one comment from one network.
PASSWORDS = Limit("passwords", allowed=5, seconds=15 * 60)
# Passwords for one comment from everywhere: who guesses from many networks is stopped too.
PASSWORDS_FROM_EVERYWHERE = Limit("passwords-everywhere", allowed=50, seconds=60 * 60)
# An account's password, asked for before everything of it is erased.
ACCOUNT_PASSWORDS = Limit("account-passwords", allowed=5, seconds=15 * 60)
# Links to one's own comments, and requests to take one down: from one network, to one address.
GUEST_LINKS = Limit("guest-links", allowed=10, seconds=60 * 60)
GUEST_LINKS_TO_ADDRESS = Limit("guest-links-to-address", allowed=3, seconds=60 * 60)
TAKEDOWNS = Limit("takedowns", allowed=5, seconds=60 * 60)
TAKEDOWNS_TO_ADDRESS = Limit("takedowns-to-address", allowed=5, seconds=60 * 60)
TAKEDOWNS_OF_COMMENT = Limit("takedowns-of-comment", allowed=20, seconds=60 * 60)
OBJECTIONS = Limit("objections", allowed=10, seconds=60 * 60)
