"""Lengths, rectangles, and dividing whole numbers without a remainder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.geometry import Rect, inches, largest_remainder, points, rect, to_points

TOTALS = st.integers(0, 10_000)
WEIGHTS = st.lists(st.integers(0, 1440).map(float), min_size=1, max_size=40).filter(any)
RECTS = st.builds(Rect, *[st.integers(0, 30)] * 2, *[st.integers(1, 30)] * 2)


def test_an_inch_is_914400_emu_and_a_point_12700() -> None:
    assert inches(1) == 914_400 == points(72)
    assert to_points(points(17.5)) == 17.5


def test_a_rectangle_knows_its_edges() -> None:
    place = rect(1, 2, 3, 4)
    assert (place.right, place.bottom) == (inches(4), inches(6))


def test_rectangles_that_share_an_edge_do_not_overlap() -> None:
    middle = Rect(2, 2, 2, 2)
    around = (Rect(0, 2, 2, 2), Rect(4, 2, 2, 2), Rect(2, 0, 2, 2), Rect(2, 4, 2, 2))
    assert not any(middle.overlaps(other) for other in around)
    assert not any(other.overlaps(middle) for other in around)
    assert Rect(0, 0, 2, 2).overlaps(Rect(1, 1, 2, 2))


@given(RECTS, RECTS)
def test_overlap_is_mutual_and_follows_from_containing(one: Rect, other: Rect) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.contains(one)
    assert not one.contains(other) or one.overlaps(other)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (7, [2, 3, 5], [1, 2, 4]),
        (5, [5], [5]),
        (3, [0, 1, 0], [0, 3, 0]),
        (9, [0, 0], [0, 0]),
        (9, [], []),
        (10, [0.1] * 10, [1] * 10),
    ],
)
def test_shares_by_largest_remainder(total: int, weights: list[float], shares: list[int]) -> None:
    assert largest_remainder(total, weights) == shares


@given(TOTALS, WEIGHTS)
def test_shares_sum_exactly(total: int, weights: list[float]) -> None:
    assert sum(largest_remainder(total, weights)) == total


@given(TOTALS, WEIGHTS)
def test_each_share_is_next_to_its_exact_value(total: int, weights: list[float]) -> None:
    whole = sum(weights)
    shares = largest_remainder(total, weights)
    assert all(
        abs(share - total * weight / whole) < 1
        for share, weight in zip(shares, weights, strict=True)
    )


@given(TOTALS, WEIGHTS)
def test_more_weight_never_gets_less(total: int, weights: list[float]) -> None:
    shares = largest_remainder(total, weights)
    by_weight = sorted(zip(weights, shares, strict=True))
    lightest_first = [share for _, share in by_weight]
    groups = {weight: {s for w, s in by_weight if w == weight} for weight in weights}
    assert lightest_first == sorted(lightest_first)
    assert all(max(group) - min(group) <= 1 for group in groups.values())


@given(TOTALS, WEIGHTS)
def test_equal_weights_are_served_in_order(total: int, weights: list[float]) -> None:
    shares = largest_remainder(total, [1.0] * len(weights))
    assert shares == sorted(shares, reverse=True)
