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
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import (
    BLANK,
    Markdown,
    joined,
    literal,
    markdown,
    table,
    without_empty_columns,
)
from deckgen.render.documents.materials import Need, Total, group_count, totals_of
from deckgen.render.documents.options import Detail
from deckgen.render.documents.schedule import (
    Row,
    Slides,
    cut_line,
    elapsed,
    fit_lines,
    left_out_line,
    minutes_range,
    named,
    next_session,
    people_count,
    people_line,
    reference,
    rows_of,
    session_and_hours,
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
    detail: Detail


def facilitator_notes(plan: Plan, slides: Slides, detail: Detail = "script") -> FacilitatorNotes:
    """Return the facilitator notes of *plan*; *detail* says how much its blocks tell."""
    return FacilitatorNotes(
        title=say("notes_title", title=markdown(plan.workshop.title)),
        facts=_facts(plan),
        frame=told(_frame(plan)),
        run_sheet=_run_sheet(plan, slides),
        cuts=tuple(filter(None, (_beside(plan), cut_line(plan), left_out_line(plan)))),
        fitted=told(_fitted(plan)),
        tasks=tuple(_tasks(plan)),
        materials_head=_materials_head(plan),
        materials=_materials(totals_of(plan)),
        setting=told(_setting(plan)),
        blocks=tuple(block_part(planned, plan, slides, detail) for planned in plan.blocks),
        after=told(_after(plan)),
        timing_log=_timing_log(plan),
        appendix=appendix_of(plan),
        detail=detail,
    )


def _facts(plan: Plan) -> Markdown:
    audience = plan.outline.audience
    parts = (
        session_and_hours(plan),
        say("minutes", minutes=plan.minutes),
        people_line(plan),
        say(plan.workshop.mode),
        say("audience", name=audience.replace("_", " ")) if audience else Markdown(""),
    )
    return sentence(listed(parts))


def _frame(plan: Plan) -> Iterator[Item]:
    workshop = plan.workshop
    yield item("purpose", markdown(workshop.purpose or ""))
    yield item("outcomes", *_outcomes(plan))
    if workshop.source:
        texts = (workshop.source.credit, workshop.source.caveat)
        yield item("source", joined(" ", (sentence(markdown(text)) for text in texts if text)))
    yield item("roles", *_roles(plan))
    yield item("parking_lot", joined(" ", _parking_lot(plan)))
    yield item("clock", say("clock_means"))
    yield item("marks", say("marks_mean"))
    if workshop.timers:
        yield item("clicks", say("clicks_mean"))


def _outcomes(plan: Plan) -> Iterator[Markdown]:
    is_tracked = plan.outline.tracks_objectives
    for objective in plan.workshop.objectives:
        if not is_tracked:
            yield markdown(objective.text)
            continue
        refs = " ".join(p.ref for p in plan.blocks if objective.id in p.block.objectives)
        is_elsewhere = any(objective.id in block.objectives for block in plan.outline.others)
        is_lost = any(objective.id in block.objectives for block in plan.lost)
        gone = "outcome_dropped" if is_lost else "outcome_unserved"
        key = "outcome" if refs else "outcome_elsewhere" if is_elsewhere else gone
        yield say(key, id=objective.id, text=objective.text, refs=refs)


def _roles(plan: Plan) -> Iterator[Markdown]:
    roles = list(plan.workshop.team.named())
    if not roles:
        yield say("alone")
    for role, name in roles:
        called, duty = say(f"role_{role}"), say(f"duty_{role}")
        key = "role" if name.casefold() == role else "role_named"
        yield say(key, role=called, name=name, duty=duty)
    if roles:
        yield say("role_missing")


def _parking_lot(plan: Plan) -> Iterator[Markdown]:
    lot = plan.workshop.parking_lot
    if lot is not None:
        yield say("parking_say", prompt=lot.prompt)
        if lot.review_in:
            yield say("parking_cleared", block=reference(plan, lot.review_in))


def _run_sheet(plan: Plan, slides: Slides) -> Markdown:
    keys = ("clock", "min", "block", "people_do_head", "slides", "lead_head", "needs")
    rows = [_row(row, plan, slides) for row in rows_of(plan)]
    head, kept = without_empty_columns([say(key) for key in keys], rows)
    return table(head, kept, right=(1,))


def _row(row: Row, plan: Plan, slides: Slides) -> list[Markdown]:
    clock = Markdown(f"{row.start} ({elapsed(plan, row.start)})")
    minutes, none = Markdown(str(row.minutes)), Markdown("")
    if row.planned is None:
        advice = say("spend_if_late" if row.key == "buffer" else "free_until")
        return [clock, minutes, say(row.key), advice, none, none, none]
    planned = row.planned
    return [
        clock,
        minutes,
        named(planned),
        doing(planned),
        literal(slide_range(planned, slides)),
        markdown(planned.block.lead or plan.workshop.team.lead or ""),
        bring(planned, plan),
    ]


def _beside(plan: Plan) -> Markdown:
    """Return the sentence that names the blocks without minutes, which the table leaves out."""
    names = [reference(plan, str(p.block.id)) for p in plan.blocks if not p.minutes]
    return say("without_minutes", blocks=listed(names)) if names else Markdown("")


def _fitted(plan: Plan) -> Iterator[Item]:
    """Yield what the fit cut or put in short form, with its reason."""
    yield item("cut_for_time", *fit_lines(plan, "cut"))
    yield item("in_short_form", *fit_lines(plan, "swapped"))


def _tasks(plan: Plan) -> Iterator[Markdown]:
    workshop = plan.workshop
    if open_things := listed(_open_things(plan)):
        yield say("fill_in", things=open_things)
    yield say("get_addresses")
    yield say("ask_access")
    if workshop.prework:
        yield say("send_prework", minutes=workshop.prework.minutes, ask=workshop.prework.ask)
    yield _rehearsal(plan)
    if any(name.verify for _, names in plan.outline.mentioned.groups() for name in names):
        yield say("check_names")
    is_online = workshop.mode == "online"
    handouts = say("handouts", count=workshop.people.expected)
    yield say("send_handout") if is_online else say("print", handouts=handouts)
    yield say("open_deck", file=f"{plan.name}.pptx")
    if totals_of(plan):
        yield say("prepare")
    if workshop.prework:
        yield say("prework_missing")
    doors = Clock(plan.start - DOORS)
    yield say("open_meeting" if is_online else "open_room", clock=doors)


def _open_things(plan: Plan) -> Iterator[Markdown]:
    """Yield what the outline leaves open and someone has to settle."""
    workshop = plan.workshop
    if not workshop.date:
        yield say("open_date")
    if not workshop.room and workshop.mode != "online":
        yield say("open_room_name")
    if workshop.mode != "in_person":
        yield say("open_link")
    if any(name.casefold() == role for role, name in workshop.team.named()):
        yield say("open_names")


def _rehearsal(plan: Plan) -> Markdown:
    practice = [planned.ref for planned in plan.blocks if isinstance(planned.block, PracticeBlock)]
    first = plan.blocks[0].ref
    if not practice:
        return say("read_notes_only", first=first)
    return say("read_notes", first=first, work=listed(map(Markdown, practice)))


def _materials_head(plan: Plan) -> Markdown:
    count = people_count(plan)
    if group_count(None, plan) < 2:
        return say("materials_for", people=count)
    return say("materials_groups", people=count, size=plan.workshop.people.group)


def _materials(totals: list[Total]) -> Markdown:
    if not totals:
        return say("no_materials")
    head = [say(key) for key in ("item", "bring", "count_of", "used_in")]
    return table(head, [_total(total) for total in totals], right=(1,))


def _total(total: Total) -> list[Markdown]:
    counted = dict.fromkeys(_counted(need) for need in total.needs)
    refs = listed(
        Markdown(need.ref if len(total.needs) == 1 else f"{need.ref} ({need.quantity})")
        for need in total.needs
    )
    quantity = Markdown(str(total.quantity))
    return [markdown(total.item), quantity, joined(say("semicolon"), counted), refs]


def _counted(need: Need) -> Markdown:
    material = need.material
    count = say(f"per_{material.per}", qty=material.qty)
    if not material.spare:
        return count
    return say("with_spare", count=count, spare=f"{material.spare * 100:g}")


def _setting(plan: Plan) -> Iterator[Item]:
    """Yield how to set up the room, the meeting or both."""
    workshop = plan.workshop
    yield item("to_write", *_to_write(plan))
    size, groups = workshop.people.group, group_count(None, plan)
    if workshop.mode != "online":
        room = (
            say("room_is", room=markdown(workshop.room.rstrip(".")))
            if workshop.room
            else Markdown("")
        )
        yield item("room", joined(" ", (room, _seats(groups, size))))
    if workshop.mode != "in_person":
        yield item("meeting", say("meeting_setup", rooms=say("rooms", count=groups), size=size))
    if workshop.mode == "hybrid":
        yield item("both", say("both_setup"))


def _seats(groups: int, size: int) -> Markdown:
    return say("room_setup", groups=say("groups", count=groups), size=size)


def _to_write(plan: Plan) -> Iterator[Markdown]:
    """Yield what stands on cards and signs, where a block needs such."""
    for planned in plan.blocks:
        block = planned.block
        held = (getattr(block, name, ()) for name in ("cards", "options", "prompts"))
        texts = [getattr(entry, "text", entry) for entries in held for entry in entries]
        if texts and block.materials:
            line = joined(" / ", map(markdown, texts))
            yield say("to_write_line", ref=planned.ref, texts=line)


def _after(plan: Plan) -> Iterator[Item]:
    kinds = {planned.block.KIND for planned in plan.blocks}
    if plan.workshop.parking_lot or "parking_lot" in kinds:
        yield item("parking_lot", say("parking_after"))
    if "exit_ticket" in kinds:
        yield item("cards", say("cards_after"), *_cue_texts(plan, "tonight"))
    answers = say("send_answers") if "quiz" in kinds else Markdown("")
    yield item("next_session", next_session(plan))
    yield item("within_48", joined(" ", (say("send_after"), answers)), *_cue_texts(plan, "send"))


def _cue_texts(plan: Plan, key: str) -> Iterator[Markdown]:
    for planned in plan.blocks:
        for cue in planned.cues:
            if cue.key == key:
                yield from map(markdown, cue.texts)


def _timing_log(plan: Plan) -> Markdown:
    head = [say(key) for key in ("block", "planned", "actual", "change")]
    blank = Markdown(BLANK)
    rows = [
        [
            named(planned),
            listed((literal(str(planned.start)), minutes_range(planned))),
            blank,
            blank,
        ]
        for planned in plan.blocks
    ]
    return table(head, rows)
