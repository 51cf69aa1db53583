"""Lengths and rectangles on a slide, in EMU.

One inch is 914,400 EMU and one point 12,700 (ECMA-376 part 1, 20.1.2.1). No float inches go past
this file: themes give inches, everything later is whole EMU.
"""

from __future__ import annotations

from typing import NamedTuple

EMU_PER_INCH = 914_400
EMU_PER_POINT = 12_700


def inches(value: float) -> int:
    """Return *value* inches in EMU."""
    return round(value * EMU_PER_INCH)


def points(value: float) -> int:
    """Return *value* points in EMU."""
    return round(value * EMU_PER_POINT)


def to_points(emu: int) -> float:
    """Return *emu* in points."""
    return emu / EMU_PER_POINT


class Rect(NamedTuple):
    """A rectangle in EMU, from the slide's top left corner."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The x of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The y of the bottom edge."""
        return self.y + self.h

    def overlaps(self, other: Rect) -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def contains(self, other: Rect) -> bool:
        """Return whether *other* lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def rect(x: float, y: float, w: float, h: float) -> Rect:
    """Return the rectangle with these inches."""
    return Rect(inches(x), inches(y), inches(w), inches(h))


def largest_remainder(total: int, weights: list[float]) -> list[int]:
    """Return whole shares of *total* in proportion to *weights*, with exactly that sum."""
    whole = sum(weights)
    if not weights or whole <= 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda k: (shares[k] - exact[k], k))
    for k in by_remainder[: total - sum(shares)]:
        shares[k] += 1
    return shares
