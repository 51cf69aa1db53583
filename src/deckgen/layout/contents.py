"""What each word of `boxes.Content` means for fitting, splitting and framing; one match for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from deckgen.boxes import (
    Chart,
    Code,
    Content,
    Diagram,
    Equation,
    Picture,
    Player,
    Stack,
    Symbol,
    Table,
    TextBox,
)
from deckgen.diagnostics import Span
from deckgen.geometry import Rect
from deckgen.layout import equation, media, player, stack, table, text_box
from deckgen.layout.frames import Frame
from deckgen.layout.overflow import Overflow
from deckgen.layout.text_format import STEP
from deckgen.theme.model import Theme
from deckgen.theme.places import Place


def steps_to_fit(theme: Theme, place: Place, box: Content, rect: Rect) -> int | None:
    """Return how many steps down the type scale *box* fits *rect*, or None at no size."""
    match box:
        case TextBox() if not box.paragraphs:
            return 0
        case TextBox():
            steps = text_box.steps_to_fit(theme, place, box, rect)
            return None if steps is None else max(steps, box.least_steps)
        case Table():
            fitted = table.fit_table(theme, place, box, rect)
            return fitted.steps if fitted else None
        case Code():
            return media.code_steps(theme, place, box, rect)
        case Diagram():
            return media.diagram_steps(theme, place, box, rect)
        case Equation():
            return equation.equation_steps(theme, place, box, rect)
        case Picture() | Player() | Chart() | Symbol():
            return 0
        case Stack():
            return stack.steps_to_fit(theme, place, box, rect)
        case _:
            assert_never(box)


def split(
    theme: Theme, place: Place, box: Content, rect: Rect, overflow: str = ""
) -> Sequence[Content]:
    """Return *box* in the fewest parts that fit *rect*; itself where it fits or cannot be split.

    *overflow* is the block's: `shrink` and `error` never split; `split` does so rather than shrink by
    more than a step, and at the largest size at which it can.
    """
    if overflow in ("shrink", "error") or not isinstance(box, TextBox | Table | Stack):
        return [box]
    steps = steps_to_fit(theme, place, box, rect)
    if steps is not None and (overflow != "split" or steps <= 1):
        return [box]
    floor = _floor_steps(theme, place, box)
    for down in range(floor + 1) if overflow == "split" else [floor]:
        if parts := _parts(theme, place, box, rect, down):
            return parts
    return [box]


def _parts(
    theme: Theme, place: Place, box: TextBox | Table | Stack, rect: Rect, steps: int
) -> Sequence[Content]:
    """Return *box* in parts that fit at *steps* down, all in the largest size that suits all."""
    if isinstance(box, Stack):
        return stack.split(theme, place, box, rect, steps)
    if isinstance(box, Table):
        return table.split_table(theme, place, box, rect, steps) or []
    texts = text_box.split(theme, place, box, rect, steps) or []
    found = [text_box.steps_to_fit(theme, place, text, rect) or 0 for text in texts]
    return [text._replace(least_steps=max(found)) for text in texts]


def _floor_steps(theme: Theme, place: Place, box: TextBox | Table | Stack) -> int:
    if isinstance(box, Stack):
        return stack.floor_steps(theme, place, box)
    if isinstance(box, Table):
        return table.floor_steps(theme, place, box)
    return text_box.floor_steps(theme, place, box)


def frames_of(theme: Theme, place: Place, box: Content, rect: Rect, steps: int) -> Sequence[Frame]:
    """Return the frames of *box* at *steps* down; none for what does not fit at that size."""
    match box:
        case TextBox():
            return [text_box.frame_text(theme, place, box, rect, steps)]
        case Table():
            fitted = table.fit_table(theme, place, box, rect, steps)
            return [table.frame_table(theme, place, fitted, rect)] if fitted else []
        case Code():
            return media.frame_code(theme, place, box, rect, steps)
        case Stack():
            parts = stack.arranged(theme, place, box, rect, steps)
            return [frame for part in parts for frame in frames_of(theme, *part, steps)]
        case _:
            return [_frame_of(theme, place, box, rect, steps)]


def _frame_of(
    theme: Theme,
    place: Place,
    box: Picture | Player | Chart | Symbol | Diagram | Equation,
    rect: Rect,
    steps: int,
) -> Frame:
    """Return the one frame of what is no text."""
    match box:
        case Picture():
            return media.frame_picture(place, box, rect)
        case Player():
            return player.frame_player(theme, place, box, rect)
        case Chart():
            return media.frame_chart(theme, place, box, rect)
        case Symbol():
            return media.frame_symbol(place, box, rect)
        case Diagram():
            return media.frame_diagram(theme, place, box, rect, steps)
        case Equation():
            return equation.frame_equation(theme, place, box, rect, steps)
        case _:
            assert_never(box)


def at_least(box: Content, steps: int) -> Content:
    """Return *box* at *steps* down or more, where it has a type scale to go down."""
    if isinstance(box, TextBox | Table | Stack) and box.least_steps < steps:
        return box._replace(least_steps=steps)
    return box


def size_told(theme: Theme, place: Place, box: Content, steps: int) -> str:
    """Return the size that *box* is set in, and its full size; of several, the largest that changes."""
    if isinstance(box, TextBox):
        small, full = (text_box.sizes(theme, place, box, down) for down in (steps, 0))
    elif isinstance(box, Table):
        small, full = (table.sizes(theme, place, box, down) for down in (steps, 0))
    elif isinstance(box, Stack):
        return size_told(theme, place, stack.largest(box), steps)
    else:
        return f"by up to {STEP * steps:g} pt"
    changed = [(one, two) for one, two in zip(small, full, strict=True) if one != two]
    low, high = max(changed, key=lambda pair: pair[1], default=(0.0, 0.0))
    return f"{low:g} pt instead of {high:g}"


def explain_overflow(theme: Theme, place: Place, box: Content, rect: Rect) -> Overflow:
    """Return the finding for a *box* that does not fit: by how much, and what would help."""
    match box:
        case TextBox():
            return text_box.explain_overflow(theme, place, box, rect)
        case Table():
            return table.explain_overflow(theme, place, box, rect)
        case Code():
            return media.explain_code(theme, place, box, rect)
        case Diagram():
            return media.explain_diagram(theme, place, box, rect)
        case Equation():
            return equation.explain_equation(theme, place, box, rect)
        case Stack():
            worst = stack.too_large(theme, place, box, rect)
            if worst is None:
                return stack.explain_overflow(theme, place, box, rect)
            return explain_overflow(theme, place, worst, rect)
        case Picture() | Player() | Chart() | Symbol():
            raise AssertionError(box)  # they fit any place
        case _:
            assert_never(box)


def span_of(box: Content) -> Span | None:
    """Return where the first text of *box* was written."""
    match box:
        case TextBox():
            return next((part.span for part in box.paragraphs if part.span), None)
        case Table():
            cells = (cell for row in box.rows for cell in row)
            return next((cell.paragraph.span for cell in cells if cell.paragraph.span), None)
        case Picture() | Player() | Code() | Equation():
            return box.span
        case Diagram():
            return next((node.place for node in box.nodes if node.place), None)
        case Stack():
            return next(filter(None, map(span_of, box.contents)), None)
        case Chart() | Symbol():
            return None
        case _:
            assert_never(box)
