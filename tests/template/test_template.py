"""Templates that companies have, and hostile ones: each is made here, and a whole deck built on it."""

from __future__ import annotations

import inspect
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

import deck_gates as gates
from deckgen import cli
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.layout.fonts import check_fonts, face_metrics, find_font
from deckgen.reading.fields import Text
from deckgen.render.formats import needs
from deckgen.render.pptx.drawing import TABLE_STYLE
from deckgen.render.pptx.specimens import specimens
from deckgen.render.pptx.write import write_pptx
from deckgen.template.embedded import plain_font
from deckgen.template.load import load_brand
from deckgen.template.look import table_style_on
from deckgen.template.model import Shade, TableStyle
from deckgen.template.read import load_template
from deckgen.template.tables import USUAL
from deckgen.theme.model import EmbeddedFont
from hostile_templates import HOSTILE, OWN_TABLES, RUSSIAN, A, P, R, eot, font_file, saved

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PANEL = ROOT / "outlines" / "phd-in-ml.yaml"
GALLERY = ROOT / "docs" / "gallery" / "gallery.yaml"  # every kind of block
Drawn = Future[list[Path]]
Judged = Future[dict[Path, list[str]]]
SAME_LAYOUTS = ("four-to-three", "german", "dutch", "japanese")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    return {name: saved(name, folder) for name in HOSTILE}


@pytest.fixture(scope="module")
def decks(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The panel on every template."""
    folder = tmp_path_factory.mktemp("branded")
    return {name: built(PANEL, template, folder / name) for name, template in templates.items()}


@pytest.fixture(scope="module")
def galleries(
    templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every kind of block on every template."""
    folder = tmp_path_factory.mktemp("galleries")
    return {name: built(GALLERY, template, folder / name) for name, template in templates.items()}


def built(outline: Path, template: Path, path: Path) -> Path:
    options = Options(template=template)
    path = path.with_suffix(".pptx")
    path.write_bytes(
        render(check(outline, Diagnostics(), options)[0], options)[f"{outline.stem}.pptx"]
    )
    return path


@pytest.fixture(scope="module", autouse=True)
def drawn(
    request: pytest.FixtureRequest, decks: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Drawn | None]:
    """The decks as LibreOffice draws them: in one run, while other tests go on."""
    is_wanted = "drawn" in wanted(request)
    with ThreadPoolExecutor(1) as pool:
        folder = tmp_path_factory.mktemp("drawn")
        yield (
            pool.submit(gates.render_pdfs, list(decks.values()), folder, 300) if is_wanted else None
        )


@pytest.fixture(scope="module", autouse=True)
def judged(request: pytest.FixtureRequest, decks: dict[str, Path]) -> Iterator[Judged | None]:
    """What the Open XML SDK finds in the decks, while other tests go on."""
    with ThreadPoolExecutor(1) as pool:
        is_wanted = "judged" in wanted(request)
        yield pool.submit(gates.sdk_findings, list(decks.values())) if is_wanted else None


def wanted(request: pytest.FixtureRequest) -> set[str]:
    """Return the arguments of the tests of this file that are going to run."""
    here = [item for item in request.session.items if item.path == request.path]
    return {name for item in here for name in inspect.signature(item.function).parameters}


def test_there_are_enough_hostile_templates(decks: dict[str, Path]) -> None:
    assert len(decks) >= 12


def test_every_title_is_in_a_title_placeholder_of_its_layout(decks: dict[str, Path]) -> None:
    for name, path in decks.items():
        deck = Presentation(str(path))
        for slide in deck.slides:
            assert slide.shapes.title is not None, name
            assert slide.shapes.title.text_frame.text, name
            kinds = {shape.placeholder_format.type for shape in slide.slide_layout.placeholders}
            assert slide.shapes.title.placeholder_format.type in kinds, name


def test_validators_find_no_more_than_in_the_bare_template(
    decks: dict[str, Path], templates: dict[str, Path]
) -> None:
    gates.require("openxml-audit")
    for name, path in decks.items():
        found = gates.audit_findings(path)
        assert not found or more(found, gates.audit_findings(templates[name])) == [], name


def more(findings: list[str], bare: list[str]) -> list[str]:
    """Return the findings that are not among those in the bare template."""
    known = {without_place(finding) for finding in bare}
    return [finding for finding in findings if without_place(finding) not in known]


def without_place(finding: str) -> str:
    return re.sub(r"\d+", "", finding)


TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
LEAST_IN_BODIES = 95  # percent; the others are diagrams, which are groups of shapes
FEW_PLACES = {"one-layout": 4, "lone-sections": 85}  # a cover alone; phases without a text


def test_titles_and_bodies_are_in_placeholders(
    decks: dict[str, Path], galleries: dict[str, Path]
) -> None:
    """Prints a table: for each template how many slides, in percent, have their text where it belongs."""
    print(
        f"\n{'':24}{'panel':>16}{'every kind':>16}\n{'template':24}{'title   body':>16}{'title   body':>16}"
    )
    shares = {name: [*shares_of(decks[name]), *shares_of(galleries[name])] for name in decks}
    for name, row in shares.items():
        print(f"{name:24}{row[0]:9}{row[1]:7}{row[2]:9}{row[3]:7}")
    for name, (title, body, other_title, other_body) in shares.items():
        assert title == other_title == 100, name
        assert min(body, other_body) >= FEW_PLACES.get(name, LEAST_IN_BODIES), name


def shares_of(path: Path) -> tuple[int, int]:
    """Return how many slides, in percent, have a title in its placeholder, and content in one."""
    slides = [
        {shape.placeholder_format.type for shape in slide.placeholders}
        for slide in Presentation(str(path)).slides
    ]
    titles = sum(bool(kinds & TITLES) for kinds in slides)
    bodies = sum(bool(kinds - TITLES - FURNITURE) for kinds in slides)
    return round(100 * titles / len(slides)), round(100 * bodies / len(slides))


# What a template has is its own: fixed colours, shapes without places; only slides are ours.
OF_TEMPLATES = ("slideLayouts", "slideMasters", "ppt/theme", "zip entries", "left over")


def test_decks_pass_our_own_checks(decks: dict[str, Path], galleries: dict[str, Path]) -> None:
    for path in (*decks.values(), *galleries.values()):
        found = gates.package_findings(path)
        assert [f for f in found if not any(w in f for w in OF_TEMPLATES)] == [], path


def test_nothing_stands_on_anything_else(
    decks: dict[str, Path], galleries: dict[str, Path]
) -> None:
    for path in (*decks.values(), *galleries.values()):
        assert gates.frame_findings(path) == [], path


def test_nothing_stands_on_the_logo(decks: dict[str, Path]) -> None:
    package = gates.Package(decks["logo"])
    logo = gates.Rectangle(Inches(11.9), Inches(5.6), Inches(1), Inches(1))
    for name in package.slides:
        for placed in gates.placed_shapes(package, name):
            assert not gates.meet(placed.box, logo, gates.SLACK_EMU), (name, placed.name)


def test_sample_slides_and_what_only_they_use_are_left_out(
    decks: dict[str, Path], templates: dict[str, Path]
) -> None:
    with zipfile.ZipFile(templates["sample-slides"]) as bare:
        assert any(name.startswith("ppt/media/") for name in bare.namelist())
    package = gates.Package(decks["sample-slides"])
    assert not [name for name in package.parts if name.startswith("ppt/media/")]
    assert not any(b"sample notes" in part for part in package.parts.values())


def test_layouts_and_masters_stay_byte_for_byte(
    decks: dict[str, Path], templates: dict[str, Path]
) -> None:
    for name in ("usual", "german", "logo"):
        with zipfile.ZipFile(templates[name]) as bare, zipfile.ZipFile(decks[name]) as deck:
            for part in bare.namelist():
                if "slideLayouts/" in part or "slideMasters/" in part or "ppt/theme" in part:
                    assert deck.read(part) == bare.read(part), part


def test_names_do_not_matter(templates: dict[str, Path]) -> None:
    choices = []
    for name in SAME_LAYOUTS:
        deck = check(PANEL, Diagnostics(), Options(template=templates[name]))[0].deck
        assert deck.brand is not None
        choices.append({key: found.layout.number for key, found in deck.brand.matches.items()})
    assert choices.count(choices[0]) == len(choices)
    assert choices[0]["Title"] == 1
    assert choices[0]["Content"] == 2
    assert choices[0]["Section"] == 3
    assert choices[0]["Two Columns"] == 4


def test_neither_names_nor_types_nor_order_matter(templates: dict[str, Path]) -> None:
    deck = check(PANEL, Diagnostics(), Options(template=templates["foreign"]))[0].deck
    assert deck.brand is not None
    names = {ours: found.layout.name for ours, found in deck.brand.matches.items()}
    wanted = ("Title", "Content", "Section", "Two Columns")
    assert tuple(names[ours] for ours in wanted) == RUSSIAN[:4]


def test_one_slide_master_is_kept_to_where_it_has_what_is_needed(
    templates: dict[str, Path],
) -> None:
    deck = check(GALLERY, Diagnostics(), Options(template=templates["three-masters"]))[0].deck
    assert deck.brand is not None
    masters = {name: found.layout.master for name, found in deck.brand.matches.items()}
    others = {name for name, master in masters.items() if master != 1}
    assert others == {"Section", "Statement"}
    fonts = {name: str(theme.fonts["body"].office) for name, theme in deck.brand.themes.items()}
    assert (fonts["Content"], fonts["Section"]) == ("Georgia", "Verdana")
    assert deck.brand.themes["Section"].colours["accent1"] == "7A0019"


def test_slides_of_another_slide_master_are_in_its_colours(galleries: dict[str, Path]) -> None:
    package = gates.Package(galleries["three-masters"])
    masters = {
        package.related(package.layout_of(slide), "slideMaster")[0] for slide in package.slides
    }
    assert masters == {f"ppt/slideMasters/slideMaster{k}.xml" for k in (2, 3)}


@pytest.mark.parametrize("name", ["usual", "lone-sections", "numbered-sections", "foreign"])
def test_phases_and_statements_stand_on_section_headers(
    name: str, galleries: dict[str, Path], templates: dict[str, Path]
) -> None:
    deck = check(GALLERY, Diagnostics(), Options(template=templates[name]))[0].deck
    written = Presentation(str(galleries[name]))
    headers = [
        slide.slide_layout.name
        for ours, slide in zip(deck.slides(), written.slides, strict=True)
        if ours.slide_layout in ("Section", "Statement")
    ]
    assert headers == [RUSSIAN[2] if name == "foreign" else "Section Header"] * 4


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("usual", USUAL),  # names PowerPoint's usual style, which it does not hold
        ("pictures", USUAL),  # all its parts are filled
        ("own-tables", OWN_TABLES),
        ("three-masters", TABLE_STYLE),  # white on yellow: ours is drawn instead
    ],
)
def test_tables_with_a_head_are_in_the_style_of_the_template(
    name: str, style: str, galleries: dict[str, Path]
) -> None:
    package = gates.Package(galleries[name])
    tables = [t for slide in package.slides for t in package.xml(slide).iter(f"{A}tbl")]
    heads = [t for t in tables if t.find(f"{A}tblPr").get("firstRow") == "1"]
    assert len(heads) >= 3
    assert {t.findtext(f"{A}tblPr/{A}tableStyleId") for t in heads} == {style}
    rest = {t.findtext(f"{A}tblPr/{A}tableStyleId") for t in tables if t not in heads}
    assert rest == {TABLE_STYLE}
    has_own_colours = [any(True for _ in t.iter(f"{A}schemeClr")) for t in heads]
    assert has_own_colours == [style == TABLE_STYLE] * len(heads)


def test_a_table_style_is_read_from_the_file(templates: dict[str, Path]) -> None:
    own = load_template(templates["own-tables"], Diagnostics())
    usual = load_template(templates["usual"], Diagnostics())
    assert own is not None
    assert usual is not None
    plain = Shade(None, "000000")
    style = TableStyle(OWN_TABLES, Shade("1F497D", "FFFFFF"), (plain, plain, plain))
    assert own.masters[0].tables == style
    assert usual.masters[0].tables.head == Shade("4F81BD", "FFFFFF")
    dark = own.masters[0]._replace(tables=style._replace(rows=(Shade(None, "808080"),)))
    assert table_style_on("ground FFFFFF", own.masters[0]) == OWN_TABLES
    assert table_style_on("ground FFFFFF", dark) == ""
    assert table_style_on("ground ?FFFFFF", own.masters[0]) == ""
    without = own.masters[0]._replace(tables=None)
    assert table_style_on("ground FFFFFF", without) == ""


def test_a_file_without_table_styles_names_none(tmp_path: Path, templates: dict[str, Path]) -> None:
    path = tmp_path / "bare.pptx"
    with zipfile.ZipFile(templates["usual"]) as usual, zipfile.ZipFile(path, "w") as bare:
        for name in usual.namelist():
            content = usual.read(name)
            if name == "ppt/_rels/presentation.xml.rels":
                content = re.sub(rb"<Relationship [^>]*tableStyles[^>]*/>", b"", content)
            bare.writestr(name, content)
    found = load_template(path, Diagnostics())
    assert found is not None
    assert found.masters[0].tables is None


@pytest.mark.parametrize(
    ("lang", "day"), [("en-GB", "9 May 2026"), ("de", "9. Mai 2026"), ("ja", "2026年5月9日")]
)
def test_the_day_stands_where_the_template_has_it(
    lang: str, day: str, tmp_path: Path, templates: dict[str, Path]
) -> None:
    outline = tmp_path / "outline.yaml"
    outline.write_text(
        f"workshop: {{title: T, lang: {lang}, date: 2026-05-09}}\n"
        "blocks: [{kind: title, title: T}, {kind: content, title: A, points: [One, Two]}]\n",
        encoding="utf-8",
    )
    for name, shown in (("usual", [[], [day]]), ("no-footers", [[], []])):
        path = built(outline, templates[name], tmp_path / name)
        assert days(path) == shown
        assert gates.audit_findings(path) == []
        assert b'type="datetime' not in gates.Package(path).parts["ppt/slides/slide2.xml"]


def test_without_a_day_there_is_none(decks: dict[str, Path]) -> None:
    assert not any(days(decks["usual"]))


def days(path: Path) -> list[list[str]]:
    """Return the texts in the date placeholders of each slide."""
    return [
        [
            shape.text_frame.text
            for shape in slide.placeholders
            if shape.placeholder_format.type == PP_PLACEHOLDER.DATE
        ]
        for slide in Presentation(str(path)).slides
    ]


def test_an_embedded_font_is_kept(decks: dict[str, Path], templates: dict[str, Path]) -> None:
    package, bare = gates.Package(decks["embedded-font"]), gates.Package(templates["embedded-font"])
    (part,) = package.related(package.presentation, "font")
    assert package.parts[part] == bare.parts[part]
    (named,) = package.xml(package.presentation).iterfind(f".//{P}embeddedFont/{P}regular")
    assert package.rels(package.presentation)[named.get(f"{R}id")].target == part
    assert b'"fntdata" ContentType="application/x-fontdata"' in package.parts[gates.CONTENT_TYPES]


def test_an_embedded_font_is_measured(templates: dict[str, Path]) -> None:
    diagnostics = Diagnostics()
    brand, theme = load_brand(templates["embedded-font"], diagnostics)
    assert brand is not None
    assert theme is not None
    check_fonts(theme, diagnostics)
    assert "font-not-measured" not in {found.id for found in diagnostics}
    face = face_metrics(theme.fonts["body"], bold=False, italic=False)
    assert (face.advances["i"], face.advances["W"], face.units_per_em) == (700, 700, 1000)


def test_fonts_are_taken_out_of_their_envelopes() -> None:
    font = font_file("Brand")
    assert plain_font(eot(font)) == font
    assert plain_font(eot(bytes(byte ^ 0x50 for byte in font), 0x1000_0000)) == font
    assert plain_font(eot(font, flags=4)) is None  # packed
    for broken in (b"", eot(font)[:30], bytes(400), eot(b"no font at all")):
        assert plain_font(broken) is None


def test_a_broken_embedded_font_is_as_good_as_none() -> None:
    for data in (b"", b"\0\1\0\0" + bytes(40), font_file("Brand")[:300]):
        font = EmbeddedFont(office=Text("Brand"), twin=Text("Brand"), data=(data,))
        assert not find_font(font).faces


def test_pictures_of_slide_layouts_are_kept_and_ours_go_into_their_place(
    galleries: dict[str, Path], templates: dict[str, Path]
) -> None:
    package = gates.Package(galleries["pictures"])
    for name, content in gates.Package(templates["pictures"]).parts.items():
        if name.startswith("ppt/media/"):
            assert package.parts[name] == content, name
    places = [
        mark.get("type")
        for slide in package.slides
        for mark in package.xml(slide).iterfind(f".//{P}pic//{P}ph")
    ]
    assert "pic" in places


def test_a_template_file_becomes_a_presentation(decks: dict[str, Path]) -> None:
    types = gates.Package(decks["foreign"]).parts[gates.CONTENT_TYPES]
    assert b"presentationml.presentation.main+xml" in types
    assert b"presentationml.template.main+xml" not in types


def test_a_deck_is_the_same_each_time(templates: dict[str, Path]) -> None:
    options = Options(template=templates["usual"])
    one, other = (render(check(PANEL, Diagnostics(), options)[0], options) for _ in range(2))
    assert one == other


def test_a_theme_that_was_exported_is_a_template(tmp_path: Path) -> None:
    path = tmp_path / "clear.potx"
    result = CliRunner().invoke(cli.main, ["themes", "export", "clear", "-o", str(path)])
    assert result.exit_code == 0
    out = tmp_path / "out"
    command = ["build", str(PANEL), "--template", str(path), "-o", str(out)]
    result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 0, result.output
    deck = out / "phd-in-ml" / "phd-in-ml.pptx"
    assert gates.reopen_findings(deck) == []
    assert gates.frame_findings(deck) == []
    assert Presentation(str(deck)).slides[0].slide_layout.name == "Title"


def test_the_open_xml_sdk_finds_no_more_than_in_the_bare_template(
    decks: dict[str, Path], templates: dict[str, Path], judged: Judged
) -> None:
    gates.require(gates.SDK)
    found = judged.result()
    flawed = [name for name, path in decks.items() if found[path]]
    bare = gates.sdk_findings(templates[name] for name in flawed)
    for name in flawed:
        assert more(found[decks[name]], bare[templates[name]]) == [], name


@pytest.mark.visual
def test_libreoffice_draws_every_slide_under_its_title(
    decks: dict[str, Path], drawn: Drawn
) -> None:
    gates.require("soffice")
    gates.require("pdftotext")
    for (name, path), pdf in zip(decks.items(), drawn.result(), strict=True):
        slides, pages = list(Presentation(str(path)).slides), gates.word_boxes(pdf)
        assert len(pages) == len(slides), name
        for number, (slide, page) in enumerate(zip(slides, pages, strict=True), 1):
            seen = "".join(text for *_, text in page.words).casefold()
            for word in slide.shapes.title.text_frame.text.casefold().split():
                assert word in seen, f"{name}: slide {number}"


# what is no template ---------------------------------------------------------------------------


def problems(path: Path) -> list[str]:
    diagnostics = Diagnostics()
    started = time.process_time()
    assert load_template(path, diagnostics) is None
    assert time.process_time() - started < 2
    return [found.id for found in diagnostics]


def test_a_text_is_no_template(tmp_path: Path) -> None:
    path = tmp_path / "brand.pptx"
    path.write_text("not a zip file")
    assert problems(path) == ["not-a-template"]
    assert problems(tmp_path / "missing.pptx") == ["cannot-read"]


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "brand.pptx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert problems(path) == ["template-encrypted"]
    path.write_bytes(head + bytes(600))
    assert problems(path) == ["not-a-template"]


def test_a_zip_bomb_and_too_many_media_are_refused(
    tmp_path: Path, templates: dict[str, Path]
) -> None:
    bomb = tmp_path / "bomb.pptx"
    bomb.write_bytes(templates["usual"].read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/media/bomb.png", bytes(20_000_000))
    assert problems(bomb) == ["template-too-large"]
    large = tmp_path / "large.pptx"
    with large.open("wb") as target:
        target.truncate(300_000_000)
    assert problems(large) == ["template-too-large"]


def test_a_presentation_without_a_master_is_damaged(
    tmp_path: Path, templates: dict[str, Path]
) -> None:
    path = tmp_path / "brand.pptx"
    with zipfile.ZipFile(templates["usual"]) as bare, zipfile.ZipFile(path, "w") as file:
        for name in bare.namelist():
            if name != "ppt/slideMasters/slideMaster1.xml":
                file.writestr(name, bare.read(name))
    assert problems(path) == ["template-damaged"]


def changed(path: Path, into: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the file at *path* *into* another one with a part changed; return that."""
    with zipfile.ZipFile(path) as bare, zipfile.ZipFile(into, "w") as file:
        for name in bare.namelist():
            content = bare.read(name)
            file.writestr(name, change(content) if name == part else content)
    return into


SLIDE_SIZE = re.compile(rb'(<p:sldSz[^>]*cx=")\d+("[^>]*cy=")\d+')
DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "relations of a layout nobody uses": (
        "ppt/slideLayouts/_rels/slideLayout9.xml.rels",
        lambda xml: xml.replace(b'Id="', b"Id=<", 1),
    ),
    "a document type": (
        "ppt/slideLayouts/slideLayout2.xml",
        lambda xml: xml.replace(b"<p:sldLayout", b"<!DOCTYPE a [<!ENTITY b 'c'>]><p:sldLayout", 1),
    ),
    "a theme that ends early": ("ppt/theme/theme1.xml", lambda xml: xml[:2000]),
    "a size that is none": (
        "ppt/presentation.xml",
        lambda xml: SLIDE_SIZE.sub(rb"\g<1>12x1\g<2>6858000", xml),
    ),
    "slides of a mile": (
        "ppt/presentation.xml",
        lambda xml: SLIDE_SIZE.sub(rb"\g<1>914400\g<2>51206400000", xml),
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_before_anything_is_made(
    tmp_path: Path, templates: dict[str, Path], name: str
) -> None:
    path = changed(templates["usual"], tmp_path / "brand.pptx", *DAMAGE[name])
    assert path.read_bytes() != templates["usual"].read_bytes()
    assert problems(path) == ["template-damaged"]


def test_a_part_whose_bytes_rotted_is_damaged(tmp_path: Path, templates: dict[str, Path]) -> None:
    with zipfile.ZipFile(templates["usual"]) as file:
        place = file.getinfo("ppt/theme/theme1.xml").header_offset + 200
    data = bytearray(templates["usual"].read_bytes())
    data[place] ^= 0xFF
    path = tmp_path / "brand.pptx"
    path.write_bytes(data)
    assert problems(path) == ["template-damaged"]


def test_names_steer_no_terminal(tmp_path: Path, templates: dict[str, Path]) -> None:
    evil = b'<p:cSld name="Title &#x9b;31m and&#10;evil: {x: 1} &#x202e;">'
    path = changed(
        templates["usual"],
        tmp_path / "brand.pptx",
        "ppt/slideLayouts/slideLayout1.xml",
        lambda xml: re.sub(rb"<p:cSld[^>]*>", evil, xml, count=1),
    )
    template = load_template(path, Diagnostics())
    assert template is not None
    assert [layout.name for layout in template.layouts if "evil" in layout.name] == [
        "Title 31m and evil: {x: 1}"
    ]


# the commands ----------------------------------------------------------------------------------


def test_a_mapping_is_written_read_back_and_checked(
    tmp_path: Path, templates: dict[str, Path]
) -> None:
    template, mapping = str(templates["german"]), tmp_path / "brand.yaml"
    run = CliRunner().invoke
    assert run(cli.main, ["template", "map", template, "-o", str(mapping)]).exit_code == 0
    text = mapping.read_text(encoding="utf-8")
    assert 'Title: "Titelfolie"' in text
    checked = run(cli.main, ["template", "check", template, "--map", str(mapping)])
    assert checked.exit_code == 0, checked.output
    mapping.write_text('layouts: {Title: "Titelfolio", Contents: 2}\n', encoding="utf-8")
    checked = run(cli.main, ["template", "check", template, "--map", str(mapping)])
    assert checked.exit_code == 1
    assert checked.stderr.count("template-map") == 2
    shown = run(cli.main, ["template", "inspect", template])
    assert shown.exit_code == 0
    assert "Zwei Inhalte" in shown.output


def test_a_contact_sheet_has_a_slide_for_each_layout(
    tmp_path: Path, templates: dict[str, Path]
) -> None:
    for name in ("usual", "three-masters", "no-placeholders", "duplicate-placeholders"):
        brand, theme = load_brand(templates[name], Diagnostics())
        assert brand is not None
        assert theme is not None
        path = tmp_path / f"{name}.pptx"
        path.write_bytes(write_pptx(specimens(brand, theme)))
        texts = [
            "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            for slide in Presentation(str(path)).slides
        ]
        for layout, text in zip(brand.template.layouts, texts, strict=True):
            users = [ours for ours, found in brand.matches.items() if found.layout == layout]
            assert f"{layout.number} {layout.name}" in text
            assert all(ours in text for ours in users or ["not used"])
        assert more(gates.audit_findings(path), gates.audit_findings(templates[name])) == []


@pytest.mark.visual
def test_a_contact_sheet_is_drawn(tmp_path: Path, templates: dict[str, Path]) -> None:
    gates.require("soffice")
    sheet = tmp_path / "sheet.png"
    command = ["template", "inspect", str(templates["usual"]), "--contact-sheet", str(sheet)]
    assert CliRunner().invoke(cli.main, command).exit_code == 0
    with Image.open(sheet) as drawn:
        assert drawn.width == 4 * 400 + 5 * 12
        assert drawn.height // (225 + 12) == 3
    sheet.write_bytes(b"mine")
    again = CliRunner().invoke(cli.main, command)
    assert again.exit_code == 1
    assert "--force" in again.stderr


def test_a_contact_sheet_without_libreoffice_says_what_installs_it(
    tmp_path: Path, templates: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "find_libreoffice", lambda: None)
    sheet = tmp_path / "sheet.png"
    command = ["template", "inspect", str(templates["usual"]), "--contact-sheet", str(sheet)]
    result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 1
    assert "error[missing-program]: `--contact-sheet` needs LibreOffice" in result.stderr
    assert "apt install libreoffice-impress" in result.stderr
    assert not sheet.exists()


def test_an_outline_names_a_template(tmp_path: Path, templates: dict[str, Path]) -> None:
    (tmp_path / "brand.pptx").write_bytes(templates["no-layouts"].read_bytes())
    outline = tmp_path / "outline.yaml"
    outline.write_text(
        "workshop: {title: T, theme: {template: brand.pptx}}\n"
        "blocks: [{kind: content, title: A, points: [One, Two]}]\n",
        encoding="utf-8",
    )
    diagnostics = Diagnostics()
    deck = check(outline, diagnostics)[0].deck
    assert deck.brand is not None
    assert "template-layout" in {found.id for found in diagnostics}
