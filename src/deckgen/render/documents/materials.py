"""Counts what to bring: for each person (spares rounded up), each group and the session."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.blocks.base import Material
from deckgen.inline import unmarked
from deckgen.plan.groups import form_groups
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.reading.fields import Text


@dataclass(frozen=True, slots=True)
class Need:
    """A material of one block, and how many of it."""

    item: Text
    quantity: int
    material: Material
    ref: str


@dataclass(frozen=True, slots=True)
class Total:
    """A material of the whole workshop: the needs of all blocks that name it alike."""

    needs: tuple[Need, ...]

    @property
    def item(self) -> Text:
        """Its name as first written."""
        return self.needs[0].item

    @property
    def quantity(self) -> int:
        """How many to bring."""
        return sum(need.quantity for need in self.needs)


def needs_of(planned: PlannedBlock, plan: Plan) -> Iterator[Need]:
    """Yield what *planned* needs, counted for the people expected."""
    for material in planned.block.materials:
        count = material.qty * _holders(material, planned, plan)
        spared = round(count * (1 + material.spare), 6)  # 20 * 1.1 is a hair over 22
        yield Need(material.item, math.ceil(spared), material, planned.ref)
    if getattr(planned.block, "roles", ()):
        item = Text(plan.words.say("role_cards_of", title=unmarked(planned.block.title)))
        cards = Material(item=item, per="group")
        yield Need(item, group_count(planned, plan), cards, planned.ref)


def totals_of(plan: Plan) -> list[Total]:
    """Return the totals in the order in which the workshop needs them."""
    merged: dict[str, list[Need]] = {}
    for planned in plan.blocks:
        for need in needs_of(planned, plan):
            merged.setdefault(" ".join(need.item.casefold().split()), []).append(need)
    return [Total(tuple(needs)) for needs in merged.values()]


def group_count(planned: PlannedBlock | None, plan: Plan) -> int:
    """Return the number of groups of *planned*, or by the workshop's own group size."""
    if planned is not None and planned.groups:
        return planned.groups.count
    people = plan.workshop.people
    return form_groups(people.expected, size=people.group).count


def _holders(material: Material, planned: PlannedBlock, plan: Plan) -> int:
    if material.per == "person":
        return plan.workshop.people.expected
    return group_count(planned, plan) if material.per == "group" else 1
