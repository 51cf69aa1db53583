"""What each word of `boxes.Content` means for fitting, splitting and framing; one match for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from deckgen.boxes import Chart, Code, Content, Diagram, Picture, Symbol, Table, TextBox
from deckgen.diagnostics import Span
from deckgen.geometry import Rect
from deckgen.layout import media, table, text_box
from deckgen.layout.frames import Frame
from deckgen.pictures import read_picture
from deckgen.theme.model import Theme
from deckgen.theme.places import Place


def steps_to_fit(theme: Theme, place: Place, box: Content, rect: Rect) -> int | None:
    """Return how many steps down the type scale *box* fits *rect*, or None at no size."""
    match box:
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
        case Picture() | Chart() | Symbol():
            return 0
        case _:
            assert_never(box)


def split(theme: Theme, place: Place, box: Content, rect: Rect) -> Sequence[Content]:
    """Return *box* in the fewest parts that fit *rect*; itself where it fits or cannot be split."""
    if steps_to_fit(theme, place, box, rect) is not None:
        return [box]
    match box:
        case TextBox():
            steps = text_box.floor_steps(theme, place, box)
            texts = text_box.split(theme, place, box, rect, steps) or [box]
            found = [text_box.steps_to_fit(theme, place, text, rect) or 0 for text in texts]
            return [text._replace(least_steps=max(found)) for text in texts]
        case Table():
            return table.split_table(theme, place, box, rect) or [box]
        case _:
            return [box]


def frames_of(theme: Theme, place: Place, box: Content, rect: Rect, steps: int) -> Sequence[Frame]:
    """Return the frames of *box* at *steps* down; none for what does not fit at that size.

    Raises PictureError where a picture cannot be read.
    """
    match box:
        case TextBox():
            return [text_box.frame_text(theme, place, box, rect, steps)]
        case Table():
            fitted = table.fit_table(theme, place, box, rect, steps)
            return [table.frame_table(theme, place, fitted, rect)] if fitted else []
        case Picture():
            return [media.frame_picture(place, box, read_picture(box.file), rect)]
        case Chart():
            return [media.frame_chart(theme, place, box, rect)]
        case Code():
            return media.frame_code(theme, place, box, rect, steps)
        case Symbol():
            return [media.frame_symbol(place, box, rect)]
        case Diagram():
            return [media.frame_diagram(theme, place, box, rect, steps)]
        case _:
            assert_never(box)


def explain_overflow(
    theme: Theme, place: Place, box: Content, rect: Rect
) -> tuple[str, str, Span | None]:
    """Return the id, the message and the place of the diagnostic for a *box* that does not fit."""
    named = f"`{place.name.replace('_', ' ')}`"
    match box:
        case TextBox():
            return text_box.explain_overflow(theme, place, box, rect)
        case Table():
            message = f"the table in {named} does not fit: a row or a word is too large"
        case Code():
            message = f"the code in {named} is too long or too wide: shorten or break its lines"
        case _:
            message = f"a box of the diagram in {named} is too small for its text"
    return "text-overflow", message, span_of(box)


def span_of(box: Content) -> Span | None:
    """Return where the first text of *box* was written."""
    match box:
        case TextBox():
            return next((part.span for part in box.paragraphs if part.span), None)
        case Table():
            cells = (cell for row in box.rows for cell in row)
            return next((cell.paragraph.span for cell in cells if cell.paragraph.span), None)
        case Picture() | Code():
            return box.span
        case Diagram():
            return next((node.place for node in box.nodes if node.place), None)
        case Chart() | Symbol():
            return None
        case _:
            assert_never(box)
