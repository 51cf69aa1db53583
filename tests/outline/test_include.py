"""Blocks from other files, and params: what comes in, where it is found wrong, and where it ends."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.include import DEEPEST_INCLUDE, MOST_INCLUDES
from deckgen.outline.load import load
from deckgen.outline.model import Outline

FRAME = "workshop: {title: T}\n"
RECAP = "- {kind: recap, id: %s, takeaways: ['%s']}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    """Write files; `parts__a` is `parts/a.yaml`."""
    for name, text in files.items():
        path = Path(f"{name.replace('__', '/')}.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def outline(audience: str | None = None) -> Outline:
    """Return the outline in o.yaml, in which nothing is wrong."""
    diagnostics = Diagnostics()
    found = load(Path("o.yaml"), diagnostics, audience)
    assert found is not None, [f"{each.span} {each.message}" for each in diagnostics]
    assert not diagnostics.found
    return found


def wrong() -> list[str]:
    """Return what is wrong in o.yaml and its parts, with file and line."""
    diagnostics = Diagnostics()
    try:
        assert load(Path("o.yaml"), diagnostics) is None
    except DeckgenError:
        assert diagnostics.has_errors
    return [f"{each.id} {each.span}" for each in diagnostics]


def messages() -> list[str]:
    diagnostics = Diagnostics()
    assert load(Path("o.yaml"), diagnostics) is None
    return [each.message for each in diagnostics]


def takeaways(found: Outline) -> list[str]:
    return [block.takeaways[0] for block in found.blocks]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("folder")
class TestInclude:
    """`include` stands for the blocks of a file."""

    def test_blocks_come_in_where_they_are_asked_for(self) -> None:
        write(
            o=f"{FRAME}blocks:\n{RECAP % ('a', 'x')}- include: parts/b.yaml\n{RECAP % ('d', 'x')}",
            parts__b=RECAP % ("b", "x") + "- include: c.yaml\n",
            parts__c="blocks:\n" + RECAP % ("c", "x"),
        )
        found = outline()
        assert [block.id for block in found.blocks] == ["a", "b", "c", "d"]
        assert str(found.blocks[2].span) == "parts/c.yaml:2:3"

    def test_an_overlay_changes_included_blocks_by_id(self) -> None:
        overlay = "audiences: {cooks: {blocks: {b: {takeaways: [y]}}}}\n"
        write(o=f"{FRAME}{overlay}blocks: [include: b.yaml]\n", b=RECAP % ("b", "x"))
        assert takeaways(outline("cooks")) == ["y"]
        assert takeaways(outline()) == ["x"]

    def test_an_id_that_comes_in_twice(self) -> None:
        write(o=f"{FRAME}blocks: [include: b.yaml, include: b.yaml]\n", b=RECAP % ("b", "x"))
        assert wrong() == ["duplicate-id b.yaml:1:21"]

    def test_what_is_wrong_in_a_part_is_reported_there(self) -> None:
        write(o=f"{FRAME}blocks: [include: b.yaml]\n", b="- {kind: recap}\n")
        assert wrong() == ["missing-field b.yaml:1:3"]

    def test_a_part_that_is_no_yaml(self) -> None:
        write(o=f"{FRAME}blocks: [include: b.yaml]\n", b="- {kind: [\n")
        assert "invalid-yaml b.yaml:2:1" in wrong()

    @pytest.mark.parametrize(
        "text", ["", "text", "blocks:\n", "blocks: []\n", "params: {a: b}\n", "[]\n"]
    )
    def test_a_part_without_blocks(self, text: str) -> None:
        write(o=f"{FRAME}blocks:\n- include: b.yaml\n{RECAP % ('a', 'x')}", b=text)
        assert [line.split(":")[0] for line in wrong()] == ["wrong-type b.yaml"]

    def test_a_part_is_no_outline(self) -> None:
        write(o=f"{FRAME}blocks: [include: b.yaml]\n", b=f"{FRAME}blocks:\n{RECAP % ('a', 'x')}")
        assert wrong() == ["unknown-field b.yaml:1:1"]

    @pytest.mark.parametrize("name", ["none.yaml", ".", "/dev/null/x", "x" * 5000])
    def test_a_part_that_cannot_be_read(self, name: str) -> None:
        write(o=f"{FRAME}blocks:\n- include: {name}\n{RECAP % ('a', 'x')}")
        assert "cannot-read o.yaml:3:12" in wrong()

    def test_a_part_that_is_no_utf8(self) -> None:
        write(o=f"{FRAME}blocks:\n- include: b.yaml\n{RECAP % ('a', 'x')}")
        Path("b.yaml").write_bytes(b"\xff")
        assert wrong() == ["cannot-read b.yaml:1:1"]

    def test_a_circle(self) -> None:
        write(
            o=f"{FRAME}blocks:\n- include: a.yaml\n{RECAP % ('a', 'x')}",
            a="- include: b.yaml\n",
            b="- include: ./a.yaml\n",
        )
        assert wrong() == ["include-cycle b.yaml:1:12"]
        assert messages() == ["`a.yaml` includes itself through `b.yaml`"]

    def test_a_link_that_leads_in_a_circle(self) -> None:
        write(o=f"{FRAME}blocks:\n- include: a.yaml\n{RECAP % ('a', 'x')}")
        Path("a.yaml").symlink_to("o.yaml")
        assert wrong() == ["include-cycle o.yaml:3:12"]

    def test_it_goes_only_so_deep(self) -> None:
        names = [f"a{k}" for k in range(DEEPEST_INCLUDE + 2)]
        write(o=f"{FRAME}blocks:\n- include: a0.yaml\n{RECAP % ('a', 'x')}")
        for name, after in pairwise(names):
            write(**{name: f"- include: {after}.yaml\n"})
        assert wrong() == [f"too-large a{DEEPEST_INCLUDE - 1}.yaml:1:12"]

    def test_it_brings_only_so_many(self) -> None:
        each = "- {kind: recap, takeaways: [a]}\n"
        includes = "- include: b.yaml\n" * (MOST_INCLUDES + 1)
        write(o=f"{FRAME}blocks:\n{includes}", b=each)
        assert wrong() == [f"too-large o.yaml:{MOST_INCLUDES + 3}:12"]


@pytest.mark.usefixtures("folder")
class TestParams:
    """`{name}` is filled in where params are declared."""

    def test_without_params_braces_are_braces(self) -> None:
        write(o=f"{FRAME}blocks:\n{RECAP % ('a', '{x} {{y}}')}")
        assert takeaways(outline()) == ["{x} {{y}}"]

    def test_in_the_outline_itself(self) -> None:
        text = "{who} of {room} {{who}} {1} { who } }}"
        top = 'params: {who: "Ada", room: 12}\nworkshop: {title: "For {who}", people: "{room}"}\n'
        write(o=f"{top}blocks:\n{RECAP % ('a', text)}")
        found = outline()
        assert takeaways(found) == ["Ada of 12 {who} {1} { who } }"]
        assert found.workshop.title == "For Ada"
        assert found.workshop.people.expected == 12

    def test_a_value_is_filled_in_as_it_stands(self) -> None:
        write(o=f"params: {{a: '{{b}}', b: x}}\n{FRAME}blocks:\n{RECAP % ('a', '{a}')}")
        assert takeaways(outline()) == ["{b}"]

    def test_a_part_gets_values_over_its_own(self) -> None:
        part = "params: {id: a, what: x}\nblocks:\n" + RECAP % ("'{id}'", "{what}")
        given = "- include: b.yaml\n- {include: b.yaml, params: {id: b, what: y}}\n"
        write(o=f"{FRAME}blocks:\n{given}", b=part)
        found = outline()
        assert takeaways(found) == ["x", "y"]
        assert [block.id for block in found.blocks] == ["a", "b"]

    def test_a_part_does_not_see_the_params_of_its_outline(self) -> None:
        write(
            o=f"params: {{who: Ada}}\n{FRAME}blocks:\n"
            "- include: b.yaml\n- {include: c.yaml, params: {me: '{who}'}}\n",
            b=RECAP % ("b", "{who}"),
            c=RECAP % ("c", "{me}"),
        )
        assert takeaways(outline()) == ["{who}", "Ada"]

    def test_own_fields_stay_as_they_are(self) -> None:
        write(o=f"params: {{a: b}}\nx-mine: '{{no}}'\n{FRAME}blocks:\n{RECAP % ('a', 'x')}")
        outline()

    @pytest.mark.parametrize(
        ("params", "message"),
        [
            ("{}", "there is no param `who`"),
            ("{whom: Ada}", "there is no param `who`"),
            ("{who: }", "param `who` has no value"),
            ("{who: [a]}", "param `who` takes a text or a number"),
            ("{who: Ada, 1a: b}", "the name of a param takes letters, digits, - and _, not `1a`"),
        ],
    )
    def test_params_that_are_wrong(self, params: str, message: str) -> None:
        write(o=f"params: {params}\n{FRAME}blocks:\n{RECAP % ('a', '{who}')}")
        assert messages() == [message]

    def test_a_param_without_quotes(self) -> None:
        block = "- {kind: recap, title: {who}, takeaways: [a]}\n"
        write(o=f"params: {{who: Ada}}\n{FRAME}blocks:\n{block}")
        assert messages() == ["`{who}` needs quotes: YAML reads it as a field"]

    def test_the_nearest_param_is_named(self) -> None:
        write(o=f"params: {{topic: x}}\n{FRAME}blocks:\n{RECAP % ('a', '{topci}')}")
        diagnostics = Diagnostics()
        load(Path("o.yaml"), diagnostics)
        assert next(iter(diagnostics)).hints[0] == "did you mean `topic`?"

    def test_a_part_that_needs_a_value(self) -> None:
        part = "params: {what: }\nblocks:\n" + RECAP % ("b", "{what}")
        write(o=f"{FRAME}blocks: [include: b.yaml]\n", b=part)
        assert messages() == ["the included file needs the param `what`"]
        assert wrong() == ["missing-field o.yaml:2:19"]
