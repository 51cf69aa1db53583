"""The HTML pages in a real browser: what they fetch, how wide they are, who can use them, how they print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from browser import PAPERS, Page, browser
from deck_gates import AXE, find_program, require
from deckgen.compiler import Options, check, converter, rendered
from deckgen.diagnostics import Diagnostics
from deckgen.render.formats.look import PageLook, SessionPiece
from deckgen.render.formats.page import Picture, page
from deckgen.render.formats.read import read
from deckgen.theme.load import theme_names
from stages import theme

ROOT = Path(__file__).parents[2]
PANEL = ROOT / "outlines/phd-in-ml.yaml"
PHONE, DESK = 390, 1280
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAfbLI3wAAAABJRU5ErkJggg=="
ARABIC = """# دفتر المشارك: هل أحتاج إلى دكتوراه؟

من 10:00 إلى 11:30.

## جدول الأعمال

| من | ماذا |
|:------|:-----------|
| 10:00 | البداية |

- **الغرض.** قرار مدروس
- [ ] خطوة أولى

## B1 الأسئلة

ملاحظات: ____________________
"""


def pages_of(outline: Path, theme_name: str) -> dict[str, str]:
    """Return the pages of an outline by the name of the document."""
    diagnostics = Diagnostics()
    compiled = check(outline, diagnostics, Options(theme_name))[0]
    made = converter(rendered(compiled), compiled, diagnostics).convert(["html"])
    start = len(compiled.plan.name) + 1
    return {name[start:]: content.decode() for name, content in made.items()}


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF file."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    document.close()
    return texts


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All documents of the panel workshop in every theme, one with pictures, one in Arabic."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        f"{name}-{document}": text
        for name in theme_names()
        for document, text in pages_of(PANEL, name).items()
    }
    hostile = pages_of(ROOT / "tests/golden/hostile/outline.yaml", "clear")
    texts |= {f"hostile-{document}": text for document, text in hostile.items()}
    look = PageLook(theme(), "ar", (SessionPiece(5), SessionPiece(5, is_open=True)))
    texts["arabic.html"] = page(read(ARABIC, "handout", {}), look)
    texts["same-names.html"] = page(read("# T\n\n## A\n\n## A\n", "handout", {}), look)
    picture = Picture(4, 'A slide with "quotes" & <marks>', PIXEL, 480, 270)
    notes = "# Notes\n\n## B1 One\n\n10:00\n\n- **Say.** Yes\n\n## B2 Two\n\nEnd\n"
    look = look._replace(language="en")
    texts["pictures.html"] = page(
        read(notes, "facilitator-notes", {"B1 One": "B1"}), look, {"B1": [picture]}
    )
    paths = {name: folder / name for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def chromium() -> Iterator[Page]:
    require("chromium")
    with browser(find_program("chromium")) as opened:
        yield opened


def test_pages_are_whole_quiet_and_as_wide_as_the_screen(
    pages: dict[str, Path], chromium: Page
) -> None:
    for name, path in pages.items():
        for width in (PHONE, DESK):
            chromium.open(path, width=width)
            assert chromium.value("document.documentElement.scrollWidth") == width, (name, width)
            assert chromium.value("innerWidth") == width, (name, width)
            cut = "[...document.querySelectorAll('.table')].filter(t => t.scrollWidth > t.clientWidth + 1).length"
            assert chromium.value(cut) == 0, (name, width)
            assert chromium.requests() == [], name
            assert chromium.complaints() == [], name


def test_axe_finds_nothing(pages: dict[str, Path], chromium: Page) -> None:
    require(AXE)
    script = Path(find_program(AXE)).read_text(encoding="utf-8")
    others = {f"{theme_name}-handout.html" for theme_name in theme_names()}
    others.add("same-names.html")
    other_documents = {name for name in pages if name.startswith("clear-")}
    for name in sorted(others | other_documents | {"arabic.html", "pictures.html"}):
        path = pages[name]
        for width in (PHONE, DESK) if name in other_documents else (DESK,):
            chromium.open(path, width=width)
            chromium.call("Runtime.evaluate", expression=script)
            ask = "axe.run({resultTypes: ['violations']}).then(r => JSON.stringify(r))"
            found = json.loads(chromium.value(ask))
            told = [
                (each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"])
                for each in found["violations"]
            ]
            assert told == [], (name, width)


def test_a_page_has_landmarks_and_headings_in_order(pages: dict[str, Path], chromium: Page) -> None:
    for name, path in pages.items():
        chromium.open(path, width=DESK)
        levels = chromium.value(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"
        )
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), name
        for landmark in ("header", "main"):
            assert chromium.value(f"document.querySelectorAll('{landmark}').length") == 1, name
        lost = "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length"
        assert chromium.value(lost) == 0, name
        assert chromium.value("document.scripts.length") == 0, name


def test_arabic_runs_from_right_to_left(pages: dict[str, Path], chromium: Page) -> None:
    chromium.open(pages["arabic.html"], width=DESK)
    assert chromium.value("document.dir") == "rtl"
    assert chromium.value("document.documentElement.lang") == "ar"
    left = "document.querySelector('{}').getBoundingClientRect().left"
    assert chromium.value(left.format("nav")) > chromium.value(left.format("main"))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_run_sheet_prints_on_one_page(
    paper: str, pages: dict[str, Path], chromium: Page
) -> None:
    for name in theme_names():
        chromium.open(pages[f"{name}-run-sheet.html"], width=DESK)
        assert len(texts_of(chromium.pdf(paper))) == 1, name


@pytest.mark.parametrize("paper", PAPERS)
def test_each_block_of_the_notes_begins_a_page(
    paper: str, pages: dict[str, Path], chromium: Page
) -> None:
    chromium.open(pages["clear-facilitator-notes.html"], width=DESK)
    texts = [re.sub(r"\d+ / \d+", "", text).strip() for text in texts_of(chromium.pdf(paper))]
    tops = {text[:3] for text in texts}
    assert {f"B{k} " for k in range(2, 10)} <= tops
    assert "B1 " not in tops  # "Blocks" stands over it


def test_paper_has_no_dark_ground(pages: dict[str, Path], chromium: Page) -> None:
    chromium.open(pages["stage-handout.html"], width=DESK)
    chromium.call("Emulation.setEmulatedMedia", media="print")
    ground = chromium.value("getComputedStyle(document.documentElement).backgroundColor")
    head = chromium.value("getComputedStyle(document.querySelector('header')).backgroundColor")
    chromium.call("Emulation.setEmulatedMedia", media="")
    assert ground == head == "rgb(255, 255, 255)"


def test_raw_html_is_text(pages: dict[str, Path], chromium: Page) -> None:
    chromium.open(pages["hostile-handout.html"], width=DESK)
    assert (
        chromium.value("document.querySelectorAll('script, iframe, object, b > i > u').length") == 0
    )
    assert "<script>" in chromium.value("document.body.textContent")
