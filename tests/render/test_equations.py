"""Equations in every file: native in decks and Word, a picture and characters for others, MathML in pages."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import deck_gates as gates
from deckgen import equations
from deckgen.boxes import Formula
from deckgen.compiler import Options, check, converter, render, rendered
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.equations import office
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.leaks import check_clean

OUTLINE = r"""
workshop: {title: "Growth", people: 10, cover: false}
blocks:
  - kind: content
    title: "The limit $e$"
    text:
      - "Here $\\frac{a+b}{2}$ is a mean; it costs $5 and $7."
      - '$$\sum_{k=0}^\infty \frac{1}{k!} = e$$'
      - "After it."
    points: ["so $x^2$"]
    notes: {say: ["Say $x^2$ aloud"]}
  - kind: comparison
    title: "A table"
    columns: ["One", "Two"]
    rows: [["Norm", "$|x|$", "none"]]
"""
NS = {**gates.NS, "m": office.MATH, "a14": "http://schemas.microsoft.com/office/drawing/2010/main"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "growth.yaml"
    found.write_text(OUTLINE, encoding="utf-8")
    return found


@pytest.fixture
def without_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_kept", {})
    monkeypatch.setattr(office, "find_pandoc", lambda: None)
    monkeypatch.setattr("deckgen.outline.equations.find_pandoc", lambda: None)


def files_of(path: Path, *formats: str) -> dict[str, bytes]:
    found = Diagnostics()
    (compiled,) = check(path, found)
    made = rendered(compiled, Options(formats=formats))
    files = dict(made.files)
    return files | converter(made, compiled, found).convert(formats) if formats else files


def slides(pptx: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(pptx)) as archive:
        names = [n for n in archive.namelist() if re.match(r"ppt/slides/slide\d+\.xml", n)]
        return [etree.fromstring(archive.read(name)) for name in names]


def said(element: etree._Element) -> str:
    return "".join(element.xpath(".//a:t/text() | .//m:t/text()", namespaces=NS))


def test_a_shape_with_equations_is_native_for_powerpoint_and_readable_for_others(
    path: Path,
) -> None:
    first, second = slides(files_of(path)["growth.pptx"])
    both = first.xpath("//mc:AlternateContent", namespaces=NS)
    names = [one.xpath("mc:Choice//p:cNvPr/@name", namespaces=NS)[0] for one in both]
    assert names == ["Title", "Content", "Equation", "Content"]
    for one in both:
        (choice,) = one.xpath("mc:Choice", namespaces=NS)
        (other,) = one.xpath("mc:Fallback", namespaces=NS)
        assert {"a14", "p159"} == set(choice.get("Requires").split()) <= set(choice.nsmap)
        assert choice.xpath(".//a14:m//m:oMath", namespaces=NS)
        assert not other.xpath(".//a14:m", namespaces=NS)
        ids = [part.xpath(".//p:cNvPr/@id", namespaces=NS) for part in (choice, other)]
        assert ids[0] == ids[1]
    text = both[1].xpath("mc:Fallback", namespaces=NS)[0]
    assert said(text) == "Here (a + b)/2 is a mean; it costs $5 and $7."
    (table,) = second.xpath("//mc:AlternateContent", namespaces=NS)
    assert "|x|" in said(table.xpath("mc:Fallback", namespaces=NS)[0])


def test_a_display_equation_has_a_picture_that_its_latex_describes(path: Path) -> None:
    first = slides(files_of(path)["growth.pptx"])[0]
    (display,) = first.xpath("//mc:AlternateContent[.//m:oMathPara]", namespaces=NS)
    (picture,) = display.xpath("mc:Fallback/p:pic//p:cNvPr", namespaces=NS)
    assert picture.get("descr") == r"\sum_{k=0}^\infty \frac{1}{k!} = e"
    shape, image = display.xpath("mc:Choice/p:sp|mc:Fallback/p:pic", namespaces=NS)
    high = [int(one.xpath(".//a:ext/@cy", namespaces=NS)[-1]) for one in (shape, image)]
    assert 0 < high[1] < high[0]


def test_each_run_and_sign_of_an_equation_has_the_colour_and_size_of_its_text(path: Path) -> None:
    first = slides(files_of(path)["growth.pptx"])[0]
    (display,) = first.xpath("//mc:Choice[.//m:oMathPara]", namespaces=NS)
    runs = display.xpath(".//m:r|.//m:ctrlPr", namespaces=NS)
    assert len(runs) > 10
    for run in runs:
        (look,) = run.xpath("a:rPr", namespaces=NS)
        assert int(look.get("sz")) > 1000
        assert look.xpath("a:solidFill/a:schemeClr", namespaces=NS)
        assert look.xpath("a:latin/@typeface", namespaces=NS) == ["Cambria Math"]


def test_notes_have_the_latex(path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(files_of(path)["growth.pptx"])) as archive:
        notes = archive.read("ppt/notesSlides/notesSlide1.xml").decode()
    assert "<a:t>$x^2$</a:t>" in notes


def test_decks_with_equations_pass_every_gate(path: Path, tmp_path: Path) -> None:
    for theme in ("clear", "stage"):
        deck = tmp_path / f"{theme}.pptx"
        compiled = check(path, Diagnostics(), Options(theme=theme))[0]
        deck.write_bytes(render(compiled)["growth.pptx"])
        for gate in (gates.package_findings, gates.frame_findings, gates.reopen_findings):
            assert gate(deck) == []
        assert gates.audit_findings(deck) == []
        assert gates.sdk_findings([deck]) == {deck: []}


def test_the_same_outline_gives_the_same_bytes(path: Path) -> None:
    one, two = (files_of(path, "html", "docx") for _ in range(2))
    assert one == two


@pytest.mark.usefixtures("without_pandoc")
def test_without_pandoc_a_display_equation_is_a_picture_and_others_are_characters(
    path: Path,
) -> None:
    found = Diagnostics()
    pptx = render(check(path, found)[0])["growth.pptx"]
    assert [d.id for d in found if d.id.startswith("equation")] == ["equation-not-native"]
    first = slides(pptx)[0]
    assert not first.xpath("//mc:AlternateContent", namespaces=NS)
    assert first.xpath("//p:pic//@descr", namespaces=NS) == [r"\sum_{k=0}^\infty \frac{1}{k!} = e"]
    assert "(a + b)/2" in said(first)


def test_where_nothing_reads_equations_they_stay_as_their_latex(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("", ".linear", ".deck"):
        monkeypatch.setattr(f"deckgen.equations{module}.is_installed", lambda: False)
    for user in ("outline.equations", "render.formats.equation"):
        monkeypatch.setattr(f"deckgen.{user}.is_installed", lambda: False)
    equations_linear = __import__("deckgen.equations.linear", fromlist=["linear"])
    equations_linear.linear.cache_clear()
    try:
        found = Diagnostics()
        files = render(check(path, found)[0])
    finally:
        equations_linear.linear.cache_clear()
    (note,) = (one for one in found if one.id == "equation-as-text")
    assert (note.span.line, note.span.column) == (5, 24)
    assert equations.INSTALL in note.hints
    first = slides(files["growth.pptx"])[0]
    assert r"Here \frac{a+b}{2} is a mean; it costs $5 and $7." in said(first)
    assert r"\sum_{k=0}^\infty \frac{1}{k!} = e" in said(first)
    assert r"$\frac{a+b}{2}$" in files["growth.handout.md"].decode()


def test_documents_have_the_equations_as_their_readers_know_them(path: Path) -> None:
    files = files_of(path, "html", "docx")
    markdown = files["growth.handout.md"].decode()
    assert r"Here $\frac{a+b}{2}$ is a mean; it costs \$5 and \$7." in markdown
    assert "\n\n" + r"$$\sum_{k=0}^\infty \frac{1}{k!} = e$$" + "\n\n" in markdown
    assert r"| Norm | $\vert x\vert$ | none |" in markdown
    page = files["growth.handout.html"].decode()
    assert page.count("<math") == page.count('role="math"') >= 4
    assert r'aria-label="\frac{a+b}{2}"' in page
    with zipfile.ZipFile(io.BytesIO(files["growth.handout.docx"])) as archive:
        word = etree.fromstring(archive.read("word/document.xml"))
    assert len(word.xpath("//m:oMath", namespaces=NS)) >= 4
    assert len(word.xpath("//m:oMathPara", namespaces=NS)) == 1


def test_pandoc_reads_back_the_equations_of_the_markdown(path: Path) -> None:
    pandoc = office.find_pandoc()
    assert pandoc
    text = files_of(path)["growth.handout.md"]
    for form in ("markdown", "gfm"):
        command = [pandoc, "--from", form, "--to", "native"]
        native = subprocess.run(
            command, input=text, capture_output=True, check=True
        ).stdout.decode()
        assert set(re.findall(r"(Inline|Display)Math\s+\"(.*?)\"", native)) == {
            ("Inline", "e"),
            ("Inline", r"\\frac{a+b}{2}"),
            ("Display", r"\\sum_{k=0}^\\infty \\frac{1}{k!} = e"),
            ("Inline", "x^2"),
            ("Inline", r"\\vert x\\vert"),
        }


@pytest.mark.usefixtures("without_pandoc")
def test_word_without_pandoc_has_pictures_that_the_latex_describes(
    path: Path,
) -> None:
    with zipfile.ZipFile(io.BytesIO(files_of(path, "docx")["growth.handout.docx"])) as archive:
        word = etree.fromstring(archive.read("word/document.xml"))
    described = word.xpath("//*[local-name()='docPr']/@descr")
    assert r"\frac{a+b}{2}" in described
    assert r"\sum_{k=0}^\infty \frac{1}{k!} = e" in described


def test_pictures_of_slides_draw_the_paths(path: Path) -> None:
    from deckgen.render.svg.write import write_svg

    (compiled,) = check(path, Diagnostics())
    first = write_svg(compiled.deck)[0]
    assert r'aria-label="\frac{a+b}{2}"' in first
    assert first.count("<path") > 10
    etree.fromstring(first.encode())


@pytest.mark.parametrize("ending", ["pptx", "handout.docx", "handout.html", "handout.md"])
def test_the_gate_sees_an_equation_in_a_secret(tmp_path: Path, ending: str) -> None:
    secret = "The answer is $\\\\frac{\\\\alpha + \\\\beta}{\\\\gamma^2}$ of all"
    text = 'workshop: {{title: "T"}}\nblocks:\n  - {{kind: content, title: "A", text: "{}", notes: {{say: ["{}"]}}}}\n'
    leaking, guarded = tmp_path / "leaking.yaml", tmp_path / "guarded.yaml"
    leaking.write_text(text.format(secret, "Nothing"), encoding="utf-8")
    guarded.write_text(text.format("Nothing", secret), encoding="utf-8")
    files = {n: c for n, c in files_of(leaking, "html", "docx").items() if n.endswith(ending)}
    (compiled,) = check(guarded, Diagnostics())
    found = Diagnostics()
    check_clean(files, compiled.plan.outline, found)
    assert [one.id for one in found] == ["leak"]


def test_a_participant_deck_has_no_answers_in_equations(path: Path) -> None:
    options = Options(documents=DocumentOptions(edition="participant"))
    assert render(check(path, Diagnostics(), options)[0], options)


def test_an_equation_that_cannot_be_read_stops_at_its_column(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        'workshop: {title: "T"}\nblocks:\n  - kind: content\n    title: "A"\n'
        '    text: "the $\\\\frac{\\\\foo}{b}$ and $x$"\n    notes: {say: ["$\\\\sqrt{$"]}\n',
        encoding="utf-8",
    )
    found = Diagnostics()
    with pytest.raises(DeckgenError):
        check(path, found)
    places = [(one.span.line, one.span.column, one.id) for one in found]
    assert places == [(5, 24, "unreadable-equation"), (6, 27, "unreadable-equation")]


def test_code_is_no_place_for_equations(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        'workshop: {title: "T"}\nblocks:\n  - kind: code\n    title: "A"\n    language: bash\n'
        "    code: |\n      echo $\\foo{ $HOME/$\n      x=$a$b\n",
        encoding="utf-8",
    )
    found = Diagnostics()
    check(path, found)
    assert not [one for one in found if "equation" in one.id]


def test_office_math_is_made_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_kept", {})
    runs = []
    run = office._run
    monkeypatch.setattr(office, "_run", lambda document: runs.append(1) or run(document))
    asked = [("x^2", False), ("x^2", True), (r"\foo", False), ('"é\\\\', False)]
    made = office.office_math(asked)
    assert [bool(made[one]) for one in asked] == [True, True, False, False]
    assert office.office_math(asked) == made
    assert len(runs) == 1


def test_a_pandoc_that_fails_costs_the_native_form_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_kept", {})
    monkeypatch.setattr(office, "find_pandoc", lambda: "/bin/false")
    assert office.office_math([("x", False)]) == {("x", False): ""}
    assert Formula("x", "x").office == ""


def test_an_equation_in_a_list_stands_beside_its_bullet(tmp_path: Path) -> None:
    path = tmp_path / "growth.yaml"
    path.write_text(
        'workshop: {title: "T", cover: false}\nblocks:\n  - kind: content\n    title: "A"\n'
        "    text: |\n      - $$a^2$$\n      - so\n    notes:\n      say:\n"
        '        - "$$b^2$$"\n        - |\n          $$c^2$$\n\n          and so\n',
        encoding="utf-8",
    )
    files = files_of(path, "html", "docx")
    with zipfile.ZipFile(io.BytesIO(files["growth.facilitator-notes.docx"])) as archive:
        word = etree.fromstring(archive.read("word/document.xml"))
    names = {"w": office.WORD, "m": office.MATH}
    items = word.xpath("//w:p[w:pPr/w:numPr]", namespaces=names)
    assert len(items) >= 4
    assert all("".join(item.itertext()).strip() for item in items)
    said = [
        "".join(math.itertext()) for item in items for math in item.iter(f"{{{office.MATH}}}oMath")
    ]
    assert said == ["a2", "b2", "c2"]
    page = files["growth.facilitator-notes.html"].decode()
    assert page.count('<div class="equation">') >= 1
    assert 'li math[display="block"]' in page
