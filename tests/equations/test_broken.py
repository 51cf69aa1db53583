"""Equations that cannot be read, wherever they stand: a finding at their column, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.compiler import check
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.equations.linear import linear
from deckgen.inline import equations_in
from deckgen.layout.frames import EquationFrame
from deckgen.reading.fields import Prose

BROKEN = r"$$0 < \frca{2}{\lambda}$$"
PIECES = (
    r"\frca{2}{\lambda}", r"\frac{1}", r"\frac", "x^2", "_1", "^", "{", "}", r"\left(", r"\right)", "&", r"\\",
    r"\begin{aligned}", r"\end{aligned}", "\\\\\n", "|", r"\|", r"\top", "%", r"\sqrt", "a", "0 <", " ", "\n", "*",
    r"\alfa", r"\binom{n}{k}", r"\text{a b}", r"\sum_i", "'", '"', "`", "\\", "- ", "> ", "# ",
)  # fmt: skip
FORMS = ("${}$", "$${}$$", "$$\n{}\n$$", "${} $", "$ {}$", "${}", "$5 and ${}$")


def findings(path: Path, text: str) -> list[tuple[int, int, str]]:
    path.write_text(text, encoding="utf-8")
    found = Diagnostics()
    with pytest.raises(DeckgenError):
        check(path, found)
    return [(one.span.line, one.span.column, one.id) for one in found if one.span]


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (f"Alone:\n\n{BROKEN}", (9, 13)),
        (f"- one\n\n  {BROKEN}\n- two", (9, 15)),
        (f"> so\n\n{BROKEN}\n\nand $x$", (9, 13)),
        (f"| a |\n|---|\n| {BROKEN} |", (9, 15)),
    ],
)
def test_one_beside_others_is_told_with_all_else(
    tmp_path: Path, block: str, place: tuple[int, int]
) -> None:
    lines = "\n".join(f"      {line}".rstrip() for line in block.splitlines())
    head = (
        "workshop: {title: T}\nblocks:\n  - kind: content\n    title: A\n    huh: 1\n    text: |\n"
    )
    told = findings(tmp_path / "a.yaml", f"{head}{lines}\n")
    assert told == [(5, 5, "unknown-field"), (*place, "unreadable-equation")]


def test_one_in_a_column_is_told(tmp_path: Path) -> None:
    head = "workshop: {title: T}\nblocks:\n  - kind: content\n    title: A\n    columns:\n      - text: |\n"
    text = f"{head}          So:\n\n          {BROKEN}\n      - text: b\n"
    assert findings(tmp_path / "a.yaml", text) == [(9, 17, "unreadable-equation")]


@st.composite
def written(draw: st.DrawFn) -> str:
    """Return an equation as somebody in a hurry may write it."""
    latex = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)))
    return draw(st.sampled_from(FORMS)).replace("{}", latex)


def in_block(equation: str, form: str) -> str:
    """Return block Markdown with *equation* somewhere in it."""
    flat = equation.replace("\n", " ")
    match form:
        case "after":
            return f"Alone:\n\n{equation}\n\nso"
        case "item":
            return f"- one {flat}\n- two\n\n  " + equation.replace("\n", "\n  ")
        case "cell":
            return f"| a | b |\n|---|---|\n| {flat} | x |"
        case "quote":
            return f"> {flat}\n\n1. {flat}"
        case _:
            return equation


@settings(max_examples=40, deadline=None)
@given(
    equations=st.lists(written(), min_size=6, max_size=6),
    form=st.sampled_from(["after", "item", "cell", "quote", "alone"]),
)
def test_nothing_written_in_a_hurry_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, equations: list[str], form: str
) -> None:
    flat = [" ".join(one.split()) or "a" for one in equations]
    blocks = [
        {
            "kind": "content",
            "title": flat[0],
            "text": in_block(equations[1], form),
            "points": [flat[2]],
            "notes": {"say": [in_block(equations[3], form)], "ask": flat[4]},
        },
        {"kind": "content", "title": "B", "columns": [{"text": in_block(equations[4], form)}, {"text": flat[5]}]},
        {"kind": "comparison", "title": "C", "columns": ["a", flat[0]], "rows": [["b", flat[1], flat[2]]]},
        {"kind": "highlight", "text": flat[3]},
        {"kind": "quiz", "title": "D", "items": [{"q": flat[4], "options": [flat[5], "other"], "a": "other"}]},
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("broken") / "a.yaml"
    outline = {"workshop": {"title": flat[1]}, "blocks": blocks}
    path.write_text(yaml.safe_dump(outline, sort_keys=False, allow_unicode=True), encoding="utf-8")
    found = Diagnostics()
    try:
        check(path, found)
    except DeckgenError:
        assert found.has_errors


def test_lines_of_an_equation_after_words_keep_their_ends() -> None:
    text = "So $$\\begin{aligned} a \\\\\nb \\end{aligned}$$\n\nand $x$"
    assert next(one.latex for one in equations_in(Prose(text))) == (
        r"\begin{aligned} a \\ b \end{aligned}"
    )


def test_without_what_reads_them_display_equations_in_blocks_are_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("equations", "equations.deck", "equations.linear", "outline.equations"):
        monkeypatch.setattr(f"deckgen.{module}.is_installed", lambda: False)
    path = tmp_path / "a.yaml"
    head = "workshop: {title: T, cover: false}\nblocks:\n  - kind: content\n    title: A\n    text: |\n"
    path.write_text(f"{head}      So:\n\n      $$a^2$$\n", encoding="utf-8")
    linear.cache_clear()
    try:
        (compiled,) = check(path, Diagnostics())
    finally:
        linear.cache_clear()
    frames = [frame for slide in compiled.deck.slides() for frame in slide.frames]
    assert not any(isinstance(frame, EquationFrame) for frame in frames)
    assert "a^2" in str(frames)
