"""Fits paragraphs into a placeholder: full size, then down the type scale, then split."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from deckgen.boxes import Paragraph, TextBox
from deckgen.diagnostics import Span
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
    for steps in count():
        parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
        if height_of(parts) <= rect.h and all(part.excess <= 0 for part in parts):
            return steps
        if _at_floor(theme, place, box, steps):
            return None
    raise AssertionError  # `count` has no end


def floor_steps(theme: Theme, place: Place, box: TextBox) -> int:
    """Return the number of steps at which every paragraph of *box* is at its smallest."""
    return next(steps for steps in count() if _at_floor(theme, place, box, steps))


def split(theme: Theme, place: Place, box: TextBox, rect: Rect, steps: int) -> list[TextBox] | None:
    """Return *box* in the fewest boxes that fit *rect*, between paragraphs; None: one is too tall.

    The parts are filled as evenly as can be, and a head (a paragraph of another style than the
    list's) stays with what follows it.
    """
    parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
    if any(part.height > rect.h or part.excess > 0 for part in parts):
        return None
    units = _with_heads(box.paragraphs, parts, rect.h)
    sizes = [Taken(height_of(parts[a:b]), parts[a].before, 0) for a, b in units]
    fewest = len(_filled(sizes, rect.h))
    low, high = max(size.height for size in sizes), rect.h
    while high - low > points(1):
        middle = (low + high) // 2
        if len(_filled(sizes, middle)) <= fewest:
            high = middle
        else:
            low = middle
    bounds = _filled(sizes, high)
    return [TextBox(box.paragraphs[units[a][0] : units[b - 1][1]]) for a, b in bounds]


def explain_overflow(
    theme: Theme, place: Place, box: TextBox, rect: Rect
) -> tuple[str, str, Span | None]:
    """Return the id, the message and the place of the diagnostic for a *box* that does not fit."""
    named = f"`{place.name.replace('_', ' ')}`"
    steps = floor_steps(theme, place, box)
    parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]
    for paragraph, part in zip(box.paragraphs, parts, strict=True):
        if part.excess > 0:
            word = max(paragraph.text.split(" "), key=len)
            message = f"the word `{word}` is wider than its place {named}"
            return "word-too-wide", message, paragraph.span
    length = sum(len(paragraph.text) for paragraph in box.paragraphs)
    excess = max(1, round(length * (1 - rect.h / height_of(parts))))
    message = (
        f"{named} does not fit its place even at the smallest size: "
        f"shorten its {length} characters by about {excess}"
    )
    return "text-overflow", message, next((p.span for p in box.paragraphs if p.span), None)


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


def _with_heads(
    paragraphs: tuple[Paragraph, ...], parts: list[Taken], height: int
) -> list[tuple[int, int]]:
    """Return the bounds of what stays together: a paragraph, or a head and what follows it."""
    bounds: list[tuple[int, int]] = []
    for k in range(len(parts)):
        start = bounds[-1][0] if bounds else 0
        follows = k > 0 and start == k - 1 and paragraphs[start].style == "column_head"
        if follows and height_of(parts[start : k + 1]) <= height:
            bounds[-1] = (start, k + 1)
        else:
            bounds.append((k, k + 1))
    return bounds


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
