"""Turns what the outline's classes declare into facts to print: fields, their defaults, an example of each kind.

docs/outline.md and the command line print the same facts; the examples, `blocks/examples/KIND.yaml`, are in the
JSON schema, too.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

from deckgen import blocks
from deckgen.blocks import load_kind
from deckgen.blocks.base import Block, Notes, PracticeBlock
from deckgen.languages import has_words
from deckgen.methods import Method
from deckgen.reading.fields import Bounds, Clock, Prose, Ratio, Raw, Text
from deckgen.reading.reader import Declared, declared_fields, unwrap

EXAMPLES = Path(blocks.__file__).with_name("examples")
PLACES = ("slide", "facilitator", "handout", "answers")
NAMES = {
    Text: "text",
    Prose: "text in blocks",
    Raw: "lines of text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Clock: "time of day",
    Ratio: "share",
}


class FieldFact(NamedTuple):
    """A field: what it holds, what holds without it, who sees it (`s f h a`), what it is for."""

    name: str
    holds: str
    default: str
    seen: str
    help: str
    is_required: bool


class ClassFact(NamedTuple):
    """A class that fields hold, such as a step."""

    name: str
    help: str
    fields: tuple[FieldFact, ...]


class KindFact(NamedTuple):
    """A kind of block; its fields are its own, and those of every block that it means otherwise."""

    name: str
    help: str
    minutes: int
    has_method: bool
    fields: tuple[FieldFact, ...]
    classes: tuple[ClassFact, ...]


def kind_fact(kind: str) -> KindFact:
    """Return what is declared of a kind, one of `KINDS`."""
    cls = load_kind(kind)
    usual = {field.name: field for field in fields_of(Block)}
    own = tuple(field for field in fields_of(cls) if field != usual.get(field.name))
    if has_words(f"title.{kind}"):  # of a title that is ours, the outline's language says which
        own = tuple(field for field in own if field.name != "title")
    classes = tuple(class_fact(held) for held in _held_by_kind(cls))
    has_method = issubclass(cls, PracticeBlock)
    return KindFact(kind, first_line(cls), cls.MINUTES, has_method, own, classes)


def class_fact(cls: type) -> ClassFact:
    """Return what a declared class is, and its fields."""
    return ClassFact(class_name(cls), first_line(cls), fields_of(cls))


def fields_of(cls: type) -> tuple[FieldFact, ...]:
    """Return the fields of a declared class, in order."""
    defaults = {field.name: _default(field) for field in dataclasses.fields(cls)}
    return tuple(
        FieldFact(
            name,
            holds(entry.kind),
            defaults[name],
            _seen(entry),
            entry.help,
            entry.is_required and name not in ("id", "title"),
        )
        for name, entry in declared_fields(cls).items()
    )


def held_classes(cls: type) -> list[type]:
    """Return the declared classes that the fields of *cls* hold, each once."""
    found: list[type] = []
    for entry in declared_fields(cls).values():
        kind, _ = unwrap(entry.kind)
        while get_origin(kind) in (tuple, dict):
            kind, _ = unwrap([a for a in get_args(kind) if a is not Ellipsis][-1])
        if dataclasses.is_dataclass(kind) and kind not in (Block, Notes) and kind not in found:
            found.append(typing.cast("type", kind))
    return found


def holds(kind: Any) -> str:
    """Return what a field of the type *kind* holds, in words."""
    kind, limits = unwrap(kind)
    if dataclasses.is_dataclass(kind):
        return class_name(typing.cast("type", kind))
    if get_origin(kind) is tuple:
        return f"list of {holds(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return f"names with {holds(get_args(kind)[1])}"
    if get_origin(kind) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(kind))
    bounds = next((limit for limit in limits if isinstance(limit, Bounds)), None)
    least = f", {bounds.least:g} or more" if bounds and bounds.least > 0 else ""
    return f"{NAMES[kind]}{least}"


def class_name(cls: type) -> str:
    """Return the name of a declared class in words, such as `theme choice`."""
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in cls.__name__).strip()
    return "minutes" if words == "time range" else words


def first_line(cls: type) -> str:
    """Return what *cls* is, in a sentence."""
    return (cls.__doc__ or "").split("\n")[0]


def example_of(kind: str) -> str:
    """Return a block of this kind, as an entry of `blocks` to paste."""
    return (EXAMPLES / f"{kind}.yaml").read_text(encoding="utf-8")


def method_example(method: Method) -> str:
    """Return a block that uses *method*, as an entry of `blocks` to paste."""
    lines = ("- kind: activity", f'  title: "{method.name}"', f"  method: {method.id}")
    return "\n".join((*lines, f'  task: "{method.doing}."', ""))


def _held_by_kind(cls: type[Block]) -> Iterator[type]:
    """Yield the classes that a kind's fields hold; what many kinds share, only in the first of them."""
    shared = {Block, Notes, *held_classes(Block)}
    if cls.KIND != "activity":
        shared |= set(held_classes(PracticeBlock))
    yield from (held for held in held_classes(cls) if held not in shared)


def _seen(entry: Declared) -> str:
    return " ".join(place[0] for place in PLACES if place in entry.sees)


def _default(field: dataclasses.Field[Any]) -> str:
    """Return what holds where a field is left out, or nothing where that is nothing."""
    value: Any = field.default
    if field.default_factory is not dataclasses.MISSING:
        made = field.default_factory()
        short: tuple[str, ...] = getattr(made, "SCALAR", ())
        value = getattr(made, short[0]) if len(short) == 1 else None
    if value is dataclasses.MISSING or not (value or isinstance(value, bool | int | float)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Ratio):
        return f"{value:.0%}"
    return f"{value:g}" if type(value) is float else str(value)
