"""Frames of what is not text: pictures, charts, code, QR codes, diagrams."""

from __future__ import annotations

from itertools import accumulate, count, pairwise
from typing import NamedTuple

from deckgen.boxes import (
    Chart,
    Code,
    Diagram,
    Image,
    Link,
    Node,
    Paragraph,
    Picture,
    Run,
    Symbol,
    plain,
)
from deckgen.diagnostics import Span
from deckgen.geometry import Rect, inches, points
from deckgen.layout.contained import WHOLE, contained
from deckgen.layout.frames import (
    ChartColours,
    ChartFrame,
    FrameParagraph,
    GroupFrame,
    LineFrame,
    ParagraphFormat,
    PictureFrame,
    ShapeFrame,
    SymbolFrame,
    TextFrame,
)
from deckgen.layout.overflow import Overflow, shown, too_wide
from deckgen.layout.text_format import (
    TextFormat,
    form_of,
    frame_runs,
    given_form,
    least_width,
    measure,
    parted,
)
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

CODE_INSET = inches(0.24)
EMPHASIS = inches(0.06)
NODE_GAP_X = inches(0.24)
LABEL, LABEL_GAP = "label", inches(0.12)
NODE_INSET = inches(0.12)
SERIES = ("accent3", "accent4", "accent6", "accent5")


class _Text(NamedTuple):
    """A text of a diagram, its style and its room in EMU."""

    runs: tuple[Run, ...]
    style: str
    width: int
    height: int
    span: Span | None


def frame_picture(place: Place, picture: Picture, rect: Rect) -> PictureFrame:
    """Return the picture cropped to fill *rect*, or whole inside it."""
    image = picture.image
    assert image is not None, "pictures are read before layout"
    if picture.fit == "contain":
        inner = contained(image, rect)
        return PictureFrame(place.name, place, inner, image, (0, 0, 0, 0), picture.description)
    crop = _crop(image, rect, picture.focus)
    return PictureFrame(place.name, place, rect, image, crop, picture.description)


def frame_chart(theme: Theme, place: Place, chart: Chart, rect: Rect) -> ChartFrame:
    """Return the chart in *rect*, its colours as scheme colours of the ground it stands on."""
    area = place.area
    key, line = theme.scheme(area, "key"), theme.scheme(area, "line")
    first = (theme.scheme(area, "bar"), theme.scheme(area, "time"))
    series = tuple(dict.fromkeys((*first, *SERIES)))
    ground, text = theme.scheme(area, "ground"), theme.scheme(area, "text")
    colours = ChartColours(ground, text, line, key, series)
    return ChartFrame(place.name, place, rect, chart, form_of(theme, "body2", area).size, colours)


def code_steps(theme: Theme, place: Place, code: Code, rect: Rect) -> int | None:
    """Return how many steps down *code* fits *rect* without breaking a line, or None."""
    for steps in range(_floor_of(theme, place, "code") + 1):
        high = code_height(theme, place, code, rect.w, steps)
        if high is not None and high <= rect.h:
            return steps
    return None


def code_height(theme: Theme, place: Place, code: Code, width: int, steps: int) -> int | None:
    """Return the height of *code* with its field, or None where a line would break."""
    form = form_of(theme, "code", place.area, steps)
    lines = [measure(line, form, width - 2 * CODE_INSET) for line in code.lines]
    if any(line.lines > 1 for line in lines):
        return None
    return sum(line.height for line in lines) + 2 * CODE_INSET


def frame_code(
    theme: Theme, place: Place, code: Code, rect: Rect, steps: int
) -> list[ShapeFrame | TextFrame]:
    """Return a field, marks beside the emphasised lines, and the lines in the placeholder."""
    form = form_of(theme, "code", place.area, steps)
    width = rect.w - 2 * CODE_INSET
    highs = [measure(line, form, width).height for line in code.lines]
    tops = list(accumulate(highs, initial=rect.y + CODE_INSET))
    inner = Rect(rect.x + CODE_INSET, tops[0], width, tops[-1] - tops[0])
    field = Rect(rect.x, rect.y, rect.w, inner.h + 2 * CODE_INSET)
    shapes: list[ShapeFrame | TextFrame] = [
        ShapeFrame("code field", field, theme.scheme(place.area, "panel"))
    ]
    shapes += [
        ShapeFrame(
            f"emphasis {line + 1}",
            Rect(rect.x, tops[line], EMPHASIS, highs[line]),
            theme.scheme(place.area, "time"),
        )
        for line in sorted(code.emphasised)
    ]
    inherited = given_form(theme, place)
    stand = ParagraphFormat(
        line=form.style.line, before=0, margin=0, indent=0, bullet=False if place.is_list else None
    )
    if place.held:
        stand = stand._replace(align="l", bullet=False, after=0)
    paragraphs = tuple(
        FrameParagraph(frame_runs(_weighted(code, k, line), form, inherited), stand)
        for k, line in enumerate(code.lines)
    )
    text = TextFrame(place.name, place, inner, paragraphs, is_moved=True, height=inner.h)
    return [*shapes, text]


def frame_symbol(place: Place, symbol: Symbol, rect: Rect) -> SymbolFrame:
    """Return the QR code as a square in *rect*."""
    side = min(rect.w, rect.h)
    square = Rect(rect.x, rect.y, side, side)
    return SymbolFrame(place.name, square, symbol.modules, symbol.description)


def diagram_steps(theme: Theme, place: Place, diagram: Diagram, rect: Rect) -> int | None:
    """Return how many steps down every text of a diagram fits its room, or None."""
    texts = _texts(diagram, rect)
    for steps in range(_floor(theme, place, texts) + 1):
        if all(_fits(theme, place, text, steps) for text in texts):
            return steps
    return None


def code_floor(theme: Theme, place: Place) -> int:
    """Return the number of steps at which code is at its smallest."""
    return _floor_of(theme, place, "code")


def diagram_floor(theme: Theme, place: Place, diagram: Diagram) -> int:
    """Return the number of steps at which all texts of *diagram* are at their smallest."""
    return _floor(theme, place, _texts(diagram, Rect(0, 0, 1, 1)))


def explain_diagram(theme: Theme, place: Place, diagram: Diagram, rect: Rect) -> Overflow:
    """Return the finding for the first text that does not fit its room in a diagram."""
    texts = _texts(diagram, rect)
    steps = _floor(theme, place, texts)
    text = next(text for text in texts if not _fits(theme, place, text, steps))
    form = form_of(theme, text.style, place.area, steps)
    runs = parted(text.runs, form, text.width)
    found = measure(runs, form, text.width)
    if found.widest > text.width:
        paragraph = Paragraph(text.runs, span=text.span)
        return too_wide(paragraph, form, "its place in the diagram", found.widest - text.width)
    message = (
        f"`{shown(plain(text.runs))}` does not fit its place in the diagram even at the smallest "
        f"size: {found.lines} lines, room for {text.height // points(form.line_height)}"
    )
    hint = "shorten it, or make the diagram smaller: fewer branches, or two frameworks"
    return Overflow("text-overflow", message, text.span, (hint,))


def explain_code(theme: Theme, place: Place, code: Code, rect: Rect) -> Overflow:
    """Return the finding for code that does not fit: its line that is too long, or too many lines."""
    form = form_of(theme, "code", place.area, _floor_of(theme, place, "code"))
    lines = [measure(line, form, rect.w - 2 * CODE_INSET) for line in code.lines]
    long = next((k for k, line in enumerate(lines) if line.lines > 1), None)
    if long is not None:
        length = len(plain(code.lines[long]))
        room = int(length * (rect.w - 2 * CODE_INSET) / least_width(code.lines[long], form))
        told = f"line {long + 1} has {length} characters, room for about {min(room, length - 1)}"
        hint = "break this line"
    else:
        told = (
            f"{len(lines)} lines, room for {(rect.h - 2 * CODE_INSET) // points(form.line_height)}"
        )
        hint = "show less of it, or make two blocks"
    message = f"the code does not fit its place even at the smallest size: {told}"
    return Overflow("text-overflow", message, code.span, (hint,))


def frame_diagram(
    theme: Theme, place: Place, diagram: Diagram, rect: Rect, steps: int
) -> GroupFrame:
    """Return the diagram as one group of native shapes and lines."""
    rects = [_node_rect(diagram, node, rect) for node in diagram.nodes]
    nodes = [
        _node(theme, place, node, node_rect, steps, number)
        for number, (node, node_rect) in enumerate(zip(diagram.nodes, rects, strict=True), 1)
    ]
    line = (theme.shape.rule, theme.scheme(place.area, "line"))
    lines: list[LineFrame | ShapeFrame] = []
    for number, link in enumerate(diagram.links, 1):
        start, end = rects[link.start], rects[link.end]
        top, bottom = (start.x + start.w // 2, start.bottom), (end.x + end.w // 2, end.y)
        joins = (link.start, link.end)
        lines.append(LineFrame(f"line {number}", top, bottom, line, joins))
        if link.label:
            lines.append(_label(theme, place, diagram, link, rect, steps, number))
    return GroupFrame("Diagram", (*nodes, *lines), diagram.description)


def _crop(image: Image, rect: Rect, focus: tuple[float, float]) -> tuple[int, int, int, int]:
    share = max(rect.w / image.width, rect.h / image.height)
    wide, high = rect.w / (image.width * share), rect.h / (image.height * share)
    left, right = _cut(1 - wide, focus[0])
    top, bottom = _cut(1 - high, focus[1])
    return left, top, right, bottom


def _cut(excess: float, focus: float) -> tuple[int, int]:
    """Return what to cut before and after so that *focus* comes as near the middle as can be."""
    visible = 1 - excess
    before = min(max(focus - visible / 2, 0), excess)
    return round(before * WHOLE), round((excess - before) * WHOLE)


def _weighted(code: Code, number: int, line: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return a line; where some lines are emphasised the others step back."""
    if not code.emphasised or number in code.emphasised:
        return line
    return tuple(run._replace(colour="muted", bold=False) for run in line)


def _node_rect(diagram: Diagram, node: Node, rect: Rect) -> Rect:
    wide = (rect.w + NODE_GAP_X) / diagram.columns
    gap = inches(diagram.gap)
    high = (rect.h + gap) / diagram.rows
    return Rect(
        round(rect.x + node.column * wide),
        round(rect.y + node.row * high),
        round(wide * node.span_columns - NODE_GAP_X),
        round(high - gap),
    )


def _label_rect(diagram: Diagram, link: Link, rect: Rect) -> Rect:
    """Return the room of a link's label: over its end, on the side of the line that is free."""
    end = _node_rect(diagram, diagram.nodes[link.end], rect)
    width, high = end.w // 2 - LABEL_GAP, inches(diagram.gap)
    x = end.right - width if _leads_right(diagram, link) else end.x
    return Rect(x, end.y - high, width, high)


def _leads_right(diagram: Diagram, link: Link) -> bool:
    """Return whether a line goes straight down or to the right."""
    start, end = diagram.nodes[link.start], diagram.nodes[link.end]
    return end.column + end.span_columns / 2 >= start.column + start.span_columns / 2


def _texts(diagram: Diagram, rect: Rect) -> list[_Text]:
    """Return the texts of a diagram and the room of each."""
    texts = []
    for node in diagram.nodes:
        inner, inset = _node_rect(diagram, node, rect), NODE_INSET if node.is_framed else 0
        room = inner.w - 2 * inset, inner.h - inset
        texts.append(_Text(node.runs, node.style, *room, node.place))
    for link in diagram.links:
        inner, span = _label_rect(diagram, link, rect), diagram.nodes[link.end].place
        texts.append(_Text(_label_runs(link), LABEL, inner.w, inner.h, span))
    return texts


def _fits(theme: Theme, place: Place, text: _Text, steps: int) -> bool:
    form = form_of(theme, text.style, place.area, steps)
    found = measure(parted(text.runs, form, text.width), form, text.width)
    return found.height <= text.height and found.widest <= text.width


def _floor(theme: Theme, place: Place, texts: list[_Text]) -> int:
    return max(_floor_of(theme, place, style) for style in {text.style for text in texts})


def _floor_of(theme: Theme, place: Place, style: str) -> int:
    """Return the number of steps at which a style is at its smallest."""
    sizes = (form_of(theme, style, place.area, steps).size for steps in count())
    return next(steps for steps, (one, two) in enumerate(pairwise(sizes)) if one == two)


def _node(
    theme: Theme, place: Place, node: Node, rect: Rect, steps: int, number: int
) -> ShapeFrame:
    form: TextFormat = form_of(theme, node.style, place.area, steps)
    inset = NODE_INSET if node.is_framed else 0
    paragraph = FrameParagraph(
        frame_runs(parted(node.runs, form, rect.w - 2 * inset), form, None),
        ParagraphFormat("ctr" if node.is_framed else "l", form.style.line, 0, 0, 0, bullet=False),
    )
    fill = theme.scheme(place.area, node.fill) if node.fill else None
    line = (theme.shape.rule, theme.scheme(place.area, "line")) if node.is_framed else None
    return ShapeFrame(f"node {number}", rect, fill, line, paragraph, inset=inset)


def _label(
    theme: Theme,
    place: Place,
    diagram: Diagram,
    link: Link,
    rect: Rect,
    steps: int,
    number: int,
) -> ShapeFrame:
    form, room = form_of(theme, LABEL, place.area, steps), _label_rect(diagram, link, rect)
    align = "l" if _leads_right(diagram, link) else "r"
    paragraph = FrameParagraph(
        frame_runs(parted(_label_runs(link), form, room.w), form, None),
        ParagraphFormat(align, form.style.line, 0, 0, 0, bullet=False),
    )
    return ShapeFrame(f"label {number}", room, paragraph=paragraph, anchor="b")


def _label_runs(link: Link) -> tuple[Run, ...]:
    return (Run(link.label, bold=True, colour="key"),) if link.label else ()
