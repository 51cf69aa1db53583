"""The run sheet: one printed page for the person who holds the clock."""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.boxes import plain
from deckgen.inline import parse_inline
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.render.documents.block_notes import if_late, move_on
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import Markdown, literal, markdown, table
from deckgen.render.documents.materials import totals_of
from deckgen.render.documents.schedule import (
    Row,
    cut_line,
    people_line,
    rows_of,
    session_and_hours,
)

TITLE = 40  # characters of a title in a cell
LONGEST = 60  # characters of advice in a cell


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The parts of the page in order."""

    title: Markdown
    facts: Markdown
    rows: Markdown
    cuts: Markdown
    materials: Markdown


def run_sheet(plan: Plan) -> RunSheet:
    """Return the run sheet of *plan*."""
    facts = (session_and_hours(plan), people_line(plan), say(plan.workshop.mode))
    keys = ("clock", "min", "block", "move_on_head", "latest_start_head", "if_late")
    rows = [_row(row, plan) for row in rows_of(plan)]
    return RunSheet(
        title=say("run_sheet_title", title=markdown(plan.workshop.title)),
        facts=sentence(listed(facts)),
        rows=table([say(key) for key in keys], rows, right=(1,)),
        cuts=cut_line(plan),
        materials=_materials(plan),
    )


def shortened(text: str, most: int = LONGEST) -> Markdown:
    """Return *text* up to its last sentence, else word, that ends within *most* characters."""
    words = plain(parse_inline(text))
    if len(words) <= most:
        return literal(words.rstrip("."))
    within = words[: most + 1]
    sentence = within.rfind(". ")
    if sentence > 0:
        return literal(within[:sentence])
    return literal(f"{within[:most].rpartition(' ')[0] or within[: most - 1]}\u2026")


def _row(row: Row, plan: Plan) -> list[Markdown]:
    clock = literal(str(row.start))
    if row.planned is None:
        minutes = Markdown(str(row.minutes))
        return [
            clock,
            minutes,
            say(row.key),
            say("buffer_done" if row.key == "buffer" else "free_until"),
            Markdown(""),
            say("spend_if_late") if row.key == "buffer" else Markdown(""),
        ]
    planned = row.planned
    return [
        clock,
        _minutes(planned),
        Markdown(f"{planned.ref} {shortened(planned.block.short or planned.block.title, TITLE)}"),
        move_on(planned),
        literal(str(planned.latest_start)),
        _advice(planned, plan),
    ]


def _minutes(planned: PlannedBlock) -> Markdown:
    minutes, least, most = planned.minutes, planned.least, planned.most
    if least == most:
        return Markdown(str(minutes))
    return say("short_range", minutes=minutes, least=least, most=most)


def _advice(planned: PlannedBlock, plan: Plan) -> Markdown:
    short = planned.block.notes.if_short
    return shortened(short) if short else if_late(planned, plan)


def _materials(plan: Plan) -> Markdown:
    totals = totals_of(plan)
    if not totals:
        return Markdown("")
    things = listed(say("times", count=t.quantity, item=t.item) for t in totals)
    return say("bring_line", things=things)
