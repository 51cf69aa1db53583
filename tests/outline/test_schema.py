"""The editor schema accepts what reading accepts, and rejects fields that do not exist."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, get_args, get_origin

import pytest
import yaml
from jsonschema import Draft202012Validator

from deckgen.blocks import KINDS, load_kind
from deckgen.diagnostics import Diagnostics, Source
from deckgen.outline.load import load_source
from deckgen.outline.model import Mentioned, Workshop
from deckgen.outline.schema import Ids, outline_schema
from deckgen.reading.reader import declared_fields, unwrap

SCHEMA = outline_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
OUTLINES = sorted((Path(__file__).parents[2] / "outlines").glob("*.yaml"))
BLOCK = "{kind: recap, takeaways: [a]}"


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: 1.2, where `10:30`, `yes` and dates are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for tag, pattern in (
    ("null", "~|null|"),
    ("bool", "true|false"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]+\.[0-9]+"),
):
    resolved = re.compile(f"^(?:{pattern})$")
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", resolved, None)


def complaints(text: str) -> list[str]:
    """Return what an editor marks in the outline *text*."""
    document = with_text_keys(yaml.load(text, EditorLoader))  # noqa: S506
    return [error.message for error in VALIDATOR.iter_errors(document)]


def with_text_keys(value: Any) -> Any:
    """Return *value* with names as JSON has them."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


def reads(text: str) -> bool:
    """Return whether deckgen reads the outline *text* without an error."""
    return load_source(Source("o.yaml", text), Diagnostics()) is not None


def of_workshop(fields: str) -> str:
    """Return an outline whose workshop has *fields*."""
    return f"workshop: {{title: T, {fields}}}\nblocks: [{BLOCK}]\n"


def of_block(block: str) -> str:
    """Return an outline of one *block*."""
    return f"workshop: {{title: T}}\nblocks: [{block}]\n"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_it_accepts_the_shipped_outlines(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


FORMS = [
    *(
        of_workshop(fields)
        for fields in (
            "start: 10:30",
            "start: '10:30'",
            "start: 9.30",
            "date: 2026-03-14",
            "budget: 90",
            "budget: '90'",
            "budget: +90",
            "buffer: 10%",
            "buffer: 0.1",
            "buffer: 0",
            "people: 24",
            "people: '24'",
            "people: {expected: 24, min: 8}",
            "objectives: Hold a knife",
            "objectives: [Hold a knife, {text: Sharpen one, id: O7}]",
            "objectives: {text: Hold a knife}",
            "source: A book",
            "prework: Read it",
            "prework: {ask: Read it, minutes: 20}",
            "parking_lot: Park it",
            "phases: {connect: Arrive}",
            "phases: {connect: 1}",
            "lang: de-DE",
            "lang: no",
            "subtitle: 2026",
            "subtitle: 1.5",
            "subtitle: true",
            "subtitle: ",
            "people: ~",
            "mode: null",
            "mode: 'online'",
            "objectives: ~",
            "phases: ~",
            "source: ~",
            "x-own: {any: [thing]}",
        )
    ),
    *(
        of_block(block)
        for block in (
            BLOCK,
            "{kind: recap, takeaways: a}",
            "{kind: recap, takeaways: [a, 1, true]}",
            "{kind: recap, takeaways: a, time: 5}",
            "{kind: recap, takeaways: a, time: '5'}",
            "{kind: recap, takeaways: a, time: [3, 5, 7]}",
            "{kind: recap, takeaways: a, time: {min: 3, ideal: 5, max: 7}}",
            "{kind: recap, takeaways: a, at: 10:30}",
            "{kind: recap, takeaways: a, alt: }",
            "{kind: recap, takeaways: a, alt: {time: 3}}",
            "{kind: recap, takeaways: a, notes: ~, id: ~}",
            "{kind: recap, takeaways: a, notes: {say: Hello}}",
            "{kind: recap, takeaways: a, when: {mode: online, people: '>=8'}}",
            "{kind: recap, takeaways: a, when: {mode: [online, hybrid]}}",
            "{kind: recap, takeaways: a, materials: Pens}",
            "{kind: recap, takeaways: a, materials: {item: Pens, per: person, spare: 10%}}",
            "{kind: recap, takeaways: a, x-own: 3}",
            "{kind: quiz, items: {q: a, a: b}}",
            "{kind: quiz, title: ~, items: [{q: a, a: b}]}",
            "{kind: case, title: C, question: q, cases: 'Ada, a cook', invented: no}",
            "{kind: case, title: C, question: q, cases: 'Ada, a cook', invented: 'Off'}",
            "{kind: discussion, title: D, question: q, steps: [Think, {do: Talk, min: 2.5}]}",
            "{kind: discussion, title: D, question: q, steps: [{do: Talk, min: '2'}]}",
            "{kind: comparison, title: C, columns: [a, b], rows: [[x, y, z]]}",
            "{kind: content, title: C, points: [a, {text: b, points: [c, d]}]}",
            "{kind: content, title: C, points: a}",
            "{kind: framework, title: F, criteria: [{name: n, scores: {1: low, 2: high}}]}",
        )
    ),
    f"deckgen: 1\nworkshop: {{title: T}}\nblocks: [{BLOCK}]",
    f"deckgen: '1'\nworkshop: {{title: T}}\nblocks: [{BLOCK}]",
    f"workshop: {{title: T}}\nblocks: [{BLOCK}]\naudiences: {{a: , b: {{workshop: {{title: U}}}}}}",
    f"workshop: {{title: T}}\nblocks: [{BLOCK}]\naudiences:\nmentioned:\nx-own: 3",
    f"workshop: {{title: T}}\nblocks: [{BLOCK}]\nmentioned: {{tools: [a, {{name: b, verify: yes}}]}}",
]


@pytest.mark.parametrize("text", FORMS)
def test_it_accepts_every_form_that_reading_accepts(text: str) -> None:
    assert reads(text)
    assert complaints(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"wokshop: 3\n{of_block(BLOCK)}",
        of_workshop("minuets: 3"),
        of_workshop("people: {expected: 3, groop: 4}"),
        of_workshop("mode: inperson"),
        of_workshop("budget: 0"),
        of_workshop("budget: soon"),
        of_workshop("objectives: [{txt: a}]"),
        of_block("{kind: recap, takeaways: a, minuets: 3}"),
        of_block("{kind: recap, takeaways: a, notes: {shout: a}}"),
        of_block("{kind: recap, takeaways: a, time: [3, 5]}"),
        of_block("{kind: recap, takeaways: a, priority: high}"),
        of_block("{kind: recap}"),
        of_block("{kind: recap, takeaways: }"),
        of_block("{kind: briefing, key_message: m}"),
        of_block("{kind: recpa, takeaways: a}"),
        of_block("{takeaways: a}"),
        of_block("{kind: case, title: C, question: q, cases: a, invented: maybe}"),
        of_block(""),
        "workshop: {title: T}\n",
        f"blocks: [{BLOCK}]\n",
    ],
)
def test_it_rejects_what_reading_rejects(text: str) -> None:
    assert not reads(text)
    assert complaints(text)


def listed(schema: dict[str, Any]) -> list[list[str]]:
    """Return the names that a field lists, however deep among its forms."""
    found: list[list[str]] = []
    forms = [schema]
    while forms:
        form = forms.pop()
        found += [form["enum"]] if "enum" in form else []
        forms += [*form.get("anyOf", ()), *([form["items"]] if "items" in form else [])]
    return found


class TestNames:
    """Values that have names are listed for editors; what else may stand there is no mistake."""

    def test_methods_themes_and_languages(self) -> None:
        fields = SCHEMA["$defs"]["Workshop"]["properties"]
        assert "stage" in listed(fields["theme"])[0]
        assert "de" in listed(fields["lang"])[0]
        method = SCHEMA["$defs"]["ActivityBlock"]["properties"]["method"]
        assert "fishbowl" in listed(method)[0]

    @pytest.mark.parametrize(
        "text",
        [
            of_workshop("theme: ours/theme.yaml"),
            of_workshop("theme: {name: clear}"),
            of_workshop("lang: pt-BR"),
            of_block("{kind: activity, title: A, method: fishbowl}"),
            "params: {how: debate}\n" + of_block("{kind: activity, title: A, method: '{how}'}"),
        ],
    )
    def test_other_values_that_are_read(self, text: str) -> None:
        assert complaints(text) == []

    def test_a_method_that_does_not_exist(self) -> None:
        text = of_block("{kind: activity, title: A, method: fishbowel}")
        assert not reads(text)
        assert complaints(text)

    def test_ids_of_an_outline(self) -> None:
        text = (
            "workshop: {title: T, objectives: [Cut, {id: O7, text: Cook}], sessions: [one]}\n"
            "audiences: {cooks: }\nblocks: [{kind: recap, id: last, takeaways: a}]\n"
        )
        outline = load_source(Source("o.yaml", text), Diagnostics())
        assert outline is not None
        schema = outline_schema(Ids.of(outline))
        block = schema["$defs"]["RecapBlock"]["properties"]
        assert ["last"] in listed(block["needs"])
        assert ["O1", "O7"] in listed(block["objectives"])
        assert ["one", "each"] in listed(block["session"])
        assert ["cooks"] in listed(schema["$defs"]["Condition"]["properties"]["audience"])
        validator = Draft202012Validator(schema)
        for name, is_sound in (("last", True), ("first", False)):
            block_text = f"{{kind: recap, takeaways: a, needs: [{name}]}}"
            document = with_text_keys(yaml.load(of_block(block_text), EditorLoader))  # noqa: S506
            assert validator.is_valid(document) is is_sound


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_described(kind: str) -> None:
    cls = load_kind(kind)
    properties = SCHEMA["$defs"][cls.__name__]["properties"]
    assert set(properties) == {"kind", "short_form", "alt", "fit", *declared_fields(cls)}
    assert all(entry.get("description") for name, entry in properties.items() if name != "kind")


def test_no_two_classes_share_a_definition() -> None:
    classes: dict[str, type] = {}
    for root in (Workshop, Mentioned, *map(load_kind, KINDS)):
        for cls in declared_classes(root):
            assert classes.setdefault(cls.__name__, cls) is cls


def declared_classes(cls: type, *above: type) -> Iterator[type]:
    """Yield *cls* and all classes that its fields hold."""
    yield cls
    for entry in declared_fields(cls).values():
        kind, _ = unwrap(entry.kind)
        while get_origin(kind) is tuple:
            kind, _ = unwrap(get_args(kind)[0])
        if dataclasses.is_dataclass(kind) and kind not in (cls, *above):
            yield from declared_classes(kind, cls, *above)  # type: ignore[arg-type]


def test_it_accepts_includes_and_params() -> None:
    text = (
        'params: {n: 5, who: }\nworkshop: {title: "{who}", budget: "{n}"}\n'
        "blocks: [{include: a.yaml}, {include: b.yaml, params: {a: 1, b: x}}]\n"
    )
    assert complaints(text) == []
    assert complaints(text.replace("include: a.yaml", "include: a.yaml, parms: {}"))
