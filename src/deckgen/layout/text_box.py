"""Fits paragraphs into a placeholder: full size, then down the type scale, then split."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.boxes import Paragraph, TextBox
from deckgen.geometry import Rect, points
from deckgen.layout.forms import (
    Form,
    balanced,
    form_of,
    frame_paragraph,
    indents,
    measure,
    place_form,
    without_orphan,
)
from deckgen.layout.frames import TextFrame
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

BALANCED = frozenset({"cover", "statement", "section", "lead"})
MOST_STEPS = 60


class Taken(NamedTuple):
    """What one paragraph takes: its height with the space before it, whether a word is too wide."""

    height: int
    before: int
    excess: int  # EMU by which its widest word exceeds the measure; 0 or less: none


def taken(theme: Theme, place: Place, paragraph: Paragraph, width: int, steps: int) -> Taken:
    """Return what *paragraph* takes in *place* when *width* EMU wide."""
    form = _form(theme, place, paragraph, steps)
    measure_width = width - _margin(theme, place, paragraph)
    found = measure(paragraph.runs, form, measure_width)
    return Taken(found.height, points(form.style.before), found.widest - measure_width)


def height_of(parts: list[Taken]) -> int:
    """Return the height of paragraphs under each other; none has space before the first."""
    return sum(part.height for part in parts) + sum(part.before for part in parts[1:])


def steps_to_fit(theme: Theme, place: Place, box: TextBox, rect: Rect) -> int | None:
    """Return how many steps down the type scale *box* fits *rect*, or None at no size."""
    for steps in range(MOST_STEPS):
        parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
        if height_of(parts) <= rect.h and all(part.excess <= 0 for part in parts):
            return steps
        if _at_floor(theme, place, box, steps):
            return None
    return None


def floor_steps(theme: Theme, place: Place, box: TextBox) -> int:
    """Return the number of steps at which every paragraph of *box* is at its smallest."""
    return next(steps for steps in range(MOST_STEPS) if _at_floor(theme, place, box, steps))


def split(theme: Theme, place: Place, box: TextBox, rect: Rect, steps: int) -> list[TextBox] | None:
    """Return *box* in the fewest boxes that fit *rect*, between paragraphs; None: one is too tall.

    The parts are filled as evenly as can be, and a head (a paragraph of another style than the
    list's) stays with what follows it.
    """
    parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
    if any(part.height > rect.h or part.excess > 0 for part in parts):
        return None
    fewest = len(_filled(parts, rect.h))
    low, high = max(part.height for part in parts), rect.h
    while high - low > points(1):
        middle = (low + high) // 2
        if len(_filled(parts, middle)) <= fewest:
            high = middle
        else:
            low = middle
    bounds = _filled(parts, high)
    return [TextBox(box.paragraphs[start:stop]) for start, stop in bounds]


def frame_text(
    theme: Theme,
    place: Place,
    box: TextBox,
    rect: Rect,
    steps: int,
    *,
    fill: str | None = None,
) -> TextFrame:
    """Return *box* as a frame, *steps* down the type scale; cover and statement lines balanced."""
    paragraphs = tuple(
        frame_paragraph(theme, place, _set(theme, place, paragraph, rect.w, steps), steps)
        for paragraph in box.paragraphs
    )
    parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
    return TextFrame(
        name=place.name,
        place=place,
        rect=rect,
        paragraphs=paragraphs,
        is_moved=rect != place.rect,
        fill=fill,
        height=height_of(parts),
    )


def _set(theme: Theme, place: Place, paragraph: Paragraph, width: int, steps: int) -> Paragraph:
    """Return *paragraph* with its lines broken well, where that costs no line."""
    form = _form(theme, place, paragraph, steps)
    measure_width = width - _margin(theme, place, paragraph)
    before = measure(paragraph.runs, form, measure_width)
    if before.lines < 2:
        return paragraph
    better = balanced if form.name in BALANCED else None
    runs = better(paragraph.runs, form, measure_width) if better else without_orphan(paragraph.runs)
    after = measure(runs, form, measure_width)
    if after.lines > before.lines or after.widest > measure_width:
        return paragraph
    return Paragraph(runs, paragraph.style, paragraph.level, paragraph.span)


def _filled(parts: list[Taken], height: int) -> list[tuple[int, int]]:
    """Return the bounds of boxes of *height*, each filled with as many paragraphs as fit."""
    bounds: list[tuple[int, int]] = []
    start, used = 0, 0
    for k, part in enumerate(parts):
        more = part.height if k == start else part.before + part.height
        if used + more > height and k > start:
            bounds.append((start, k))
            start, used, more = k, 0, part.height
        used += more
    return [*bounds, (start, len(parts))]


def _form(theme: Theme, place: Place, paragraph: Paragraph, steps: int) -> Form:
    name = paragraph.style or place_form(theme, place, paragraph.level).name
    return form_of(theme, name, place.area, steps)


def _margin(theme: Theme, place: Place, paragraph: Paragraph) -> int:
    if paragraph.style is not None and (place.is_list or paragraph.style != "minutes"):
        own_level = place_form(theme, place, paragraph.level).name == paragraph.style
        if not own_level or place.is_list:
            return 0
    return indents(theme, place, paragraph.level)[0]


def _at_floor(theme: Theme, place: Place, box: TextBox, steps: int) -> bool:
    return all(
        _form(theme, place, paragraph, steps).size == _form(theme, place, paragraph, steps + 1).size
        for paragraph in box.paragraphs
    )
