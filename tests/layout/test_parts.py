"""Things in parts: as few as can be, about alike, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.layout.parts import even_parts, last_that_fits

ROOM = 100
HEIGHTS = st.lists(st.integers(1, ROOM), min_size=1, max_size=60)


def height(heights: list[int], gaps: list[int], a: int, b: int) -> int:
    """Return the height of things *a* to *b* under each other."""
    return sum(heights[a:b]) + sum(gaps[a + 1 : b])


def greedy(heights: list[int], gaps: list[int]) -> int:
    """Return how many parts there are when each is filled as far as it goes."""
    parts, start = 1, 0
    for stop in range(1, len(heights) + 1):
        if height(heights, gaps, start, stop) > ROOM:
            parts, start = parts + 1, stop - 1
    return parts


@given(HEIGHTS, st.integers(0, 20))
def test_parts_fit_keep_the_order_and_are_the_fewest(heights: list[int], gap: int) -> None:
    gaps = [gap] * len(heights)
    bounds = even_parts(heights, gaps, ROOM)
    assert [k for a, b in bounds for k in range(a, b)] == list(range(len(heights)))
    assert all(height(heights, gaps, a, b) <= ROOM for a, b in bounds)
    assert len(bounds) == greedy(heights, gaps)


@given(st.integers(1, 100), st.integers(2, 20))
def test_things_of_one_height_are_parted_evenly(count: int, fit: int) -> None:
    bounds = even_parts([10] * count, [0] * count, 10 * fit)
    counts = [b - a for a, b in bounds]
    assert max(counts) - min(counts) <= 1


def test_the_last_part_is_not_one_line_where_others_have_many() -> None:
    assert even_parts([10] * 7, [0] * 7, 30) == [(0, 2), (2, 5), (5, 7)]
    assert even_parts([10] * 9, [0] * 9, 80) == [(0, 5), (5, 9)]


def test_a_hundred_thousand_things_take_no_time() -> None:
    bounds = even_parts([10] * 100_000, [1] * 100_000, 95)
    assert len(bounds) == 12_500


@given(st.integers(-5, 50))
def test_the_last_that_fits_is_found(limit: int) -> None:
    found = last_that_fits(1, 30, lambda k: k <= limit)
    assert found == (min(limit, 30) if limit >= 1 else None)
