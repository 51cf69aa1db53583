"""Frames of the marks of time: the horizon bar, the phase marker, step squares, rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from deckgen.blocks.base import PHASES
from deckgen.boxes import Bar, BarSegment, Paragraph, Run, State
from deckgen.geometry import Rect, inches, points
from deckgen.layout.frames import FrameParagraph, GroupFrame, ParagraphFormat, ShapeFrame
from deckgen.layout.text_format import form_of, frame_runs, natural_width
from deckgen.theme.model import Theme
from deckgen.theme.places import Grid, Place, SlideLayout

EVEN_GAP = inches(0.24)
LEAST_LABELLED = inches(0.40)
LEAST = inches(0.10)
LOW = inches(0.12)
MINUTE = 60_000  # milliseconds
SQUARE = inches(0.32)
FOOTLIGHT = inches(0.08)
SHORT_RULE = inches(1.02)
PHASE_W, PHASE_GAP = inches(0.32), inches(0.06)
MARK_HEIGHT = inches(0.34)


def segment_rects(theme: Theme, grid: Grid, bar: Bar) -> list[Rect]:
    """Return the rectangles of the bar's segments: lengths in proportion, but for a floor."""
    gap = EVEN_GAP if bar.even else inches(theme.shape.segment_gap)
    gap = min(grid.scaled(gap) if bar.even else gap, grid.wide // (2 * len(bar.segments)))
    room = grid.wide - gap * (len(bar.segments) - 1)
    widths = _lengths(bar.segments, room)
    height = inches(theme.shape.bar)
    rects, x = [], grid.x
    for segment, width in zip(bar.segments, widths, strict=True):
        is_low = bar.low and segment.state is not State.TIME
        h = LOW if is_low else height
        rects.append(Rect(x, grid.horizon + height - h, width, h))
        x += width + gap
    return rects


def frame_bar(
    theme: Theme, layout: SlideLayout, bar: Bar, *, is_timer: bool = False
) -> list[GroupFrame | ShapeFrame]:
    """Return the horizon bar as one group with the bar's alternative text.

    As a timer it is idle below, and solid segments on top are wiped away one after the other, each
    in its minutes; without animation the full bar shows.
    """
    area, grid = layout.bar_area, layout.grid
    shapes = tuple(
        _segment(theme, area, segment, rect, number)
        for number, (segment, rect) in enumerate(
            zip(bar.segments, segment_rects(theme, grid, bar), strict=True), 1
        )
    )
    if not is_timer:
        return [GroupFrame("Time bar", shapes, bar.description)]
    idle = tuple(
        _segment(theme, area, segment._replace(state=State.IDLE), rect, number)
        for number, (segment, rect) in enumerate(
            zip(bar.segments, segment_rects(theme, grid, bar), strict=True), 1
        )
    )
    tops = [
        shape._replace(name=f"timer {number}", timer=round(segment.weight * MINUTE))
        for number, (segment, shape) in enumerate(zip(bar.segments, shapes, strict=True), 1)
    ]
    return [GroupFrame("Time bar", idle, bar.description), *tops]


def frame_bar_marks(theme: Theme, layout: SlideLayout, bar: Bar) -> list[ShapeFrame]:
    """Return the texts under the bar: start, end, and where the session stands."""
    area, grid = layout.bar_area, layout.grid
    y = grid.horizon + inches(theme.shape.bar) + grid.scaled(inches(0.04))
    high, left, end = grid.scaled(MARK_HEIGHT), grid.x, grid.x + grid.wide
    side, now = grid.scaled(inches(1.2)), grid.scaled(inches(0.9))
    marks = []
    if bar.left:
        rect = Rect(left, y, side, high)
        marks.append(_words("Start", rect, _paragraph(theme, area, bar.left, "label", "l")))
    if bar.now:
        rects = segment_rects(theme, grid, bar)
        x = next(r.x for s, r in zip(bar.segments, rects, strict=True) if s.state is State.TIME)
        if left + side <= x <= end - side - grid.scaled(inches(1.0)):
            rect = Rect(x, y, now, high)
            said = _paragraph(theme, area, bar.now, "label", "l", "time_ink")
            marks.append(_words("Now", rect, said))
    if bar.right:
        rect = Rect(end - side, y, side, high)
        marks.append(_words("End", rect, _paragraph(theme, area, bar.right, "label", "r")))
    if layout.name == "Section":
        marks += _segment_names(theme, layout, bar, y)
    return marks


def _segment_names(theme: Theme, layout: SlideLayout, bar: Bar, y: int) -> Iterator[ShapeFrame]:
    """Yield the names under the segments, the current one in bold."""
    area, grid, high = layout.bar_area, layout.grid, layout.grid.scaled(MARK_HEIGHT)
    for segment, rect in zip(bar.segments, segment_rects(theme, grid, bar), strict=True):
        is_current = segment.state is State.BAR
        place = Rect(rect.x, y, rect.w, high)
        role = "text" if is_current else "muted"
        said = _paragraph(theme, area, segment.name, "fact", "l", role)
        yield _words(f"name {segment.name}", place, said)


def frame_phase(theme: Theme, layout: SlideLayout, phase: str) -> GroupFrame:
    """Return the phase marker: four bars, the current one thicker and in the key colour."""
    grid, area = layout.grid, layout.places["phase_name"].area
    (x, middle), wide = grid.phase, grid.scaled(PHASE_W)
    shapes = []
    for k, name in enumerate(PHASES):
        current = name == phase
        height = inches(theme.shape.phase_current if current else theme.shape.phase_idle)
        rect = Rect(
            x + k * (wide + grid.scaled(PHASE_GAP)),
            middle - height // 2,
            wide,
            height,
        )
        role = "key" if current else "line"
        shapes.append(ShapeFrame(f"phase {k + 1}", rect, theme.scheme(area, role)))
    return GroupFrame("Phase marker", tuple(shapes), None)


def frame_squares(theme: Theme, grid: Grid, places: Sequence[Place]) -> list[ShapeFrame]:
    """Return the numbered squares beside the steps under the horizon."""
    side = grid.scaled(SQUARE)
    return [
        _filled(
            theme,
            place.area,
            f"step {number}",
            str(number),
            Rect(place.rect.x, place.rect.y, side, side),
        )
        for number, place in enumerate(places, 1)
    ]


def frame_numerals(theme: Theme, grid: Grid, places: Sequence[Place]) -> list[ShapeFrame]:
    """Return the numerals of options, at the left inside each."""
    inset, wide = grid.scaled(inches(theme.space.option_inset)), grid.scaled(inches(0.6))
    return [
        _words(
            f"option number {number}",
            Rect(place.rect.x + inset, place.rect.y, wide, place.rect.h),
            _numeral(theme, place, number),
        )
        for number, place in enumerate(places, 1)
    ]


def _numeral(theme: Theme, place: Place, number: int) -> FrameParagraph:
    steps = _steps_of_line(theme, place.area, "numeral", place.rect.h)
    return _paragraph(theme, place.area, str(number), "numeral", "l", steps=steps)


def _steps_of_line(theme: Theme, area: str, style: str, height: int) -> int:
    """Return how many steps down the type scale a line of *style* is no taller than *height*."""
    sizes = (form_of(theme, style, area, steps) for steps in count())
    for steps, (form, smaller) in enumerate(pairwise(sizes)):
        if points(form.line_height) <= height or form.size == smaller.size:
            return steps
    raise AssertionError  # `count` has no end


def frame_short_rule(theme: Theme, layout: SlideLayout) -> ShapeFrame:
    """Return the short heavy rule of a statement."""
    grid, wide = layout.grid, layout.grid.scaled(SHORT_RULE)
    is_centred = theme.decoration.pause_align == "center" or layout.title.align == "ctr"
    x = grid.x + (grid.wide - wide) // 2 if is_centred else grid.x
    rect = Rect(x, grid.short_rule, wide, points(theme.shape.heavy))
    return ShapeFrame("rule", rect, theme.scheme(layout.title.area, "key"))


def frame_footlight(theme: Theme, slide: Rect, area: str, number: int, count: int) -> ShapeFrame:
    """Return the light along the bottom edge: as long as the share of slides done."""
    width = round(slide.w * number / count)
    rect = Rect(0, slide.h - FOOTLIGHT, width, FOOTLIGHT)
    return ShapeFrame("footlight", rect, theme.scheme(area, "time"))


def frame_column_rule(theme: Theme, grid: Grid, name: str, head: Rect, area: str) -> ShapeFrame:
    """Return the rule over a column with a *head*, which stands on *area*."""
    rect = Rect(head.x, grid.column_rule, head.w, points(theme.shape.heavy))
    return ShapeFrame(f"{name.replace('_', ' ')} rule", rect, theme.scheme(area, "key"))


def _lengths(segments: Sequence[BarSegment], room: int) -> list[int]:
    """Return lengths in EMU that sum to *room*: in proportion, none under its floor."""
    floors = [LEAST_LABELLED if segment.label else LEAST for segment in segments]
    if sum(floors) >= room:
        return [room // len(segments)] * len(segments)
    floored: set[int] = set()
    while True:
        free = [k for k in range(len(segments)) if k not in floored]
        left = room - sum(floors[k] for k in floored)
        weight = sum(segments[k].weight for k in free) or 1
        lengths = {k: int(left * segments[k].weight / weight) for k in free}
        short = {k for k in free if lengths[k] < floors[k]}
        if not short:
            return [floors[k] if k in floored else lengths[k] for k in range(len(segments))]
        floored |= short


def _segment(theme: Theme, area: str, segment: BarSegment, rect: Rect, number: int) -> ShapeFrame:
    name = f"bar {number}"
    if segment.state is State.IDLE:
        weight = 1.0
        half = min(points(weight), rect.w) // 2
        inner = Rect(rect.x + half, rect.y + half, rect.w - 2 * half, rect.h - 2 * half)
        line = (weight, theme.scheme(area, "line"))
        paragraph = _label(theme, area, segment.label, "muted", rect.w)
        return ShapeFrame(name, inner, None, line, paragraph)
    role = {State.TIME: "time", State.BAR: "bar", State.PAST: "past"}.get(segment.state, "key")
    on = {State.TIME: "on_time", State.BAR: "on_bar"}.get(segment.state, "on_key")
    paragraph = _label(theme, area, segment.label, on, rect.w)
    return ShapeFrame(name, rect, theme.scheme(area, role), None, paragraph)


def _label(theme: Theme, area: str, text: str, role: str, width: int) -> FrameParagraph | None:
    """Return the label of a segment, or nothing where it is wider than the segment."""
    if natural_width((Run(text),), form_of(theme, "segment", area)) > width:
        return None
    return _paragraph(theme, area, text, "segment", "ctr", role) if text else None


def _filled(theme: Theme, area: str, name: str, text: str, rect: Rect) -> ShapeFrame:
    paragraph = _paragraph(theme, area, text, "segment", "ctr", "on_time")
    return ShapeFrame(name, rect, theme.scheme(area, "time"), None, paragraph)


def _words(name: str, rect: Rect, paragraph: FrameParagraph) -> ShapeFrame:
    return ShapeFrame(name, rect, paragraph=paragraph)


def _paragraph(
    theme: Theme,
    area: str,
    text: str,
    style: str,
    align: str,
    role: str | None = None,
    steps: int = 0,
) -> FrameParagraph:
    form = form_of(theme, style, area, steps)
    paragraph = Paragraph((Run(text, bold=role == "time_ink", colour=role),))
    runs = frame_runs(paragraph.runs, form, None)
    return FrameParagraph(runs, ParagraphFormat(align, form.style.line, 0, 0, 0, bullet=False))
