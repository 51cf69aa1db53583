"""Turns the declarations of outlines and themes into trials: does anything change when a value does?

A trial is a list of outlines that differ in one value alone. What is written of them is compared as
bytes: deck, facilitator notes, run sheet, handout with answers, role sheets, table and calendar event.
Values come from the types of the fields; where a type does not say what is meant, from tables here.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

from deckgen.blocks import KINDS, load_kind
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.model import Mentioned, Workshop
from deckgen.reading.fields import Bounds, Clock, Count, Prose, Ratio, Raw, Text
from deckgen.reading.reader import declared_fields, unwrap
from deckgen.render.documents.options import DocumentOptions
from examples import ADDRESSES

Values = dict[str, Any]
FULL = Options(documents=DocumentOptions(roles=True, with_answers=True), formats=("csv", "ics"))
PROBE = "probe"
URLS = ["https://example.org/a", "https://example.org/b"]
GONE = object()  # as a value of a field: it is left out


class Field(NamedTuple):
    """A declared field: its class, name and type, and the fields that lead to it from a root."""

    cls: type
    name: str
    kind: Any
    is_required: bool
    root: str  # workshop, mentioned, or a kind of block
    within: tuple[Field, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called in tables: by its own class, then by those that this one inherits from."""
        return tuple(f"{cls.__name__}.{self.name}" for cls in self.cls.__mro__)

    def __str__(self) -> str:
        return self.names[0]


class Setting(NamedTuple):
    """What must be there for a field to matter: in the workshop, the block, beside the field."""

    workshop: Mapping[str, Any] = {}
    block: Mapping[str, Any] = {}
    beside: Mapping[str, Any] = {}
    blocks: Sequence[Values] = ()  # further ones, at the end


class Samples(NamedTuple):
    """What types do not say: values of a field, ways to write a class, settings of a field."""

    frame: Values
    values: Mapping[str, list[Any]]
    ways: Mapping[str, list[Values]]
    settings: Mapping[str, Sequence[Setting]]  # one after the other, until something changes


# what is declared ------------------------------------------------------------------------------


def declared_in_outlines() -> dict[str, list[Field]]:
    """Return all fields by the root under which they are tried.

    A class that several kinds of block hold, such as notes, is tried in the first that has it.
    """
    seen: set[type] = set()
    order = dict.fromkeys(("activity", *KINDS))
    found = {kind: list(_fields(load_kind(kind), kind, (), seen)) for kind in order}
    found["workshop"] = list(_fields(Workshop, "workshop", (), seen))
    found["mentioned"] = list(_fields(Mentioned, "mentioned", (), seen))
    return found


def _fields(cls: type, root: str, within: tuple[Field, ...], seen: set[type]) -> Iterator[Field]:
    seen.add(cls)
    for name, declared in declared_fields(cls).items():
        field = Field(cls, name, declared.kind, declared.is_required, root, within)
        yield field
        inner = _class_in(declared.kind)
        if inner and inner not in seen:
            yield from _fields(inner, root, (*within, field), seen)


def _class_in(kind: Any) -> type | None:
    """Return the declared class that a field holds, alone, in a list or by names."""
    kind, _ = unwrap(kind)
    if dataclasses.is_dataclass(kind):
        return kind  # type: ignore[return-value]
    if get_origin(kind) in (tuple, dict):
        return _class_in(get_args(kind)[-1 if get_origin(kind) is dict else 0])
    return None


# values ----------------------------------------------------------------------------------------


def values_of(field: Field, samples: Samples) -> list[Any]:
    """Return values that the field may have, and that it is left out, where it may be."""
    usual = URLS if field.name in ADDRESSES else _values(field.kind, samples)
    found = _first(samples.values, field) or usual
    return found if field.is_required else [GONE, *found]


def settings_of(field: Field, samples: Samples) -> Sequence[Setting]:
    """Return the settings to try the field in, one after the other."""
    found: Sequence[Setting] = _first(samples.settings, field) or (Setting(),)
    return found


def _first(table: Mapping[str, Any], field: Field) -> Any:
    """Return what *table* has for the field, by the nearest class; None if it has nothing."""
    return next((table[name] for name in field.names if name in table), None)


def _values(kind: Any, samples: Samples) -> list[Any]:
    kind, limits = unwrap(kind)
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return [least_of(kind, samples, turn) for turn in range(2)]  # type: ignore[arg-type]
    if origin in (tuple, dict):
        inner = _values(get_args(kind)[-1 if origin is dict else 0], samples)
        return [_wrapped(kind, limits, value) for value in inner]
    if origin is Literal:
        return list(get_args(kind))
    return _scalars(kind, limits)


def _wrapped(kind: Any, limits: tuple[Any, ...], value: Any) -> Any:
    """Return *value* as what a field of the type *kind* holds: alone, in a list, by names."""
    if get_origin(kind) is tuple:
        least = max((limit.least for limit in limits if isinstance(limit, Count)), default=1)
        return [_wrapped(*unwrap(get_args(kind)[0]), value)] * least
    if get_origin(kind) is dict:
        inner = _wrapped(*unwrap(get_args(kind)[1]), value)
        return {"One": inner, "Two": inner}
    return value


def _scalars(kind: Any, limits: tuple[Any, ...]) -> list[Any]:
    plain: dict[Any, list[Any]] = {
        Text: ["Zebra", "Okapi"],
        Prose: ["Zebra", "Okapi"],
        Raw: ["zebra = 1\n", "okapi = 2\n"],
        int: [3, 7],
        float: [0.25, 1.5, 0.75],
        bool: [True, False],
        Clock: ["10:07", "11:13"],
        Ratio: ["20%", "40%"],
    }
    bounds = [limit for limit in limits if isinstance(limit, Bounds)]
    least = max((limit.least for limit in bounds), default=-1e9)
    greatest = min((limit.greatest for limit in bounds), default=1e9)
    return [v for v in plain[kind] if kind not in (int, float) or least <= v <= greatest]


def least_of(cls: type, samples: Samples, turn: int = 0) -> Any:
    """Return what an author must write of *cls*, in one of two ways."""
    if cls.__name__ in samples.ways:
        return deepcopy(samples.ways[cls.__name__][turn])
    return {
        name: values_of(Field(cls, name, declared.kind, True, ""), samples)[turn]
        for name, declared in declared_fields(cls).items()
        if declared.is_required
    }


# outlines --------------------------------------------------------------------------------------


def outline_with(field: Field, value: Any, setting: Setting, samples: Samples) -> Values:
    """Return the least outline that has *field* in *setting*, with *value* in it."""
    outline = deepcopy(samples.frame)
    outline["workshop"] |= setting.workshop
    outline["blocks"] += deepcopy(list(setting.blocks))
    holder = outline.setdefault(field.root, {}) if field.root not in KINDS else {"kind": field.root}
    if field.root in KINDS:
        holder |= {"id": PROBE} | least_of(load_kind(field.root), samples) | {"title": "Probe"}
        _merged(holder, setting.block)
        outline["blocks"].insert(1, holder)
    beside = dict(setting.beside)
    for last, outer in zip((*field.within, field)[:0:-1], field.within[::-1], strict=True):
        inner = least_of(last.cls, samples)
        value = _wrapped(*unwrap(outer.kind), _set(_merged(inner, beside), last.name, value))
        beside = {}
    _set(holder, field.within[0].name if field.within else field.name, value)
    if not field.within:
        _merged(holder, beside)
    return outline


def _merged(holder: Values, beside: Mapping[str, Any]) -> Values:
    for name, told in beside.items():
        _set(holder, name, told)
    return holder


def _set(holder: Values, name: str, value: Any) -> Values:
    if value is GONE:
        holder.pop(name, None)
    else:
        holder[name] = value
    return holder


# what comes of them ----------------------------------------------------------------------------


class Outcome(NamedTuple):
    """What a build of an outline makes: its files (none: it failed), and what it tells the author."""

    files: Mapping[str, bytes]
    findings: tuple[str, ...]


def outcome(outline: Values, folder: Path) -> Outcome:
    """Return what comes of *outline*."""
    path = folder / "o.yaml"
    path.write_text(json.dumps(outline, ensure_ascii=False), encoding="utf-8")
    diagnostics = Diagnostics()
    files: dict[str, bytes] = {}
    dated = "date" in outline["workshop"]  # without it there can be no calendar event
    options = FULL if dated else FULL._replace(formats=("csv",))
    with suppress(DeckgenError):
        for compiled in check(path, diagnostics, options):
            files |= render(compiled, options)
    return Outcome(files, tuple(f"{d.id}: {d.message}" for d in diagnostics))


class Trial(NamedTuple):
    """What was seen of a field: whether files or findings change, and what values led to."""

    changes_files: bool
    changes_findings: bool
    seen: tuple[str, ...]


def try_field(field: Field, samples: Samples, folder: Path) -> Trial:
    """Return what changes when the field's value does; it ends at the first change of a file."""
    changes_findings, seen = False, []
    for setting in settings_of(field, samples):
        built: Outcome | None = None
        findings: set[tuple[str, ...]] = set()
        for value in values_of(field, samples):
            found = outcome(outline_with(field, value, setting, samples), folder)
            findings.add(found.findings)
            shown = "left out" if value is GONE else repr(value)
            seen.append(f"{shown}: {'; '.join(found.findings) or 'no finding'}")
            built = built or (found if found.files else None)
            if built and found.files and found.files != built.files:
                return Trial(True, len(findings) > 1, tuple(seen))
        changes_findings |= built is not None and len(findings) > 1
    return Trial(False, changes_findings, tuple(seen))
