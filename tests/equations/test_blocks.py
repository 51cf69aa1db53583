"""Display equations over several lines of block Markdown: whole on slides, in documents and in notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler import check, render
from deckgen.diagnostics import Diagnostics
from deckgen.document import nodes
from deckgen.document.prose import prose_nodes
from deckgen.inline import equations_in
from deckgen.layout.frames import EquationFrame
from deckgen.reading.fields import Prose

TEXT = r"""For each $x$:

$$
\begin{aligned}
e^{ix} &= \cos x \\
- i \sin x
\end{aligned}
$$

- one $\frac{1}{2}$

$$E = mc^2$$

```sh
echo $a $b$ $$
```
"""


def test_an_equation_over_lines_is_a_node_and_no_list() -> None:
    found = prose_nodes(TEXT)
    kinds = [type(node) for node in found]
    assert kinds == [
        nodes.Paragraph,
        nodes.Equation,
        nodes.Bullets,
        nodes.Equation,
        nodes.CodeLines,
    ]
    assert found[1].formula.latex.startswith(r"\begin{aligned} e^{ix}")  # type: ignore[union-attr]


def test_code_in_a_text_holds_no_equations() -> None:
    found = [one.latex for one in equations_in(Prose(TEXT))]
    assert found[0] == "x"
    assert found[2:] == [r"\frac{1}{2}", "E = mc^2"]


@pytest.mark.parametrize(
    "text", ["$$ to $$$\n\nand $$", "$$a\n\nb$$", "$$", "$$a$$ and $$b$$", "    $$a$$"]
)
def test_other_dollars_begin_no_equation(text: str) -> None:
    assert not any(isinstance(node, nodes.Equation) for node in prose_nodes(text))


def test_nothing_of_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    block = "\n".join(f"      {line}".rstrip() for line in TEXT.splitlines())
    path.write_text(
        f"workshop: {{title: T, cover: false}}\nblocks:\n  - kind: content\n    title: A\n    text: |\n{block}\n"
        f"    notes:\n      say: |\n        Look:\n\n        $$a^2$$\n",
        encoding="utf-8",
    )
    found = Diagnostics()
    (compiled,) = check(path, found)
    frames = [frame for slide in compiled.deck.slides() for frame in slide.frames]
    drawn = [frame.formula.latex for frame in frames if isinstance(frame, EquationFrame)]
    assert [latex[:7] for latex in drawn] == [r"\begin{", "E = mc^"]
    notes = [note.text for slide in compiled.deck.slides() for note in slide.notes]
    assert any(run.equation and run.equation.latex == "a^2" for runs in notes for run in runs)
    assert "$$E = mc^2$$" in render(compiled)["a.handout.md"].decode()
