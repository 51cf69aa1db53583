"""The JSON schema of outlines, written from the same declarations that reading follows.

JSON Schema 2020-12. It accepts every form that `reading/reader.py` accepts, so an editor never marks a
sound outline; what only deckgen can judge (sums of minutes, what a param stands for) is left to
`deckgen check`. Where values have names, those are listed, so that editors complete them: methods,
themes, languages, and with an outline at hand its ids.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args, get_origin

import yaml

from deckgen.blocks import KINDS, load_kind
from deckgen.languages import has_words, known
from deckgen.methods import load_methods
from deckgen.outline.model import EACH, Mentioned, Outline, ThemeChoice, Workshop
from deckgen.outline.reference import example_of
from deckgen.outline.spelling import OVERFLOW, SHORT_FORM
from deckgen.reading.fields import Bounds, Clock, Count, Prose, Ratio, Raw, Text
from deckgen.reading.reader import FALSE, TRUE, Declared, declared_fields, unwrap
from deckgen.theme.load import theme_names

SCALAR = {"type": ["string", "number", "boolean"]}
OWN: dict[str, Any] = {"^x-": {}}
CHANGES = {"type": ["object", "null"]}
PARAMS: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "values for {name} in texts",
    "additionalProperties": {"type": [*SCALAR["type"], "null"]},
}
INCLUDE: dict[str, Any] = {
    "type": "object",
    "description": "the blocks of another file",
    "properties": {
        "include": {**SCALAR, "description": "its path, relative to this file"},
        "params": PARAMS,
    },
    "patternProperties": OWN,
    "additionalProperties": False,
    "required": ["include"],
}
# By the name of a field, or of a class that a text alone stands for: the schema of that text.
Offered = dict[str, dict[str, Any]]
PARAM = r"|\{[A-Za-z_][A-Za-z0-9_-]*\}"  # a number may be given as a param
# What YAML 1.2, and so an editor, takes for a text, and the reader for true or false.
TRUTHS = [form for word in sorted(TRUE | FALSE) for form in (word, word.title(), word.upper())]


class Ids(NamedTuple):
    """The ids that an outline declares, which its fields may name."""

    blocks: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()

    @classmethod
    def of(cls, outline: Outline) -> Ids:
        """Return the ids of *outline*."""
        workshop = outline.workshop
        return cls(
            tuple(str(block.id) for block in outline.blocks),
            tuple(str(objective.id) for objective in workshop.objectives),
            outline.audiences,
            tuple(str(session.id) for session in workshop.sessions),
        )


def schema_text(ids: Ids | None = None) -> str:
    """Return the schema of a whole outline, as `outline_schema` does, as JSON."""
    return f"{json.dumps(outline_schema(ids), indent=2, ensure_ascii=False)}\n"


def outline_schema(ids: Ids | None = None) -> dict[str, Any]:
    """Return the schema of a whole outline; of one that declares *ids*, with them where it names one."""
    definitions: dict[str, Any] = {}
    offered = _offered(ids or Ids())
    blocks = [_block(kind, definitions, offered) for kind in KINDS]
    overlay = {**CHANGES, "description": "changes to workshop and blocks"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "deckgen outline",
        "type": "object",
        "required": ["workshop", "blocks"],
        "properties": {
            "deckgen": {"enum": [1, "1"], "description": "version of the outline format"},
            "workshop": _reference(Workshop, definitions, offered),
            "params": PARAMS,
            "blocks": {"type": "array", "minItems": 1, "items": {"oneOf": [*blocks, INCLUDE]}},
            "audiences": {**CHANGES, "additionalProperties": overlay},
            "mentioned": _or_null(_reference(Mentioned, definitions, offered)),
        },
        "patternProperties": OWN,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _offered(ids: Ids) -> Offered:
    """Return the fields whose texts have names that can be listed."""
    ours = {
        "method": _one_of(load_methods()),
        ThemeChoice.__name__: _perhaps(theme_names()),
        "lang": _perhaps(["en-GB", "en-US", *sorted(known())]),
    }
    theirs = {
        "needs": ids.blocks,
        "review_in": ids.blocks,
        "objectives": ids.objectives,
        "audience": ids.audiences,
        "session": (*ids.sessions, EACH) if ids.sessions else (),
    }
    return {**ours, **{name: _one_of(known) for name, known in theirs.items() if known}}


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of *names*, or of a param."""
    return {"anyOf": [{"enum": list(names)}, {"type": "string", "pattern": rf"^(?:{PARAM[1:]})$"}]}


def _perhaps(names: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of *names*, or of any other text."""
    return {"anyOf": [{"enum": list(names)}, SCALAR]}


def _block(kind: str, definitions: dict[str, Any], offered: Offered) -> dict[str, Any]:
    cls = load_kind(kind)
    schema = _object(cls, definitions, offered)
    optional = {"id", "title"} if has_words(f"title.{kind}") else {"id"}
    schema["properties"] = {"kind": {"const": kind}, **schema["properties"]}
    schema["examples"] = yaml.load(example_of(kind), Loader=yaml.CSafeLoader)
    properties = schema["properties"]
    short = {**CHANGES, "description": "short form of the block, tried before it is cut"}
    properties[SHORT_FORM] = short
    for old, new in (("alt", SHORT_FORM), ("fit", OVERFLOW)):
        properties[old] = _or_former(properties.get(old), properties[new], new)
    for name in optional:
        schema["properties"][name] = _or_null(schema["properties"][name])
    schema["required"] = ["kind", *(name for name in schema["required"] if name not in optional)]
    definitions[cls.__name__] = schema
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _or_former(own: dict[str, Any] | None, new: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the schema of a field that once named what *name* does now; *own* is what it means now."""
    former = {**new, "deprecated": True, "description": f"older spelling of `{name}`"}
    return {"anyOf": [own, former], "description": own["description"]} if own else former


def _reference(cls: type, definitions: dict[str, Any], offered: Offered) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        definitions[cls.__name__] = _object(cls, definitions, offered)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _object(cls: type, definitions: dict[str, Any], offered: Offered) -> dict[str, Any]:
    fields = declared_fields(cls)
    properties = {
        name: {**_field(name, field, definitions, offered), "description": field.help}
        for name, field in fields.items()
    }
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n")[0],
        "properties": properties,
        "patternProperties": OWN,
        "additionalProperties": False,
        "required": [name for name, field in fields.items() if field.is_required],
    }


def _field(
    name: str, field: Declared, definitions: dict[str, Any], offered: Offered
) -> dict[str, Any]:
    schema = _type(field.kind, definitions, offered, name)
    return schema if field.is_required else _or_null(schema)


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* for a field that may be left empty."""
    if "type" not in schema:
        return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"]}


def _type(
    kind: Any, definitions: dict[str, Any], offered: Offered, name: str = ""
) -> dict[str, Any]:
    kind, limits = unwrap(kind)
    if dataclasses.is_dataclass(kind):
        return _short_forms(kind, definitions, offered)  # type: ignore[arg-type]
    origin = get_origin(kind)
    if origin is tuple:
        return _list(_type(get_args(kind)[0], definitions, offered, name), limits)
    if origin is dict:
        return {
            "type": "object",
            "additionalProperties": _type(get_args(kind)[1], definitions, offered),
        }
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    return offered.get(name, SCALAR) if kind is Text else _scalar(kind, limits)


def _list(items: dict[str, Any], limits: tuple[Any, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array", "items": items}
    for limit in limits:
        if isinstance(limit, Count):
            schema |= {"minItems": limit.least, "maxItems": limit.greatest}
    return {"anyOf": [schema, items]}


def _short_forms(cls: type, definitions: dict[str, Any], offered: Offered) -> dict[str, Any]:
    """Return the schema of a class that may also be written as one value or as a short list."""
    forms: list[dict[str, Any]] = [_reference(cls, definitions, offered)]
    if short := getattr(cls, "SCALAR", ()):
        alone = _type(declared_fields(cls)[short[0]].kind, definitions, offered)
        forms.append(offered.get(cls.__name__, alone))
    if positional := getattr(cls, "POSITIONAL", ()):
        count = len(positional)
        forms.append({"type": "array", "minItems": count, "maxItems": count})
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _scalar(kind: Any, limits: tuple[Any, ...]) -> dict[str, Any]:
    schemas: dict[Any, dict[str, Any]] = {
        Text: SCALAR,
        Prose: SCALAR,
        Raw: SCALAR,
        int: {"type": ["integer", "string"], "pattern": r"^\s*[+-]?\d+\s*$" + PARAM},
        float: {"type": ["number", "string"], "pattern": r"^\s*[+-]?\d+(\.\d+)?\s*$" + PARAM},
        bool: {"enum": [True, False, *TRUTHS]},
        Clock: {"type": ["string", "number"]},
        Ratio: {"type": ["string", "number"]},
    }
    schema = schemas[kind]
    for limit in limits:
        if isinstance(limit, Bounds):
            schema = schema | {"minimum": limit.least, "maximum": limit.greatest}
    return schema
