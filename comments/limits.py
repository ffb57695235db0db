"""How often readers may write, vote and ask in the discussions."""

from __future__ import annotations

from articles.rate_limits import Limit

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
