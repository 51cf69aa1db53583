"""The panel on each presentation template of Debian's libreoffice-impress, converted once.

They were made by designers for slides that others fill: photographs, bands, triangles, titles in odd
places. LibreOffice converts them; validators find a missing part and a wrong sample slide in the bare
files, and nothing at all in decks. All decks go through LibreOffice in one run. Colours behind words are
looked at on the `SAMPLED` pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.slide import Slide

import deck_gates as gates
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PANEL = ROOT / "outlines" / "phd-in-ml.yaml"
PAGE = ROOT / "docs" / "templates.md"
SHIPPED = Path("/usr/lib/libreoffice/share/template/common/presnt")
COUNT = 23
TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
FOOTERS = (KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.DATE)
LEAST_BODY = 100  # percent of slides with a body placeholder in use
TITLE_ONLY = {"Midnightblue": 5}  # its bodies stand beside its titles: only the cover's is used
# LibreOffice's conversions: what a slide layout shows as fixed text beside its shapes.
OWN_WORDS = {"Lights": {"<date/time>"}, "Midnightblue": {"#"}}  # # is the number of the slide
ON_FIGURES = {"Portfolio": 18}  # words of titles: its own line runs close under them
SAMPLED = (1, 2, 5, 8, 15)
DPI = 100
SEEN = 2.5  # the contrast of a word's darkest and lightest pixels: grey 11 pt letters at `DPI`
FIGURE = 3.0  # the contrast around a word from which it stands on a figure: that of a mark


class Deck(NamedTuple):
    """The panel on a template."""

    path: Path
    slides: list[Slide]


Decks = dict[str, Deck]
Pdfs = dict[str, Path]


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Decks:
    gates.require("soffice")
    shipped = sorted(SHIPPED.glob("*.otp"))
    if not shipped:
        gates.require("libreoffice-impress")
    folder = tmp_path_factory.mktemp("debian")
    return {
        bare.stem: built(bare, folder) for bare in gates.converted(shipped, folder / "bare", "pptx")
    }


def built(bare: Path, folder: Path) -> Deck:
    options = Options(template=bare)
    path = folder / bare.name
    path.write_bytes(render(check(PANEL, Diagnostics(), options)[0], options)["phd-in-ml.pptx"])
    return Deck(path, list(Presentation(str(path)).slides))


@pytest.fixture(scope="module")
def drawing(decks: Decks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Pdfs]]:
    """What LibreOffice draws, while the other tests look at the files."""
    folder = tmp_path_factory.mktemp("pdf")
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(drawn, decks, folder)


def drawn(decks: Decks, folder: Path) -> Pdfs:
    pdfs = gates.render_pdfs([deck.path for deck in decks.values()], folder)
    return dict(zip(decks, pdfs, strict=True))


# files ----------------------------------------------------------------------------------------


def test_the_panel_builds_on_all(decks: Decks, drawing: Future[Pdfs]) -> None:
    assert drawing
    assert len(decks) == COUNT
    assert all(len(deck.slides) >= 20 for deck in decks.values())


def test_validators_find_nothing(decks: Decks, drawing: Future[Pdfs]) -> None:
    assert drawing
    gates.require("openxml-audit")
    gates.require(gates.SDK)
    assert each(decks, gates.audit_findings) == {}
    paths = [deck.path for deck in decks.values()]
    assert gates.sdk_findings(paths) == {path: [] for path in paths}


def test_nothing_stands_on_anything_else(decks: Decks) -> None:
    assert each(decks, gates.frame_findings) == {}


def test_no_text_leaves_its_frame(decks: Decks) -> None:
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    assert each(decks, gates.overflow_findings) == {}


def each(decks: Decks, gate: object) -> dict[str, list[str]]:
    """Return what *gate* finds in each deck, where it finds anything."""
    assert callable(gate)
    return {name: found for name, deck in decks.items() if (found := gate(deck.path))}


def test_every_title_is_in_a_title_placeholder_and_none_is_empty(decks: Decks) -> None:
    for name, deck in decks.items():
        for slide in deck.slides:
            kinds = {shape.placeholder_format.type for shape in slide.slide_layout.placeholders}
            title = slide.shapes.title
            assert title is not None, name
            assert title.placeholder_format.type in kinds & set(TITLES), name
            empty = [
                shape.name
                for shape in slide.placeholders
                if shape.has_text_frame and not shape.text_frame.text.strip()
            ]
            assert empty == [], (name, title.text_frame.text)


def shares(deck: Deck) -> tuple[int, int]:
    """Return the percentages of slides with a title and with a body in a placeholder."""
    titled = sum(slide.shapes.title is not None for slide in deck.slides)
    bodied = sum(
        any(held.placeholder_format.type not in TITLES + FOOTERS for held in slide.placeholders)
        for slide in deck.slides
    )
    return round(100 * titled / len(deck.slides)), round(100 * bodied / len(deck.slides))


def test_the_page_tells_the_shares_of_slides_in_placeholders(decks: Decks) -> None:
    found = {name: (*shares(deck), len(deck.slides)) for name, deck in decks.items()}
    for name, (title, body, _) in found.items():
        assert title == 100, name
        assert body == TITLE_ONLY[name] if name in TITLE_ONLY else body >= LEAST_BODY, name
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) % \| (\d+) % \|$", page, re.MULTILINE)
    told = {name: (int(title), int(body), int(slides)) for name, slides, title, body in rows}
    assert told == found, "\n".join(
        f"| {name} | {slides} | {title} % | {body} % |"
        for name, (title, body, slides) in found.items()
    )


# pages ----------------------------------------------------------------------------------------


@pytest.mark.visual
def test_every_word_is_drawn_in_its_frame(decks: Decks, drawing: Future[Pdfs]) -> None:
    gates.require("pdftotext")
    found = {}
    for name, pdf in drawing.result().items():
        findings = [*gates.word_findings(decks[name].path, pdf), *gates.outside_findings(pdf)]
        if wrong := [text for text in findings if not is_own(name, text)]:
            found[name] = wrong
    assert found == {}


def is_own(name: str, finding: str) -> bool:
    """Return whether *finding* is about a word that the template itself shows."""
    place, word = re.findall(r"^slide (\d+): word '(.+?)' ", finding)[0]
    return bool({word, "#" if word == place else word} & OWN_WORDS.get(name, set()))


@pytest.mark.visual
def test_no_word_stands_on_artwork(drawing: Future[Pdfs]) -> None:
    """Around each word is one ground, and the word can be told apart from it."""
    gates.require("pdftotext")
    gates.require("pdftoppm")
    found = {}
    for name, pdf in drawing.result().items():
        pages = gates.word_boxes(pdf)
        wrong = [
            f"page {number}: {complaint}"
            for number in SAMPLED
            for complaint in complaints(pages[number - 1], picture_of(pdf, number))
        ]
        if wrong := [text for text in wrong if not is_own(name, text.replace("page", "slide"))]:
            found[name] = wrong
    on_figures = {name: len(wrong) for name, wrong in found.items() if name in ON_FIGURES}
    assert on_figures == ON_FIGURES
    assert {name: wrong for name, wrong in found.items() if name not in ON_FIGURES} == {}


def picture_of(pdf: Path, number: int) -> Image.Image:
    """Return a page in the relative luminance of its pixels, nearly: gamma is undone."""
    pages = ["-f", str(number), "-l", str(number), "-r", str(DPI), "-gray"]
    stem = pdf.parent / f"{pdf.stem}-{number}"
    gates._output([gates.find_program("pdftoppm"), *pages, "-singlefile", str(pdf), str(stem)])
    linear = [round(255 * (value / 255) ** 2.2) for value in range(256)]
    return Image.open(BytesIO(stem.with_suffix(".pgm").read_bytes())).point(linear)


def complaints(page: gates.Page, picture: Image.Image) -> Iterator[str]:
    scale = DPI / 72
    for x0, y0, x1, y1, word in page.words:
        if word in gates.BULLETS:
            continue
        box = tuple(round(side * scale) for side in (x0, y0, x1, y1))
        inside = picture.crop(box)
        low, high = inside.getextrema()
        if contrast(low, high) < SEEN:
            yield f"word {word!r} cannot be told from its ground ({contrast(low, high):.1f})"
        ground = grounds(picture, box)
        few = len(ground) // 6  # what hangs from letters above
        if contrast(ground[few], ground[-few - 1]) > FIGURE:
            yield f"word {word!r} stands on a figure"


def grounds(picture: Image.Image, box: tuple[int, ...]) -> list[int]:
    """Return the pixels over and under the letters of a word, sorted."""
    left, top, right, bottom = box
    em = (bottom - top) / 1.3  # pdftotext: from 0.95 em over the base line to 0.35 em under it
    rows = [(round(top + over * em), max(1, round(em / 12))) for over in (0.1, 1.1)]
    bands = [picture.crop((left, y, right, y + high)) for y, high in rows]
    return sorted(value for band in bands for value in band.tobytes())


def contrast(dark: int, light: int) -> float:
    return (light / 255 + 0.05) / (dark / 255 + 0.05)
