"""What a run changes of an outline's frame, such as `--budget 60`: it wins over the file."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from deckgen.outline.model import Mode, Outline, People
from deckgen.reading.fields import Clock, Text


@dataclass(frozen=True, slots=True)
class Changes:
    """Values that replace those of the workshop; None leaves what the file says."""

    budget: int | None = None
    people: int | None = None
    mode: Mode | None = None
    start: Clock | None = None
    date: Text | None = None

    @property
    def are_of_one_session(self) -> bool:
        """Whether they change what each session has of its own."""
        return any(value is not None for value in (self.budget, self.start, self.date))

    def laid_on(self, outline: Outline) -> Outline:
        """Return *outline* changed; what was changed has no place in the file any more."""
        fields: dict[str, Any] = {
            name: value
            for name in ("budget", "mode", "start", "date")
            if (value := getattr(self, name)) is not None
        }
        if self.people is not None:
            group = outline.workshop.people.group
            fields["people"] = People(expected=self.people, group=group)
        if not fields:
            return outline
        workshop = dataclasses.replace(outline.workshop, **fields)
        places = {name: span for name, span in outline.places.items() if name not in fields}
        given = outline.given.union(fields)
        return dataclasses.replace(outline, workshop=workshop, places=places, given=given)


UNCHANGED = Changes()


def variant_name(name: str, audience: str | None, changes: Changes) -> str:
    """Return the name of a variant's files, such as `talk.engineers.60min`: only what was asked for."""
    parts = [name]
    if audience:
        parts.append(re.sub(r"[^\w-]+", "-", audience))
    if changes.budget is not None:
        parts.append(f"{changes.budget}min")
    return ".".join(parts)
