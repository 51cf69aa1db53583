"""Every program that draws for a test sees the fonts of the tests, and none of the machine's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Inches

import deck_gates as gates
import faces
from browser import browser
from deckgen.diagnostics import Diagnostics
from deckgen.render.formats import needs
from deckgen.theme.load import theme_names
from stages import theme

NAMED = sorted({str(font.office) for name in theme_names() for font in theme(name).fonts.values()})
STAND_INS = {absent: family.name for family in faces.FAMILIES for absent in family.stands_for}
STYLES = ("", ":bold", ":italic", ":bold:italic")
SAMPLE = "Ask and wait. ワークショップ 会 한국 ورشة סדנה สวัสดี कार्यशाला 😀 №"
# Families of which DejaVu Sans, which has Arabic and Hebrew, too, holds no letter of the sample.
EXPECTED = {"Noto Sans KR", "Noto Sans Thai", "Noto Sans Devanagari"}
NOTHING = [sys.executable, "-c", ""]


def matched(pattern: str) -> tuple[str, Path]:
    """Return the family and the file that fontconfig takes."""
    command = [gates.find_program("fc-match"), "-f", "%{family[0]}\n%{file}", pattern]
    family, file = gates._output(command).split("\n")
    return family, Path(file)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style[1:] or "regular")
@pytest.mark.parametrize("family", NAMED)
def test_a_face_of_a_theme_is_its_stand_in(family: str, style: str) -> None:
    gates.require("fc-match")
    found, file = matched(family + style)
    assert found == STAND_INS[family]
    assert file.parent == faces.FACES


@pytest.mark.parametrize("family", faces.FAMILIES, ids=lambda family: family.name)
def test_a_family_is_there(family: faces.Family) -> None:
    gates.require("fc-match")
    found, file = matched(family.name)
    assert found == family.name
    assert file.parent == faces.FACES


def test_what_nobody_knows_is_drawn_in_the_widest_of_common_faces() -> None:
    gates.require("fc-match")
    assert matched("House Sans")[0] == "DejaVu Sans"


def test_no_font_of_the_machine_is_seen() -> None:
    gates.require("fc-match")
    listed = gates._output(["fc-list", "-f", "%{file}\n"]).split()
    assert {Path(file).parent for file in listed} == {faces.FACES}
    assert {Path(file).name for file in listed} == {file.name for file in faces.FACES.iterdir()}


# programs --------------------------------------------------------------------------------------


def by_libreoffice(folder: Path) -> Path:
    gates.require("soffice")
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for row, family in enumerate(NAMED):
        box = slide.shapes.add_textbox(Inches(0.2), Inches(row), Inches(9), Inches(1))
        run = box.text_frame.paragraphs[0].add_run()
        run.text, run.font.name = SAMPLE, family
    deck.save(str(folder / "deck.pptx"))
    return gates.render_pdf(folder / "deck.pptx", folder)


def page() -> str:
    texts = "".join(f"<p style='font-family: {family}'>{SAMPLE}</p>" for family in NAMED)
    return f"<!doctype html><meta charset=utf-8><title>Fonts</title>{texts}"


def by_chromium(folder: Path) -> Path:
    gates.require("chromium")
    (folder / "page.html").write_text(page(), encoding="utf-8")
    with browser(gates.find_program("chromium")) as opened:
        opened.open(folder / "page.html", width=800)
        (folder / "page.pdf").write_bytes(opened.pdf("A4"))
    return folder / "page.pdf"


def by_weasyprint(folder: Path) -> Path:
    gates.require("weasyprint")
    from deckgen.render.formats.pdf import pdf

    (folder / "page.pdf").write_bytes(pdf(page(), "A4", "page.pdf", Diagnostics()))
    return folder / "page.pdf"


@pytest.mark.visual
@pytest.mark.parametrize("draw", [by_libreoffice, by_chromium, by_weasyprint])
def test_a_program_draws_every_script_in_our_fonts(
    draw: Callable[[Path], Path], tmp_path: Path
) -> None:
    gates.require("pdffonts")
    drawn = families_of(draw(tmp_path))
    assert {STAND_INS[family] for family in NAMED} | EXPECTED <= drawn


def families_of(pdf: Path) -> set[str]:
    """Return the families whose letters a PDF holds, each of them ours."""
    lines = gates._output([gates.find_program("pdffonts"), str(pdf)]).splitlines()[2:]
    names = [line.split()[0].partition("+")[2].replace("-", "") for line in lines]
    ours = [family.name for family in faces.FAMILIES]
    found = [{each for each in ours if name.startswith(each.replace(" ", ""))} for name in names]
    assert all(found), names
    return set().union(*found)


# the guard -------------------------------------------------------------------------------------


def test_a_program_that_sees_our_fonts_is_started() -> None:
    assert subprocess.run(NOTHING, check=False).returncode == 0
    assert subprocess.run(NOTHING, env=dict(os.environ), check=False).returncode == 0


@pytest.mark.parametrize(
    "start",
    [
        lambda: subprocess.run(NOTHING, env={}, check=False),
        lambda: subprocess.Popen(NOTHING, env={"FONTCONFIG_FILE": "/etc/fonts/fonts.conf"}),
        lambda: os.posix_spawn(NOTHING[0], NOTHING, {}),
        lambda: os.execve(NOTHING[0], NOTHING, {}),
    ],
)
def test_a_program_that_would_see_others_is_not_started(start: Callable[[], object]) -> None:
    with pytest.raises(faces.ForeignFontsError, match="started without FONTCONFIG_FILE"):
        start()


def test_neither_a_gate_nor_our_own_code_starts_a_program_without_our_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE")
    with pytest.raises(faces.ForeignFontsError):
        gates._run(NOTHING, 60)
    with pytest.raises(faces.ForeignFontsError):
        needs.run(NOTHING, b"", "nothing", 60, Diagnostics())
    with pytest.raises(faces.ForeignFontsError), browser(NOTHING[0]):
        pass
    with pytest.raises(faces.ForeignFontsError):
        os.system("true")


# the folder ------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for fonts that is empty, and no npm to fill it."""
    folder, programs = tmp_path / "fonts", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    monkeypatch.setattr(faces, "FOLDER", folder)
    monkeypatch.setattr(faces, "FACES", folder / "faces")
    monkeypatch.setattr(faces, "STAMP", folder / "packages.txt")
    monkeypatch.setenv("PATH", str(programs))
    return folder


@pytest.mark.usefixtures("elsewhere")
def test_without_npm_what_measures_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DECKGEN_REQUIRE_PROGRAMS", raising=False)
    assert faces.main() == 0
    assert "npm is not installed" in capsys.readouterr().err
    monkeypatch.setattr(gates.shutil, "which", lambda program: f"/usr/bin/{program}")
    with pytest.raises(pytest.skip.Exception, match="what `make fonts` brings is not installed"):
        gates.require("soffice")
    monkeypatch.setenv("DECKGEN_REQUIRE_PROGRAMS", "1")
    with pytest.raises(pytest.fail.Exception, match="what `make fonts` brings is not installed"):
        gates.require("soffice")
    assert faces.main() == 1


def test_without_a_network_npm_is_told_to_have_failed(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    npm = elsewhere.parent / "programs" / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    faces.main()
    assert "npm did not install them" in capsys.readouterr().err
    assert not faces.are_there()


def test_another_list_of_fonts_is_another_folder(elsewhere: Path) -> None:
    (elsewhere / "packages.txt").write_text("@expo-google-fonts/arimo@0.0.1\n")
    assert not faces.are_there()
    (elsewhere / "packages.txt").write_text(faces._stamp())
    assert faces.are_there()
