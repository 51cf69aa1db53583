"""What to prepare before the day: tasks, materials with their counts, the room or the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.blocks.base import PracticeBlock
from deckgen.document.nodes import LabelledText, Node, Paragraph
from deckgen.document.tables import table
from deckgen.document.texts import Markdown, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock
from deckgen.render.documents.materials import Need, Total, group_count, totals_of
from deckgen.render.documents.schedule import people_count, words_of

DOORS = 30  # minutes before the start at which the room is ready


def tasks(plan: Plan) -> Iterator[Markdown]:
    """Yield what to do before the day, in the order of doing."""
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
    if "start" not in plan.outline.given:
        yield words.say("open_start", clock=plan.start)
    if "people" not in plan.outline.given:
        yield words.say("open_people", count=workshop.people.expected)
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


def materials_head(plan: Plan) -> Markdown:
    """Return for how many the materials are counted."""
    words = words_of(plan)
    count = people_count(plan)
    if group_count(None, plan) < 2:
        return words.say("materials_for", people=count)
    return words.say("materials_groups", people=count, size=plan.workshop.people.group)


def materials(totals: list[Total], words: DocumentWords) -> Node:
    """Return the materials as a table, or the sentence that there are none."""
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


def setting(plan: Plan) -> Iterator[LabelledText]:
    """Yield how to set up the room, the meeting or both."""
    words = words_of(plan)
    workshop = plan.workshop
    yield words.cue("to_write", *_to_write(plan))
    size, groups = workshop.people.group, group_count(None, plan)
    if workshop.mode != "online":
        room = words.sentence(markdown(workshop.room or ""))
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
