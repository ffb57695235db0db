"""Which units of two texts belong together: Myers' greedy difference, with a limit on its work.

Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).  It is
fast for texts that are much alike.  Those that are not are parted first at the units that occur
once in each, as in Bram Cohen's patience diff; what is left when the work is used up counts as
different altogether, so that no text costs more than about a second.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

MAX_STEPS = 2_000_000
# Removed and added units one attempt may find; it costs the square of that.
_MAX_EDITS = 400
# Pairs of changed units that are looked at to find out which became which.
_MAX_PAIRS = 40_000

# Positions in the one text and in the other.
Pair = tuple[int, int]


class Work:
    """Steps that may still be taken.  Steps, not seconds: the same texts always compare alike."""

    __slots__ = ("left",)

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Take this many steps; False when there are not so many left."""
        self.left -= steps
        return self.left >= 0


def align(before: Sequence[str], after: Sequence[str], work: Work) -> list[Pair]:
    """Pairs of positions at which the units are equal, both rising."""
    pairs: list[Pair] = []
    ranges = [(0, len(before), 0, len(after))]
    while ranges:
        left, right, top, bottom = ranges.pop()
        while left < right and top < bottom and before[left] == after[top]:
            pairs.append((left, top))
            left, top = left + 1, top + 1
        while left < right and top < bottom and before[right - 1] == after[bottom - 1]:
            right, bottom = right - 1, bottom - 1
            pairs.append((right, bottom))
        if left == right or top == bottom:
            continue
        ours, theirs = before[left:right], after[top:bottom]
        found = _least_edits(ours, theirs, work)
        if found is None:
            found = _anchors(ours, theirs, work)
            ranges.extend(_between(found, left, right, top, bottom))
        pairs.extend((left + i, top + j) for i, j in found)
    return sorted(pairs)


def pair_similar(
    before: Sequence[str],
    after: Sequence[str],
    traits: Callable[[str], Counter[str]],
    likeness: float,
    work: Work,
) -> list[Pair] | None:
    """The rising pairs of units that have most in common.

    `likeness` is the share of their traits (Dice) two units must have in common.  None means
    that there are too many units to look at every pair.
    """
    if len(before) * len(after) > _MAX_PAIRS:
        return None
    olds, news = [*map(traits, before)], [*map(traits, after)]
    cost = len(olds) * (len(news) + sum(map(len, news))) // 4
    if cost > work.left // 2:
        return None
    work.spend(cost)
    # gains[i][j] is the most that `before[i:]` and `after[j:]` can have in common.
    gains = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    shared = [[_in_common(old, new, likeness) for new in news] for old in olds]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            together = shared[i][j] + gains[i + 1][j + 1] if shared[i][j] else 0
            gains[i][j] = max(together, gains[i + 1][j], gains[i][j + 1])
    found: list[Pair] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if shared[i][j] and gains[i][j] == shared[i][j] + gains[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif gains[i][j] == gains[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _in_common(old: Counter[str], new: Counter[str], likeness: float) -> int:
    """How many traits two units share, or 0 when they are not alike enough."""
    shared = sum(min(count, new[trait]) for trait, count in old.items() if trait in new)
    return shared if shared and 2 * shared >= likeness * (old.total() + new.total()) else 0


def _between(
    anchors: list[Pair], left: int, right: int, top: int, bottom: int
) -> Iterator[tuple[int, int, int, int]]:
    """The ranges before, between and after the anchors; none if there is no anchor."""
    if not anchors:
        return
    i, j = left, top
    for x, y in anchors:
        yield i, left + x, j, top + y
        i, j = left + x + 1, top + y + 1
    yield i, right, j, bottom


def _least_edits(before: Sequence[str], after: Sequence[str], work: Work) -> list[Pair] | None:
    """Equal pairs with as few edits as possible, or None when that takes too long.

    `reached[k]` is how far into `before` a path on diagonal k (position in `before` less that in
    `after`) has come with the edits so far; `trail` keeps each state for the way back.
    """
    width, height = len(before), len(after)
    reached = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(width + height, _MAX_EDITS) + 1):
        trail.append(reached)
        reached = dict(reached)
        steps = edits + 1
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reached[k - 1] < reached[k + 1])
            x = start = reached[k + 1] if down else reached[k - 1] + 1
            y = x - k
            while x < width and y < height and before[x] == after[y]:
                x += 1
                y += 1
            reached[k] = x
            steps += x - start
            if x >= width and y >= height:
                return _way_back(trail, width, height)
        if not work.spend(steps):
            return None
    return None


def _way_back(trail: list[dict[int, int]], x: int, y: int) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trail) - 1, -1, -1):
        reached, k = trail[edits], x - y
        down = k == -edits or (k != edits and reached[k - 1] < reached[k + 1])
        last_x = reached[k + 1] if down else reached[k - 1]
        last_y = last_x - (k + 1 if down else k - 1)
        while x > max(last_x, 0) and y > max(last_y, 0):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = last_x, last_y
    pairs.reverse()
    return pairs


def _anchors(before: Sequence[str], after: Sequence[str], work: Work) -> list[Pair]:
    """The longest rising row of units that occur once in each text."""
    if not work.spend(len(before) + len(after)):
        return []
    in_before, in_after = Counter(before), Counter(after)
    places = {unit: i for i, unit in enumerate(before) if in_before[unit] == 1}
    once = [
        (places[unit], j) for j, unit in enumerate(after) if in_after[unit] == 1 and unit in places
    ]
    # For each length the row with the lowest end, and for each pair the one before it in its row.
    ends: list[int] = []
    tips: list[int] = []
    previous: list[int] = []
    for index, (i, _) in enumerate(once):
        length = bisect_left(ends, i)
        previous.append(tips[length - 1] if length else -1)
        ends[length : length + 1] = [i]
        tips[length : length + 1] = [index]
    row: list[Pair] = []
    index = tips[-1] if tips else -1
    while index >= 0:
        row.append(once[index])
        index = previous[index]
    row.reverse()
    return row
