"""The facilitator notes: from them a stranger can prepare, run and close the workshop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deckgen.blocks.base import PracticeBlock
from deckgen.document.nodes import (
    Cue,
    Document,
    Node,
    Nodes,
    Paragraph,
    Section,
    Table,
    check_list,
    paragraphs,
    table,
    told,
    without_empty_columns,
)
from deckgen.document.texts import BLANK, Markdown, joined, literal, markdown
from deckgen.document.words import DocumentWords
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock
from deckgen.render.documents.appendix import appendix_of
from deckgen.render.documents.block_notes import block_part, bring, doing
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
    words_of,
)

DOORS = 30  # minutes before the start at which the room is ready


def facilitator_notes(plan: Plan, slides: Slides, detail: Detail = "script") -> Document:
    """Return the facilitator notes of *plan*; *detail* says how much its blocks tell."""
    words, facts = words_of(plan), _facts(plan)
    values = {
        "facts": facts,
        "frame": told(_frame(plan)),
        "run_sheet": _run_sheet(plan, slides),
        "cuts": tuple(filter(None, (_beside(plan), cut_line(plan), left_out_line(plan)))),
        "fitted": told(_fitted(plan)),
        "tasks": tuple(_tasks(plan)),
        "materials_head": _materials_head(plan),
        "materials": _materials(totals_of(plan), words),
        "setting": told(_setting(plan)),
        "blocks": tuple(block_part(planned, plan, slides, detail) for planned in plan.blocks),
        "after": told(_after(plan)),
        "timing_log": _timing_log(plan),
        "appendix": appendix_of(plan),
        "detail": detail,
    }
    return Document(
        "facilitator-notes",
        words.say("notes_title", title=markdown(plan.workshop.title)),
        paragraphs(Markdown(f"**{words.say('facilitators_only')}** {facts}")),
        _parts(values, words),
        values,
    )


def _parts(held: Mapping[str, Any], words: DocumentWords) -> dict[str, Nodes]:
    """Return the parts in order; a table of contents ends with the blocks."""
    is_whole = held["detail"] != "toc"
    run_sheet = (held["run_sheet"], *paragraphs(*held["cuts"]), held["fitted"])
    head = Markdown(f"**{held['materials_head']}.**")
    before = (
        *paragraphs(words.say("only_today")),
        *check_list(held["tasks"]),
        *paragraphs(head),
        held["materials"],
        held["setting"],
    )
    log = (words.led("timing_log", words.say("timing_how")), held["timing_log"])
    topics = [topic.section() for topic in held["appendix"]]
    appendix = topics or paragraphs(words.say("nothing_more"))
    return {
        "frame": Nodes((held["frame"],) if is_whole and held["frame"] else ()),
        "run_sheet": _chapter("run_sheet", run_sheet, words),
        "before": _chapter("before", before, words),
        "blocks": _chapter("blocks", [topic.section() for topic in held["blocks"]], words),
        "after": _chapter("after", (held["after"], *log), words) if is_whole else Nodes(),
        "appendix": _chapter("appendix", appendix, words) if is_whole else Nodes(),
    }


def _chapter(key: str, held: Iterable[Node], words: DocumentWords) -> Nodes:
    nodes = tuple(node for node in held if node)
    return Nodes((Section(words.say(key), 2, nodes, begins_page=True),))


def _facts(plan: Plan) -> Markdown:
    words = words_of(plan)
    audience = plan.outline.audience
    parts = (
        session_and_hours(plan),
        words.say("minutes", minutes=plan.minutes),
        people_line(plan),
        words.say(plan.workshop.mode),
        words.say("audience", name=audience.replace("_", " ")) if audience else Markdown(""),
    )
    return words.sentence(words.listed(parts))


def _frame(plan: Plan) -> Iterator[Cue]:
    words = words_of(plan)
    workshop = plan.workshop
    yield words.cue("purpose", markdown(workshop.purpose or ""))
    yield words.cue("outcomes", *_outcomes(plan))
    if workshop.source:
        texts = (workshop.source.credit, workshop.source.caveat)
        yield words.cue(
            "source", joined(" ", (words.sentence(markdown(text)) for text in texts if text))
        )
    yield words.cue("roles", *_roles(plan))
    yield words.cue("parking_lot", joined(" ", _parking_lot(plan)))
    yield words.cue("clock", words.say("clock_means"))
    yield words.cue("marks", words.say("marks_mean"))
    if workshop.timers:
        yield words.cue("clicks", words.say("clicks_mean"))


def _outcomes(plan: Plan) -> Iterator[Markdown]:
    words = words_of(plan)
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
        yield words.say(key, id=objective.id, text=objective.text, refs=refs)


def _roles(plan: Plan) -> Iterator[Markdown]:
    words = words_of(plan)
    roles = list(plan.workshop.team.named())
    if not roles:
        yield words.say("alone")
    for role, name in roles:
        called, duty = words.say(f"role_{role}"), words.say(f"duty_{role}")
        key = "role" if name.casefold() == role else "role_named"
        yield words.say(key, role=called, name=name, duty=duty)
    if roles:
        yield words.say("role_missing")


def _parking_lot(plan: Plan) -> Iterator[Markdown]:
    words = words_of(plan)
    lot = plan.workshop.parking_lot
    if lot is not None:
        yield words.say("parking_say", prompt=lot.prompt)
        if lot.review_in:
            yield words.say("parking_cleared", block=reference(plan, lot.review_in))


def _run_sheet(plan: Plan, slides: Slides) -> Table:
    words = words_of(plan)
    keys = ("clock", "min", "block", "people_do_head", "slides", "lead_head", "needs")
    rows = [_row(row, plan, slides) for row in rows_of(plan)]
    head, kept = without_empty_columns([words.say(key) for key in keys], rows)
    return table(head, kept, right=(1,))


def _row(row: Row, plan: Plan, slides: Slides) -> list[Markdown]:
    words = words_of(plan)
    clock = Markdown(f"{row.start} ({elapsed(plan, row.start)})")
    minutes, none = Markdown(str(row.minutes)), Markdown("")
    if row.planned is None:
        advice = words.say("spend_if_late" if row.key == "buffer" else "free_until")
        return [clock, minutes, words.say(row.key), advice, none, none, none]
    planned = row.planned
    return [
        clock,
        minutes,
        named(planned),
        doing(planned, words),
        literal(slide_range(planned, slides)),
        markdown(planned.block.lead or plan.workshop.team.lead or ""),
        bring(planned, plan),
    ]


def _beside(plan: Plan) -> Markdown:
    """Return the sentence that names the blocks without minutes, which the table leaves out."""
    words = words_of(plan)
    names = [reference(plan, str(p.block.id)) for p in plan.blocks if not p.minutes]
    return words.say("without_minutes", blocks=words.listed(names)) if names else Markdown("")


def _fitted(plan: Plan) -> Iterator[Cue]:
    """Yield what the fit cut or put in short form, with its reason."""
    words = words_of(plan)
    yield words.cue("cut_for_time", *fit_lines(plan, "cut"))
    yield words.cue("in_short_form", *fit_lines(plan, "swapped"))


def _tasks(plan: Plan) -> Iterator[Markdown]:
    words = words_of(plan)
    workshop = plan.workshop
    if open_things := words.listed(_open_things(plan)):
        yield words.say("fill_in", things=open_things)
    yield words.say("get_addresses")
    yield words.say("ask_access")
    if workshop.prework:
        yield words.say("send_prework", minutes=workshop.prework.minutes, ask=workshop.prework.ask)
    yield _rehearsal(plan)
    if any(name.verify for _, names in plan.outline.mentioned.groups() for name in names):
        yield words.say("check_names")
    is_online = workshop.mode == "online"
    handouts = words.say("handouts", count=workshop.people.expected)
    yield words.say("send_handout") if is_online else words.say("print", handouts=handouts)
    yield words.say("open_deck", file=f"{plan.name}.pptx")
    if totals_of(plan):
        yield words.say("prepare")
    if workshop.prework:
        yield words.say("prework_missing")
    doors = Clock(plan.start - DOORS)
    yield words.say("open_meeting" if is_online else "open_room", clock=doors)


def _open_things(plan: Plan) -> Iterator[Markdown]:
    """Yield what the outline leaves open and someone has to settle."""
    words = words_of(plan)
    workshop = plan.workshop
    if not workshop.date:
        yield words.say("open_date")
    if not workshop.room and workshop.mode != "online":
        yield words.say("open_room_name")
    if workshop.mode != "in_person":
        yield words.say("open_link")
    if any(name.casefold() == role for role, name in workshop.team.named()):
        yield words.say("open_names")


def _rehearsal(plan: Plan) -> Markdown:
    words = words_of(plan)
    practice = [planned.ref for planned in plan.blocks if isinstance(planned.block, PracticeBlock)]
    first = plan.blocks[0].ref
    if not practice:
        return words.say("read_notes_only", first=first)
    return words.say("read_notes", first=first, work=words.listed(map(Markdown, practice)))


def _materials_head(plan: Plan) -> Markdown:
    words = words_of(plan)
    count = people_count(plan)
    if group_count(None, plan) < 2:
        return words.say("materials_for", people=count)
    return words.say("materials_groups", people=count, size=plan.workshop.people.group)


def _materials(totals: list[Total], words: DocumentWords) -> Node:
    if not totals:
        return Paragraph(words.say("no_materials"))
    head = [words.say(key) for key in ("item", "bring", "count_of", "used_in")]
    return table(head, [_total(total, words) for total in totals], right=(1,))


def _total(total: Total, words: DocumentWords) -> list[Markdown]:
    counted = dict.fromkeys(_counted(need, words) for need in total.needs)
    refs = words.listed(
        Markdown(need.ref if len(total.needs) == 1 else f"{need.ref} ({need.quantity})")
        for need in total.needs
    )
    quantity = Markdown(str(total.quantity))
    return [markdown(total.item), quantity, joined(words.say("semicolon"), counted), refs]


def _counted(need: Need, words: DocumentWords) -> Markdown:
    material = need.material
    count = words.say(f"per_{material.per}", qty=material.qty)
    if not material.spare:
        return count
    return words.say("with_spare", count=count, spare=f"{material.spare * 100:g}")


def _setting(plan: Plan) -> Iterator[Cue]:
    """Yield how to set up the room, the meeting or both."""
    words = words_of(plan)
    workshop = plan.workshop
    yield words.cue("to_write", *_to_write(plan))
    size, groups = workshop.people.group, group_count(None, plan)
    if workshop.mode != "online":
        room = (
            words.say("room_is", room=markdown(workshop.room.rstrip(".")))
            if workshop.room
            else Markdown("")
        )
        yield words.cue("room", joined(" ", (room, _seats(groups, size, words))))
    if workshop.mode != "in_person":
        yield words.cue(
            "meeting", words.say("meeting_setup", rooms=words.say("rooms", count=groups), size=size)
        )
    if workshop.mode == "hybrid":
        yield words.cue("both", words.say("both_setup"))


def _seats(groups: int, size: int, words: DocumentWords) -> Markdown:
    return words.say("room_setup", groups=words.say("groups", count=groups), size=size)


def _to_write(plan: Plan) -> Iterator[Markdown]:
    """Yield what stands on cards and signs, where a block needs such."""
    words = words_of(plan)
    for planned in plan.blocks:
        block = planned.block
        held = (getattr(block, name, ()) for name in ("cards", "options", "prompts"))
        texts = [getattr(entry, "text", entry) for entries in held for entry in entries]
        if texts and block.materials:
            line = joined(" / ", map(markdown, texts))
            yield words.say("to_write_line", ref=planned.ref, texts=line)


def _after(plan: Plan) -> Iterator[Cue]:
    words = words_of(plan)
    kinds = {planned.block.KIND for planned in plan.blocks}
    if plan.workshop.parking_lot or "parking_lot" in kinds:
        yield words.cue("parking_lot", words.say("parking_after"))
    if "exit_ticket" in kinds:
        yield words.cue("cards", words.say("cards_after"), *_cue_texts(plan, "tonight"))
    answers = words.say("send_answers") if "quiz" in kinds else Markdown("")
    yield words.cue("next_session", next_session(plan))
    yield words.cue(
        "within_48", joined(" ", (words.say("send_after"), answers)), *_cue_texts(plan, "send")
    )


def _cue_texts(plan: Plan, key: str) -> Iterator[Markdown]:
    for planned in plan.blocks:
        for cue in planned.cues:
            if cue.key == key:
                yield from map(markdown, cue.texts)


def _timing_log(plan: Plan) -> Table:
    words = words_of(plan)
    head = [words.say(key) for key in ("block", "planned", "actual", "change")]
    rows = [
        [
            named(planned),
            words.listed((literal(str(planned.start)), minutes_range(planned, words))),
            BLANK,
            BLANK,
        ]
        for planned in plan.blocks
    ]
    return table(head, rows)
