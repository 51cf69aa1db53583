"""Turns the numbers of a chart into an axis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

STEPS = 10  # intervals that an axis has at most
ROOM = 0.05  # of its length that is left free beyond the last value, as Excel has it


class Axis(NamedTuple):
    """The ends of a value axis and the distance of its marks."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Return how far along the axis *value* is: 0 is its low end, 1 its high end."""
        return (value - self.low) / (self.high - self.low)

    def marks(self) -> list[float]:
        """Return the values that are named on the axis."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + k * self.step, 10) for k in range(count + 1)]


def axis_for(values: Iterable[float]) -> Axis:
    """Return an axis from 0, or from below where there are negative values, to beyond the largest."""
    found = [*values, 0.0]
    low, high = min(found), max(found)
    if low == high:
        return Axis(0.0, 1.0, 0.2)
    room = ROOM * (high - low)
    top, bottom = high + room if high > 0 else 0.0, low - room if low < 0 else 0.0
    step = _round_step((top - bottom) / STEPS)
    return Axis(math.floor(bottom / step) * step, math.ceil(top / step) * step, step)


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10 … that is no smaller than *least*."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= least * (1 - 1e-9))
