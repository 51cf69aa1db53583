"""Frames of the marks of time: the horizon bar, the phase marker, step squares, rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.blocks.base import PHASES
from deckgen.boxes import Bar, Paragraph, Run, Segment, State
from deckgen.geometry import Rect, inches, points
from deckgen.layout.forms import form_of, frame_runs, natural_width
from deckgen.layout.frames import FrameParagraph, GroupFrame, ParagraphForm, ShapeFrame
from deckgen.theme.model import Theme
from deckgen.theme.places import COLUMN_RULE, HORIZON, MARGIN, SLIDE, WIDE, Place, SlideLayout

EVEN_GAP = inches(0.24)
LEAST_LABELLED = inches(0.40)
LEAST = inches(0.10)
LOW = inches(0.12)
MINUTE = 60_000  # milliseconds
SQUARE = inches(0.32)
FOOTLIGHT = inches(0.08)
SHORT_RULE = inches(1.02)
SHORT_RULE_Y = inches(5.56)
PHASE_X, PHASE_MIDDLE = inches(0.667), inches(0.62)
PHASE_W, PHASE_GAP = inches(0.32), inches(0.06)
MARK_HEIGHT = inches(0.34)


def segment_rects(theme: Theme, bar: Bar) -> list[Rect]:
    """Return the rectangles of the bar's segments: lengths in proportion, but for a floor."""
    gap = EVEN_GAP if bar.even else inches(theme.shape.segment_gap)
    gap = min(gap, WIDE // (2 * len(bar.segments)))
    room = WIDE - gap * (len(bar.segments) - 1)
    widths = _lengths(bar.segments, room)
    height = inches(theme.shape.bar)
    rects, x = [], MARGIN
    for segment, width in zip(bar.segments, widths, strict=True):
        is_low = bar.low and segment.state is not State.TIME
        h = LOW if is_low else height
        rects.append(Rect(x, HORIZON + height - h, width, h))
        x += width + gap
    return rects


def frame_bar(
    theme: Theme, layout: SlideLayout, bar: Bar, *, is_timer: bool = False
) -> list[GroupFrame | ShapeFrame]:
    """Return the horizon bar as one group with the bar's alternative text.

    As a timer it is idle below, and solid segments on top are wiped away one after the other, each
    in its minutes; without animation the full bar shows.
    """
    area = "below" if layout.mode == "pause" else "page"
    shapes = tuple(
        _segment(theme, area, segment, rect, number)
        for number, (segment, rect) in enumerate(
            zip(bar.segments, segment_rects(theme, bar), strict=True), 1
        )
    )
    if not is_timer:
        return [GroupFrame("Time bar", shapes, bar.description)]
    idle = tuple(
        _segment(theme, area, segment._replace(state=State.IDLE), rect, number)
        for number, (segment, rect) in enumerate(
            zip(bar.segments, segment_rects(theme, bar), strict=True), 1
        )
    )
    tops = [
        shape._replace(name=f"timer {number}", timer=round(segment.weight * MINUTE))
        for number, (segment, shape) in enumerate(zip(bar.segments, shapes, strict=True), 1)
    ]
    return [GroupFrame("Time bar", idle, bar.description), *tops]


def frame_bar_marks(theme: Theme, layout: SlideLayout, bar: Bar) -> list[ShapeFrame]:
    """Return the texts under the bar: start, end, and where the session stands."""
    area = "below" if layout.mode == "pause" else "page"
    y = HORIZON + inches(theme.shape.bar) + inches(0.04)
    marks = []
    if bar.left:
        rect = Rect(MARGIN, y, inches(1.2), MARK_HEIGHT)
        marks.append(_text(theme, area, "Start", bar.left, "label", rect, "l"))
    if bar.now:
        rects = segment_rects(theme, bar)
        x = next(r.x for s, r in zip(bar.segments, rects, strict=True) if s.state is State.TIME)
        if x >= MARGIN + inches(1.2) and x <= MARGIN + WIDE - inches(2.2):
            rect = Rect(x, y, inches(0.9), MARK_HEIGHT)
            marks.append(_text(theme, area, "Now", bar.now, "label", rect, "l", "time_ink"))
    if bar.right:
        rect = Rect(MARGIN + WIDE - inches(1.2), y, inches(1.2), MARK_HEIGHT)
        marks.append(_text(theme, area, "End", bar.right, "label", rect, "r"))
    if layout.name == "Section":
        marks += _segment_names(theme, area, bar, y)
    return marks


def _segment_names(theme: Theme, area: str, bar: Bar, y: int) -> Iterator[ShapeFrame]:
    """Yield the names under the segments, the current one in bold."""
    for segment, rect in zip(bar.segments, segment_rects(theme, bar), strict=True):
        is_current = segment.state is State.BAR
        place = Rect(rect.x, y, rect.w, MARK_HEIGHT)
        role = "text" if is_current else "muted"
        yield _text(theme, area, f"name {segment.name}", segment.name, "fact", place, "l", role)


def frame_phase(theme: Theme, phase: str) -> GroupFrame:
    """Return the phase marker: four bars, the current one thicker and in the key colour."""
    shapes = []
    for k, name in enumerate(PHASES):
        current = name == phase
        height = inches(theme.shape.phase_current if current else theme.shape.phase_idle)
        rect = Rect(
            PHASE_X + k * (PHASE_W + PHASE_GAP),
            PHASE_MIDDLE - height // 2,
            PHASE_W,
            height,
        )
        role = "key" if current else "line"
        shapes.append(ShapeFrame(f"phase {k + 1}", rect, theme.scheme("page", role)))
    return GroupFrame("Phase marker", tuple(shapes), None)


def frame_squares(theme: Theme, places: Sequence[Place]) -> list[ShapeFrame]:
    """Return the numbered squares beside the steps under the horizon."""
    return [
        _filled(
            theme,
            place.area,
            f"step {number}",
            str(number),
            Rect(place.rect.x, place.rect.y, SQUARE, SQUARE),
        )
        for number, place in enumerate(places, 1)
    ]


def frame_numerals(theme: Theme, places: Sequence[Place]) -> list[ShapeFrame]:
    """Return the numerals of options, at the left inside each."""
    inset = inches(theme.space.option_inset)
    return [
        _text(
            theme,
            place.area,
            f"option number {number}",
            str(number),
            "numeral",
            Rect(place.rect.x + inset, place.rect.y, inches(0.6), place.rect.h),
            "l",
        )
        for number, place in enumerate(places, 1)
    ]


def frame_short_rule(theme: Theme) -> ShapeFrame:
    """Return the short heavy rule of a statement."""
    is_centred = theme.decoration.pause_align == "center"
    x = (SLIDE.w - SHORT_RULE) // 2 if is_centred else MARGIN
    rect = Rect(x, SHORT_RULE_Y, SHORT_RULE, points(theme.shape.heavy))
    return ShapeFrame("rule", rect, theme.scheme("full", "key"))


def frame_footlight(theme: Theme, area: str, number: int, count: int) -> ShapeFrame:
    """Return the light along the bottom edge: as long as the share of slides done."""
    width = round(SLIDE.w * number / count)
    rect = Rect(0, SLIDE.h - FOOTLIGHT, width, FOOTLIGHT)
    return ShapeFrame("footlight", rect, theme.scheme(area, "time"))


def frame_column_rule(theme: Theme, place: Place) -> ShapeFrame:
    """Return the rule over a column that begins with a head."""
    rect = Rect(place.rect.x, COLUMN_RULE, place.rect.w, points(theme.shape.heavy))
    return ShapeFrame(f"{place.name} rule", rect, theme.scheme("page", "key"))


def _lengths(segments: Sequence[Segment], room: int) -> list[int]:
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


def _segment(theme: Theme, area: str, segment: Segment, rect: Rect, number: int) -> ShapeFrame:
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


def _text(
    theme: Theme,
    area: str,
    name: str,
    text: str,
    style: str,
    rect: Rect,
    align: str,
    role: str | None = None,
) -> ShapeFrame:
    return ShapeFrame(name, rect, paragraph=_paragraph(theme, area, text, style, align, role))


def _paragraph(
    theme: Theme, area: str, text: str, style: str, align: str, role: str | None
) -> FrameParagraph:
    form = form_of(theme, style, area)
    paragraph = Paragraph((Run(text, bold=role == "time_ink", colour=role),))
    runs = frame_runs(paragraph.runs, form, None)
    return FrameParagraph(runs, ParagraphForm(align, form.style.line, 0, 0, 0, bullet=False))
