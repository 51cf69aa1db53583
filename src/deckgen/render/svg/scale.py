"""Turns the numbers of a chart into an axis, and into words by a number format (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

STEPS = 10  # intervals that an axis has at most
ROOM = 0.05  # of its length that is left free beyond the last value, as Excel has it
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


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


def written(value: float, number_format: str) -> str:
    """Return *value* as a number format writes it; what it does not know is written plainly."""
    sections = _sections(number_format)
    chosen = sections[0]
    if value < 0 and len(sections) > 1:
        chosen, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    if chosen.strip().casefold() in ("", "general", "@"):
        return f"{value:.10g}"
    digits = next(iter(_DIGITS.finditer(_blanked(chosen))), None)
    if digits is None:
        return _unquoted(chosen) if '"' in chosen else f"{value:.10g}"
    before, after = chosen[: digits.start()], chosen[digits.end() :]
    if "%" in before + after:
        value *= 100
    return _unquoted(before) + _digits(value, digits[0]) + _unquoted(after)


def _sections(number_format: str) -> list[str]:
    blank = _blanked(number_format)
    starts = [0, *(k + 1 for k, char in enumerate(blank) if char == ";")]
    ends = [*(k for k, char in enumerate(blank) if char == ";"), len(blank)]
    return [number_format[a:b] for a, b in zip(starts, ends, strict=True)]


def _blanked(text: str) -> str:
    """Return *text* with spaces for its literals, so that its marks stay at their places."""
    return _LITERAL.sub(lambda match: " " * len(match[0]), text)


def _unquoted(text: str) -> str:
    return _LITERAL.sub(lambda match: match[1] or match[2] or "", text)


def _digits(value: float, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    least = fraction.count("0")
    text = f"{value:{',' if ',' in whole else ''}.{len(fraction)}f}"
    if len(fraction) > least:
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text
