"""Sets big numbers in the largest of the theme's styles in which all of a slide fit their places."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.boxes import NUMBER, Content, Paragraph, SlideBoxes, Stack, TextBox
from deckgen.geometry import Rect
from deckgen.layout import contents, text_box
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

STYLES = ("clock", "section", "statement", "question", "message", "column_head", "body")
TALLEST = 0.65  # of its place: what the number is of has to stand there, too

Filled = tuple[Place, Content, Rect]


def with_numbers(theme: Theme, boxes: SlideBoxes, held: dict[str, Filled]) -> SlideBoxes:
    """Return *boxes* with a style for each big number; *held* are its contents with their places."""
    if not any(_is_number(p.style) for _, box, _ in held.values() for p in _paragraphs(box)):
        return boxes
    style = next((style for style in STYLES if _fits(theme, held, style)), STYLES[-1])
    styled = {name: _styled(box, style) for name, box in boxes.boxes.items()}
    return boxes._replace(boxes=styled)


def _fits(theme: Theme, held: dict[str, Filled], style: str) -> bool:
    """Return whether each number takes one line in *style*, and all contents fit at full size."""
    for place, box, rect in held.values():
        for paragraph in _paragraphs(box):
            if _is_number(paragraph.style):
                one = paragraph._replace(style=style)
                taken = text_box.taken(theme, place, one, rect.w, 0)
                if taken.lines > 1 or taken.excess > 0 or taken.height > TALLEST * rect.h:
                    return False
        if any(_is_number(p.style) for p in _paragraphs(box)):
            steps = contents.steps_to_fit(theme, place, _styled(box, style), rect)
            if steps != 0 and style != STYLES[-1]:
                return False
    return True


def _is_number(style: str | None) -> bool:
    return style == NUMBER


def _texts(box: Content) -> Iterator[TextBox]:
    for one in box.contents if isinstance(box, Stack) else (box,):
        if isinstance(one, TextBox):
            yield one


def _paragraphs(box: Content) -> Iterator[Paragraph]:
    for text in _texts(box):
        yield from text.paragraphs


def _styled(box: Content, style: str) -> Content:
    if isinstance(box, Stack):
        held = tuple(
            _styled_text(one, style) if isinstance(one, TextBox) else one for one in box.contents
        )
        return box._replace(contents=held)
    return _styled_text(box, style) if isinstance(box, TextBox) else box


def _styled_text(box: TextBox, style: str) -> TextBox:
    return box._replace(
        paragraphs=tuple(
            p._replace(style=style) if _is_number(p.style) else p for p in box.paragraphs
        )
    )
