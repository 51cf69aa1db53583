"""Sets two variants of one outline side by side: which blocks, minutes and slides differ."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from deckgen.blocks.base import Block
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.reading.reader import declared_fields

# What a fit uses to choose; it is told by what was chosen.
APART = frozenset({"id", "title", "time", "priority", "cut", "when", "needs", "ignore", "imported"})


class Side(NamedTuple):
    """A block as it runs in one of the two variants."""

    minutes: int
    form: str  # full or short
    title: str
    slides: int


class Pair(NamedTuple):
    """A block of the outline in both variants; None where it does not run, and then `why`."""

    id: str
    a: Side | None
    b: Side | None
    differs: tuple[str, ...]  # minutes, form, title, slides, and names of fields
    why: str


class SlideDiff(NamedTuple):
    """A slide of one variant that the other has not: `side` is A or B."""

    side: str
    block: str
    title: str


class Sums(NamedTuple):
    """A variant in numbers."""

    blocks: int
    minutes: int  # in all
    buffer: int
    breaks: int  # minutes of breaks
    slides: int


class Variant(NamedTuple):
    """A variant: its plan, and the titles of its slides by block, in order."""

    plan: Plan
    titles: Mapping[str, Sequence[str]]


class Difference(NamedTuple):
    """What differs between two variants; `same` are the ids of blocks that are alike."""

    pairs: tuple[Pair, ...]
    same: tuple[str, ...]
    slides: tuple[SlideDiff, ...]
    a: Sums
    b: Sums


def difference(a: Variant, b: Variant) -> Difference:
    """Return what differs between *a* and *b*, blocks in the order of the outline."""
    pairs = [pair for pair in _pairs(a, b) if pair.a or pair.b]
    return Difference(
        pairs=tuple(pair for pair in pairs if pair.differs or not (pair.a and pair.b)),
        same=tuple(pair.id for pair in pairs if pair.a and pair.b and not pair.differs),
        slides=tuple(_slides(a, b)),
        a=_sums(a),
        b=_sums(b),
    )


# blocks ---------------------------------------------------------------------------------------


def _pairs(a: Variant, b: Variant) -> Iterator[Pair]:
    in_a, in_b = _running(a.plan), _running(b.plan)
    for name in _in_order(a.plan, b.plan):
        sides = _side(in_a.get(name), a), _side(in_b.get(name), b)
        lacking = next((v.plan for v, side in zip((a, b), sides, strict=True) if not side), None)
        why = _why_out(name, lacking) if lacking else ""
        yield Pair(name, *sides, tuple(_differs(name, in_a, in_b, sides)), why)


def _in_order(a: Plan, b: Plan) -> list[str]:
    """Return the ids of all blocks: those of *a* in order, those of *b* alone where they stand."""
    in_a, in_b = ([str(d.block.id) for d in plan.fit.decisions] for plan in (a, b))
    merged: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, in_a, in_b, autojunk=False).get_opcodes():
        merged += in_a[i:j]
        merged += [] if tag == "equal" else in_b[k:m]
    return list(dict.fromkeys(merged))


def _running(plan: Plan) -> dict[str, PlannedBlock]:
    written = {str(decision.block.id) for decision in plan.fit.decisions}
    return {str(p.block.id): p for p in plan.blocks if str(p.block.id) in written}


def _side(planned: PlannedBlock | None, variant: Variant) -> Side | None:
    if planned is None:
        return None
    name = str(planned.block.id)
    swapped = {str(d.block.id) for d in variant.plan.fit.decisions if d.action == "swapped"}
    form = "short" if name in swapped else "full"
    title = unmarked(planned.block.title)
    return Side(planned.minutes, form, title, len(variant.titles.get(name, ())))


def _differs(
    name: str,
    in_a: Mapping[str, PlannedBlock],
    in_b: Mapping[str, PlannedBlock],
    sides: tuple[Side | None, Side | None],
) -> Iterator[str]:
    a, b = sides
    if a is None or b is None:
        return
    for field in Side._fields:
        if getattr(a, field) != getattr(b, field):
            yield field
    yield from fields_that_differ(in_a[name].block, in_b[name].block)


def fields_that_differ(a: Block, b: Block) -> list[str]:
    """Return the names of the fields in which two forms of a block differ, those of notes alone."""
    names = dict.fromkeys(name for block in (a, b) for name in _fields_of(block))
    found: list[str] = ["kind"] if a.KIND != b.KIND else []
    for name in names:
        if name not in APART and _plain(getattr(a, name, None)) != _plain(getattr(b, name, None)):
            found.append(name)
    return found


def _plain(value: Any) -> Any:
    """Return *value* with nothing but texts, numbers, lists and dicts, to be compared."""
    if dataclasses.is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _fields_of(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _fields_of(value: Any) -> Iterable[str]:
    return declared_fields(type(value))  # type: ignore[arg-type]


def _why_out(name: str, plan: Plan) -> str:
    for decision in plan.fit.decisions:
        if str(decision.block.id) == name:
            return f"{decision.action}: {Words().tell(decision.why)}"
    return "not in this audience's outline"


# slides and sums ------------------------------------------------------------------------------


def _slides(a: Variant, b: Variant) -> Iterator[SlideDiff]:
    in_a, in_b = _listed(a), _listed(b)
    for tag, i, j, k, m in SequenceMatcher(None, in_a, in_b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (SlideDiff("A", *slide) for slide in in_a[i:j])
            yield from (SlideDiff("B", *slide) for slide in in_b[k:m])


def _listed(variant: Variant) -> list[tuple[str, str]]:
    return [(block, title) for block, titles in variant.titles.items() for title in titles]


def _sums(variant: Variant) -> Sums:
    plan = variant.plan
    rests = sum(planned.minutes for planned in plan.blocks if planned.block.RESTS)
    slides = sum(len(titles) for titles in variant.titles.values())
    return Sums(len(_running(plan)), plan.minutes, plan.buffer, rests, slides)
