"""Typed reading: every field type, its short forms, and what it says of a value it cannot take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, ClassVar, Literal

import pytest
import yaml
from hypothesis import given as holds_for
from hypothesis import strategies as st

from deckgen.blocks import KINDS, load_kind
from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.outline.load import load_source
from deckgen.reading.fields import (
    Bounds,
    Clock,
    Count,
    Problem,
    Ratio,
    Text,
    TimeRange,
    given,
    needed,
)
from deckgen.reading.reader import INVALID, Reader, declared_fields
from deckgen.reading.source import Mapping, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A class with a short form."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = needed(help="its name")
    weight: int = given(1, help="its grams")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kitchen:
    """A class with a field of every type."""

    text: Text | None = given(None, help="a text")
    whole: int | None = given(None, help="a whole number")
    number: float | None = given(None, help="a number")
    truth: bool = given(False, help="a truth")
    clock: Clock | None = given(None, help="a time")
    ratio: Ratio | None = given(None, help="a share")
    choice: Literal["red", "blue_green"] | None = given(None, help="a choice")
    bounded: Annotated[int, Bounds(2, 8)] | None = given(None, help="a number from 2 to 8")
    texts: tuple[Text, ...] = given((), help="texts")
    rows: tuple[tuple[Text, ...], ...] = given((), help="rows")
    few: Annotated[tuple[Text, ...], Count(2, 3)] = given((), help="two or three texts")
    names: dict[str, Text] | None = given(None, help="named texts")
    tool: Tool | None = given(None, help="a tool")
    tools: tuple[Tool, ...] = given((), help="tools")
    time: TimeRange | None = given(None, help="minutes")

    def problems(self) -> Iterator[Problem]:
        """Yield a number without the text that explains it."""
        if self.whole and not self.text:
            yield Problem("", "wrong-value", "a number needs its text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A class with a field that must be given."""

    title: Text = given(help="what it makes")
    serves: int = given(help="for how many")


def read(text: str, cls: type = Kitchen) -> tuple[Any, Diagnostics]:
    """Return what *text* gives as *cls*, and what is wrong with it."""
    diagnostics = Diagnostics()
    root = parse(Source("o.yaml", text), diagnostics)
    assert isinstance(root, Mapping)
    reader = Reader(diagnostics)
    return reader.build(root, cls, reader.fields(root, cls, "a kitchen")), diagnostics


def plain(value: Any) -> Any:
    """Return *value* with its declared classes as dicts."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def value(text: str) -> Any:
    """Return the value of the only field in *text*, in which nothing is wrong."""
    kitchen, diagnostics = read(text)
    assert not diagnostics.found
    return getattr(kitchen, text.partition(":")[0])


def finding(text: str, cls: type = Kitchen) -> str:
    """Return the only finding in *text*, as `id column: message (hint)`."""
    _, diagnostics = read(text, cls)
    [found] = diagnostics
    assert found.span is not None
    hints = "".join(f" ({hint})" for hint in found.hints)
    return f"{found.id} {found.span.column}: {found.message}{hints}"


class TestValues:
    """Every type reads the forms that authors write."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("text: word", "word"),
            ("text: 10:30", "10:30"),
            ("text: 'No'", "No"),
            ("text: 2026-01-05", "2026-01-05"),
            ("text: |\n  one\n  two\n", "one two"),
            ("text: '  one \t two '", "one two"),
            ("text: 'null'", "null"),
            ("whole: 5", 5),
            ("whole: '5'", 5),
            ("whole: +5", 5),
            ("whole: 007", 7),
            ("number: 5", 5.0),
            ("number: -2.25", -2.25),
            ("truth: true", True),
            ("truth: Yes", True),
            ("truth: ON", True),
            ("truth: no", False),
            ("truth: 'off'", False),
            ("clock: 9:05", 545),
            ("clock: 10:30", 630),
            ("clock: '10:30'", 630),
            ("clock: 09.30", 570),
            ("clock: 14h05", 845),
            ("clock: 0:00", 0),
            ("clock: 23:59", 1439),
            ("ratio: 10%", 0.1),
            ("ratio: 10 %", 0.1),
            ("ratio: 0.1", 0.1),
            ("ratio: 100%", 1.0),
            ("ratio: 0", 0.0),
            ("choice: red", "red"),
            ("choice: ' blue_green '", "blue_green"),
            ("bounded: 2", 2),
            ("bounded: 8", 8),
            ("texts: [a, b]", ("a", "b")),
            ("texts: a", ("a",)),
            ("texts: []", ()),
            ("rows: [[a, b], [c, d]]", (("a", "b"), ("c", "d"))),
            ("few: [a, b]", ("a", "b")),
            ("names: {a: b, 2: c}", {"a": "b", "2": "c"}),
            ("tool: saw", {"name": "saw", "weight": 1}),
            ("tool: {name: saw, weight: 9}", {"name": "saw", "weight": 9}),
            ("tools: saw", ({"name": "saw", "weight": 1},)),
            ("tools: {name: saw}", ({"name": "saw", "weight": 1},)),
            (
                "tools: [saw, {name: axe}]",
                ({"name": "saw", "weight": 1}, {"name": "axe", "weight": 1}),
            ),
            ("time: 5", {"min": 5, "ideal": 5, "max": 5}),
            ("time: [3, 5, 9]", {"min": 3, "ideal": 5, "max": 9}),
            ("time: {min: 3, ideal: 5, max: 9}", {"min": 3, "ideal": 5, "max": 9}),
            ("time: 0", {"min": 0, "ideal": 0, "max": 0}),
        ],
    )
    def test_are_read(self, text: str, expected: object) -> None:
        prefix = "text: so\n" if text.startswith("whole") else ""
        kitchen, diagnostics = read(prefix + text)
        assert not diagnostics.found
        assert plain(getattr(kitchen, text.partition(":")[0])) == expected

    @pytest.mark.parametrize("empty", ["", "~", "null"])
    def test_an_empty_field_is_one_not_given(self, empty: str) -> None:
        assert value(f"texts: {empty}") == ()

    def test_own_fields_that_start_with_x_are_left_alone(self) -> None:
        kitchen, diagnostics = read("x-draft: {any: [thing]}\ntext: word")
        assert kitchen == Kitchen(text=Text("word"))
        assert not diagnostics.found

    def test_a_text_remembers_its_place(self) -> None:
        assert str(value("texts: [a, 'b']")[1].span) == "o.yaml:1:12"

    def test_a_time_of_day_is_written_with_two_digits(self) -> None:
        assert [str(Clock(minutes)) for minutes in (545, 1439, 1500)] == ["09:05", "23:59", "01:00"]

    @holds_for(st.integers(0, 1439))
    def test_a_time_of_day_reads_as_it_is_written(self, minutes: int) -> None:
        assert Clock.parse(str(Clock(minutes))) == minutes


class TestRefused:
    """What a field cannot take is told at the value, in words that say what it takes."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("text: [a]", "wrong-type 7: `text` takes a text, not a list"),
            ("text: ''", "wrong-type 7: `text`: expected a text, not ``"),
            (
                "text: {Warm up: names}",
                "wrong-type 7: `text` takes a text, not fields; text that contains `: ` needs quotes",
            ),
            ("text: {a: b, c: d}", "wrong-type 7: `text` takes a text, not fields"),
            ("whole: five", "wrong-type 8: `whole`: expected a whole number, not `five`"),
            ("whole: 5.5", "wrong-type 8: `whole`: expected a whole number, not `5.5`"),
            ("whole: 1e3", "wrong-type 8: `whole`: expected a whole number, not `1e3`"),
            ("whole: 1_000", "wrong-type 8: `whole`: expected a whole number, not `1_000`"),
            (
                f"whole: {'9' * 40}",
                f"wrong-type 8: `whole`: expected a whole number, not `{'9' * 29}…`",
            ),
            ("number: .nan", "wrong-type 9: `number`: expected a number, not `.nan`"),
            ("number: 1,5", "wrong-type 9: `number`: expected a number, not `1,5`"),
            ("truth: maybe", "wrong-type 8: `truth`: expected true or false, not `maybe`"),
            ("truth: 1", "wrong-type 8: `truth`: expected true or false, not `1`"),
            (
                "clock: 24:00",
                "wrong-type 8: `clock`: expected a time of day such as 09:30, not `24:00`",
            ),
            (
                "clock: 9:5",
                "wrong-type 8: `clock`: expected a time of day such as 09:30, not `9:5`",
            ),
            (
                "clock: 570",
                "wrong-type 8: `clock`: expected a time of day such as 09:30, not `570`",
            ),
            ("clock: [9]", "wrong-type 8: `clock` takes a time of day, not a list"),
            (
                "ratio: 101%",
                "wrong-type 8: `ratio`: expected a share such as 10%, from 0 to 100 %, not `101%`",
            ),
            (
                "ratio: nan",
                "wrong-type 8: `ratio`: expected a share such as 10%, from 0 to 100 %, not `nan`",
            ),
            ("choice: rd", "wrong-value 9: `choice` cannot be `rd` (did you mean `red`?)"),
            (
                "choice: violet",
                "wrong-value 9: `choice` cannot be `violet` (known: red, blue_green)",
            ),
            (
                "choice: blue-green",
                "wrong-value 9: `choice` cannot be `blue-green` (did you mean `blue_green`?)",
            ),
            ("choice: [red]", "wrong-type 9: `choice` takes one of: red, blue_green"),
            ("bounded: 1", "wrong-value 10: `bounded` must be from 2 to 8, not 1"),
            ("bounded: 9", "wrong-value 10: `bounded` must be from 2 to 8, not 9"),
            ("texts: [a, ~]", "wrong-type 12: entry 2 of `texts` is empty"),
            (
                "texts: [a, Names: two]",
                "wrong-type 12: an entry of `texts` takes a text; "
                "text that contains `: ` needs quotes",
            ),
            (
                "texts: {a: b, c: d}",
                "wrong-type 8: `texts` takes a list, not fields",
            ),
            ("few: [a]", "wrong-value 6: `few` takes from 2 to 3 entries, not 1"),
            ("few: [a, b, c, d]", "wrong-value 6: `few` takes from 2 to 3 entries, not 4"),
            ("names: word", "wrong-type 8: `names` takes named values, such as `name: value`"),
            ("names: {a: [b]}", "wrong-type 12: `a` takes a text, not a list"),
            ("names: {a: }", "wrong-type 12: `a` is empty"),
            ("tool: [saw]", "wrong-type 7: `tool` takes fields, not a list of 1"),
            ("tool: {weight: 9}", "missing-field 7: `tool` needs `name` (`name`: its name)"),
            (
                "time: [3, 5]",
                "wrong-type 7: `time` takes a list of 3 numbers (min, ideal, max), not a list of 2 "
                "(write `[3, 4, 5]`: at least, as planned, at most)",
            ),
            (
                "time: [9, 5, 3]",
                "time-order 7: `time` must increase from min through ideal to max, not 9, 5, 3",
            ),
            (
                "time: -1",
                "wrong-value 7: `time` must be from 0 to 1440, not -1",
            ),
            ("time: soon", "wrong-type 7: `time`: expected a whole number, not `soon`"),
            ("whole: 5", "wrong-value 1: a number needs its text"),
        ],
    )
    def test_with_its_reason(self, text: str, expected: str) -> None:
        assert finding(text) == expected

    def test_a_class_without_a_short_form_takes_fields(self) -> None:
        _, diagnostics = read("steps: soup", Holder)
        assert [found.message for found in diagnostics] == [
            "`steps` takes fields (title, serves), not a text"
        ]

    def test_reading_goes_on_after_a_mistake(self) -> None:
        kitchen, diagnostics = read("whole: x\ntexts: [a, ~, b]\nnumber: 2")
        assert [found.id for found in diagnostics] == ["wrong-type", "wrong-type"]
        assert (kitchen.texts, kitchen.number) == (("a", "b"), 2.0)

    def test_a_class_does_not_judge_what_could_not_be_read(self) -> None:
        assert finding("whole: 5\ntext: [a]") == "wrong-type 7: `text` takes a text, not a list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A class that holds one without a short form."""

    steps: tuple[Recipe, ...] = given((), help="recipes")


class TestFields:
    """Unknown and missing fields, and what is guessed of them."""

    def test_missing_ones_are_told_at_the_mapping(self) -> None:
        recipe, diagnostics = read("  x-a: 1", Recipe)
        assert recipe is INVALID
        assert [(found.id, str(found.span)) for found in diagnostics] == [
            ("missing-field", "o.yaml:1:3"),
            ("missing-field", "o.yaml:1:3"),
        ]

    def test_one_left_empty_is_told_at_its_name(self) -> None:
        text = "serves: 3\ntitle:"
        assert (
            finding(text, Recipe)
            == "missing-field 1: a kitchen needs `title` (`title`: what it makes)"
        )

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("titel", "did you mean `title`?"),
            ("Title", "did you mean `title`?"),
            ("name", "did you mean `title`?"),
            ("heading", "did you mean `title`?"),
            ("colour", "known: title, serves"),
        ],
    )
    def test_unknown_ones_are_told_at_their_name_with_a_hint(self, name: str, hint: str) -> None:
        found = finding(f"title: T\nserves: 2\n{name}: x", Recipe)
        assert found == f"unknown-field 1: a kitchen has no field `{name}` ({hint})"

    @pytest.mark.parametrize(
        ("name", "meant"),
        [("minutes", "time"), ("minuets", "time"), ("duration", "time"), ("whole_", "whole")],
    )
    def test_words_of_other_tools_lead_to_ours(self, name: str, meant: str) -> None:
        assert finding(f"{name}: 5").endswith(f"(did you mean `{meant}`?)")

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_field_of_every_kind_says_what_it_is_for(self, kind: str) -> None:
        declared = declared_fields(load_kind(kind)).values()
        assert all(field.help and field.sees for field in declared)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
NAMES = """workshop blocks audiences mentioned kind title id time alt when notes steps points
objectives needs people parking_lot review_in start budget items x-own <<"""
words = st.sampled_from([*NAMES.split(), *KINDS])
structures = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=5),
    max_leaves=20,
)
blocks = st.lists(
    st.dictionaries(words, structures, max_size=5).map(lambda b: {"kind": "recap"} | b)
)
outlines = st.fixed_dictionaries(
    {"workshop": structures, "blocks": blocks | structures},
    optional={"audiences": st.dictionaries(words, structures, max_size=3), "mentioned": structures},
)


class TestNothingElseIsRaised:
    """Whatever the text, loading ends in an outline or in diagnostics."""

    @holds_for(st.text(max_size=60) | st.text(alphabet="ab:-?[]{}&*!|>'\"%@#, \n\t~<", max_size=60))
    def test_by_any_text(self, text: str) -> None:
        self.load(text)

    @holds_for(structures | outlines)
    def test_by_any_structure(self, structure: object) -> None:
        self.load(yaml.safe_dump(structure, allow_unicode=True))

    def load(self, text: str) -> None:
        diagnostics = Diagnostics()
        try:
            outline = load_source(Source("o.yaml", text), diagnostics)
        except DeckgenError:
            outline = None
        assert (outline is None) == diagnostics.has_errors
