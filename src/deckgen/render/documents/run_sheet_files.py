"""The run sheet for other programs: a table as CSV, and the session as a calendar file."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import UTC, timedelta

from deckgen.inline import unmarked
from deckgen.plan.model import Plan, starts_at
from deckgen.render.documents.materials import needs_of
from deckgen.render.documents.schedule import Row, elapsed, rows_of

HEAD = ("start", "end", "elapsed", "minutes", "latest start", "block", "kind", "lead", "materials")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


def run_sheet_csv(plan: Plan) -> bytes:
    """Return a row for each block, the buffer and free minutes."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEAD)
    for row in rows_of(plan):
        writer.writerow([_harmless(value) for value in _cells(row, plan)])
    return file.getvalue().encode()


def run_sheet_ics(plan: Plan) -> bytes:
    """Return the session as one event without an alarm, its run sheet in the description.

    One event, since a calendar should show when its owner is taken; a dozen would hide the day. The
    session needs a date. Its times are UTC where the workshop gives its zone or offset, else those of the
    place.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 (few ask for a calendar)

    workshop = plan.workshop
    begin = starts_at(workshop)
    assert begin is not None
    title = plan.full_title
    event = Event()
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"deckgen:{plan.name}:{title}:{workshop.date}")
    event.add("uid", f"{name}@deckgen")  # on another day it is another event
    event.add("dtstamp", begin.replace(tzinfo=UTC))  # of no clock: the same bytes each time
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=plan.minutes))
    event.add("summary", title)
    event.add("description", "\n".join(_lines(plan)))
    if workshop.room:
        event.add("location", unmarked(workshop.room))
    calendar = Calendar()
    calendar.add("prodid", "-//deckgen//run sheet//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _cells(row: Row, plan: Plan) -> tuple[str, ...]:
    words = plan.words
    end = type(row.start)(row.start + row.minutes)
    times = (str(row.start), str(end), elapsed(plan, row.start), str(row.minutes))
    planned = row.planned
    if planned is None:
        return (*times, "", words.say(row.key), row.key, "", "")
    lead = unmarked(planned.block.lead or plan.workshop.team.lead or "")
    needs = "; ".join(f"{n.quantity} × {unmarked(n.item)}" for n in needs_of(planned, plan))
    block = planned.block
    return (
        *times,
        str(planned.latest_start),
        unmarked(block.listed_title),
        block.KIND,
        lead,
        needs,
    )


def _lines(plan: Plan) -> Iterator[str]:
    words = plan.words
    for row in rows_of(plan):
        name = unmarked(row.planned.block.listed_title) if row.planned else words.say(row.key)
        yield f"{row.start} {name} ({row.minutes} min)"


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
