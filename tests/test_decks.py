"""Every deck that the tests build, through every gate: validators, our own checks, LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import deck_gates as gates
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.theme.load import theme_names

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
OUTLINES = [
    *sorted(ROOT.glob("outlines/*.yaml")),
    *sorted(ROOT.glob("tests/golden/*/outline.yaml")),
    ROOT / "docs/gallery/gallery.yaml",
]
# pdftotext gives Arabic and Hebrew in drawing order and emoji without their joiners.
OTHER_WAY = re.compile(r"[\u0590-\u08ff\U0001f000-\U0001ffff]|\\u202")
THEMED = {"gallery", "phd-in-ml"}


def name_of(outline: Path) -> str:
    return outline.parent.name if outline.stem == "outline" else outline.stem


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All decks by name: for every audience that an outline declares, some in every theme."""
    folder, built = tmp_path_factory.mktemp("decks"), {}
    for outline in OUTLINES:
        for name, audience, theme in variants(outline):
            files = render(check(outline, Diagnostics(), Options(theme, audience))[0])
            built[name] = folder / f"{name}.pptx"
            built[name].write_bytes(next(iter(files.values())))
    return built


def variants(outline: Path) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield name, audience and theme of each deck of an outline."""
    name = name_of(outline)
    yield name, None, None
    for audience in check(outline, Diagnostics())[0].plan.outline.audiences:
        yield f"{name}-{audience}", audience, None
    if name in THEMED:
        yield from ((f"{name}-{theme}", None, theme) for theme in theme_names())


@pytest.fixture(scope="module")
def pdfs(decks: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    gates.require("soffice")
    gates.require("pdftotext")
    # A deck without slides (a handout of Cornell notes alone) is no deck to LibreOffice.
    shown = {name: path for name, path in decks.items() if gates.Package(path).slides}
    rendered = gates.render_pdfs(list(shown.values()), tmp_path_factory.mktemp("pdfs"))
    return dict(zip(shown, rendered, strict=True))


def findings(decks: dict[str, Path], gate: Callable[[Path], list[str]]) -> dict[str, list[str]]:
    return {name: found for name, path in decks.items() if (found := gate(path))}


def test_there_are_decks_of_every_kind_and_audience(decks: dict[str, Path]) -> None:
    assert {
        "phd-in-ml",
        "phd-in-ml-hiring_managers",
        "talk",
        "whole",
        "gallery-stage",
    } <= set(decks)
    assert len(decks) > 25


@pytest.mark.parametrize("gate", [gates.package_findings, gates.reopen_findings])
def test_decks_pass_our_own_checks(
    decks: dict[str, Path], gate: Callable[[Path], list[str]]
) -> None:
    assert findings(decks, gate) == {}


def test_openxml_audit_finds_nothing(decks: dict[str, Path]) -> None:
    gates.require("openxml-audit")
    assert findings(decks, gates.audit_findings) == {}


def test_the_open_xml_sdk_finds_nothing(decks: dict[str, Path]) -> None:
    gates.require("ooxml-validator")
    found = gates.sdk_findings(list(decks.values()))
    assert {path.stem: problems for path, problems in found.items() if problems} == {}
    assert len(found) == len(decks)


def test_another_layout_engine_sees_no_text_leave_its_frame(decks: dict[str, Path]) -> None:
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    assert findings(decks, gates.overflow_findings) == {}


def shown_slides(path: Path) -> int:
    """Return how many slides of a deck are not hidden."""
    package = gates.Package(path)
    return sum(package.xml(name).get("show", "1") != "0" for name in package.slides)


@pytest.mark.visual
def test_libreoffice_renders_as_many_pages_as_slides_are_shown(
    decks: dict[str, Path], pdfs: dict[str, Path]
) -> None:
    pages = {name: gates.page_count(pdf) for name, pdf in pdfs.items()}
    slides = {name: shown_slides(decks[name]) for name in pdfs}
    assert len(pdfs) > 30
    assert pages == slides


@pytest.mark.visual
def test_libreoffice_puts_every_word_on_its_page(
    decks: dict[str, Path], pdfs: dict[str, Path]
) -> None:
    outside = {name: found for name, pdf in pdfs.items() if (found := gates.outside_findings(pdf))}
    lost = {
        name: words
        for name, pdf in pdfs.items()
        if (words := [f for f in gates.lost_findings(decks[name], pdf) if not OTHER_WAY.search(f)])
    }
    assert (outside, lost) == ({}, {})
