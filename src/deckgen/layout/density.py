"""How much a slide can say: the limits of the visual design, told to the author as notes.

A slide over them still fits (it is measured, shrunk, split), but the room reads instead of
listening. Limits are characters, words or counts at full size.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.boxes import Content, Paragraph, Single, SlideBoxes, Stack, Table, TextBox, plain
from deckgen.diagnostics import Diagnostics, Span
from deckgen.layout.overflow import words_of
from deckgen.theme.places import COLUMNS

TITLE, TITLE_OVER_TASK, KICKER = 74, 37, 50
CHARACTERS = {"question": 130, "statement": 110, "message": 110, "answer": 120}
STRIP = 60
MOST_POINTS, MOST_WORDS = 5, 14
BESIDE_POINTS, BESIDE_WORDS = 3, 10
CELL = 104
NARROW = frozenset({"Key Message", "Picture", "Three Columns", "Four Columns"})
KICKED = frozenset({"Question", "Answer", "Options"})


def check_density(boxes: SlideBoxes, diagnostics: Diagnostics) -> None:
    """Add a note for each thing on the slide that is over its limit, where that is wanted."""
    if not boxes.is_judged:
        return
    for message, span in (*_title(boxes), *_contents(boxes)):
        diagnostics.add("too-dense", message, span or boxes.span)


def _title(boxes: SlideBoxes) -> Iterator[tuple[str, Span | None]]:
    most = KICKER if boxes.slide_layout in KICKED else TITLE
    if "task" in boxes.boxes:
        most = TITLE_OVER_TASK
    if boxes.slide_layout == "Statement":
        most = CHARACTERS["statement"]
    length = len(plain(boxes.title))
    if length > most:
        yield f"the title has {length} characters; {most} read at a glance", boxes.span


def _contents(boxes: SlideBoxes) -> Iterator[tuple[str, Span | None]]:
    for name, box in _single(boxes):
        if name in CHARACTERS:
            yield from _length(name, box, CHARACTERS[name])
        elif name.startswith(("fact_", "step_")):
            yield from _length(name, box, STRIP)
        elif isinstance(box, Table):
            yield from _table(box)
        elif isinstance(box, TextBox) and name in ("content", "points", *COLUMNS, "body"):
            beside = boxes.slide_layout in NARROW
            yield from _points(box, beside=beside)


def _single(boxes: SlideBoxes) -> Iterator[tuple[str, Single]]:
    """Yield the contents of a slide by place, those of a stack one by one."""
    for name, box in boxes.boxes.items():
        for one in box.contents if isinstance(box, Stack) else (box,):
            yield name, one


def _length(name: str, box: Content, most: int) -> Iterator[tuple[str, Span | None]]:
    if isinstance(box, TextBox):
        for paragraph in box.paragraphs:
            if len(paragraph.text) > most:
                message = (
                    f"{words_of(name)} has {len(paragraph.text)} characters; {most} are enough"
                )
                yield message, paragraph.span


def _points(box: TextBox, *, beside: bool) -> Iterator[tuple[str, Span | None]]:
    points = [paragraph for paragraph in box.paragraphs if paragraph.style is None]
    most_points, most_words = (BESIDE_POINTS, BESIDE_WORDS) if beside else (MOST_POINTS, MOST_WORDS)
    first = [paragraph for paragraph in points if paragraph.level == 0]
    if len(first) > most_points:
        yield f"{len(first)} points on one slide; {most_points} stay in mind", first[0].span
    for paragraph in points:
        if (words := _words(paragraph)) > most_words:
            yield f"a point has {words} words; about {most_words} are enough", paragraph.span


def _table(box: Table) -> Iterator[tuple[str, Span | None]]:
    """Yield one note, at the block: a table that goes on over slides is told once."""
    if any(len(cell.paragraph.text) > CELL for row in box.rows for cell in row):
        yield f"cells of the table are long to read: more than {CELL} characters", None


def _words(paragraph: Paragraph) -> int:
    return len(paragraph.text.split())
