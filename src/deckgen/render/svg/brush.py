"""What drawing a chart needs besides places: its colours, its words, its marks (`ChartFrame`)."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.boxes import Chart
from deckgen.geometry import points
from deckgen.layout.frames import ChartFrame
from deckgen.layout.looks import Look
from deckgen.number_format import written
from deckgen.render.svg.elements import path, polyline
from deckgen.theme.model import Theme

ROUND = ("pie", "doughnut")
PAD = points(6)
MARKER = points(4.5)
THICK = 3.0  # points of a line
MARKERS = (  # a diamond, a square, a triangle, in shares of `MARKER`
    ((0, -1), (1, 0), (0, 1), (-1, 0)),
    ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    ((0, -1), (1, 0.8), (-1, 0.8)),
)


class Brush(NamedTuple):
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


def draw_marker(x: float, y: float, colour: str, series: int) -> str:
    """Return the mark of a point; neighbouring series differ in it, too."""
    corners = ((x + dx * MARKER, y + dy * MARKER) for dx, dy in MARKERS[series % len(MARKERS)])
    return path(polyline(corners) + "Z", fill=f"#{colour}")
