"""The facilitator notes: from them a stranger can prepare, run and close the workshop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deckgen.document.nodes import (
    Document,
    LabelledText,
    Node,
    Nodes,
    Section,
    Table,
    check_list,
    paragraphs,
    told,
)
from deckgen.document.prose import said
from deckgen.document.tables import table, without_empty_columns
from deckgen.document.texts import BLANK, Markdown, joined, literal, markdown
from deckgen.document.words import DocumentWords
from deckgen.plan.model import Plan
from deckgen.render.documents.appendix import appendix_of
from deckgen.render.documents.block_notes import block_part, bring, doing
from deckgen.render.documents.materials import totals_of
from deckgen.render.documents.options import Detail
from deckgen.render.documents.preparation import materials, materials_head, setting, tasks
from deckgen.render.documents.schedule import (
    Row,
    Slides,
    cut_line,
    elapsed,
    fit_lines,
    given_mode,
    given_people,
    left_out_line,
    minutes_range,
    named,
    next_session,
    reference,
    rows_of,
    session_and_hours,
    slide_range,
    words_of,
)


def facilitator_notes(plan: Plan, slides: Slides, detail: Detail = "script") -> Document:
    """Return the facilitator notes of *plan*; *detail* says how much its blocks tell."""
    words, facts = words_of(plan), _facts(plan)
    values = {
        "facts": facts,
        "frame": told(_frame(plan)),
        "run_sheet": _run_sheet(plan, slides),
        "cuts": tuple(filter(None, (_beside(plan), cut_line(plan), left_out_line(plan)))),
        "fitted": told(_fitted(plan)),
        "tasks": tuple(tasks(plan)),
        "materials_head": materials_head(plan),
        "materials": materials(totals_of(plan), words),
        "setting": told(setting(plan)),
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
        given_people(plan),
        given_mode(plan),
        words.say("audience", name=audience.replace("_", " ")) if audience else Markdown(""),
    )
    return words.sentence(words.listed(parts))


def _frame(plan: Plan) -> Iterator[LabelledText]:
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
    if any(role != "lead" for role, _ in roles):
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


def _fitted(plan: Plan) -> Iterator[LabelledText]:
    """Yield what the fit cut or put in short form, with its reason."""
    words = words_of(plan)
    yield words.cue("cut_for_time", *fit_lines(plan, "cut"))
    yield words.cue("in_short_form", *fit_lines(plan, "swapped"))


def _after(plan: Plan) -> Iterator[LabelledText]:
    words = words_of(plan)
    blocks = [planned.block for planned in plan.blocks]
    if plan.workshop.parking_lot or any(block.PARKS for block in blocks):
        yield words.cue("parking_lot", words.say("parking_after"))
    if any(block.COLLECTS_CARDS for block in blocks):
        yield words.cue("cards", words.say("cards_after"), *_cue_texts(plan, "tonight"))
    sends = any(block.SENDS_ANSWERS for block in blocks)
    answers = words.say("send_answers") if sends else Markdown("")
    yield words.cue("next_session", next_session(plan))
    yield words.cue(
        "within_48", joined(" ", (words.say("send_after"), answers)), *_cue_texts(plan, "send")
    )


def _cue_texts(plan: Plan, key: str) -> Iterator[Markdown | Nodes]:
    for planned in plan.blocks:
        for cue in planned.cues:
            if cue.key == key:
                yield from map(said, cue.texts)


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
