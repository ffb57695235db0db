"""How comments are ranked by votes. Pure arithmetic."""

from math import sqrt

# The 97.5th percentile of the normal distribution: a two-sided confidence of 95 %.
_Z = 1.959963984540054
# Scores are stored as whole numbers, so that a cursor can name them exactly.
SCALE = 1_000_000_000


def ratio_score(likes: int, dislikes: int) -> int:
    """Return the lower bound of the share of likes, from 0 to SCALE; 0 without votes.

    Nine likes of ten votes rank above one of one: what few have judged is not yet known.
    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", JASA 22 (1927), 209-212; without continuity correction.
    """
    votes = likes + dislikes
    if not likes:
        return 0
    share = likes / votes
    centre = share + _Z * _Z / (2 * votes)
    margin = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * votes)) / votes)
    return int(SCALE * (centre - margin) / (1 + _Z * _Z / votes))
