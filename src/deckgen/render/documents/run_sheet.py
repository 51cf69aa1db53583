"""The run sheet: one printed page for the person who holds the clock."""

from __future__ import annotations

from deckgen.boxes import plain
from deckgen.document.nodes import Document, Nodes, paragraphs
from deckgen.document.tables import table
from deckgen.document.texts import Markdown, joined, literal, markdown
from deckgen.document.words import DocumentWords
from deckgen.inline import parse_inline
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.render.documents.block_notes import if_late, move_on
from deckgen.render.documents.materials import totals_of
from deckgen.render.documents.schedule import (
    Row,
    cut_line,
    given_mode,
    given_people,
    rows_of,
    session_and_hours,
    words_of,
)

TITLE = 40  # characters of a title in a cell
LONGEST = 60  # characters of advice in a cell


def run_sheet(plan: Plan) -> Document:
    """Return the run sheet of *plan*."""
    words = words_of(plan)
    facts = (session_and_hours(plan), given_people(plan), given_mode(plan))
    told = words.sentence(words.listed(facts))
    keys = ("clock", "min", "block", "move_on_head", "latest_start_head", "if_late")
    rows = table(
        [words.say(key) for key in keys],
        [_row(row, plan) for row in rows_of(plan)],
        right=(1,),
    )
    cuts, materials = cut_line(plan), _materials(plan)
    parts = {
        "rows": Nodes((rows,)),
        "cuts": paragraphs(cuts),
        "materials": paragraphs(materials),
    }
    return Document(
        "run-sheet",
        words.say("run_sheet_title", title=markdown(plan.workshop.title)),
        paragraphs(told),
        parts,
        {"facts": told, "rows": rows, "cuts": cuts, "materials": materials},
    )


def shortened(text: str, most: int = LONGEST) -> Markdown:
    """Return *text* up to its last sentence, else word, that ends within *most* characters.

    Where anything is left out, an ellipsis says so: the facilitator notes have the whole.
    """
    words = plain(parse_inline(text))
    if len(words) <= most:
        return markdown(text)
    within = words[: most + 1]
    sentence = within.rfind(". ")
    if sentence > 0:
        return literal(f"{within[: sentence + 1]} \u2026")
    return literal(f"{within[:most].rpartition(' ')[0] or within[: most - 1]}\u2026")


def _row(row: Row, plan: Plan) -> list[Markdown]:
    words = words_of(plan)
    clock = literal(str(row.start))
    if row.planned is None:
        minutes = Markdown(str(row.minutes))
        return [
            clock,
            minutes,
            words.say(row.key),
            words.say("buffer_done" if row.key == "buffer" else "free_until"),
            Markdown(""),
            words.say("spend_if_late") if row.key == "buffer" else Markdown(""),
        ]
    planned = row.planned
    return [
        clock,
        _minutes(planned, words),
        Markdown(f"{planned.ref} {shortened(planned.block.short or planned.block.title, TITLE)}"),
        move_on(planned, words),
        literal(str(planned.latest_start)),
        _advice(planned, plan),
    ]


def _minutes(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    minutes, least, most = planned.minutes, planned.least, planned.most
    if least == most:
        return Markdown(str(minutes))
    return words.say("short_range", minutes=minutes, least=least, most=most)


def _advice(planned: PlannedBlock, plan: Plan) -> Markdown:
    short = planned.block.notes.if_short
    return shortened(short) if short else if_late(planned, plan)


def _materials(plan: Plan) -> Markdown:
    words = words_of(plan)
    totals = totals_of(plan)
    if not totals:
        return Markdown("")
    counted = (words.say("times", count=t.quantity, item=t.item) for t in totals)
    things = joined(words.say("semicolon"), counted)
    return words.say("bring_line", things=things)
