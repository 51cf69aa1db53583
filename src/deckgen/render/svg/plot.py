"""Draws bars, columns and lines between a category axis and a value axis."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.boxes import Chart, Series
from deckgen.geometry import Rect
from deckgen.layout.lines import line_height, text_width
from deckgen.layout.looks import Look
from deckgen.render.svg.brush import MARKER, PAD, THICK, Brush, draw_marker
from deckgen.render.svg.elements import box, path, polyline, stroke
from deckgen.render.svg.scale import Axis, axis_for
from deckgen.render.svg.text import draw_label

GAP = 0.58  # between clusters, in widths of a bar
MOST_NAMES = 0.4  # of the width, that names of bars take


class _Bar(NamedTuple):
    """A bar from one value to another, at a share of the category axis, *wide* of it."""

    series: int
    point: int
    start: float
    end: float
    at: float
    wide: float


def draw_plot(brush: Brush, rect: Rect, *, says_values: bool) -> Iterator[str]:
    """Yield a chart with a category axis and a value axis."""
    chart = brush.chart
    axis = axis_for(_extents(chart))
    is_bar = chart.form == "bar"
    plot, names = _names_of_bars(brush, rect) if is_bar else _names_below(brush, rect, says_values)
    if not says_values:
        plot, values = _value_axis(brush, plot, axis)
        names = (
            _names_of_bars(brush, rect, plot)[1]
            if is_bar
            else _names_below(brush, rect, says_values, plot)[1]
        )
        yield values
    else:
        plot = _less_values(brush, plot, has_negative=axis.low < 0)
    yield names
    if chart.form == "line":
        yield from _lines(brush, plot, axis)
    else:
        yield from _bars(brush, plot, axis)
    zero = axis.share(0.0)
    colour = brush.theme.rgb(brush.frame.colours.line)
    if is_bar:
        x = plot.x + plot.w * zero
        yield stroke((x, plot.y), (x, plot.bottom), colour, 0.75)
    else:
        y = plot.bottom - plot.h * zero
        yield stroke((plot.x, y), (plot.right, y), colour, 0.75)


def _less_values(brush: Brush, plot: Rect, *, has_negative: bool) -> Rect:
    """Return what the values beyond the ends of bars leave of the room; above columns is some."""
    chart = brush.chart
    if chart.is_stacked or chart.form == "line":
        return plot
    if chart.form == "column":
        return plot._replace(h=plot.h - line_height(brush.values)) if has_negative else plot
    most = max((text_width(brush.told(v), brush.values) for v in _extents(chart)), default=0)
    left = most + PAD if has_negative else 0
    return plot._replace(x=plot.x + left, w=max(1, plot.w - most - left))


def _extents(chart: Chart) -> list[float]:
    """Return the values that the axis must reach: of stacks, their sums."""
    if not chart.is_stacked:
        return [value for series in chart.series for value in series.values if value is not None]
    found = []
    for point in range(len(chart.categories)):
        values = [series.values[point] or 0.0 for series in chart.series]
        if chart.form == "line":
            found += [sum(values[: k + 1]) for k in range(len(values))]
        else:
            found += [sum(v for v in values if v > 0), sum(v for v in values if v < 0)]
    return found


def _names_of_bars(brush: Brush, rect: Rect, plot: Rect | None = None) -> tuple[Rect, str]:
    """Return the room of the bars beside the names of their categories, and the names."""
    names = brush.chart.categories
    widest = max(text_width(name, brush.words) for name in names)
    wide = min(widest + PAD // 2, round(rect.w * MOST_NAMES))
    plot = plot or Rect(rect.x + wide + PAD, rect.y, rect.w - wide - PAD, rect.h)
    band = plot.h / len(names)
    drawn = "".join(
        draw_label(
            name, brush.words, Rect(rect.x, round(plot.y + k * band), wide, round(band)), "r"
        )
        for k, name in enumerate(names)
    )
    return plot, drawn


def _names_below(
    brush: Brush, rect: Rect, says_values: bool, plot: Rect | None = None
) -> tuple[Rect, str]:
    """Return the room of columns or points above the names of their categories, and the names."""
    names, line = brush.chart.categories, line_height(brush.words)
    top = line if says_values and not brush.chart.is_stacked else line // 2
    band = (plot or rect).w / len(names)
    rows = max(_rows(name, brush.words, band - PAD) for name in names)
    high = line * rows + PAD
    plot = plot or Rect(rect.x, rect.y + top, rect.w, max(1, rect.h - high - top))
    drawn = "".join(
        draw_label(
            name,
            brush.words,
            Rect(round(plot.x + k * band + PAD / 2), plot.bottom + PAD, round(band - PAD), high),
            "ctr",
            "t",
        )
        for k, name in enumerate(names)
    )
    return plot, drawn


def _rows(name: str, look: Look, width: float) -> int:
    """Return about how many lines *name* takes; three at most are given room."""
    return min(3, max(1, math.ceil(text_width(name, look) * 1.1 / max(1.0, width))))


def _value_axis(brush: Brush, plot: Rect, axis: Axis) -> tuple[Rect, str]:
    """Return what the named values of the axis leave of the room, and the values."""
    marks = [(mark, brush.told(mark)) for mark in axis.marks()]
    high = line_height(brush.words)
    if brush.chart.form == "bar":
        plot = plot._replace(y=plot.y + high, h=plot.h - high)
        rects = [
            Rect(
                round(plot.x + plot.w * axis.share(mark)) - plot.w, plot.y - high, 2 * plot.w, high
            )
            for mark, _ in marks
        ]
        align = "ctr"
    else:
        wide = max(text_width(text, brush.words) for _, text in marks)
        rects = [
            Rect(plot.x, round(plot.bottom - plot.h * axis.share(mark)) - high // 2, wide, high)
            for mark, _ in marks
        ]
        plot, align = plot._replace(x=plot.x + wide + PAD, w=plot.w - wide - PAD), "r"
    texts = zip(marks, rects, strict=True)
    return plot, "".join(draw_label(text, brush.words, rect, align) for (_, text), rect in texts)


def _bars(brush: Brush, plot: Rect, axis: Axis) -> Iterator[str]:
    """Yield the bars, then their values."""
    values = ""
    for bar in _placed_bars(brush.chart):
        start, end = axis.share(bar.start), axis.share(bar.end)
        rect = _bar_rect(brush.chart, plot, bar, min(start, end), max(start, end))
        yield box(rect, fill=f"#{brush.fill(bar.series, bar.point)}")
        if len(brush.chart.series) == 1:
            values += _bar_value(brush, rect, bar)
    yield values


def _placed_bars(chart: Chart) -> Iterator[_Bar]:
    """Yield each bar: clusters side by side, stacks on each other, away from zero both ways."""
    count = 1 if chart.is_stacked else len(chart.series)
    wide = 1 / (count + GAP)
    for point in range(len(chart.categories)):
        up = down = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[point]
            if value is None:
                continue
            start = (up if value >= 0 else down) if chart.is_stacked else 0.0
            at = (GAP / 2 + (0 if chart.is_stacked else number)) * wide
            yield _Bar(number, point, start, start + value, at, wide)
            if value >= 0:
                up += value
            else:
                down += value


def _bar_rect(chart: Chart, plot: Rect, bar: _Bar, low: float, high: float) -> Rect:
    if chart.form == "bar":
        band = plot.h / len(chart.categories)
        y, h = plot.y + (bar.point + bar.at) * band, bar.wide * band
        x, w = plot.x + plot.w * low, plot.w * (high - low)
    else:
        band = plot.w / len(chart.categories)
        x, w = plot.x + (bar.point + bar.at) * band, bar.wide * band
        y, h = plot.bottom - plot.h * high, plot.h * (high - low)
    return Rect(round(x), round(y), round(w), round(h))


def _bar_value(brush: Brush, rect: Rect, bar: _Bar) -> str:
    """Return the value of a bar: beyond its end, or on it where bars stand on each other."""
    value, high = bar.end - bar.start, line_height(brush.values)
    text, is_bar = brush.told(value), brush.chart.form == "bar"
    if brush.chart.is_stacked:
        return draw_label(text, brush.values, rect, "ctr")
    wide = text_width(text, brush.values) + PAD
    if is_bar and value >= 0:
        return draw_label(text, brush.values, Rect(rect.right + PAD // 2, rect.y, wide, rect.h))
    if is_bar:
        return draw_label(
            text, brush.values, Rect(rect.x - wide, rect.y, wide - PAD // 2, rect.h), "r"
        )
    y = rect.y - high if value >= 0 else rect.bottom
    middle = rect.x + rect.w // 2
    return draw_label(text, brush.values, Rect(middle - wide, y, 2 * wide, high), "ctr")


def _lines(brush: Brush, plot: Rect, axis: Axis) -> Iterator[str]:
    """Yield each series as a line with markers; a missing value is a gap."""
    sums = [0.0] * len(brush.chart.categories)
    band = plot.w / len(brush.chart.categories)
    for number, series in enumerate(brush.chart.series):
        values = _stacked(series, sums) if brush.chart.is_stacked else series.values
        places = [
            None
            if value is None
            else (plot.x + (k + 0.5) * band, plot.bottom - plot.h * axis.share(value))
            for k, value in enumerate(values)
        ]
        colour = brush.fill(number, 0)
        for piece in _unbroken(places):
            look = {"stroke_width": f"{THICK:g}", "stroke_linejoin": "round"}
            yield path(polyline(piece), fill="none", stroke=f"#{colour}", **look)
            yield "".join(draw_marker(x, y, colour, number) for x, y in piece)
        if len(brush.chart.series) == 1:
            yield from _point_values(brush, series, places)


def _stacked(series: Series, sums: list[float]) -> list[float | None]:
    """Return the values of a series on those before it, which *sums* holds."""
    for k, value in enumerate(series.values):
        sums[k] += value or 0.0
    return list(sums)


def _unbroken(
    places: list[tuple[float, float] | None],
) -> Iterator[list[tuple[float, float]]]:
    piece: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            piece.append(place)
        elif piece:
            yield piece
            piece = []


def _point_values(
    brush: Brush, series: Series, places: list[tuple[float, float] | None]
) -> Iterator[str]:
    high = line_height(brush.values)
    for value, place in zip(series.values, places, strict=True):
        if value is not None and place is not None:
            text = brush.told(value)
            wide = text_width(text, brush.values) + PAD
            x, y = round(place[0]) - wide, round(place[1]) - high - MARKER
            yield draw_label(text, brush.values, Rect(x, y, 2 * wide, high), "ctr")
