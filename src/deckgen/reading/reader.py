"""Turns YAML nodes into the values that the model's classes declare.

One walk over the nodes, driven by the dataclasses' annotations and `deckgen.reading.fields.given`: every
problem becomes a diagnostic at its node, reading goes on, and a value that cannot be read is
`INVALID`. Written here and not with a validation library for two reasons: the nodes know their
place, so no second map from addresses to lines is needed, and reading starts in a tenth of the
time (a third of a short build went into importing pydantic and building its models).
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from deckgen.catalogue import FindingId
from deckgen.diagnostics import Diagnostics, Span, did_you_mean
from deckgen.reading.fields import Bounds, Clock, Count, Ratio, Raw, Text
from deckgen.reading.source import Mapping, Node, Scalar, Sequence


class Invalid:
    """The value of what could not be read; its diagnostic is already given."""


INVALID = Invalid()
TRUE, FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads nodes by type, adding what is wrong to `diagnostics`."""

    diagnostics: Diagnostics

    def read(self, node: Node, kind: Any, name: str) -> Any:
        """Return the value of *node* as the type *kind*, or `INVALID`; *name* is its field."""
        kind, limits = unwrap(kind)
        if isinstance(node, Scalar) and node.is_null:
            return self._wrong(node, f"`{name}` is empty")
        if dataclasses.is_dataclass(kind):
            return self._object(node, kind, name)  # type: ignore[arg-type]
        origin = get_origin(kind)
        if origin is tuple:
            return self._list(node, get_args(kind)[0], name, limits)
        if origin is dict:
            return self._dict(node, get_args(kind)[1], name)
        if origin is Literal:
            return self._choice(node, get_args(kind), name)
        return self._scalar(node, kind, name, limits)

    def fields(
        self, node: Mapping, cls: type, noun: str, damaged: set[str] | None = None
    ) -> dict[str, Any]:
        """Return the fields of *cls* that *node* gives, reporting unknown and missing ones.

        The names of those in which anything is wrong go into *damaged*.
        """
        declared = declared_fields(cls)
        values: dict[str, Any] = {}
        meant: list[str] = []
        for name, (key, value) in node.items.items():
            if name in declared:
                if not (isinstance(value, Scalar) and value.is_null):
                    before = len(self.diagnostics)
                    values[name] = self.read(value, declared[name].kind, name)
                    if damaged is not None and len(self.diagnostics) > before:
                        damaged.add(name)
            elif not name.startswith("x-"):
                hints = _field_hint(name, declared)
                meant += hints
                self.diagnostics.add(
                    "unknown-field", f"{noun} has no field `{name}`", key, hints=hints
                )
        for name, entry in declared.items():
            if entry.is_required and name not in values:
                values[name] = INVALID
                if f"did you mean `{name}`?" in meant:
                    continue
                place = node.items[name][0] if name in node.items else start_of(node.span)
                hints = (f"`{name}`: {entry.help}",)
                self.diagnostics.add("missing-field", f"{noun} needs `{name}`", place, hints=hints)
        return values

    def build(self, node: Mapping, cls: type, values: dict[str, Any]) -> Any:
        """Return *cls* made of *values*, once its own check finds nothing wrong, or `INVALID`."""
        declared = declared_fields(cls)
        sound = {name: value for name, value in values.items() if value is not INVALID}
        if any(entry.is_required and name not in sound for name, entry in declared.items()):
            return INVALID
        return self._judged(cls, node, sound, is_whole=len(sound) == len(values))

    def stand_in(self, node: Mapping, cls: type, values: dict[str, Any]) -> Any:
        """Return *cls* with `…` for texts that are missing in *values*, so that the rest can be judged.

        `INVALID` where anything else is missing that must be given.
        """
        sound = {name: value for name, value in values.items() if value is not INVALID}
        for name, entry in declared_fields(cls).items():
            if entry.is_required and name not in sound:
                if entry.kind is not Text:
                    return INVALID
                sound[name] = Text("…")
        return self._judged(cls, node, sound, is_whole=False)

    def _judged(self, cls: type, node: Mapping, sound: dict[str, Any], *, is_whole: bool) -> Any:
        """Return *cls* made of *sound*, without the values that its own check refuses and reports.

        `INVALID` where it cannot be without them. A check that blames no field which was read is
        not believed unless the whole could be read.
        """
        made = cls(**sound)
        refused: list[str] = []
        for problem in getattr(made, "problems", tuple)():
            if problem.field not in sound and not is_whole:
                refused.append("")
                continue
            found = node.items.get(problem.field)
            span = found[1].span if found else start_of(node.span)
            self.diagnostics.add(problem.id, problem.message, span)
            if problem.id != "missing-alt":  # it only lacks something
                refused.append(problem.field)
        if not refused:
            return made
        declared = declared_fields(cls)
        if any(name not in declared for name in refused):
            return INVALID
        needed = [declared[name] for name in refused if declared[name].is_required]
        if needed:  # a text may be wrong and still stand on a slide; a table of odd rows may not
            return made if all(unwrap(entry.kind)[0] is Text for entry in needed) else INVALID
        less = cls(**{name: value for name, value in sound.items() if name not in refused})
        return less if not any(less.problems()) else INVALID

    def _object(self, node: Node, cls: type, name: str) -> Any:
        if isinstance(node, Mapping):
            noun = f"`{name}`"
            return self.build(node, cls, self.fields(node, cls, noun))
        if isinstance(node, Sequence) and not _takes_list(cls):
            short = getattr(cls, "POSITIONAL", ())
            if short and len(node.items) == len(short):
                return self._short(node, cls, dict(zip(short, node.items, strict=True)), name)
            expected = f"a list of {len(short)} numbers ({', '.join(short)})" if short else "fields"
            return self._wrong(node, f"`{name}` takes {expected}, not a list of {len(node.items)}")
        short = getattr(cls, "SCALAR", ())
        if short:
            return self._short(node, cls, dict.fromkeys(short, node), name)
        fields = ", ".join(declared_fields(cls))
        return self._wrong(node, f"`{name}` takes fields ({fields}), not a text")

    def _short(self, node: Node, cls: type, nodes: dict[str, Node], name: str) -> Any:
        """Return *cls* read from a short form, such as `time: 10` or `time: [5, 10, 15]`."""
        declared = declared_fields(cls)
        values = {key: self.read(value, declared[key].kind, name) for key, value in nodes.items()}
        return self.build(Mapping(node.span, {}), cls, values)

    def _list(self, node: Node, kind: Any, name: str, limits: tuple[Any, ...]) -> Any:
        if isinstance(node, Mapping) and not _takes_mapping(kind):
            return self._wrong(node, f"`{name}` takes a list, not fields{_colon_hint(node)}")
        items = node.items if isinstance(node, Sequence) else (node,)
        values = [self._entry(item, kind, name) for item in items]
        for limit in limits:
            if isinstance(limit, Count) and not limit.least <= len(values) <= limit.greatest:
                allowed = _between(limit.least, limit.greatest)
                message = f"`{name}` takes {allowed} entries, not {len(values)}"
                return self._wrong(node, message, "wrong-value")
        sound = tuple(value for value in values if value is not INVALID)
        is_short = any(isinstance(limit, Count) and len(sound) < limit.least for limit in limits)
        return INVALID if is_short else sound

    def _entry(self, node: Node, kind: Any, name: str) -> Any:
        if isinstance(node, Mapping) and not _takes_mapping(kind):
            return self._wrong(node, f"an entry of `{name}` takes a text{_colon_hint(node)}")
        return self.read(node, kind, name)

    def _dict(self, node: Node, kind: Any, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong(node, f"`{name}` takes named values, such as `name: value`")
        read = {key: self.read(value, kind, key) for key, (_, value) in node.items.items()}
        return {key: value for key, value in read.items() if value is not INVALID}

    def _choice(self, node: Node, choices: tuple[str, ...], name: str) -> Any:
        if not isinstance(node, Scalar):
            return self._wrong(node, f"`{name}` takes one of: {', '.join(choices)}")
        text = node.text.strip()
        if text in choices:
            return text
        hints = did_you_mean(text, choices)
        message = f"`{name}` cannot be `{text}`"
        self.diagnostics.add("wrong-value", message, node.span, hints=hints)
        return INVALID

    def _scalar(self, node: Node, kind: Any, name: str, limits: tuple[Any, ...]) -> Any:
        if not isinstance(node, Scalar):
            form = "a list" if isinstance(node, Sequence) else "fields"
            hint = _colon_hint(node) if isinstance(node, Mapping) else ""
            return self._wrong(node, f"`{name}` takes {_NAMES[kind]}, not {form}{hint}")
        try:
            value = _CONVERTERS[kind](node)
        except ValueError as error:
            return self._wrong(node, f"`{name}`: {error}, not `{_short_text(node.text)}`")
        for limit in limits:
            if isinstance(limit, Bounds) and not limit.least <= value <= limit.greatest:
                allowed = _between(limit.least, limit.greatest)
                return self._wrong(
                    node, f"`{name}` must be {allowed}, not {node.text}", "wrong-value"
                )
        return value

    def _wrong(self, node: Node, message: str, id: FindingId = "wrong-type") -> Invalid:
        place = node.span if isinstance(node, Scalar) else start_of(node.span)
        self.diagnostics.add(id, message, place)
        return INVALID


class Declared(NamedTuple):
    """One declared field: its type, whether it must be given, its help, who may see it."""

    kind: Any
    is_required: bool
    help: str
    sees: frozenset[str]


@cache
def declared_fields(cls: type) -> dict[str, Declared]:
    """Return the fields of a dataclass by name."""
    kinds = get_type_hints(cls, include_extras=True)
    return {
        field.name: Declared(
            kinds[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            field.metadata["help"],
            field.metadata["sees"],
        )
        for field in dataclasses.fields(cls)
        if field.metadata
    }


# What authors write who know other tools, and what it is called here.
SYNONYMS = {
    "minutes": "time",
    "duration": "time",
    "length": "time",
    "name": "title",
    "heading": "title",
    "bullets": "points",
    "tasks": "steps",
    "instructions": "steps",
    "speaker_notes": "notes",
    "type": "kind",
}


def _field_hint(name: str, declared: dict[str, Declared]) -> tuple[str, ...]:
    """Return a hint for an unknown field: a near name, else what others call it."""
    near = did_you_mean(name, [*declared, *SYNONYMS])
    for word, meant in SYNONYMS.items():
        if meant in declared and near == (f"did you mean `{word}`?",):
            return (f"did you mean `{meant}`?",)
    return did_you_mean(name, declared)


def start_of(span: Span) -> Span:
    """Return the first character of *span*."""
    return Span(span.source, span.line, span.column)


def unwrap(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return *kind* without `| None` and `Annotated`, and the limits that these carried."""
    limits: tuple[Any, ...] = ()
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind, *more = get_args(kind)
            limits += tuple(more)
        elif origin in (Union, types.UnionType):
            kind = next(arg for arg in get_args(kind) if arg is not type(None))
        else:
            return kind, limits


def _takes_list(cls: type) -> bool:
    """Return whether what stands for *cls* in its short form may be a list."""
    names = getattr(cls, "SCALAR", ())
    kinds = (unwrap(declared_fields(cls)[name].kind)[0] for name in names)
    return any(get_origin(kind) is tuple for kind in kinds)


def _takes_mapping(kind: Any) -> bool:
    kind, _ = unwrap(kind)
    return dataclasses.is_dataclass(kind) or get_origin(kind) is dict


def _text(node: Scalar) -> Text:
    text = re.sub(r"[ \t\r\n]+", " ", node.text).strip()
    if not text:
        raise ValueError("expected a text")
    return Text(text, node.span)


def _whole(node: Scalar) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", node.text.strip()):
        raise ValueError("expected a whole number")
    return int(node.text)


def _number(node: Scalar) -> float:
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,9})?", node.text.strip()):
        raise ValueError("expected a number")
    return float(node.text)


def _truth(node: Scalar) -> bool:
    word = node.text.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError("expected true or false")
    return word in TRUE


def _raw(node: Scalar) -> Raw:
    if not node.text.strip():
        raise ValueError("expected lines of text")
    return Raw(node.text, node.span)


_CONVERTERS: dict[Any, Callable[[Scalar], Any]] = {
    Text: _text,
    Raw: _raw,
    int: _whole,
    float: _number,
    bool: _truth,
    Clock: lambda node: Clock.parse(node.text),
    Ratio: lambda node: Ratio.parse(node.text),
}
_NAMES: dict[Any, str] = {
    Text: "a text",
    Raw: "lines of text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Clock: "a time of day",
    Ratio: "a share such as 10%",
}


def _colon_hint(node: Mapping) -> str:
    if len(node.items) == 1:
        return "; text that contains `: ` needs quotes"
    return ""


def _between(least: float, greatest: float) -> str:
    if greatest >= 1_000_000:
        return f"at least {least:g}"
    return f"{least:g}" if least == greatest else f"from {least:g} to {greatest:g}"


def _short_text(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
