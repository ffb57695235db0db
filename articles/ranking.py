"""How reads rank articles: what is read now counts most. Pure arithmetic.

A read weighs one when it happens and loses weight in two ways: by half within every 24 hours,
without a step, and by half again at every midnight in Seoul. The first is exponential decay
(G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, "Forward decay: a practical time decay model
for streaming systems", ICDE 2009), which keeps a list moving through the day. The second is what
"yesterday" means to a reader: decay alone would let a hundred reads of 23:50 stand above sixty
of 00:10. With both, every read of today weighs more than twice as much as any of yesterday, so
that yesterday's hundred stay below today's sixty at every minute of the clock. The step changes
no order by itself, because at midnight everything that was read before is halved alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

HALF_LIFE_IN_HOURS = 24
# After three days a read weighs less than a fiftieth; what is older is not looked at.
HOURS_LOOKED_AT = 72


def weights(now: datetime) -> Mapping[datetime, float]:
    """Return what a read in each of the last hours weighs at `now`, by the hour's beginning.

    `now` is a time in Seoul: its date tells where the midnights are.
    """
    this_hour = start_of_hour(now)
    hours = (this_hour - timedelta(hours=ago) for ago in range(HOURS_LOOKED_AT))
    return {hour: _weight(hour, this_hour) for hour in hours}


def start_of_hour(moment: datetime) -> datetime:
    """Return the beginning of the hour, by which reads are counted together."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _weight(hour: datetime, this_hour: datetime) -> float:
    hours_ago = (this_hour - hour) / timedelta(hours=1)
    midnights = (this_hour.date() - hour.date()).days
    return float(0.5 ** (hours_ago / HALF_LIFE_IN_HOURS + midnights))
