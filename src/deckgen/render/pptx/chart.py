"""Native charts: the chart part and its workbook, made by python-pptx in the theme's colours.

A chart is drawn plainly: no gridlines, no border, no title inside; values stand at the bars where
there is one series, a legend names more than one. The same chart gives the same bytes: XlsxWriter is
told its date. Imported only for a deck that holds a chart: python-pptx takes a tenth of a second.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import serialize_for_reading
from pptx.util import Pt
from xlsxwriter import Workbook

from deckgen.layout.frames import ChartFrame

FORMS = {
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
    ("line", True): XL_CHART_TYPE.LINE_MARKERS_STACKED,
    ("pie", False): XL_CHART_TYPE.PIE,
    ("doughnut", False): XL_CHART_TYPE.DOUGHNUT,
}
ROUND = ("pie", "doughnut")
COLOURS = {
    "bg1": MSO_THEME_COLOR.BACKGROUND_1,
    "tx1": MSO_THEME_COLOR.TEXT_1,
    "bg2": MSO_THEME_COLOR.BACKGROUND_2,
    "tx2": MSO_THEME_COLOR.TEXT_2,
    "dk1": MSO_THEME_COLOR.DARK_1,
    "lt1": MSO_THEME_COLOR.LIGHT_1,
    "dk2": MSO_THEME_COLOR.DARK_2,
    "lt2": MSO_THEME_COLOR.LIGHT_2,
} | {f"accent{k}": getattr(MSO_THEME_COLOR, f"ACCENT_{k}") for k in range(1, 7)}
EPOCH = datetime.datetime(2000, 1, 1)
AXES = ("2068027336", "2113994440")  # that python-pptx numbers below zero
GAP_WIDTH = 58


def chart_parts(frame: ChartFrame, language: str) -> tuple[str, bytes]:
    """Return the XML of the chart part and the workbook behind it.

    The workbook's relationship is `rId1` of the chart part.
    """
    chart = frame.chart
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series.name, series.values)
    element = parse_xml(ChartXmlWriter(FORMS[chart.form, chart.is_stacked], data).xml.encode())
    native = NativeChart(element, None)  # no part yet: nothing here asks for it
    _style(native, frame)
    external = element.get_or_add_externalData()
    external.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "rId1")
    xml = serialize_for_reading(element).replace('lang="en-US"', f'lang="{language}"')
    for axis in AXES:  # unsigned in the schema (ECMA-376 part 1, 21.2.3.63)
        xml = xml.replace(f'"-{axis}"', f'"{axis}"')
    return xml, _workbook(data)


def _workbook(data: CategoryChartData) -> bytes:
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"created": EPOCH})
    writer = CategoryWorkbookWriter(data)
    writer._populate_worksheet(workbook, workbook.add_worksheet())
    workbook.close()
    return buffer.getvalue()


def _style(native: NativeChart, frame: ChartFrame) -> None:
    chart = frame.chart
    native.has_title = False
    native.font.size = Pt(frame.size)
    native.font.color.theme_color = COLOURS[frame.colours.text]
    _legend(native, frame)
    plot = native.plots[0]
    plot.vary_by_categories = chart.form in ROUND
    if chart.form in ("bar", "column"):
        plot.gap_width = GAP_WIDTH
        plot.overlap = 100 if chart.is_stacked else 0
    if chart.form not in ROUND:
        _axes(native, frame)
    _labels(plot, frame)
    for number, series in enumerate(plot.series):
        _series(series, number, frame)


def _legend(native: NativeChart, frame: ChartFrame) -> None:
    native.has_legend = len(frame.chart.series) > 1 or frame.chart.form in ROUND
    if native.has_legend:
        native.legend.include_in_layout = False
        native.legend.position = XL_LEGEND_POSITION.RIGHT
        native.legend.font.size = Pt(frame.size)
        native.legend.font.color.theme_color = COLOURS[frame.colours.text]


def _axes(native: NativeChart, frame: ChartFrame) -> None:
    category, value = native.category_axis, native.value_axis
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.theme_color = COLOURS[frame.colours.line]
    category.tick_labels.font.size = Pt(frame.size)
    category.reverse_order = frame.chart.form == "bar"  # the first category on top
    value.has_major_gridlines = False
    value.major_tick_mark = XL_TICK_MARK.NONE
    _title(category, frame.chart.category_title, frame)
    _title(value, frame.chart.value_title, frame)
    value.visible = not _says_values(frame) or bool(frame.chart.value_title)
    if _says_values(frame):  # an axis that is not there has no title either
        value.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    else:
        value.tick_labels.number_format = frame.chart.number_format
        value.tick_labels.number_format_is_linked = False
    value.format.line.fill.background()
    least = min((v for s in frame.chart.series for v in s.values if v is not None), default=0)
    if least >= 0:
        value.minimum_scale = 0


def _title(axis: Any, title: str, frame: ChartFrame) -> None:
    """Give *axis* its title, in the size and colour of all words of the chart."""
    axis.has_title = bool(title)
    if not title:
        return
    axis.axis_title.text_frame.text = title
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(frame.size), False
    font.color.theme_color = COLOURS[frame.colours.text]


def _says_values(frame: ChartFrame) -> bool:
    """Return whether values stand at the points: for one series, or in a ring or a pie."""
    return len(frame.chart.series) == 1


def _labels(plot: Any, frame: ChartFrame) -> None:
    plot.has_data_labels = _says_values(frame)
    if not plot.has_data_labels:
        return
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = frame.chart.number_format, False
    labels.font.size, labels.font.bold = Pt(frame.size), True
    # On a ring or a stack the values stand on the colour itself.
    stands_on_fill = frame.chart.form == "doughnut" or frame.chart.is_stacked
    ink = frame.colours.ground if stands_on_fill else frame.colours.text
    labels.font.color.theme_color = COLOURS[ink]
    if frame.chart.form in ("bar", "column") and not frame.chart.is_stacked:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    elif frame.chart.form == "line":
        labels.position = XL_LABEL_POSITION.ABOVE
    elif frame.chart.form == "pie":
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _series(series: Any, number: int, frame: ChartFrame) -> None:
    chart, colours = frame.chart, frame.colours
    plain = colours.series[number % len(colours.series)]
    if len(chart.series) == 1 and chart.highlight and chart.form not in ROUND:
        plain = colours.line
    if chart.form == "line":
        series.smooth = False
        series.format.line.width = Pt(3)
        series.format.line.color.theme_color = COLOURS[plain]
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = COLOURS[plain]
        series.marker.format.line.color.theme_color = COLOURS[plain]
        return
    if chart.form in ("bar", "column"):
        series.invert_if_negative = False
    if chart.form not in ROUND:
        _fill(series, plain)
    for point, category in enumerate(chart.categories):
        if chart.form in ROUND:
            _fill(series.points[point], colours.series[point % len(colours.series)])
        elif category == chart.highlight:
            _fill(series.points[point], colours.key)


def _fill(target: Any, colour: str) -> None:
    target.format.fill.solid()
    target.format.fill.fore_color.theme_color = COLOURS[colour]
