"""Whether a block takes part: its `when` beside the situation of the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deckgen.blocks.base import Block, Condition, parse_comparison
from deckgen.languages import Phrase, phrase
from deckgen.outline.model import Outline, People, Stretch
from deckgen.reading.fields import Clock, Ratio, Text

COMPARE = {
    ">=": int.__ge__,
    "<=": int.__le__,
    ">": int.__gt__,
    "<": int.__lt__,
    "==": int.__eq__,
    "!=": int.__ne__,
}


COMPARED = {  # the keys of their words
    ">=": "at_least",
    ">": "more_than",
    "<=": "at_most",
    "<": "fewer_than",
    "==": "exactly",
    "!=": "other_than",
}


class Absent(NamedTuple):
    """A block of an earlier session that does not run; with more time there it might."""

    block: Block
    is_lost_for_time: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """How long, with whom and where a session runs; a `budget` of None sets no end."""

    budget: int | None
    people: People
    mode: str = "in_person"
    audience: str | None = None
    start: Clock = Clock(540)
    buffer: float = Ratio(0.1)
    max_stretch: Stretch = field(default_factory=Stretch)
    absent: tuple[Absent, ...] = ()
    wanted: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # see fit_sessions

    @classmethod
    def of(cls, outline: Outline) -> Situation:
        """Return the situation that *outline* describes."""
        workshop = outline.workshop
        return cls(
            budget=workshop.budget,
            people=workshop.people,
            mode=workshop.mode,
            audience=outline.audience,
            start=workshop.start,
            buffer=workshop.buffer,
            max_stretch=workshop.max_stretch,
        )

    @property
    def stretch(self) -> int:
        """The longest time without a break, in minutes."""
        stretch = self.max_stretch
        return stretch.online if self.mode == "online" else stretch.in_person


def holds(block: Block, situation: Situation) -> bool:
    """Return whether every part of the block's condition holds."""
    condition = block.when
    if condition is None:
        return True
    measured = (
        (condition.budget, situation.budget),
        (condition.people, situation.people.expected),
    )
    return (
        (not condition.audience or situation.audience in condition.audience)
        and (not condition.mode or situation.mode in condition.mode)
        and all(_compares(text, value) for text, value in measured)
    )


def told(condition: Condition) -> list[Phrase]:
    """Return the parts of *condition* as what they ask for."""
    parts = (
        ("if_budget", _compared(condition.budget)),
        ("if_people", _compared(condition.people)),
        ("if_audience", ", ".join(name.replace("_", " ") for name in condition.audience)),
        ("if_mode", [Phrase(mode) for mode in condition.mode]),
    )
    return [phrase(key, value=value) for key, value in parts if value]


def wants_time(block: Block, situation: Situation) -> bool:
    """Return whether the budget alone, or the head count, keeps the block out."""
    condition = block.when
    return (
        condition is not None
        and condition.budget is not None
        and (not condition.audience or situation.audience in condition.audience)
        and (not condition.mode or situation.mode in condition.mode)
    )


def _compared(text: Text | None) -> Phrase | None:
    """Return what a comparison such as `>=150` asks for."""
    comparison = parse_comparison(text) if text else None
    if comparison is None:
        return None
    operator, number = comparison
    return phrase(COMPARED[operator], number=number)


def _compares(text: Text | None, value: int | None) -> bool:
    comparison = parse_comparison(text) if text else None
    if comparison is None:
        return True
    operator, number = comparison
    return value is not None and COMPARE[operator](value, number)
