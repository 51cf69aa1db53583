"""Draws pies and rings: slices from the top on clockwise."""

from __future__ import annotations

import math
from collections.abc import Iterator

from deckgen.geometry import Rect
from deckgen.layout.lines import line_height, text_width
from deckgen.render.svg.brush import PAD, Brush
from deckgen.render.svg.elements import path, pt
from deckgen.render.svg.text import draw_label

HOLE = 0.5  # of a ring, in its radius
FULL = 2 * math.pi


def draw_pie(brush: Brush, rect: Rect) -> Iterator[str]:
    """Yield the slices from the top on clockwise, then their values: outside, or on a ring."""
    is_ring = brush.chart.form == "doughnut"
    values = [max(0.0, value or 0.0) for value in brush.chart.series[0].values]
    total = sum(values)
    if total <= 0:
        return
    edge = 0 if is_ring else line_height(brush.values) + PAD
    radius = max(1.0, min(rect.w, rect.h) / 2 - edge)
    middle = rect.x + rect.w / 2, rect.y + rect.h / 2
    labels, angle = "", -FULL / 4
    for point, value in enumerate(values):
        turn = FULL * value / total
        if value:
            colour = brush.fill(0, point)
            yield path(_slice(middle, radius, angle, turn, is_ring=is_ring), fill=f"#{colour}")
            labels += _slice_value(brush, middle, radius, angle + turn / 2, value, is_ring=is_ring)
        angle += turn
    yield labels


def _slice(
    middle: tuple[float, float], radius: float, angle: float, turn: float, *, is_ring: bool
) -> str:
    """Return the outline of a slice; a whole circle is drawn in two halves."""
    if turn >= FULL - 1e-9:
        halves = (
            _slice(middle, radius, angle + k * FULL / 2, FULL / 2, is_ring=is_ring) for k in (0, 1)
        )
        return "".join(halves)
    inner = radius * HOLE if is_ring else 0.0
    large = int(turn > FULL / 2)
    outer_arc = f"A{pt(radius)} {pt(radius)} 0 {large} 1 {_at(middle, radius, angle + turn)}"
    start = f"M{_at(middle, radius, angle)}{outer_arc}L{_at(middle, inner, angle + turn)}"
    if not inner:
        return start + "Z"
    return f"{start}A{pt(inner)} {pt(inner)} 0 {large} 0 {_at(middle, inner, angle)}Z"


def _at(middle: tuple[float, float], radius: float, angle: float) -> str:
    x, y = middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
    return f"{pt(x)} {pt(y)}"


def _slice_value(
    brush: Brush,
    middle: tuple[float, float],
    radius: float,
    angle: float,
    value: float,
    *,
    is_ring: bool,
) -> str:
    text, high = brush.told(value), line_height(brush.values)
    wide = text_width(text, brush.values) + PAD
    away = radius * (1 + HOLE) / 2 if is_ring else radius + PAD
    x, y = middle[0] + away * math.cos(angle), middle[1] + away * math.sin(angle)
    if not is_ring:  # the nearest point of the text's box is there, not its middle
        x, y = x + math.cos(angle) * wide / 2, y + math.sin(angle) * high / 2
    rect = Rect(round(x - wide / 2), round(y - high / 2), wide, high)
    return draw_label(text, brush.values, rect, "ctr")
