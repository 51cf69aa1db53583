"""Fits paragraphs into a placeholder: full size, then down the type scale, then split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, pairwise
from typing import NamedTuple

from deckgen.boxes import Paragraph, TextBox
from deckgen.geometry import Rect, points
from deckgen.layout.breaks import joined, sentences, softened
from deckgen.layout.frames import TextFrame
from deckgen.layout.overflow import Overflow, too_wide, words_of
from deckgen.layout.parts import even_parts, fitting_parts
from deckgen.layout.text_format import (
    LEVEL_INDENT,
    TextFormat,
    balanced,
    form_of,
    frame_paragraph,
    held_fill,
    item_indents,
    level_style,
    measure,
    parted,
    without_orphan,
)
from deckgen.theme.model import Theme
from deckgen.theme.places import Place, kind_of

HEAD = "column_head"
HINTS = {
    "title": "a title takes at most two lines; put the rest on the slide",
    "kicker": "a short title is enough here: people read the question",
    "question": "ask one thing only; put what people need to know first into a step or an earlier slide",
    "body": "split a long sentence in two: text can continue on another slide only where a sentence ends",
    "footer": "give the workshop a shorter `footer`",
}
# Titles take two lines at most (the design's section 7).
MOST_LINES = {"title": 2, "kicker": 2, "cover": 2, "section": 2}
# Styles whose lines are made alike, and up to how many lines.
BALANCED = {
    "cover": 3,
    "statement": 9,
    "section": 3,
    "lead": 9,
    "title": 3,
    "kicker": 3,
    "question": 3,
}


class Taken(NamedTuple):
    """What one paragraph takes: its height, the space before it, whether a word is too wide."""

    height: int
    before: int
    excess: int  # EMU by which its widest word exceeds the measure; 0 or less: none
    lines: int = 1


def taken(theme: Theme, place: Place, paragraph: Paragraph, width: int, steps: int) -> Taken:
    """Return what *paragraph* takes in *place* when *width* EMU wide."""
    form = _form(theme, place, paragraph, steps)
    measure_width = width - _margin(theme, place, paragraph)
    found = measure(paragraph.runs, form, measure_width)
    if found.widest > measure_width:
        found = measure(softened(paragraph.runs), form, measure_width)
    before = points(form.style.before)
    return Taken(found.height, before, found.widest - measure_width, found.lines)


def height_of(parts: Sequence[Taken]) -> int:
    """Return the height of paragraphs under each other; none has space before the first."""
    return sum(part.height for part in parts) + sum(part.before for part in parts[1:])


def height_at(theme: Theme, place: Place, box: TextBox, width: int, steps: int) -> int:
    """Return the height of *box* when *width* EMU wide, *steps* down the type scale."""
    return height_of([taken(theme, place, p, width, steps) for p in box.paragraphs])


@lru_cache(maxsize=4096)
def steps_to_fit(theme: Theme, place: Place, box: TextBox, rect: Rect) -> int | None:
    """Return how many steps down the type scale *box* fits *rect*, or None at no size."""
    for steps in count():
        parts = _all_taken(theme, place, box, rect, steps)
        if _fits(place, parts, rect.h):
            return steps
        if _at_floor(theme, place, box, steps):
            return None
    raise AssertionError  # `count` has no end


def usual_steps(theme: Theme, place: Place, rect: Rect) -> int:
    """Return how many steps down a title is whose place is as full of lines as it may be.

    Two lines of a title are set a little smaller than one, by design: that is their full size.
    """
    most = MOST_LINES.get(place.kind, 0)
    sizes = (form_of(theme, place.style, place.area, steps) for steps in count())
    for steps, (form, smaller) in enumerate(pairwise(sizes)):
        if points(most * form.line_height) <= rect.h:
            return steps
        if form.size == smaller.size:
            return 0
    raise AssertionError  # `count` has no end


def floor_steps(theme: Theme, place: Place, box: TextBox) -> int:
    """Return the number of steps at which every paragraph of *box* is at its smallest."""
    return next(steps for steps in count() if _at_floor(theme, place, box, steps))


def split(theme: Theme, place: Place, box: TextBox, rect: Rect, steps: int) -> list[TextBox] | None:
    """Return *box* in the fewest boxes that fit *rect* at *steps* down; None: a sentence is too tall.

    It is parted between paragraphs, as evenly as can be; a head (a paragraph of another style than
    the list's) stays with what follows it. A paragraph that is too tall has boxes of its own, parted
    between its sentences.
    """
    parts = _all_taken(theme, place, box, rect, steps)
    if any(part.excess > 0 for part in parts):
        return None
    boxes: list[TextBox] = []
    for is_tall, group in _by_height(box.paragraphs, parts, rect.h):
        if is_tall:
            more = _part_sentences(theme, place, group, rect, steps)
            if more is None:
                return None
            boxes += more
        else:
            boxes += _part_paragraphs(theme, place, group, rect, steps)
    return boxes


def explain_overflow(theme: Theme, place: Place, box: TextBox, rect: Rect) -> Overflow:
    """Return the finding for a *box* that does not fit *rect*: by how much, and what would help."""
    named = words_of(place.name)
    steps = floor_steps(theme, place, box)
    parts = _all_taken(theme, place, box, rect, steps)
    for paragraph, part in zip(box.paragraphs, parts, strict=True):
        if part.excess > 0:
            form = _form(theme, place, paragraph, steps)
            return too_wide(paragraph, form, named, part.excess)
    tall = next((k for k, part in enumerate(parts) if part.height > rect.h), None)
    if tall is not None and len(parts) > 1:
        box, parts = TextBox((box.paragraphs[tall],)), [parts[tall]]
        named = f"a paragraph of {named}"
    length = sum(len(paragraph.text) for paragraph in box.paragraphs)
    share, lines = rect.h / max(1, height_of(parts)), sum(part.lines for part in parts)
    most = MOST_LINES.get(place.kind, lines)
    hint = HINTS.get(place.kind, "use fewer words; put the rest in the speaker notes (`notes`)")
    message = (
        f"{named} does not fit its place even at the smallest size ({lines} lines, room for "
        f"{min(most, int(lines * share))}): shorten its {length} characters by about "
        f"{max(1, round(length * (1 - min(share, most / lines))))}"
    )
    span = next((p.span for p in box.paragraphs if p.span), None)
    return Overflow("text-overflow", message, span, (hint,))


def frame_text(
    theme: Theme,
    place: Place,
    box: TextBox,
    rect: Rect,
    steps: int,
    *,
    fill: str | None = None,
) -> TextFrame:
    """Return *box* as a frame, *steps* down the type scale; the lines of titles balanced."""
    parts = _all_taken(theme, place, box, rect, steps)
    paragraphs = tuple(
        frame_paragraph(
            theme, place, _set(theme, place, paragraph, part, rect.w, steps), steps, start
        )
        for paragraph, part, start in zip(
            box.paragraphs, parts, _starts(box.paragraphs), strict=True
        )
    )
    return TextFrame(
        name=place.name,
        place=place,
        rect=rect,
        paragraphs=paragraphs,
        is_moved=rect != place.home,
        fill=fill or held_fill(theme, place),
        height=height_of(parts),
    )


def _starts(paragraphs: Sequence[Paragraph]) -> Iterator[int | None]:
    """Yield the first number of the list that each paragraph with a number belongs to.

    PowerPoint counts on over items further in, and begins anew after any other paragraph.
    """
    running: dict[int, tuple[int, int]] = {}  # by level: the list's first number, the last one
    for paragraph in paragraphs:
        level, number = paragraph.level, paragraph.number
        running = {deep: held for deep, held in running.items() if deep <= level}
        if number is None:
            running.pop(level, None)
            yield None
            continue
        first, last = running.get(level, (number, number - 1))
        running[level] = (first if number == last + 1 else number, number)
        yield running[level][0]


def sizes(theme: Theme, place: Place, box: TextBox, steps: int) -> list[float]:
    """Return the point size of each paragraph of *box*."""
    return [_form(theme, place, paragraph, steps).size for paragraph in box.paragraphs]


def _all_taken(theme: Theme, place: Place, box: TextBox, rect: Rect, steps: int) -> list[Taken]:
    return [taken(theme, place, paragraph, rect.w, steps) for paragraph in box.paragraphs]


def _fits(place: Place, parts: Sequence[Taken], height: int) -> bool:
    most = MOST_LINES.get(place.kind)
    if most and sum(part.lines for part in parts) > most:
        return False
    return height_of(parts) <= height and all(part.excess <= 0 for part in parts)


def _set(
    theme: Theme, place: Place, paragraph: Paragraph, part: Taken, width: int, steps: int
) -> Paragraph:
    """Return *paragraph* with its lines broken well, where that costs no line."""
    if part.lines < 2:
        return paragraph
    form = _form(theme, place, paragraph, steps)
    measure_width = width - _margin(theme, place, paragraph)
    plain = parted(paragraph.runs, form, measure_width)
    before = measure(plain, form, measure_width)
    is_balanced = before.lines <= BALANCED.get(kind_of(form.name), 0)
    better = balanced(plain, form, measure_width) if is_balanced else plain
    runs = without_orphan(plain) if better == plain else better
    after = measure(runs, form, measure_width)
    is_no_worse = after.lines <= before.lines and after.widest <= measure_width
    return paragraph._replace(runs=runs if is_no_worse else plain)


def _by_height(
    paragraphs: tuple[Paragraph, ...], parts: list[Taken], height: int
) -> Iterator[tuple[bool, tuple[Paragraph, ...]]]:
    """Yield runs of paragraphs that fit, and each that is too tall, a head before it with it."""
    held: tuple[Paragraph, ...] = ()
    for paragraph, part in zip(paragraphs, parts, strict=True):
        if part.height <= height:
            held = (*held, paragraph)
            continue
        head = held[-1:] if held and held[-1].style == HEAD else ()
        if held[: len(held) - len(head)]:
            yield False, held[: len(held) - len(head)]
        yield True, (*head, paragraph)
        held = ()
    if held:
        yield False, held


def _part_paragraphs(
    theme: Theme, place: Place, group: tuple[Paragraph, ...], rect: Rect, steps: int
) -> list[TextBox]:
    """Return paragraphs, each of which fits, in boxes that fit."""
    parts = [taken(theme, place, paragraph, rect.w, steps) for paragraph in group]
    units = _with_heads(group, parts, rect.h)
    heights = [height_of(parts[a:b]) for a, b in units]
    bounds = even_parts(heights, [parts[a].before for a, _ in units], rect.h)
    return [TextBox(group[units[a][0] : units[b - 1][1]]) for a, b in bounds]


def _part_sentences(
    theme: Theme, place: Place, group: tuple[Paragraph, ...], rect: Rect, steps: int
) -> list[TextBox] | None:
    """Return a paragraph that is too tall, and its head if there is one, in boxes that fit."""
    *head, paragraph = group
    texts = sentences(paragraph.runs)

    def box(start: int, stop: int) -> TextBox:
        part = paragraph._replace(runs=joined(texts[start:stop]))
        return TextBox((*head, part) if start == 0 else (part,))

    def fits(start: int, stop: int) -> bool:
        made = box(start, stop)
        return height_of(_all_taken(theme, place, made, rect, steps)) <= rect.h

    bounds = fitting_parts([sum(len(run.text) for run in text) for text in texts], fits)
    return None if bounds is None else [box(a, b) for a, b in bounds]


def _with_heads(
    paragraphs: tuple[Paragraph, ...], parts: list[Taken], height: int
) -> list[tuple[int, int]]:
    """Return the bounds of what stays together: a paragraph, or a head and what follows it."""
    bounds: list[tuple[int, int]] = []
    for k in range(len(parts)):
        start = bounds[-1][0] if bounds else 0
        follows = k > 0 and start == k - 1 and leads(paragraphs[start], paragraphs[k])
        if follows and height_of(parts[start : k + 1]) <= height:
            bounds[-1] = (start, k + 1)
        else:
            bounds.append((k, k + 1))
    return bounds


def leads(paragraph: Paragraph, after: Paragraph) -> bool:
    """Return whether *paragraph* is a head, or a point whose first point of its own follows."""
    return paragraph.style == HEAD or paragraph.level < after.level


def _form(theme: Theme, place: Place, paragraph: Paragraph, steps: int) -> TextFormat:
    name = paragraph.style or level_style(place, paragraph.level)
    return form_of(theme, name, place.area, steps)


def _margin(theme: Theme, place: Place, paragraph: Paragraph) -> int:
    if paragraph.style == "quote":
        return LEVEL_INDENT
    if paragraph.style is not None and (place.is_list or paragraph.style != "minutes"):
        own_level = level_style(place, paragraph.level) == paragraph.style
        if not own_level or place.is_list:
            return 0
    return item_indents(theme, place, paragraph)[0]


def _at_floor(theme: Theme, place: Place, box: TextBox, steps: int) -> bool:
    return all(
        _form(theme, place, paragraph, steps).size == _form(theme, place, paragraph, steps + 1).size
        for paragraph in box.paragraphs
    )
