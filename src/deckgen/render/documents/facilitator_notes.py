"""The facilitator notes: from them a stranger can prepare, run and close the workshop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.blocks.base import PracticeBlock
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock
from deckgen.render.documents.appendix import appendix_of
from deckgen.render.documents.block_notes import block_part, bring, doing
from deckgen.render.documents.items import Item, Part, item, told
from deckgen.render.documents.labels import say
from deckgen.render.documents.markdown import (
    BLANK,
    Markdown,
    joined,
    literal,
    markdown,
    table,
    unmarked,
    without_empty_columns,
)
from deckgen.render.documents.materials import Need, Total, group_count, totals_of
from deckgen.render.documents.schedule import (
    Row,
    SlideNumbers,
    cut_line,
    day_and_hours,
    elapsed,
    fit_lines,
    left_out_line,
    minutes_range,
    people_line,
    reference,
    rows_of,
    slide_range,
)

DOORS = 30  # minutes before the start at which the room is ready


@dataclass(frozen=True, slots=True)
class FacilitatorNotes:
    """The parts of the document in order."""

    title: Markdown
    facts: Markdown
    frame: tuple[Item, ...]
    run_sheet: Markdown
    cuts: tuple[Markdown, ...]
    fitted: tuple[Item, ...]
    tasks: tuple[Markdown, ...]
    materials_head: Markdown
    materials: Markdown
    setting: tuple[Item, ...]
    blocks: tuple[Part, ...]
    after: tuple[Item, ...]
    timing_log: Markdown
    appendix: tuple[Part, ...]


def facilitator_notes(plan: Plan, slide_numbers: SlideNumbers) -> FacilitatorNotes:
    """Return the facilitator notes of *plan*; *slide_numbers* gives each block's slides."""
    return FacilitatorNotes(
        title=say("notes_title", title=markdown(plan.workshop.title)),
        facts=_facts(plan),
        frame=told(_frame(plan)),
        run_sheet=_run_sheet(plan, slide_numbers),
        cuts=tuple(line for line in (cut_line(plan), left_out_line(plan)) if line),
        fitted=told(_fitted(plan)),
        tasks=tuple(_tasks(plan)),
        materials_head=_materials_head(plan),
        materials=_materials(totals_of(plan)),
        setting=told(_setting(plan)),
        blocks=tuple(block_part(planned, plan, slide_numbers) for planned in plan.blocks),
        after=told(_after(plan)),
        timing_log=_timing_log(plan),
        appendix=appendix_of(plan),
    )


def _facts(plan: Plan) -> Markdown:
    audience = plan.outline.audience
    parts = (
        day_and_hours(plan),
        say("minutes", minutes=plan.minutes),
        people_line(plan),
        say(plan.workshop.mode),
        say("audience", name=audience.replace("_", " ")) if audience else Markdown(""),
    )
    return Markdown(f"{joined(', ', parts)}.")


def _frame(plan: Plan) -> Iterator[Item]:
    workshop = plan.workshop
    yield item("purpose", markdown(workshop.purpose or ""))
    yield item("outcomes", *_outcomes(plan))
    if workshop.source:
        texts = (workshop.source.credit, workshop.source.caveat)
        limits = joined(". ", (markdown(text.rstrip(".")) for text in texts if text))
        yield item("source", Markdown(f"{limits}."))
    yield item("roles", *_roles(plan))
    yield item("parking_lot", joined(" ", _parking_lot(plan)))
    yield item("clock", say("clock_means"))


def _outcomes(plan: Plan) -> Iterator[Markdown]:
    for objective in plan.workshop.objectives:
        refs = " ".join(p.ref for p in plan.blocks if objective.id in p.block.objectives)
        is_lost = any(objective.id in block.objectives for block in plan.lost)
        key = "outcome" if refs else "outcome_dropped" if is_lost else "outcome_unserved"
        yield say(key, id=objective.id, text=objective.text, refs=refs)


def _roles(plan: Plan) -> Iterator[Markdown]:
    roles = list(plan.workshop.team.named())
    if not roles:
        yield say("alone")
    for role, name in roles:
        called, duty = say(f"role_{role}"), say(f"duty_{role}")
        key = "role" if name.casefold() == role else "role_named"
        yield say(key, role=called, name=name, duty=duty)


def _parking_lot(plan: Plan) -> Iterator[Markdown]:
    lot = plan.workshop.parking_lot
    if lot is not None:
        yield say("parking_say", prompt=lot.prompt)
        if lot.review_in:
            yield say("parking_cleared", block=reference(plan, lot.review_in))


def _run_sheet(plan: Plan, slide_numbers: SlideNumbers) -> Markdown:
    keys = ("clock", "min", "block", "people_do_head", "slides", "lead", "needs")
    rows = [_row(row, plan, slide_numbers) for row in rows_of(plan)]
    head, kept = without_empty_columns([say(key) for key in keys], rows)
    return table(head, kept, right=(1,))


def _row(row: Row, plan: Plan, slide_numbers: SlideNumbers) -> list[Markdown]:
    clock = Markdown(f"{row.start} ({elapsed(plan, row.start)})")
    minutes, none = Markdown(str(row.minutes)), Markdown("")
    if row.planned is None:
        advice = say("spend_if_late" if row.key == "buffer" else "free_until")
        return [clock, minutes, say(row.key), advice, none, none, none]
    planned = row.planned
    return [
        clock,
        minutes,
        Markdown(f"{planned.ref} {unmarked(planned.block.title)}"),
        doing(planned),
        literal(slide_range(planned, slide_numbers)),
        markdown(planned.block.lead or plan.workshop.team.lead or ""),
        bring(planned, plan),
    ]


def _fitted(plan: Plan) -> Iterator[Item]:
    """Yield what the fit cut or put in short form, with its reason."""
    yield item("cut_for_time", *fit_lines(plan, "cut"))
    yield item("in_short_form", *fit_lines(plan, "swapped"))


def _tasks(plan: Plan) -> Iterator[Markdown]:
    workshop = plan.workshop
    yield say("ask_access")
    if workshop.prework:
        yield say("send_prework", minutes=workshop.prework.minutes, ask=workshop.prework.ask)
    yield _rehearsal(plan)
    if any(name.verify for _, names in plan.outline.mentioned.groups() for name in names):
        yield say("check_names")
    is_online = workshop.mode == "online"
    yield (say("send_handout") if is_online else say("print", handouts=workshop.people.expected))
    if totals_of(plan):
        yield say("prepare")
    if workshop.prework:
        yield say("prework_missing")
    doors = Clock(plan.start - DOORS)
    yield say("open_meeting" if is_online else "open_room", clock=doors)


def _rehearsal(plan: Plan) -> Markdown:
    practice = [planned.ref for planned in plan.blocks if isinstance(planned.block, PracticeBlock)]
    first = plan.blocks[0].ref
    if not practice:
        return say("read_notes_only", first=first)
    return say("read_notes", first=first, work=", ".join(practice))


def _materials_head(plan: Plan) -> Markdown:
    people = plan.workshop.people
    count = say("people", count=people.expected)
    if group_count(None, plan) < 2:
        return say("materials_for", people=count)
    return say("materials_groups", people=count, size=people.group)


def _materials(totals: list[Total]) -> Markdown:
    if not totals:
        return say("no_materials")
    head = [say(key) for key in ("item", "bring", "count_of", "used_in")]
    return table(head, [_total(total) for total in totals], right=(1,))


def _total(total: Total) -> list[Markdown]:
    counted = dict.fromkeys(_counted(need) for need in total.needs)
    refs = ", ".join(
        need.ref if len(total.needs) == 1 else f"{need.ref} ({need.quantity})"
        for need in total.needs
    )
    quantity = Markdown(str(total.quantity))
    return [markdown(total.item), quantity, joined("; ", counted), literal(refs)]


def _counted(need: Need) -> Markdown:
    material = need.material
    count = say(f"per_{material.per}", qty=material.qty)
    if not material.spare:
        return count
    return say("with_spare", count=count, spare=f"{material.spare * 100:g}")


def _setting(plan: Plan) -> Iterator[Item]:
    """Yield how to set up the room, the meeting or both."""
    workshop = plan.workshop
    size, groups = workshop.people.group, group_count(None, plan)
    if workshop.mode != "online":
        room = (
            say("room_is", room=markdown(workshop.room.rstrip(".")))
            if workshop.room
            else Markdown("")
        )
        yield item("room", joined(" ", (room, say("room_setup", groups=groups, size=size))))
    if workshop.mode != "in_person":
        yield item("meeting", say("meeting_setup", groups=groups, size=size))
    if workshop.mode == "hybrid":
        yield item("both", say("both_setup"))


def _after(plan: Plan) -> Iterator[Item]:
    kinds = {planned.block.KIND for planned in plan.blocks}
    if plan.workshop.parking_lot or "parking_lot" in kinds:
        yield item("parking_lot", say("parking_after"))
    if "exit_ticket" in kinds:
        yield item("cards", say("cards_after"), *_cue_texts(plan, "Tonight"))
    answers = say("send_answers") if "quiz" in kinds else Markdown("")
    yield item("within_48", joined(" ", (say("send_after"), answers)), *_cue_texts(plan, "Send"))


def _cue_texts(plan: Plan, label: str) -> Iterator[Markdown]:
    for planned in plan.blocks:
        for cue in planned.cues:
            if cue.label == label:
                yield from map(markdown, cue.texts)


def _timing_log(plan: Plan) -> Markdown:
    head = [say(key) for key in ("block", "planned", "actual", "change")]
    blank = Markdown(BLANK)
    rows = [
        [
            Markdown(f"{planned.ref} {unmarked(planned.block.title)}"),
            joined(", ", (literal(str(planned.start)), minutes_range(planned))),
            blank,
            blank,
        ]
        for planned in plan.blocks
    ]
    return table(head, rows)
