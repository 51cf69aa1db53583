"""Draws charts from their numbers, plainly, as the native ones are (`render/pptx/chart.py`).

No gridlines, no border; values stand at the points of a single series, else an axis tells them and a
legend names the series.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.boxes import Chart, Series
from deckgen.geometry import Rect, points
from deckgen.layout.frames import ChartFrame
from deckgen.layout.lines import line_height, text_width
from deckgen.layout.looks import Look, font_of
from deckgen.render.svg.elements import box, path, polyline, pt, stroke
from deckgen.render.svg.scale import Axis, axis_for, written
from deckgen.render.svg.text import draw_label
from deckgen.theme.model import Theme

ROUND = ("pie", "doughnut")
GAP = 0.58  # between clusters, in widths of a bar
HOLE = 0.5  # of a ring, in its radius
MARGIN, PAD = points(8), points(6)
SWATCH, MARKER = points(12), points(4.5)
THICK = 3.0  # points of a line
MOST_NAMES = 0.4  # of the width, that names of bars take
FULL = 2 * math.pi
MARKERS = (  # a diamond, a square, a triangle, in shares of `MARKER`
    ((0, -1), (1, 0), (0, 1), (-1, 0)),
    ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    ((0, -1), (1, 0.8), (-1, 0.8)),
)


class _Brush(NamedTuple):
    """A chart with its looks: of words, of values, of values on a fill."""

    theme: Theme
    frame: ChartFrame
    words: Look
    values: Look

    @property
    def chart(self) -> Chart:
        return self.frame.chart

    def fill(self, series: int, point: int) -> str:
        """Return the colour of a point: of its series, of its category, or the highlighted one."""
        chart, colours = self.chart, self.frame.colours
        if chart.form in ROUND:
            return self.theme.rgb(colours.series[point % len(colours.series)])
        if chart.form != "line" and chart.categories[point] == chart.highlight:
            return self.theme.rgb(colours.key)
        if len(chart.series) == 1 and chart.highlight:
            return self.theme.rgb(colours.line)
        return self.theme.rgb(colours.series[series % len(colours.series)])

    def told(self, value: float) -> str:
        """Return *value* as it is written."""
        return written(value, self.chart.number_format)


class _Bar(NamedTuple):
    """A bar from one value to another, at a share of the category axis, *wide* of it."""

    series: int
    point: int
    start: float
    end: float
    at: float
    wide: float


def draw_chart(theme: Theme, frame: ChartFrame) -> str:
    """Return a chart in its frame."""
    says_values = len(frame.chart.series) == 1
    words = Look(font_of(theme, "body"), frame.size, False, False, theme.rgb(frame.colours.text))
    on_fill = frame.chart.form == "doughnut" or frame.chart.is_stacked
    ink = theme.rgb(frame.colours.ground if on_fill else frame.colours.text)
    brush = _Brush(theme, frame, words, words._replace(bold=True, colour=ink))
    rect, legend = frame.rect, ""
    if not says_values or frame.chart.form in ROUND:
        rect, legend = _with_legend(brush)
    x, y, w, h = rect
    inner = Rect(x + MARGIN, y + MARGIN, w - 2 * MARGIN, h - 2 * MARGIN)
    if frame.chart.form in ROUND:
        return legend + "".join(_round(brush, inner))
    return legend + "".join(_plot(brush, inner, says_values=says_values))


# legend ---------------------------------------------------------------------------------------


def _with_legend(brush: _Brush) -> tuple[Rect, str]:
    """Return what the legend at the right leaves of the frame, and the legend."""
    chart, rect = brush.chart, brush.frame.rect
    is_round = chart.form in ROUND
    names = chart.categories if is_round else tuple(series.name for series in chart.series)
    order = range(len(names))
    wide = max(text_width(name, brush.words) for name in names) + SWATCH + PAD
    wide = min(wide, rect.w * 2 // 5)
    high = line_height(brush.words) * 9 // 8
    x = rect.right - wide - MARGIN
    y = rect.y + (rect.h - high * len(names)) // 2
    drawn = ""
    # Names of columns on each other stand as these do: the first at the bottom.
    is_pile = chart.form == "column" and chart.is_stacked
    for row, number in enumerate(reversed(order) if is_pile else order):
        colour = brush.fill(0, number) if is_round else _series_colour(brush, number)
        middle = y + row * high + high // 2
        drawn += _key(chart, x, middle, colour, number)
        place = Rect(x + SWATCH + PAD, y + row * high, wide - SWATCH - PAD, high)
        drawn += draw_label(names[number], brush.words, place)
    return rect._replace(w=x - PAD - rect.x), drawn


def _series_colour(brush: _Brush, number: int) -> str:
    colours = brush.frame.colours.series
    return brush.theme.rgb(colours[number % len(colours)])


def _key(chart: Chart, x: int, middle: int, colour: str, series: int) -> str:
    """Return the mark before a name in the legend."""
    if chart.form == "line":
        line = stroke((x - PAD, middle), (x + SWATCH + PAD // 2, middle), colour, THICK)
        return line + _marker(x + SWATCH // 3, middle, colour, series)
    return box(Rect(x, middle - SWATCH // 2, SWATCH, SWATCH), fill=f"#{colour}")


# bars, columns, lines -------------------------------------------------------------------------


def _plot(brush: _Brush, rect: Rect, *, says_values: bool) -> Iterator[str]:
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


def _less_values(brush: _Brush, plot: Rect, *, has_negative: bool) -> Rect:
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


def _names_of_bars(brush: _Brush, rect: Rect, plot: Rect | None = None) -> tuple[Rect, str]:
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
    brush: _Brush, rect: Rect, says_values: bool, plot: Rect | None = None
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


def _value_axis(brush: _Brush, plot: Rect, axis: Axis) -> tuple[Rect, str]:
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


def _bars(brush: _Brush, plot: Rect, axis: Axis) -> Iterator[str]:
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


def _bar_value(brush: _Brush, rect: Rect, bar: _Bar) -> str:
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


def _lines(brush: _Brush, plot: Rect, axis: Axis) -> Iterator[str]:
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
            yield "".join(_marker(x, y, colour, number) for x, y in piece)
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


def _marker(x: float, y: float, colour: str, series: int) -> str:
    """Return the mark of a point; neighbouring series differ in it, too."""
    corners = ((x + dx * MARKER, y + dy * MARKER) for dx, dy in MARKERS[series % len(MARKERS)])
    return path(polyline(corners) + "Z", fill=f"#{colour}")


def _point_values(
    brush: _Brush, series: Series, places: list[tuple[float, float] | None]
) -> Iterator[str]:
    high = line_height(brush.values)
    for value, place in zip(series.values, places, strict=True):
        if value is not None and place is not None:
            text = brush.told(value)
            wide = text_width(text, brush.values) + PAD
            x, y = round(place[0]) - wide, round(place[1]) - high - MARKER
            yield draw_label(text, brush.values, Rect(x, y, 2 * wide, high), "ctr")


# pies and rings -------------------------------------------------------------------------------


def _round(brush: _Brush, rect: Rect) -> Iterator[str]:
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
    brush: _Brush,
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
