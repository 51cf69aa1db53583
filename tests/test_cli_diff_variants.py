"""`deckgen diff-variants`: differences between two variants of an outline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deckgen.cli import main

SHIPPED = str(Path(__file__).parents[1] / "outlines" / "phd-in-ml.yaml")
KNIVES = """
workshop: {title: Knives, budget: 30, buffer: 0, audience: cooks}
blocks:
  - kind: quiz
    id: first
    title: Long
    time: [5, 20, 20]
    alt: {title: Short, time: 3}
    items: [{q: a, a: b}]
    priority: should
  - {kind: recap, id: last, takeaways: [a], time: 10}
  - {kind: recap, id: more, title: More, takeaways: [a], time: 10, when: {audience: smiths}}
audiences:
  cooks:
  smiths: {blocks: {last: {notes: {say: Mind the edge}}}}
  bakers: {blocks: {first: null}}
"""


@pytest.fixture(autouse=True)
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in a folder of its own, which holds an outline."""
    monkeypatch.chdir(tmp_path)
    Path("knives.yaml").write_text(KNIVES, encoding="utf-8")


def run(*arguments: str) -> Result:
    """Return how the command ended."""
    result = CliRunner().invoke(main, ["diff-variants", *arguments], prog_name="deckgen")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def diff(a: str, b: str) -> dict[str, Any]:
    """Return differences, as scripts get it."""
    result = run("knives.yaml", a, b, "--json")
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def blocks(a: str, b: str) -> dict[str, Any]:
    return {block["block"]: block for block in diff(a, b)["blocks"]}


def test_a_short_form_in_less_time() -> None:
    first = blocks("@14", "@30")["first"]
    assert first["a"] == {"minutes": 3, "form": "short", "title": "Short", "slides": 2}
    assert first["b"] == {"minutes": 20, "form": "full", "title": "Long", "slides": 2}
    assert first["differs"] == ["minutes", "form", "title"]


def test_a_block_in_one_only() -> None:
    found = blocks("cooks", "smiths")
    assert found["more"]["a"] is None
    assert found["more"]["why"].startswith("left out: ")
    assert found["first"]["differs"] == ["minutes", "form", "title"]


def test_a_block_that_an_audience_deletes() -> None:
    first = blocks("cooks", "bakers")["first"]
    assert (first["b"], first["why"]) == (None, "not in this audience's outline")


def test_fields_of_an_overlay() -> None:
    assert blocks("cooks@40", "smiths@40")["last"]["differs"] == ["notes"]


def test_slides_and_sums() -> None:
    found = diff("cooks", "bakers")
    assert [tuple(slide.values()) for slide in found["slides"]] == [
        ("a", "first", "Long"),
        ("a", "first", "Long (answer)"),
    ]
    assert found["a"]["audience"] == "cooks"
    assert (found["a"]["minutes"], found["b"]["minutes"]) == (30, 10)
    assert (found["a"]["slides"], found["b"]["slides"]) == (4, 2)
    assert found["same"] == ["last"]


def test_the_same_twice_differs_in_nothing() -> None:
    result = run("knives.yaml", "cooks", "@30")
    assert result.exit_code == 0
    assert result.stdout.startswith("Knives\nA: cooks (audience cooks, 30 min, 12 people)\n")
    assert "2 blocks are the same: first, last" in result.stdout
    assert result.stdout.endswith("No differences.\n")


def test_a_table_for_readers() -> None:
    result = run(SHIPPED, "students@60", "engineers@90")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert "block       A   B  differences" in lines
    assert any(line.startswith("review      -   5  only in B; in A cut: ") for line in lines)
    assert "minutes  60  90" in lines
    assert any(line.startswith("only in B  tradeoffs") for line in lines)


def test_it_is_the_same_backwards() -> None:
    there, back = diff("cooks@14", "smiths@40"), diff("smiths@40", "cooks@14")
    swapped = [block | {"a": block["b"], "b": block["a"]} for block in back["blocks"]]
    assert swapped == there["blocks"]


@pytest.mark.parametrize(
    ("variant", "message"),
    [
        ("chefs", "unknown-audience"),
        ("@2", "does-not-fit"),
    ],
)
def test_a_variant_that_cannot_be(variant: str, message: str) -> None:
    result = run("knives.yaml", variant, "cooks")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error[{message}]" in result.stderr
    scripted = run("knives.yaml", variant, "cooks", "--json")
    assert scripted.exit_code == 1
    assert json.loads(scripted.stdout)["ok"] is False


@pytest.mark.parametrize("variant", ["", "@", "@0", "@2000", "cooks@x", "a@1@2"])
def test_a_variant_that_is_none(variant: str) -> None:
    result = run("knives.yaml", variant, "cooks")
    assert result.exit_code == 2
    assert "expected an audience, @minutes or both" in result.stderr


def test_a_file_that_is_missing() -> None:
    result = run("none.yaml", "a", "b")
    assert result.exit_code == 1
    assert "cannot read none.yaml" in result.stderr
