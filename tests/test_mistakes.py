"""The mistakes that people make: every word that they are told about each, as `mistakes.txt` has it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from deckgen.compiler import Options, check
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.report import concise

FILE = Path(__file__).parent / "mistakes.txt"
SHOWN = {"⇥": "\t", "⍽": "\u00a0"}
ENCODINGS = {"latin-1": "latin-1", "utf-16": "utf-16"}


class Case(NamedTuple):
    """An outline with a mistake, and the findings that it brings."""

    name: str
    outline: str
    findings: str


def cases(text: str) -> tuple[str, list[Case]]:
    """Return what stands before the first case, and the cases."""
    preface, *parts = re.split(r"^=== ", text, flags=re.MULTILINE)
    found = []
    for part in parts:
        name, _, rest = part.partition("\n")
        outline, _, findings = rest.rpartition("---\n")
        found.append(Case(name, outline, findings.rstrip("\n")))
    return preface, found


PREFACE, CASES = cases(FILE.read_text(encoding="utf-8"))


def told(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what `check` tells of the outline of *case*, one finding a line."""
    monkeypatch.chdir(folder)
    Image.new("RGB", (400, 300)).save("knife.png")
    Path("fake.png").write_text("no picture", encoding="utf-8")
    Path("map.yaml").write_text("slide_layouts: {}\n", encoding="utf-8")
    text = case.outline
    for shown, meant in SHOWN.items():
        text = text.replace(shown, meant)
    encoding = next((ENCODINGS[name] for name in ENCODINGS if name in case.name), "utf-8")
    Path("o.yaml").write_bytes(text.encode(encoding))
    option = re.search(r"\(--template-map (\S+)\)", case.name)
    options = Options(template_map=Path(option[1]) if option else None)
    diagnostics = Diagnostics()
    try:
        check(Path("o.yaml"), diagnostics, options)
    except DeckgenError:
        assert diagnostics.has_errors
    return "\n".join(concise(finding).removeprefix("o.yaml:") for finding in diagnostics)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:2])
def test_what_people_are_told(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    findings = told(case, tmp_path, monkeypatch)
    if update_golden:
        CASES[CASES.index(case)] = case._replace(findings=findings)
        written = (f"=== {c.name}\n{c.outline}---\n{c.findings}\n\n" for c in CASES)
        FILE.write_text(PREFACE + "".join(written).rstrip("\n") + "\n", encoding="utf-8")
    else:
        assert findings == case.findings


def test_there_are_as_many_as_were_promised() -> None:
    assert len(CASES) == len({case.name for case in CASES}) == 85


def test_each_is_told_once_and_at_a_line() -> None:
    for case in CASES:
        lines = case.findings.splitlines()
        assert lines, case.name
        assert len(set(lines)) == len(lines), case.name
