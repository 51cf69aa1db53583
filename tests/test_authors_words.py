"""An author's words stand as they were written: each of them, in its case, with its bold and italic.

Every text field of every kind gets the same odd words in turn; deck and documents are read back.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from deckgen.boxes import Run, plain
from deckgen.inline import parse_inline
from effects import (
    Field,
    Outcome,
    Values,
    declared_in_outlines,
    outcome,
    outline_with,
    settings_of,
    values_of,
)
from samples import SAMPLES
from stages import deck, pptx

GALLERY = Path(__file__).resolve().parents[1] / "docs/gallery"
DECLARED = declared_in_outlines()
SMALL = "emu **vonOkapi** GNU *quokkA* etc."
LARGE = "Gnu **vonOkapi** EMU *quokkA* etc."
ODD = re.compile(r"\b(?:emu|vonokapi|gnu|quokka)\b", re.IGNORECASE)
# Places that show a text without its marks, as they start or as what is around them says.
PLAIN_PLACES = {
    "Workshop.footer": "the foot of a slide",
    "Workshop.title": "the foot of a slide",
    "Workshop.phases": "names under the bar of phases",
    "Block.title": "segments of a bar, and names of slides in the notes",
    "Block.short": "segments of a bar",
    "Debrief.title": "names of slides in the notes",
    "Action.by": "bold before what is to do",
    "Case.advice": "bold before a speaker note",
    "Case.twist": "bold before a speaker note",
    "PointColumn.title": "bold",
    "CornellBlock.summary": "bold",
}


class Said(NamedTuple):
    """What files say: texts of deck and documents as runs; alternative texts, tables, events as such."""

    shown: list[tuple[Run, ...]]
    bare: list[str]

    @property
    def texts(self) -> list[str]:
        return [*map(plain, self.shown), *self.bare]


def said_in(files: Mapping[str, bytes]) -> Said:
    said = Said([], [])
    for name, content in files.items():
        if name.endswith(".pptx"):
            said.shown.extend(_of_deck(content))
            said.bare.extend(_alternatives(content))
        elif name.endswith(".md"):
            cells = re.split(r"(?<!\\)\|", content.decode().replace("\n", "|"))
            said.shown.extend(parse_inline(cell.strip()) for cell in cells)
        else:
            said.bare.append(content.decode().replace("\r\n ", ""))
    return said


def _of_deck(content: bytes) -> Iterator[tuple[Run, ...]]:
    for slide in Presentation(io.BytesIO(content)).slides:
        notes = [slide.notes_slide._element] if slide.has_notes_slide else []
        for tree in (slide._element, *notes):
            for paragraph in tree.iter(qn("a:p")):
                yield tuple(_run(run) for run in paragraph.iter(qn("a:r"), qn("a:br")))


def _run(element: Any) -> Run:
    properties = element.find(qn("a:rPr"))
    marks = properties if properties is not None else {}
    text = "" if element.tag == qn("a:br") else element.findtext(qn("a:t"))
    return Run(text.replace("\u00a0", " ") or " ", marks.get("b") == "1", marks.get("i") == "1")


def _alternatives(content: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(content)).slides:
        yield from (str(e.get("descr")) for e in slide._element.iter() if e.get("descr"))


# what is tried --------------------------------------------------------------------------------


def odd(value: Any, words: str, *, twice: bool = True) -> Any:
    """Return *value* with odd *words* for each sample text; *twice*: a list of one gets a second."""
    if isinstance(value, str):
        return words if value == "Zebra" else value
    if isinstance(value, Mapping):
        return {
            name: odd(held, words, twice=twice) if name != "id" else held
            for name, held in value.items()
        }
    if isinstance(value, Sequence):
        is_one = len(value) == 1 and "Zebra" in repr(value) and "'id'" not in repr(value)
        second = [odd(value[0], LARGE)] if twice and is_one else []
        return [odd(one, words, twice=twice) for one in value] + second
    return value


def outlines_with(field: Field, words: str) -> Iterator[Values]:
    """Yield the outlines in which the field holds odd *words*, for one to show them.

    Where two of them in a list have no room beside each other, one alone has.
    """
    for setting in settings_of(field, SAMPLES):
        for value in values_of(field, SAMPLES):
            if "Zebra" in repr(value) and field.name != "id":
                outline = outline_with(field, value, setting, SAMPLES)
                yield odd(outline, words)
                yield odd(outline, words, twice=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("outlines")
    shutil.copy(GALLERY / "cards.png", made)
    shutil.copy(GALLERY / "clear.png", made / "other.png")
    return made


def faults(field: Field, words: str, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the odd words of a field in what is made of them."""
    made: list[Outcome] = []
    for outline in outlines_with(field, words):
        made.append(outcome(outline, folder))
        if any(ODD.search(text) for text in said_in(made[-1].files).texts):
            break
    if made:
        yield from faults_in(field, words, said_in(made[-1].files), made[-1].findings)


def faults_in(field: Field, words: str, said: Said, findings: Sequence[str]) -> Iterator[str]:
    written = {plain(parse_inline(text)) for text in (SMALL, LARGE)}
    wanted = plain(parse_inline(words))
    if not any(wanted in text for text in said.texts):
        yield f"{field}: nowhere whole; {findings}"
    for text in said.texts:
        surfaces = {found for found in ODD.findall(text) if found != "Emu"}
        if not all(any(found in one for one in written) for found in surfaces):
            yield f"{field}: another case: {text[:120]}"
        if ODD.search(text) and "*" in text:
            yield f"{field}: marks as text: {text[:120]}"
    if not any(name in PLAIN_PLACES for name in field.names):
        yield from (
            f"{field}: without its marks: {plain(runs)[:120]}"
            for runs in said.shown
            if not _is_marked(runs)
        )


def _is_marked(runs: tuple[Run, ...]) -> bool:
    """Return whether the word in italics is so; one that was shortened says that it was."""
    cut = plain(runs).endswith("\u2026")
    return cut or all(run.italic for run in runs if "quokkA" in run.text)


@pytest.mark.parametrize("root", DECLARED)
@pytest.mark.parametrize("words", [SMALL, LARGE], ids=["small", "large"])
def test_words_stand_as_they_were_written(root: str, words: str, folder: Path) -> None:
    found = [fault for field in DECLARED[root] for fault in faults(field, words, folder)]
    assert not found, "\n".join(found)


def test_bold_is_the_authors(folder: Path) -> None:
    """In a text that is not bold itself the marked word alone is."""
    (field,) = [f for f in DECLARED["activity"] if str(f) == "ActivityBlock.task"]
    said = said_in(outcome(next(outlines_with(field, SMALL)), folder).files)
    found = [runs for runs in said.shown if "vonOkapi" in plain(runs)]
    assert len(found) > 2
    for runs in found:
        assert [run.text for run in runs if run.bold and "." not in run.text] == ["vonOkapi"]


def test_fields_enough_are_tried() -> None:
    tried = {str(f) for fields in DECLARED.values() for f in fields if any(outlines_with(f, SMALL))}
    assert len(tried) > 130
    assert {"Material.item", "Case.text", "Notes.probes", "Workshop.room", "Card.why"} <= tried


@pytest.mark.parametrize(
    "wrong",
    ["emu vonokapi GNU quokkA etc.", "emu vonOkapi GNU quokkA", "emu **vonOkapi** GNU quokkA etc."],
)
def test_a_fault_is_found(wrong: str) -> None:
    (field,) = [f for f in DECLARED["activity"] if str(f) == "ActivityBlock.task"]
    assert list(faults_in(field, SMALL, Said([(Run(wrong),)], []), ()))
    assert not list(faults_in(field, SMALL, Said([parse_inline(SMALL)], []), ()))


# verbs of objectives --------------------------------------------------------------------------

LIST = "[{kind: objectives, title: T}]"


def leads(*objectives: str, lang: str = "en-GB") -> list[str]:
    """Return the bold words of the objectives slide."""
    listed = ", ".join(f'"{text}"' for text in objectives)
    frame = f"workshop: {{title: T, lang: {lang}, objectives: [{listed}]}}"
    (slide,) = pptx(deck(LIST[1:-1].join(["- ", ""]), frame=frame)).slides
    table = next(shape for shape in slide.shapes if shape.has_table).table
    cells = [cell for row in table.rows for cell in list(row.cells)[1:]]
    runs = [run for cell in cells for p in cell.text_frame.paragraphs for run in p.runs]
    assert [cell.text for cell in cells] == [plain(parse_inline(text)) for text in objectives]
    return [run.text for run in runs if run.font.bold]


@pytest.mark.parametrize(
    ("lang", "objective", "bold"),
    [
        ("en-GB", "Explain a test", ["Explain"]),
        ("fr-FR", "Expliquer un test", ["Expliquer"]),
        ("fr-FR", "Se rappeler un test", []),
        ("es-MX", "Explicar una prueba", ["Explicar"]),
        ("de-AT", "Einen Test erklären", []),
        ("ja-JP", "テストを 説明できる", []),
        ("ar", "شرح اختبار واحد", []),
        ("nl-NL", "Een test uitleggen", []),
        ("en-GB", "To explain a test", []),
        ("en-GB", "Explain *a* test", []),
    ],
)
def test_a_verb_is_bold_where_the_language_puts_it_first(
    lang: str, objective: str, bold: list[str]
) -> None:
    assert leads(objective, lang=lang) == bold


def test_where_an_author_marks_one_objective_no_verb_is_bold() -> None:
    assert leads("Explain a test", "Write a **good** one") == ["good"]
