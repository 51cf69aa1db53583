"""Parts rows of things over as few places as they fit, and evenly: no last part with one line.

Time grows with the number of things alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise

Bounds = list[tuple[int, int]]


def even_parts(heights: Sequence[int], gaps: Sequence[int], room: int) -> Bounds:
    """Return the first and last (exclusive) index of each part; none is taller than *room* EMU.

    `gaps[k]` stands before thing *k* unless it is the first of its part. Of all ways with the
    fewest parts, one whose parts are about alike. Nothing may be taller than *room* alone.
    """
    reach = _reach(heights, gaps, room)
    need = parts_needed(reach)
    bounds: Bounds = []
    start, left = 0, sum(heights) + sum(gaps)
    while start < len(heights):
        share = left / need[start]
        stop, used = start + 1, heights[start]
        while stop < reach[start]:
            more = gaps[stop] + heights[stop]
            if need[stop] < need[start] and used + more / 2 > share:
                break
            used += more
            stop += 1
        bounds.append((start, stop))
        left -= used + gaps[start]
        start = stop
    return bounds


def fitting_parts(lengths: Sequence[int], fits: Callable[[int, int], bool]) -> Bounds | None:
    """Return the bounds of the fewest parts that each fit, about as long as each other if they can be.

    `fits(start, stop)` judges a part, and whatever begins where one does that fits and ends before
    it has to fit, too. None: one thing alone does not.
    """
    stops = _full(len(lengths), fits)
    if stops is None:
        return None
    even = _alike(lengths, len(stops))
    if all(fits(a, b) for a, b in pairwise([0, *even])):
        stops = even
    return list(pairwise([0, *stops]))


def parts_needed(reach: Sequence[int]) -> list[int]:
    """Return how many parts things take from each on; `reach` is where a part that begins there ends."""
    need = [0] * (len(reach) + 1)
    for start in reversed(range(len(reach))):
        need[start] = need[reach[start]] + 1
    return need


def _full(count: int, fits: Callable[[int, int], bool]) -> list[int] | None:
    """Return where parts that are as full as can be end; None: one thing alone is too large."""
    stops = [0]
    while stops[-1] < count:
        start, look = stops[-1], 4
        while start + look < count and fits(start, start + look):
            look *= 2
        stop = last_that_fits(start + 1, min(count, start + look), partial(fits, start))
        if stop is None:
            return None
        stops.append(stop)
    return stops[1:]


def _alike(lengths: Sequence[int], count: int) -> list[int]:
    """Return where *count* parts of about the same length end."""
    ends = list(accumulate(lengths))
    shares = [ends[-1] * k / count for k in range(1, count)]
    nearest = [min(range(len(ends)), key=lambda k: abs(ends[k] - share)) + 1 for share in shares]
    stops = [*nearest, len(ends)]
    return stops if all(a < b for a, b in pairwise([0, *stops])) else [len(ends)]


def last_that_fits(first: int, last: int, fits: Callable[[int], bool]) -> int | None:
    """Return the greatest number from *first* to *last* that *fits*, as all before it do, or None."""
    found = None
    while first <= last:
        middle = (first + last) // 2
        if fits(middle):
            found, first = middle, middle + 1
        else:
            last = middle - 1
    return found


def _reach(heights: Sequence[int], gaps: Sequence[int], room: int) -> list[int]:
    """Return for each thing where a part that begins with it and is as full as can be ends."""
    reach: list[int] = []
    stop, used = 0, 0
    for start, height in enumerate(heights):
        if stop <= start:
            stop, used = start + 1, height
        while stop < len(heights) and used + gaps[stop] + heights[stop] <= room:
            used += gaps[stop] + heights[stop]
            stop += 1
        reach.append(stop)
        if stop > start + 1:
            used -= height + gaps[start + 1]
    return reach
