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

from deckgen.catalogue import CATALOGUE, FindingId, Severity
from deckgen.diagnostics import Diagnostic, Diagnostics, Span
from deckgen.reading.fields import Bounds, Clock, Count, Prose, Ratio, Raw, Text
from deckgen.reading.source import Mapping, Node, Scalar, Sequence
from deckgen.reading.trouble import quoted

# What begins a block of Markdown, by its name; looked for in texts of several lines alone.
_BLOCK_MARKS = {
    "code": re.compile(r"^ {0,3}(?:```|~~~)", re.M),
    "table": re.compile(r"^ *\|?[ :]*-{2,}[ :]*\|[ :|-]*$", re.M),
    "list": re.compile(r"^ *(?:[-+*]|\d{1,9}[.)])[ \t]+\S", re.M),
    "quotation": re.compile(r"^ {0,3}> ?\S", re.M),
    "heading": re.compile(r"^ {0,3}(?:#{1,6} +\S|={3,} *$|-{3,} *$)", re.M),
    "paragraphs": re.compile(r"\n[ \t]*\n"),
    "line breaks": re.compile(r"(?:  |\\)\n"),
}
# YAML folds an empty line to one break; lines that it did not fold are indented.
_FOLDED = re.compile(r"(?<=\S)\n(?=\S)")
BLOCK_TEXTS = (
    "lists, tables and paragraphs go into `text` of a `content` block, a briefing or `notes`"
)


class Invalid:
    """The value of what could not be read; its diagnostic is already given."""


INVALID = Invalid()
MOST_GUESSED = 100  # unknown fields of one mapping: nobody misspells more
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
        touched: set[str] = set()
        values: dict[str, Any] = {}
        for name, (_, value) in node.items.items():
            if name in declared and not (isinstance(value, Scalar) and value.is_null):
                before = len(self.diagnostics)
                values[name] = self.read(value, declared[name].kind, name)
                touched |= {name} if len(self.diagnostics) > before else set()
        unknown = self._unknown(node, declared, values, noun)
        touched |= {found for _, found in unknown if found and found not in node.items}
        for name, entry in declared.items():
            if entry.is_required and name not in values:
                values[name] = INVALID
                place = node.items[name][0] if name in node.items else start_of(node.span)
                hints = (f"`{name}`: {entry.help}",)
                self.diagnostics.add("missing-field", f"{noun} needs `{name}`", place, hints=hints)
        for finding, _ in unknown:
            self.diagnostics.put(finding)
        if damaged is not None:
            damaged |= touched
        return values

    def _unknown(
        self, node: Mapping, declared: dict[str, Declared], values: dict[str, Any], noun: str
    ) -> list[tuple[Diagnostic, str | None]]:
        """Return the findings of fields that do not exist, each with the one that was meant, if any.

        What stands in such a field is read under the name that was meant, into *values*.
        """
        found: list[tuple[Diagnostic, str | None]] = []
        for name, (key, value) in node.items.items():
            if name in declared or name.startswith("x-"):
                continue
            from deckgen.reading.synonyms import hint_of, meant  # noqa: PLC0415 (few need it)

            wanted = [n for n, entry in declared.items() if entry.is_required and n not in values]
            is_few = len(found) < MOST_GUESSED
            hints = hint_of(name, declared, wanted) if is_few else ()
            if _is_rest_of_text(name, value):
                hints = ("a text that contains a comma needs quotes between `{` and `}`",)
            ours = meant(name, declared, wanted) if is_few else None
            if ours and ours not in values:
                values[ours] = self._guessed(value, declared[ours].kind, ours)
                values[name] = INVALID  # so that no check of the whole believes a guess
            message = f"{noun} has no field `{name}`"
            found.append((Diagnostic("unknown-field", message, key, hints), ours))
        return found

    def _guessed(self, node: Node, kind: Any, name: str) -> Any:
        """Return the value of a field under the name that was meant; what does not suit it is no news."""
        if isinstance(node, Scalar) and node.is_null:
            return INVALID
        reader = Reader(Diagnostics())
        value = reader.read(node, kind, name)
        if value is not INVALID:
            self.diagnostics.extend(reader.diagnostics)
        return value

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
            is_error = CATALOGUE[problem.id].severity is Severity.ERROR
            if is_error and problem.id != "missing-alt":  # it only lacks something
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
        wrong = (p for p in less.problems() if CATALOGUE[p.id].severity is Severity.ERROR)
        return INVALID if any(wrong) else less

    def _object(self, node: Node, cls: type, name: str) -> Any:
        if isinstance(node, Mapping):
            noun = f"`{name}`"
            return self.build(node, cls, self.fields(node, cls, noun))
        if isinstance(node, Sequence) and not _takes_list(cls):
            short = getattr(cls, "POSITIONAL", ())
            if short and len(node.items) == len(short):
                return self._short(node, cls, dict(zip(short, node.items, strict=True)), name)
            expected = f"a list of {len(short)} numbers ({', '.join(short)})" if short else "fields"
            message = f"`{name}` takes {expected}, not a list of {len(node.items)}"
            return self._wrong(node, message, hints=_between_hint(node, short))
        short = getattr(cls, "SCALAR", ())
        if short:
            return self._short(node, cls, dict.fromkeys(short, node), name)
        fields = ", ".join(declared_fields(cls))
        return self._wrong(node, f"`{name}` takes fields ({fields}), not a text")

    def _short(self, node: Node, cls: type, nodes: dict[str, Node], name: str) -> Any:
        """Return *cls* read from a short form, such as `time: 10` or `time: [5, 10, 15]`."""
        declared = declared_fields(cls)
        is_one = len({id(value) for value in nodes.values()}) == 1
        values = {
            key: self.read(value, declared[key].kind, name if is_one else f"{name}: {key}")
            for key, value in nodes.items()
        }
        return self.build(Mapping(node.span, {}), cls, values)

    def _list(self, node: Node, kind: Any, name: str, limits: tuple[Any, ...]) -> Any:
        if isinstance(node, Mapping) and not _takes_mapping(kind):
            return self._wrong(node, f"`{name}` takes a list, not fields{_colon_hint(node)}")
        items = node.items if isinstance(node, Sequence) else (node,)
        values = [self._entry(item, kind, name, k) for k, item in enumerate(items, 1)]
        for limit in limits:
            if isinstance(limit, Count) and not limit.least <= len(values) <= limit.greatest:
                allowed = _between(limit.least, limit.greatest)
                message = f"`{name}` takes {allowed} entries, not {len(values)}"
                return self._wrong(node, message, "wrong-value")
        sound = tuple(value for value in values if value is not INVALID)
        is_short = any(isinstance(limit, Count) and len(sound) < limit.least for limit in limits)
        return INVALID if is_short else sound

    def _entry(self, node: Node, kind: Any, name: str, k: int) -> Any:
        if isinstance(node, Scalar) and node.is_null:
            return self._wrong(node, f"entry {k} of `{name}` is empty")
        if isinstance(node, Mapping) and not _takes_mapping(kind):
            return self._wrong(node, f"an entry of `{name}` takes a text{_colon_hint(node)}")
        if isinstance(node, Mapping) and (said := _unquoted_text(node, kind)):
            message = (
                f"an entry of `{name}` is read as fields; text that contains `: ` needs quotes"
            )
            return self._wrong(node, message, hints=(f"write `{quoted(said)}`",))
        return self.read(node, kind, name)

    def _dict(self, node: Node, kind: Any, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong(node, f"`{name}` takes named values, such as `name: value`")
        read = {key: self.read(value, kind, key) for key, (_, value) in node.items.items()}
        sound = {key: value for key, value in read.items() if value is not INVALID}
        return INVALID if read and not sound else sound

    def _choice(self, node: Node, choices: tuple[str, ...], name: str) -> Any:
        if not isinstance(node, Scalar):
            return self._wrong(node, f"`{name}` takes one of: {', '.join(choices)}")
        text = node.text.strip()
        if text in choices:
            return text
        from deckgen.reading.synonyms import hint_of  # noqa: PLC0415 (few outlines need it)

        hints = hint_of(text, choices)
        message = f"`{name}` cannot be `{text}`"
        self.diagnostics.add("wrong-value", message, node.span, hints=hints)
        return INVALID

    def _scalar(self, node: Node, kind: Any, name: str, limits: tuple[Any, ...]) -> Any:
        if not isinstance(node, Scalar):
            form = "a list" if isinstance(node, Sequence) else "fields"
            hint = _colon_hint(node) if isinstance(node, Mapping) else ""
            return self._wrong(node, f"`{name}` takes {_NAMES[kind]}, not {form}{hint}")
        if kind is Text and "\n" in node.text and (mark := _block_mark(_in_lines(node))):
            self._told_of_blocks(node, name, mark)
        try:
            value = _CONVERTERS[kind](node)
        except ValueError as error:
            hints = _number_hint(node.text, name) if kind is int else ()
            message = f"`{name}`: {error}, not `{_short_text(node.text)}`"
            return self._wrong(node, message, hints=hints)
        for limit in limits:
            if isinstance(limit, Bounds) and not limit.least <= value <= limit.greatest:
                allowed = _between(limit.least, limit.greatest)
                return self._wrong(
                    node, f"`{name}` must be {allowed}, not {node.text}", "wrong-value"
                )
        return value

    def _told_of_blocks(self, node: Scalar, name: str, mark: str) -> None:
        """Report block Markdown in a field whose texts are one line."""
        message = f"`{name}` takes one line: its {mark} would show as plain characters"
        self.diagnostics.add("one-line-text", message, node.span, hints=(BLOCK_TEXTS,))

    def _wrong(
        self,
        node: Node,
        message: str,
        id: FindingId = "wrong-type",
        hints: tuple[str, ...] = (),
    ) -> Invalid:
        place = node.span if isinstance(node, Scalar) else start_of(node.span)
        self.diagnostics.add(id, message, place, hints=hints)
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


def _is_rest_of_text(name: str, value: Node) -> bool:
    """Return whether a field is what a comma cut off a text: `{text: One, or two}`."""
    return " " in name and isinstance(value, Scalar) and value.is_null


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


def _prose(node: Scalar) -> Prose:
    """Return a text whose lines matter where it has marks of blocks; else it is on one line."""
    text = _in_lines(node)
    if not _block_mark(text):
        return Prose(_text(node), node.span, node.style)
    return Prose(text, node.span, node.style)


def _in_lines(node: Scalar) -> str:
    """Return a text as its author broke it: what YAML folded to one line break was an empty line."""
    text = "\n".join(line.expandtabs(4) for line in node.text.strip("\n").split("\n")).rstrip()
    is_literal = node.style == "|" or (node.style == '"' and node.span.length > 1)
    return text if is_literal else _FOLDED.sub("\n\n", text)


def _block_mark(text: str) -> str:
    """Return what makes *text* more than one paragraph, such as `list`; empty: nothing does."""
    if "\n" not in text:
        return ""
    return next((name for name, mark in _BLOCK_MARKS.items() if mark.search(text)), "")


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
    Prose: _prose,
    Raw: _raw,
    int: _whole,
    float: _number,
    bool: _truth,
    Clock: lambda node: Clock.parse(node.text),
    Ratio: lambda node: Ratio.parse(node.text),
}
_NAMES: dict[Any, str] = {
    Text: "a text",
    Prose: "a text",
    Raw: "lines of text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Clock: "a time of day",
    Ratio: "a share such as 10%",
}


def _unquoted_text(node: Mapping, kind: Any) -> str:
    """Return the text that an author meant who wrote `Giver: gives` for a class with a short form."""
    cls, _ = unwrap(kind)
    if len(node.items) != 1 or not getattr(cls, "SCALAR", ()):
        return ""
    from deckgen.reading.synonyms import meant  # noqa: PLC0415 (only a single field comes here)

    name, (_, value) = next(iter(node.items.items()))
    is_field = name in declared_fields(cls) or name.startswith("x-")
    if is_field or not isinstance(value, Scalar) or meant(name, declared_fields(cls)):
        return ""
    if node.span.source.line(node.span.line)[node.span.column - 1 :].startswith("{"):
        return ""
    return f"{name}: {value.text}"


def _between_hint(node: Sequence, short: tuple[str, ...]) -> tuple[str, ...]:
    """Return the three numbers that two were meant as, such as of `time: [5, 10]`."""
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(short) != 3 or len(texts) != 2 or not all(text.isdecimal() for text in texts):
        return ()
    least, most = map(int, texts)
    return (f"write `[{least}, {(least + most) // 2}, {most}]`: at least, as planned, at most",)


def _number_hint(text: str, name: str) -> tuple[str, ...]:
    """Return how a number of minutes is written that has a unit, or is two numbers."""
    if found := re.fullmatch(r"\s*(\d{1,4})\s*(?:-|–|to|\.\.\.?)\s*(\d{1,4})\s*", text):
        least, most = int(found[1]), int(found[2])
        if name == "time":
            middle = (least + most) // 2
            return (f"write `[{least}, {middle}, {most}]`: at least, as planned, at most",)
        return (f"write one number, such as `{(least + most) // 2}`",)
    if found := re.fullmatch(r"\s*(\d{1,4})\s*(?:m|min|mins|minutes?|')\.?\s*", text):
        return (f"write `{found[1]}`: minutes need no unit",)
    if found := re.fullmatch(r"\s*(\d{1,2})(?:[.,](5))?\s*(?:h|hours?|hrs?)\.?\s*", text):
        return (f"write `{int(found[1]) * 60 + (30 if found[2] else 0)}`: minutes, no unit",)
    if found := re.fullmatch(r"[^\d.,_-]*\b(\d{1,6})\b[^\d.,_-]*", text):
        return (f"write `{found[1]}`",)
    return ()


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
