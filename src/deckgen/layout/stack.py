"""Fits contents under each other into one place: one step down the type scale for all, then further slides.

A text may be parted between its paragraphs, a table between its rows, which then have its head on each
slide; what leads to something else (a head, a line that ends in a colon) stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import NamedTuple, assert_never

from deckgen.boxes import (
    Chart,
    Code,
    Diagram,
    Equation,
    Paragraph,
    Picture,
    Player,
    Single,
    Stack,
    Symbol,
    Table,
    TextBox,
)
from deckgen.geometry import Rect, inches
from deckgen.layout import equation, media, table, text_box
from deckgen.layout.breaks import joined, sentences
from deckgen.layout.overflow import Overflow, in_inches, words_of
from deckgen.layout.parts import fitting_parts
from deckgen.layout.text_format import indents
from deckgen.theme.model import Theme
from deckgen.theme.places import Held, Place, Stand

GAP = inches(0.20)
LEAST_PICTURE = inches(1.5)
LEAST_ROW = inches(0.6)  # of a diagram
UNBOUNDED = inches(1000)
COLONS = (":", "\uff1a")


class Arranged(NamedTuple):
    """A content of a stack with its own place and room."""

    place: Place
    content: Single
    rect: Rect


class _Atom(NamedTuple):
    """What is never parted: a paragraph or a sentence of it, a row, a content; its numbers in the stack."""

    content: int
    number: int
    held: Single


def steps_to_fit(theme: Theme, place: Place, box: Stack, rect: Rect) -> int | None:
    """Return how many steps down the type scale all of *box* fits *rect*, or None at no size."""
    for steps in range(box.least_steps, max(box.least_steps, floor_steps(theme, place, box)) + 1):
        if _fits(theme, place, box, rect, steps):
            return steps
    return None


def floor_steps(theme: Theme, place: Place, box: Stack) -> int:
    """Return the number of steps at which all contents of *box* are at their smallest."""
    return max((_floor(theme, place, content) for content in box.contents), default=0)


def split(theme: Theme, place: Place, box: Stack, rect: Rect, steps: int) -> list[Stack]:
    """Return *box* in the fewest parts that fit *rect* at *steps* down, all in one size.

    That is the largest at which all of them fit. No parts: something alone is too large.
    """
    parts = _parts(theme, place, box, rect, steps)
    whole = _parts(theme, place, box, rect, steps, keeps_tables=True)
    parts = whole if len(whole) == len(parts) else parts
    sizes = (_set(theme, place, box, parts, rect, down) for down in range(steps + 1))
    return next((found for found in sizes if found), [])


def _parts(
    theme: Theme, place: Place, box: Stack, rect: Rect, steps: int, *, keeps_tables: bool = False
) -> list[list[_Atom]]:
    """Return what stands on each of the fewest slides; with `keeps_tables`, tables whole that can be.

    No parts: something alone is too large.
    """
    wide = _with_columns(theme, place, box, rect.w, steps)
    units = list(_units(theme, place, wide, rect, steps, keeps_tables=keeps_tables))

    def part(start: int, stop: int) -> Stack:
        return _put_together(wide, chain.from_iterable(units[start:stop]))

    def fits(start: int, stop: int) -> bool:
        return _fits(theme, place, part(start, stop), rect, steps)

    lengths = [_height(theme, place, part(k, k + 1), rect.w, steps) or 0 for k in range(len(units))]
    bounds = fitting_parts(lengths, fits) or []
    return [list(chain.from_iterable(units[a:b])) for a, b in bounds]


def arranged(theme: Theme, place: Place, box: Stack, rect: Rect, steps: int) -> list[Arranged]:
    """Return each content of *box* with its room; none where they do not fit at *steps* down.

    Pictures, charts and diagrams share what the others leave; without any, rows of tables grow.
    """
    heights = _heights(theme, place, box, rect.w, steps)
    if heights is None:
        return []
    growing = [k for k, one in enumerate(box.contents) if _grows(one)]
    growing = growing or [k for k, one in enumerate(box.contents) if isinstance(one, Table)]
    grown = _grown(box, heights, growing, rect)
    parts, y, held = [], rect.y, _holder(box)
    for k, (content, room) in enumerate(zip(box.contents, grown, strict=True)):
        own = Rect(rect.x, y, rect.w, room)
        if isinstance(content, Table):
            fitted = table.fit_table(theme, place, content, own, steps)
            own = own._replace(h=fitted.height if fitted else room)
        where = place if k == held else _beside(theme, place)
        where = where._replace(is_list=False) if isinstance(content, Code) else where
        parts.append(Arranged(where, content, own))
        y = own.bottom + GAP
    return parts


def largest(box: Stack) -> Single:
    """Return the content whose size is told of: the first text or table, else the first of all."""
    return next((c for c in box.contents if isinstance(c, TextBox | Table)), box.contents[0])


def too_large(theme: Theme, place: Place, box: Stack, rect: Rect) -> Single | None:
    """Return the first content that is too large for a slide of its own, also in parts."""
    return next((c for c in box.contents if not _is_placeable(theme, place, c, rect)), None)


def explain_overflow(theme: Theme, place: Place, box: Stack, rect: Rect) -> Overflow:
    """Return the finding for contents each of which fits, but not all together."""
    height = _height(theme, place, box, rect.w, floor_steps(theme, place, box)) or 0
    spans = (p.span for c in box.contents if isinstance(c, TextBox) for p in c.paragraphs if p.span)
    message = (
        f"{words_of(place.name)} does not fit its place even at the smallest size: its "
        f"{len(box.contents)} parts are {in_inches(max(1, height - rect.h))} too tall together"
    )
    hint = "use fewer words, or make two blocks"
    return Overflow("text-overflow", message, next(spans, None), (hint,))


# fitting ---------------------------------------------------------------------------------------


def _fits(theme: Theme, place: Place, box: Stack, rect: Rect, steps: int) -> bool:
    height = _height(theme, place, box, rect.w, steps)
    return height is not None and height <= rect.h


def _height(theme: Theme, place: Place, box: Stack, width: int, steps: int) -> int | None:
    heights = _heights(theme, place, box, width, steps)
    return None if heights is None else _sum(heights)


def _sum(heights: list[int]) -> int:
    return sum(heights) + GAP * max(0, len(heights) - 1)


def _heights(theme: Theme, place: Place, box: Stack, width: int, steps: int) -> list[int] | None:
    """Return the least height of each content; None: one is too wide."""
    found = [_least_height(theme, place, one, width, steps) for one in box.contents]
    heights = [height for height in found if height is not None]
    return heights if len(heights) == len(found) else None


def _least_height(
    theme: Theme, place: Place, content: Single, width: int, steps: int
) -> int | None:
    match content:
        case TextBox():
            parts = [text_box.taken(theme, place, p, width, steps) for p in content.paragraphs]
            return None if any(p.excess > 0 for p in parts) else text_box.height_of(parts)
        case Table():
            return table.least_height(theme, place, content, width, steps)
        case Code():
            return media.code_height(theme, place, content, width, steps)
        case Equation():
            return equation.equation_height(theme, place, content, width, steps)
        case Diagram():
            height = content.rows * LEAST_ROW + (content.rows - 1) * inches(content.gap)
            fitting = media.diagram_steps(theme, place, content, Rect(0, 0, width, height))
            return height if fitting is not None and fitting <= steps else None
        case Picture():
            return min(LEAST_PICTURE, _most(content, width))
        case Player() | Chart() | Symbol():
            return LEAST_PICTURE
        case _:
            assert_never(content)


def _most(content: Single, width: int) -> int:
    """Return the height beyond which *content* does not grow: a picture shown whole fills its width."""
    if isinstance(content, Picture) and content.fit == "contain" and content.image:
        return width * content.image.height // content.image.width
    return UNBOUNDED


def _grown(box: Stack, heights: list[int], growing: list[int], rect: Rect) -> list[int]:
    """Return *heights* that fill *rect*: those *growing* get alike, none more than it can use."""
    grown, spare = list(heights), max(0, rect.h - _sum(heights))
    left = sorted(growing, key=lambda k: _most(box.contents[k], rect.w) - heights[k])
    while left:
        k = left.pop(0)
        more = min(spare // (len(left) + 1), _most(box.contents[k], rect.w) - heights[k])
        grown[k], spare = heights[k] + more, spare - more
    return grown


def _floor(theme: Theme, place: Place, content: Single) -> int:
    match content:
        case TextBox():
            return text_box.floor_steps(theme, place, content)
        case Table():
            return table.floor_steps(theme, place, content)
        case Code():
            return media.code_floor(theme, place)
        case Equation():
            return equation.equation_floor(theme, place)
        case Diagram():
            return media.diagram_floor(theme, place, content)
        case Picture() | Player() | Chart() | Symbol():
            return 0
        case _:
            assert_never(content)


def _grows(content: Single) -> bool:
    return isinstance(content, Picture | Player | Chart | Symbol | Diagram)


def _is_placeable(theme: Theme, place: Place, content: Single, rect: Rect) -> bool:
    steps = _floor(theme, place, content)
    if isinstance(content, TextBox):
        return text_box.split(theme, place, content, rect, steps) is not None
    if isinstance(content, Table):
        return table.split_table(theme, place, content, rect, steps) is not None
    height = _least_height(theme, place, content, rect.w, steps)
    return height is not None and height <= rect.h


# places ----------------------------------------------------------------------------------------


def _holder(box: Stack) -> int:
    """Return the number of the content that goes into the placeholder."""
    return next((k for k, one in enumerate(box.contents) if isinstance(one, TextBox)), 0)


def _beside(theme: Theme, place: Place) -> Place:
    """Return *place* without its placeholder: it can hold one content, the others stand on the slide."""
    if place.held is None:
        stands = tuple(Stand(*indents(theme, place, level), place.is_list) for level in range(3))
        return place._replace(held=Held(stands=stands, has_bullets=True))
    stands = tuple(stand._replace(bullet=_has_bullet(stand)) for stand in place.held.stands)
    held = Held(stands=stands, table_style=place.held.table_style)
    return place._replace(held=held)


def _has_bullet(stand: Stand) -> bool:
    """Return whether a list level of a template has a bullet where a slide says nothing."""
    return bool(stand.indent) if stand.bullet is None else stand.bullet


# splitting -------------------------------------------------------------------------------------


def _with_columns(theme: Theme, place: Place, box: Stack, width: int, steps: int) -> Stack:
    """Return *box*, its tables with their columns fixed."""
    return box._replace(
        contents=tuple(
            table.with_widths(theme, place, one, width, steps) if isinstance(one, Table) else one
            for one in box.contents
        )
    )


def _set(
    theme: Theme, place: Place, box: Stack, parts: list[list[_Atom]], rect: Rect, steps: int
) -> list[Stack]:
    """Return the parts of *box* at *steps* down, tables as wide in their columns as whole; none: too tall."""
    wide = _with_columns(theme, place, box, rect.w, steps)
    found = [_put_together(wide, part)._replace(least_steps=steps) for part in parts]
    return found if all(_fits(theme, place, part, rect, steps) for part in found) else []


def _units(
    theme: Theme, place: Place, box: Stack, rect: Rect, steps: int, *, keeps_tables: bool
) -> Iterator[tuple[_Atom, ...]]:
    """Yield what stays together: what leads to something with the first of that, all else alone."""
    held: tuple[_Atom, ...] = ()
    for atom in _atoms(theme, place, box, rect, steps):
        is_table = keeps_tables and isinstance(atom.held, Table)
        goes_on = held and (
            _leads(held[-1], atom) or (is_table and atom.content == held[-1].content)
        )
        if held and not (
            goes_on and _fits(theme, place, _put_together(box, (*held, atom)), rect, steps)
        ):
            yield held
            held = ()
        held = (*held, atom)
    if held:
        yield held


def _atoms(theme: Theme, place: Place, box: Stack, rect: Rect, steps: int) -> Iterator[_Atom]:
    for k, content in enumerate(box.contents):
        if isinstance(content, TextBox):
            for number, paragraph in enumerate(content.paragraphs):
                for part in _parted(theme, place, paragraph, rect, steps):
                    yield _Atom(k, number, TextBox((part,)))
        elif isinstance(content, Table):
            for number, row in enumerate(content.rows):
                yield _Atom(k, number, content._replace(rows=(row,)))
        else:
            yield _Atom(k, 0, content)


def _parted(
    theme: Theme, place: Place, paragraph: Paragraph, rect: Rect, steps: int
) -> Iterator[Paragraph]:
    """Yield a paragraph, the sentences of one that is too tall for a slide."""
    if text_box.taken(theme, place, paragraph, rect.w, steps).height <= rect.h:
        yield paragraph
        return
    for sentence in sentences(paragraph.runs):
        yield paragraph._replace(runs=sentence)


def _leads(atom: _Atom, after: _Atom) -> bool:
    """Return whether *atom* is a head or a line that ends in a colon, and *after* what it leads to."""
    if not isinstance(atom.held, TextBox):
        return False
    (paragraph,) = atom.held.paragraphs
    if isinstance(after.held, TextBox):
        return text_box.leads(paragraph, after.held.paragraphs[0])
    return paragraph.text.endswith(COLONS) or paragraph.style == text_box.HEAD


def _put_together(box: Stack, atoms: Iterable[_Atom]) -> Stack:
    """Return the contents of *box* that *atoms* are parts of, as far as these go."""
    made: list[Single] = []
    for k, group in groupby(atoms, key=lambda atom: atom.content):
        whole, parts = box.contents[k], list(group)
        if isinstance(whole, TextBox):
            made.append(TextBox(tuple(_paragraphs(parts))))
        elif isinstance(whole, Table):
            held = (part.held.rows for part in parts if isinstance(part.held, Table))
            made.append(whole._replace(rows=tuple(row for rows in held for row in rows)))
        else:
            made.append(whole)
    return Stack(tuple(made), box.least_steps)


def _paragraphs(parts: list[_Atom]) -> Iterator[Paragraph]:
    """Yield paragraphs, those that were parted into sentences whole again."""
    for _, group in groupby(parts, key=lambda part: part.number):
        first, *rest = (
            p for part in group if isinstance(part.held, TextBox) for p in part.held.paragraphs
        )
        is_parted = rest or first.text.endswith(" ")
        yield first._replace(runs=joined([p.runs for p in (first, *rest)])) if is_parted else first
