"""Parts rows of things over as few places as they fit, and evenly: no last part with one line.

Time grows with the number of things alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def parts_needed(reach: Sequence[int]) -> list[int]:
    """Return how many parts things take from each on; `reach` is where a part that begins there ends."""
    need = [0] * (len(reach) + 1)
    for start in reversed(range(len(reach))):
        need[start] = need[reach[start]] + 1
    return need


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
