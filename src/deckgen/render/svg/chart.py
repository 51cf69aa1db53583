"""Draws charts from their numbers, plainly, as the native ones are (`render/pptx/chart.py`).

No gridlines, no border; values stand at the points of a single series, else an axis tells them and a
legend names the series.
"""

from __future__ import annotations

from deckgen.boxes import Chart
from deckgen.geometry import Rect, points
from deckgen.layout.frames import ChartFrame
from deckgen.layout.lines import line_height, text_width
from deckgen.layout.looks import Look, font_of
from deckgen.render.svg.brush import PAD, ROUND, THICK, Brush, draw_marker
from deckgen.render.svg.elements import attributes, box, pt, stroke
from deckgen.render.svg.pie import draw_pie
from deckgen.render.svg.plot import draw_plot
from deckgen.render.svg.text import draw_label
from deckgen.theme.model import Theme

MARGIN = points(8)
SWATCH = points(12)


def draw_chart(theme: Theme, frame: ChartFrame) -> str:
    """Return a chart in its frame."""
    says_values = len(frame.chart.series) == 1
    words = Look(font_of(theme, "body"), frame.size, False, False, theme.rgb(frame.colours.text))
    on_fill = frame.chart.form == "doughnut" or frame.chart.is_stacked
    ink = theme.rgb(frame.colours.ground if on_fill else frame.colours.text)
    brush = Brush(theme, frame, words, words._replace(bold=True, colour=ink))
    rect, legend = frame.rect, ""
    if not says_values or frame.chart.form in ROUND:
        rect, legend = _with_legend(brush)
    x, y, w, h = rect
    inner = Rect(x + MARGIN, y + MARGIN, w - 2 * MARGIN, h - 2 * MARGIN)
    if frame.chart.form in ROUND:
        return legend + "".join(draw_pie(brush, inner))
    inner, titles = _with_titles(brush, inner)
    return legend + titles + "".join(draw_plot(brush, inner, says_values=says_values))


def _with_titles(brush: Brush, rect: Rect) -> tuple[Rect, str]:
    """Return what the titles of the axes leave of the room, and the titles: below, and up the left side."""
    chart, line = brush.chart, line_height(brush.words)
    titles = chart.category_title, chart.value_title
    below, beside = titles[::-1] if chart.form == "bar" else titles
    high, wide = (line + PAD if title else 0 for title in (below, beside))
    inner = Rect(rect.x + wide, rect.y, rect.w - wide, rect.h - high)
    drawn = ""
    if below:
        place = Rect(inner.x, rect.bottom - line, inner.w, line)
        drawn += draw_label(below, brush.words, place, "ctr")
    if beside:
        drawn += _upwards(brush, beside, Rect(rect.x, inner.y, line, inner.h))
    return inner, drawn


def _upwards(brush: Brush, text: str, rect: Rect) -> str:
    """Return a text that runs up *rect*."""
    x, y = rect.x + rect.w // 2, rect.y + rect.h // 2
    lying = Rect(x - rect.h // 2, y - rect.w // 2, rect.h, rect.w)
    turned = attributes(transform=f"rotate(-90 {pt(x)} {pt(y)})")
    return f"<g{turned}>{draw_label(text, brush.words, lying, 'ctr')}</g>"


def _with_legend(brush: Brush) -> tuple[Rect, str]:
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


def _series_colour(brush: Brush, number: int) -> str:
    colours = brush.frame.colours.series
    return brush.theme.rgb(colours[number % len(colours)])


def _key(chart: Chart, x: int, middle: int, colour: str, series: int) -> str:
    """Return the mark before a name in the legend."""
    if chart.form == "line":
        line = stroke((x - PAD, middle), (x + SWATCH + PAD // 2, middle), colour, THICK)
        return line + draw_marker(x + SWATCH // 3, middle, colour, series)
    return box(Rect(x, middle - SWATCH // 2, SWATCH, SWATCH), fill=f"#{colour}")
