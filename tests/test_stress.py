"""Texts that try to break a deck, in every kind of block and every theme: none ever spills.

A block either builds or is refused with an error at its line. What builds stands in one deck for
each theme, and two engines that are not ours look at it: every text lies in its frame, and every
text of the outline is on the slides, whole and once. `stress/outlines.py` says what is tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.ttLib import TTFont
from pptx import Presentation
from pptx.slide import Slide

import deck_gates as gates
from deckgen.blocks import KINDS
from deckgen.blocks.base import PHASES
from deckgen.boxes import Section
from deckgen.catalogue import Severity
from deckgen.diagnostics import DeckgenError, Diagnostic, Diagnostics, Source
from deckgen.inline import unmarked
from deckgen.languages import Words as Language
from deckgen.layout import contents
from deckgen.layout.engine import Setting, lay_out
from deckgen.layout.frames import Deck, Properties
from deckgen.outline.load import load_source
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.make import make_plan
from deckgen.reading.source import clean
from deckgen.render.pptx.write import write_pptx
from deckgen.theme.load import theme_names
from stages import theme
from stress.outlines import BLOCKS, GIANT, LONG, VARIANTS, Case, Words, cases
from stress.pages import paragraphs, seen, spills, squeezed

pytestmark = pytest.mark.long

GOLDEN = Path(__file__).parent / "golden"
BESIDE = {"video": "video", "audio": "audio"}  # the golden outline with the files of a kind
MARKER = re.compile(r"q\d{6}")
LATIN = re.compile(r"q\d{6}|[a-z]")
PART = re.compile(r"\(\d+of(\d+)\)$")
FOOT = "Foot"
# LibreOffice sets lines as high as the twin's: Gelasio's are 1.27 em, Georgia's 1.14, planned 1.20; and
# a word counts as high as its font may reach, which is 1.30 em in Caladea, the twin of Cambria.
TALLER = {"Georgia": 1.27 / 1.2 - 1, "Cambria": 1.3 / 1.2 - 1}
# A head of one word leaves 0.2 pt of its line: LibreOffice rounds letters up, and its last digit breaks off.
ROUNDED = {("quiet", "Title q439010")}
Holders = Mapping[str, list[tuple[int, str]]]


class Composed(NamedTuple):
    """What an outline composes, or why it cannot."""

    case: Case
    sections: list[Section]
    errors: list[Diagnostic]


@dataclass(frozen=True)
class Stressed:
    """A deck in one theme of all blocks that build, and the errors of those that do not."""

    path: Path
    built: Mapping[str, Case]
    refused: Mapping[str, list[Diagnostic]]
    pdf: Future[Path] | None

    @cached_property
    def slides(self) -> list[Slide]:
        return list(Presentation(str(self.path)).slides)


Decks = Mapping[str, Stressed]


@pytest.fixture(scope="module")
def decks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterable[Decks]:
    """The decks by theme; LibreOffice, where it is wanted, draws one while the next is built."""
    folder = tmp_path_factory.mktemp("stress")
    here = [item for item in request.session.items if item.path == request.path]
    is_drawn = any(item.get_closest_marker("visual") for item in here)
    with ThreadPoolExecutor(2) as pool:
        yield {name: stressed(name, folder, pool if is_drawn else None) for name in theme_names()}


def stressed(name: str, folder: Path, pool: ThreadPoolExecutor | None) -> Stressed:
    """Return the deck in this theme; each block is laid out alone first, to see if it builds."""
    built: dict[str, Composed] = {}
    refused = {}
    for key, found in composed().items():
        diagnostics = Diagnostics()
        laid_out(found.sections, name, diagnostics)
        if problems := found.errors or errors(diagnostics):
            refused[key] = problems
        else:
            built[key] = found
    path, diagnostics = folder / f"{name}.pptx", Diagnostics()
    sections = [section for found in built.values() for section in found.sections]
    path.write_bytes(write_pptx(laid_out(sections, name, diagnostics)))
    assert not errors(diagnostics)
    pdf = pool.submit(gates.render_pdf, path, folder / name) if pool else None
    return Stressed(path, {key: found.case for key, found in built.items()}, refused, pdf)


@cache
def composed() -> Mapping[str, Composed]:
    """Return what each outline composes, the same for all themes."""
    return {case.name: compose_case(case) for case in cases()}


def compose_case(case: Case) -> Composed:
    diagnostics, sections = Diagnostics(), []
    try:
        folder = GOLDEN / BESIDE.get(case.form.partition(":")[0], "image")
        source = Source(str(folder / f"{case.name}.yaml"), case.text)
        outline = load_source(source, diagnostics)
        if outline and (plan := make_plan(outline, "stress", diagnostics)):
            sections = compose(plan)
    except DeckgenError:
        assert errors(diagnostics)
    return Composed(case, sections, errors(diagnostics))


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in diagnostics if finding.severity is Severity.ERROR]


def laid_out(
    sections: list[Section],
    name: str,
    diagnostics: Diagnostics,
    *,
    foot: str = FOOT,
    phase: str = "",
) -> Deck:
    names = {known: phase or known.title() for known in PHASES}
    shared = Setting(theme(name), Properties("Stress"), foot, names, Language())
    return lay_out(with_pictures(sections, diagnostics), shared, diagnostics)


@pytest.fixture(scope="module")
def pages(decks: Decks) -> Mapping[str, list[gates.Page]]:
    """The words that LibreOffice drew, page by page, by theme."""
    gates.require("soffice")
    gates.require("pdftotext")
    return {name: gates.word_boxes(deck.pdf.result()) for name, deck in decks.items() if deck.pdf}


# building -------------------------------------------------------------------------------------


def test_every_kind_is_tried_in_every_variant() -> None:
    tried = {(case.form.split(":")[0], case.variant) for case in cases()}
    assert tried == {(kind, variant.name) for kind in KINDS for variant in VARIANTS}


def test_every_text_is_one_of_a_kind() -> None:
    texts = [text for case in cases() for text in case.words.all()]
    markers = [marker for text in texts for marker in MARKER.findall(text)[-1:]]
    assert len(markers) == len(texts) == len(set(markers)) > 5000


def test_what_is_refused_is_refused_at_its_line(decks: Decks) -> None:
    for deck in decks.values():
        for name, found in deck.refused.items():
            text = composed()[name].case.text
            assert all(error.span and error.span.source.text == text for error in found), name


def test_enough_is_built_and_enough_is_refused(decks: Decks) -> None:
    """Usual texts build in every kind and theme, and hopeless ones do not."""
    for name, deck in decks.items():
        assert [form for form in BLOCKS if f"{form} typical" in deck.refused] == [], name
        assert len(deck.built) > 250
        refused = Counter(key.split(" ")[1] for key in deck.refused)
        assert refused["giant-word"] > 15
        assert refused["blank"] == len(KINDS)


# words ----------------------------------------------------------------------------------------


def test_every_text_is_on_the_slides_whole_and_once(decks: Decks) -> None:
    """Beside what is split a text may stand on every part; heads and titles may repeat at will."""
    for name, deck in decks.items():
        slides = [paragraphs(slide) for slide in deck.slides]
        by_marker = holders(slides)
        parts = [sum(map(int, PART.findall(texts[0])[-1:])) for texts in slides]
        found = []
        for key, case in deck.built.items():
            on = {text: where(text, by_marker) for text in case.words.all()}
            found += [(key, text) for text in case.words.often if not on[text]]
            found += [(key, text) for text in case.words.secret if on[text]]
            found += [
                (key, text, on[text])
                for text in case.words.once
                if len(on[text]) != 1 and {parts[k] for k in on[text]} != {len(on[text])}
            ]
        assert found == [], name


def holders(slides: Sequence[Sequence[str]]) -> Holders:
    """Return the paragraphs with the numbers of their slides by the markers in them."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, texts in enumerate(slides):
        for text in texts:
            for marker in MARKER.findall(text):
                found.setdefault(marker, []).append((number, text))
    return found


def where(text: str, holders: Holders) -> list[int]:
    """Return the slides on which a text stands with all its words in one paragraph.

    Its marks are gone, or left as they are: code has none, and a chart shows none.
    """
    wholes = {squeezed(text), squeezed(unmarked(text))}
    shown = holders.get(MARKER.findall(text)[-1], [])
    return [number for number, paragraph in shown for whole in wholes if whole in paragraph]


def test_the_words_of_a_chart_are_in_its_part(decks: Decks) -> None:
    for deck in decks.values():
        package = gates.Package(deck.path)
        charts = [name for name in package.parts if re.fullmatch(r"ppt/charts/[^/]+\.xml", name)]
        texts = [squeezed(text) for name in charts for text in package.xml(name).itertext()]
        by_marker = holders([texts])
        words = [text for case in deck.built.values() for text in case.words.charted]
        assert len(words) > 50
        assert [text for text in words if not where(text, by_marker)] == []


STEPS = "steps: [{do: zq1, min: 2}, {do: zq2, min: 2}, {do: zq3, min: 2}, {do: zq4, min: 2}"


@pytest.mark.parametrize(
    "fields",
    [
        "kind: activity, task: zq1, statement: zq2, options: [zq3, zq4]",
        "kind: activity, task: zq6, options: [A, B, C, D, zq7], steps: [{do: zq8, min: 2}]",
        f"kind: activity, options: [zq6, zq7], {STEPS}, {{do: zq5, min: 2}}]",
        "kind: activity, options: [zq1, zq2], produce: zq3, materials: [{item: zq4, per: group}]",
        f"kind: case, cases: ['Ada, zq6'], question: zq7, {STEPS}, {{do: zq5, min: 2}}]",
        f"kind: case, cases: ['Ada, zq6'], question: zq7, produce: zq8, {STEPS}]",
        "kind: poll, question: zq6, options: [A, B, C, D, zq7], steps: [{do: zq8, min: 2}]",
        "kind: poll, question: zq6, options: [A, zq7], produce: zq8",
        "kind: discussion, question: zq6, produce: zq8",
    ],
)
def test_what_has_no_room_is_not_left_out(fields: str) -> None:
    outline = f"workshop: {{title: T, cover: false}}\nblocks:\n  - {{title: T, {fields}}}\n"
    found = compose_case(Case("", "", outline, Words(VARIANTS[0], 0)))
    diagnostics = Diagnostics()
    written = write_pptx(laid_out(found.sections, "clear", diagnostics))
    shown = " ".join(map(seen, Presentation(BytesIO(written)).slides))
    lost = sorted(set(re.findall(r"zq\d", fields)) - set(re.findall(r"zq\d", shown)))
    assert lost == [] or errors(diagnostics)


# engines --------------------------------------------------------------------------------------


def test_another_layout_engine_sees_no_text_leave_its_frame(decks: Decks) -> None:
    """Only slides that the faces can draw: for other scripts this engine has no second face."""
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    for name, deck in decks.items():
        known = drawable(name)
        judged = {n for n, slide in enumerate(deck.slides, 1) if set(seen(slide)) <= known}
        assert len(judged) > 0.7 * len(deck.slides)
        found = gates.overflow_findings(deck.path)
        assert [f for f in found if int(f.split(":")[0].split()[1]) in judged] == [], name


def drawable(name: str) -> set[str]:
    """Return the characters that all faces of a theme have, and the box to tick."""
    known = [
        TTFont(BytesIO(gates._font(str(font.office), False, False))).getBestCmap()
        for font in theme(name).fonts.values()
    ]
    return set(map(chr, set.intersection(*map(set, known)))) | {"\u25a1"}


@pytest.mark.parametrize("name", theme_names())
def test_phase_and_foot_fit_or_are_refused(name: str, tmp_path: Path) -> None:
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    sections = composed()["content typical"].sections
    built, refused = [], []
    for variant in VARIANTS:
        for text in map(clean, {variant.title, *variant.texts} - {""}):
            diagnostics = Diagnostics()
            deck = laid_out(sections, name, diagnostics, foot=text, phase=text)
            if errors(diagnostics):
                refused.append(text)
                continue
            path = tmp_path / f"{len(built)}.pptx"
            path.write_bytes(write_pptx(deck))
            built.append((text, gates.overflow_findings(path)))
    assert [(text, found) for text, found in built if found] == []
    assert len(built) > 5
    assert {LONG, GIANT} <= set(refused)


def test_without_our_fitting_text_leaves_its_frame(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the engines have to see: all is said to fit at full size."""
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    monkeypatch.setattr(contents, "steps_to_fit", lambda *_: 0)
    flagged = {}
    for key in ("briefing too-long", "content giant-word", "highlight too-long", "code too-long"):
        diagnostics, path = Diagnostics(), tmp_path / "deck.pptx"
        path.write_bytes(write_pptx(laid_out(composed()[key].sections, "clear", diagnostics)))
        assert not errors(diagnostics)
        flagged[key] = gates.overflow_findings(path)
    assert all(flagged.values()), flagged


@pytest.mark.visual
def test_libreoffice_draws_every_word_in_its_frame(
    decks: Decks, pages: Mapping[str, list[gates.Page]]
) -> None:
    found = {
        name: [
            f"slide {number}: {spill}"
            for number, (slide, page) in enumerate(zip(decks[name].slides, drawn, strict=True), 1)
            for spill in spills(slide, page, taller(name))
            if (name, slide.shapes.title.text_frame.text) not in ROUNDED
        ]
        for name, drawn in pages.items()
    }
    assert len(found) == len(theme_names())
    assert {name: spilled for name, spilled in found.items() if spilled} == {}
    outside = [gates.outside_findings(deck.pdf.result()) for deck in decks.values() if deck.pdf]
    assert outside == [[]] * len(theme_names())


def taller(name: str) -> float:
    return max(TALLER.get(str(font.office), 0.0) for font in theme(name).fonts.values())


@pytest.mark.visual
def test_libreoffice_draws_every_latin_letter_once(
    decks: Decks, pages: Mapping[str, list[gates.Page]]
) -> None:
    for name, drawn in pages.items():
        for number, (slide, page) in enumerate(zip(decks[name].slides, drawn, strict=True), 1):
            if any(getattr(shape, "has_chart", False) for shape in slide.shapes):
                continue
            wanted = Counter(LATIN.findall(seen(slide)))
            found = Counter(LATIN.findall(squeezed("".join(text for *_, text in page.words))))
            assert wanted == found, f"slide {number} in {name}"


@pytest.mark.visual
def test_libreoffice_shows_what_our_fitting_prevents(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gates.require("soffice")
    gates.require("pdftotext")
    monkeypatch.setattr(contents, "steps_to_fit", lambda *_: 0)
    path = tmp_path / "deck.pptx"
    sections = composed()["briefing too-long"].sections
    path.write_bytes(write_pptx(laid_out(sections, "clear", Diagnostics())))
    (page,) = gates.word_boxes(gates.render_pdf(path, tmp_path))
    (slide,) = Presentation(str(path)).slides
    assert any("out of" in spill for spill in spills(slide, page))
