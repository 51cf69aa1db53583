"""The registry of facilitation methods: data in `methods.yaml`, typed here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from deckgen.languages import ENGLISH, method_words


class Method(NamedTuple):
    """A facilitation method and what a block takes from it unless it says otherwise."""

    id: str
    name: str
    minutes: int
    least_people: int
    most_people: int
    group: int | None  # people in a group; 0: the workshop's own size; None: no groups
    doing: str
    steps: tuple[tuple[str, int], ...]
    online: str
    trap: str
    probes: tuple[str, ...]  # what to ask where the talk stalls
    debrief: tuple[str, ...]  # what happened, what it means, what follows
    moves: bool  # people walk
    is_silent_first: bool  # it begins with time to think alone


@cache
def load_methods(code: str = ENGLISH) -> dict[str, Method]:
    """Return all methods by id, in the words of the language *code*."""
    import yaml  # noqa: PLC0415 (an outline without a method needs no registry)

    text = Path(__file__).with_name("methods.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    said = method_words(code)
    return {id: _method(id, values | said.get(id, {})) for id, values in data.items()}


def _method(id: str, values: dict) -> Method:  # type: ignore[type-arg]
    group = {"none": None, "table": 0}.get(values["group"], values["group"])
    least, most = values["people"]
    texts, shares = zip(*values["steps"], strict=True)
    return Method(
        id=id,
        name=values["name"],
        minutes=values["minutes"],
        least_people=least,
        most_people=most,
        group=group,
        doing=values["doing"],
        steps=tuple(zip(values.get("say", texts), shares, strict=True)),
        online=values["online"],
        trap=values["trap"],
        probes=tuple(values["probes"]),
        debrief=tuple(values["debrief"]),
        moves=values.get("moves", False),
        is_silent_first=values.get("silent", False),
    )
