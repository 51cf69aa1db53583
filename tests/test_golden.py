"""Every outline under `golden/` gives exactly the deck and the documents that lie beside it.

After a change that is meant to show: `pytest tests/test_golden.py --update-golden`, then read the
diff.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from deck_text import deck_text
from deckgen.blocks import KINDS
from deckgen.compiler import check, render
from deckgen.diagnostics import Diagnostics

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


@cache
def made(case: str) -> dict[str, str]:
    """Return what the outline of a case gives, by the name of the golden file."""
    diagnostics = Diagnostics()
    files = render(check(GOLDEN / case / "outline.yaml", diagnostics)[0])
    texts = {name.removeprefix("outline."): content for name, content in files.items()}
    deck = deck_text(texts.pop("pptx"))
    return {"deck.txt": findings(diagnostics) + deck} | {
        name: content.decode() for name, content in texts.items()
    }


def findings(diagnostics: Diagnostics) -> str:
    """Return what was found, a line each, with the place in the outline."""
    lines = (
        f"{found.severity}[{found.id}] {_place(found.span)}: {found.message}"
        for found in diagnostics
    )
    return "".join(f"{line}\n" for line in lines)


def _place(span: object) -> str:
    return f"{span.line}:{span.column}" if span else "-"  # type: ignore[attr-defined]


def is_input(path: Path) -> bool:
    """Return whether a file of a case is its outline, or one that the outline names."""
    outline = path.with_name("outline.yaml")
    named = outline.read_text(encoding="utf-8")
    return path == outline or any(f"{key}: {path.name}" in named for key in ("file", "poster"))


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_its_golden_files(case: str, *, update_golden: bool) -> None:
    folder, texts = GOLDEN / case, made(case)
    if update_golden:
        for path in folder.iterdir():
            if path.name not in texts and not is_input(path):
                path.unlink()
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
    for name, text in texts.items():
        assert (folder / name).is_file(), f"{case}/{name} is missing: --update-golden writes it"
        assert text == (folder / name).read_bytes().decode()


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_no_stale_file(case: str) -> None:
    found = {path.name for path in (GOLDEN / case).iterdir() if not is_input(path)}
    assert found == set(made(case))


def test_every_kind_of_block_has_a_case() -> None:
    assert {*CASES} == {*KINDS, "whole", "hostile", "german", "equations"}
