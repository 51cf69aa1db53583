"""Role sheets: for each person of the team what they do, and when; for one alone, what they will drop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deckgen.blocks.base import PracticeBlock
from deckgen.document.nodes import Document, Nodes, paragraphs
from deckgen.document.tables import table, without_empty_columns
from deckgen.document.texts import BLANK, Markdown, joined, literal, markdown
from deckgen.document.words import DocumentWords
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.reading.fields import Clock
from deckgen.render.documents.block_notes import bring, doing, groups_of, if_late, move_on
from deckgen.render.documents.schedule import (
    cut_line,
    given_mode,
    given_people,
    named,
    session_and_hours,
    words_of,
)

LONGEST_NAME = 40  # characters of a guest's name in that of a file
WARNING = 2  # minutes before the end of a block
NONE = Markdown("")


@dataclass(frozen=True, slots=True)
class Role:
    """Someone with a part: a role of the team, a guest who leads a block, or one alone."""

    kind: str  # lead, host, scribe, timekeeper, guest or alone
    name: str = ""

    def leads(self, planned: PlannedBlock, words: DocumentWords) -> bool:
        """Return whether the block is theirs; one that names nobody is the lead's."""
        leader = (planned.block.lead or "lead").casefold().strip()
        if self.kind == "guest":
            return leader == self.name.casefold()
        names = {self.kind, self.name.casefold()}
        if self.kind != "alone":
            names.add(words.say(f"role_{self.kind}").casefold())
        return leader in names


def role_sheets(plan: Plan, *, asked: bool | None = None) -> Iterator[tuple[str, Document]]:
    """Yield the sheets by name: where several people run the room, or where they are *asked* for."""
    roles = list(_roles(plan))
    if asked is False or (asked is None and len(roles) < 2):
        return
    if len(roles) < 2:
        yield "alone", _alone(plan)
        return
    taken: Counter[str] = Counter()
    for role in roles:
        name = _file_name(role)
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}-{taken[name]}", _sheet(role, plan)


def _roles(plan: Plan) -> Iterator[Role]:
    """Yield the roles of the team, then everyone else who leads a block."""
    team = [Role(role, name) for role, name in plan.workshop.team.named()]
    yield from team
    known = team if any(role.kind == "lead" for role in team) else [*team, Role("lead")]
    guests: dict[str, Role] = {}
    words = words_of(plan)
    for planned in plan.blocks:
        if not any(role.leads(planned, words) for role in known):
            leader = str(planned.block.lead).strip()
            guests.setdefault(leader.casefold(), Role("guest", leader))
    yield from guests.values()


def _file_name(role: Role) -> str:
    if role.kind != "guest":
        return role.kind
    return re.sub(r"[^\w-]+", "-", role.name.casefold()).strip("-")[:LONGEST_NAME] or "guest"


def _sheet(role: Role, plan: Plan) -> Document:
    has_cuts = role.kind in ("lead", "timekeeper")
    called = _called(role, words_of(plan))
    return _document(
        role, called, COLUMNS[role.kind](role, plan), cut_line(plan) if has_cuts else NONE, plan
    )


def _alone(plan: Plan) -> Document:
    words = words_of(plan)
    cuts = words.led("drop_head", cut_line(plan)).text
    return _document(Role("alone"), words.say("role_alone"), _all_alone(plan), cuts, plan)


def _document(role: Role, called: Markdown, rows: Nodes, cuts: Markdown, plan: Plan) -> Document:
    words, facts = words_of(plan), _facts(plan)
    before, after = _told(role, words, "before", "during"), _told(role, words, "after")
    return Document(
        "role-sheet",
        words.say("role_title", role=called, title=markdown(plan.workshop.title)),
        Nodes((*paragraphs(facts), *_leads(before))),
        {"rows": rows, "cuts": paragraphs(cuts), "after": _leads(after)},
        {
            "facts": facts,
            "before": before,
            "rows": rows,
            "cuts": (cuts,) if cuts else (),
            "after": after,
        },
    )


def _leads(told: tuple[tuple[Markdown, Markdown], ...]) -> Nodes:
    return paragraphs(*(Markdown(f"**{lead}** {text}") for lead, text in told))


def _told(role: Role, words: DocumentWords, *whens: str) -> tuple[tuple[Markdown, Markdown], ...]:
    return tuple((words.lead(f"{when}_role"), words.say(f"{role.kind}_{when}")) for when in whens)


def _called(role: Role, words: DocumentWords) -> Markdown:
    if role.kind == "guest":
        return markdown(role.name)
    called = words.say(f"role_{role.kind}")
    is_named = role.name.casefold() not in (role.kind, called.casefold())
    return words.say("task_of", task=called, details=markdown(role.name)) if is_named else called


def _facts(plan: Plan) -> Markdown:
    words = words_of(plan)
    return words.sentence(
        words.listed((session_and_hours(plan), given_people(plan), given_mode(plan)))
    )


# what each role sees of the run --------------------------------------------------------------


def _of_the_lead(role: Role, plan: Plan) -> Nodes:
    words = words_of(plan)
    keys = ("clock", "min", "block", "your_part", "move_on_head", "latest_start_head")
    rows = [
        [
            *_when(planned),
            words.say("you_lead", doing=doing(planned, words))
            if role.leads(planned, words)
            else _led(planned, words),
            move_on(planned, words),
            literal(str(planned.latest_start)),
        ]
        for planned in _running(plan)
    ]
    return _table(keys, rows, words)


def _of_the_host(role: Role, plan: Plan) -> Nodes:
    words = words_of(plan)
    rows = [[*_when(p), part] for p in _running(plan) if (part := _help(role, p, plan))]
    return _table(("clock", "min", "block", "your_part"), rows, words)


def _of_the_scribe(role: Role, plan: Plan) -> Nodes:
    words = words_of(plan)
    rows = [
        [*_when(planned), _to_write_down(role, planned, words), BLANK] for planned in _running(plan)
    ]
    return _table(("clock", "min", "block", "write_down", "actual"), rows, words)


def _of_the_timekeeper(role: Role, plan: Plan) -> Nodes:
    words = words_of(plan)
    rows = [
        [
            *_when(planned),
            literal(str(Clock(max(planned.start, planned.end - WARNING)))),
            literal(str(planned.latest_start)),
            _own(role, planned, words),
            BLANK,
        ]
        for planned in _running(plan)
    ]
    keys = ("clock", "min", "block", "warn_at", "latest_start_head", "your_part", "actual")
    return _table(keys, rows, words)


def _of_a_guest(role: Role, plan: Plan) -> Nodes:
    words = words_of(plan)
    rows = [
        [
            *_when(planned),
            words.say("you_lead", doing=doing(planned, words)),
            bring(planned, plan),
            literal(str(planned.latest_start)),
        ]
        for planned in _running(plan)
        if role.leads(planned, words)
    ]
    return _table(("clock", "min", "block", "your_part", "bring", "latest_start_head"), rows, words)


COLUMNS: dict[str, Callable[[Role, Plan], Nodes]] = {
    "lead": _of_the_lead,
    "host": _of_the_host,
    "scribe": _of_the_scribe,
    "timekeeper": _of_the_timekeeper,
    "guest": _of_a_guest,
}


def _all_alone(plan: Plan) -> Nodes:
    words = words_of(plan)
    rows = [
        [
            *_when(planned),
            bring(planned, plan),
            literal(str(planned.latest_start)),
            if_late(planned, plan),
        ]
        for planned in _running(plan)
    ]
    return _table(("clock", "min", "block", "bring", "latest_start_head", "if_late"), rows, words)


def _running(plan: Plan) -> Iterator[PlannedBlock]:
    return (planned for planned in plan.blocks if planned.minutes)


def _when(planned: PlannedBlock) -> list[Markdown]:
    return [literal(str(planned.start)), Markdown(str(planned.minutes)), named(planned)]


def _led(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    return words.say("led_by", name=planned.block.lead or "")


def _own(role: Role, planned: PlannedBlock, words: DocumentWords) -> Markdown:
    return (
        words.say("you_lead", doing=doing(planned, words)) if role.leads(planned, words) else NONE
    )


def _help(role: Role, planned: PlannedBlock, plan: Plan) -> Markdown:
    words = words_of(plan)
    things = bring(planned, plan)
    groups = groups_of(planned, words)
    parts = (
        _own(role, planned, words),
        words.say("set_out", things=things) if things else NONE,
        words.say("form_groups", groups=groups) if groups else NONE,
    )
    return joined(words.say("semicolon"), parts)


def _to_write_down(role: Role, planned: PlannedBlock, words: DocumentWords) -> Markdown:
    """Return what comes out of a block that someone may want to read later."""
    block = planned.block
    made = markdown(block.produce or "") if isinstance(block, PracticeBlock) else NONE
    debrief = getattr(block, "debrief", None)
    asked = markdown(
        (debrief.now_what if debrief else None) or getattr(block, "now_what", None) or ""
    )
    return joined(words.say("semicolon"), (_own(role, planned, words), made, asked))


def _table(keys: tuple[str, ...], rows: list[list[Markdown]], words: DocumentWords) -> Nodes:
    if not rows:
        return Nodes()
    head, kept = without_empty_columns([words.say(key) for key in keys], rows)
    return Nodes((table(head, kept, right=(1,)),))
