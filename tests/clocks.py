"""Reads the clock times back out of all that a build writes: by file, then by block.

A block is known by its title, so no title may be part of another one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from docx import Document
from icalendar import Calendar
from lxml import html
from pptx import Presentation

CLOCK = re.compile(r"(\d\d:\d\d)\b")
Starts = Mapping[str, set[str]]  # the clocks at which a block is said to start, by its title


def starts_in(name: str, content: bytes, titles: Mapping[str, str]) -> Starts:
    """Return when the file *name* says that blocks start; *titles* has what each is called there."""
    read = {
        "pptx": _of_deck,
        "md": _of_markdown,
        "html": _of_page,
        "docx": _of_word,
        "csv": _of_table,
        "ics": _of_event,
    }
    found: dict[str, set[str]] = defaultdict(set)
    for cells in read[name.rpartition(".")[2]](content):
        clock = CLOCK.match(cells[0]) if cells else None
        named = {title for said, title in titles.items() if any(said in cell for cell in cells)}
        if clock and len(named) == 1:
            found[named.pop()].add(clock[1])
    return found


def _of_deck(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of all tables: the agenda is one."""
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield from ([cell.text for cell in row.cells] for row in shape.table.rows)


def _of_markdown(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of tables, and the heading of each block before its hours."""
    heading = ""
    for line in content.decode().splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]
        elif line.startswith("#"):
            heading = line
        elif CLOCK.match(line):
            yield [line, heading]


def _of_page(content: bytes) -> Iterator[list[str]]:
    for row in html.fromstring(content).iter("tr"):
        yield [cell.text_content().strip() for cell in row]


def _of_word(content: bytes) -> Iterator[list[str]]:
    for table in Document(io.BytesIO(content)).tables:
        yield from ([cell.text for cell in row.cells] for row in table.rows)


def _of_table(content: bytes) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(content.decode()))


def _of_event(content: bytes) -> Iterator[list[str]]:
    (event,) = Calendar.from_ical(content.decode()).walk("VEVENT")
    yield from ([line] for line in str(event["description"]).splitlines())


def speaker_hours(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield start and end as the speaker notes of slides give them."""
    for slide in Presentation(io.BytesIO(content)).slides:
        if slide.has_notes_slide:
            text = slide.notes_slide.notes_text_frame.text
            yield from re.findall(r"^Time\. (\d\d:\d\d) to (\d\d:\d\d),", text, re.M)


def large_clocks(content: bytes) -> Iterator[str]:
    """Yield the clocks that slides of breaks show."""
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.placeholders if slide.slide_layout.name == "Break" else ():
            if CLOCK.fullmatch(shape.text_frame.text):
                yield shape.text_frame.text
