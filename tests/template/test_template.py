"""Templates that companies have, and hostile ones: each is made here, and a whole deck built on it."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from pptx import Presentation
from pptx.util import Emu, Inches

import deck_gates as gates
from deckgen import cli
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.template.read import load_template

ROOT = Path(__file__).resolve().parents[2]
PANEL = ROOT / "outlines" / "phd-in-ml.yaml"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnittsüberschrift", "Zwei Inhalte")
DUTCH = ("Titeldia", "Titel en object", "Sectiekop", "Inhoud van twee")
JAPANESE = ("タイトル スライド", "タイトルとコンテンツ", "セクション見出し", "2 つのコンテンツ")
Pptx = type(Presentation())


def picture(width: int = 4, height: int = 4) -> bytes:
    """Return a PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def resized(deck: object, width: float, height: float) -> None:
    """Give *deck* another slide size, its masters and slide layouts with it."""
    across, down = Inches(width) / deck.slide_width, Inches(height) / deck.slide_height
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    master = deck.slide_master
    for page in (master, *master.slide_layouts):
        for xfrm in page._element.iter(f"{A}xfrm"):
            for child, (one, other) in ((xfrm[0], "xy"), (xfrm[1], ("cx", "cy"))):
                child.set(one, str(round(int(child.get(one)) * across)))
                child.set(other, str(round(int(child.get(other)) * down)))


def keep_layouts(deck: object, count: int) -> None:
    layouts = deck.slide_master.slide_layouts
    for layout in list(layouts)[count:]:
        layouts.remove(layout)


def remove_placeholders(deck: object, wanted: Callable[[str], bool] = lambda _kind: True) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in list(layout.placeholders):
            mark = shape._element.find(f".//{P}ph")
            if wanted(mark.get("type", "obj")):
                shape._element.getparent().remove(shape._element)


def renamed(names: tuple[str, ...]) -> Callable[[object], None]:
    def change(deck: object) -> None:
        for layout, name in zip(deck.slide_master.slide_layouts, names, strict=False):
            layout._element.find(f"{P}cSld").set("name", name)

    return change


def wide(deck: object) -> None:
    resized(deck, 13.333, 7.5)


def no_layouts(deck: object) -> None:
    keep_layouts(deck, 0)


def one_layout(deck: object) -> None:
    keep_layouts(deck, 1)


def no_footers(deck: object) -> None:
    remove_placeholders(deck, lambda kind: kind in ("ftr", "sldNum", "dt"))


def duplicate_placeholders(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in list(layout.placeholders):
            twin = etree.fromstring(etree.tostring(shape._element))
            twin.find(f".//{P}cNvPr").set("id", str(900 + shape.shape_id))
            shape._element.addnext(twin)


def locked(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for locks in layout._element.iter(f"{A}spLocks"):
            for name in ("noMove", "noResize", "noTextEdit"):
                locks.set(name, "1")


def vertical_titles(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in layout.placeholders:
            if shape._element.find(f".//{P}ph").get("type") in ("title", "ctrTitle"):
                shape._element.find(f".//{A}bodyPr").set("vert", "eaVert")


def logo(deck: object) -> None:
    """A logo in the corner of the body, on every slide."""
    wide(deck)
    master = deck.slide_master
    part, rid = master.part.get_or_add_image_part(io.BytesIO(picture()))
    del part
    shape = etree.fromstring(
        f'<p:pic xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}" xmlns:r="{gates.NS["r"]}"><p:nvPicPr>'
        '<p:cNvPr id="77" name="Logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{Inches(11.9)}" y="{Inches(5.6)}"/><a:ext cx="{Inches(1)}" cy="{Inches(1)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    master._element.find(f"{P}cSld/{P}spTree").append(shape)


def sample_slides(deck: object) -> None:
    """Sample slides with pictures of their own, and notes."""
    for k in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Sample {k}"
        slide.shapes.add_picture(io.BytesIO(picture(10 + k)), Emu(0), Emu(0))
        slide.notes_slide.notes_text_frame.text = "sample notes"


def notes_without_body(deck: object) -> None:
    master = deck.notes_master
    for shape in list(master.placeholders):
        if shape._element.find(f".//{P}ph").get("type") == "body":
            shape._element.getparent().remove(shape._element)


HOSTILE: dict[str, Callable[[object], None]] = {
    "usual": wide,
    "four-to-three": lambda _deck: None,
    "portrait": lambda deck: resized(deck, 7.5, 10),
    "small": lambda deck: resized(deck, 10, 5.625),
    "no-layouts": no_layouts,
    "one-layout": one_layout,
    "no-placeholders": remove_placeholders,
    "duplicate-placeholders": duplicate_placeholders,
    "german": renamed(GERMAN),
    "dutch": renamed(DUTCH),
    "japanese": renamed(JAPANESE),
    "no-footers": no_footers,
    "notes-without-body": notes_without_body,
    "locked": locked,
    "vertical-titles": vertical_titles,
    "logo": logo,
    "sample-slides": sample_slides,
}


def saved(name: str, folder: Path) -> Path:
    deck = Presentation()
    HOSTILE[name](deck)
    path = folder / f"{name}.pptx"
    deck.save(str(path))
    return path


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    return {name: saved(name, folder) for name in HOSTILE}


@pytest.fixture(scope="module")
def decks(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, built = tmp_path_factory.mktemp("branded"), {}
    for name, template in templates.items():
        options = Options(template=template)
        files = render(check(PANEL, Diagnostics(), options)[0], options)
        built[name] = folder / f"{name}.pptx"
        built[name].write_bytes(files["phd-in-ml.pptx"])
    return built


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
    new = {}
    for name, path in decks.items():
        bare = {without_place(finding) for finding in gates.audit_findings(templates[name])}
        found = [f for f in gates.audit_findings(path) if without_place(f) not in bare]
        if found:
            new[name] = found
    assert new == {}


def without_place(finding: str) -> str:
    return re.sub(r"\d+", "", finding)


# What a template has is its own: fixed colours, shapes without places; only slides are ours.
OF_TEMPLATES = ("slideLayouts", "slideMasters", "ppt/theme", "zip entries", "left over")


def test_decks_pass_our_own_checks(decks: dict[str, Path]) -> None:
    found = {
        name: [f for f in gates.package_findings(path) if not any(w in f for w in OF_TEMPLATES)]
        for name, path in decks.items()
    }
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_nothing_stands_on_anything_else(decks: dict[str, Path]) -> None:
    found = {name: f for name, path in decks.items() if (f := gates.frame_findings(path))}
    assert found == {}


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
    for name in ("four-to-three", "german", "dutch", "japanese"):
        deck = check(PANEL, Diagnostics(), Options(template=templates[name]))[0].deck
        assert deck.brand is not None
        choices.append({key: found.layout.number for key, found in deck.brand.matches.items()})
    assert choices.count(choices[0]) == len(choices)
    assert choices[0]["Title"] == 1
    assert choices[0]["Content"] == 2
    assert choices[0]["Section"] == 3
    assert choices[0]["Two Columns"] == 4


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


# what is no template ---------------------------------------------------------------------------


def problems(path: Path) -> list[str]:
    diagnostics = Diagnostics()
    started = time.perf_counter()
    assert load_template(path, diagnostics) is None
    assert time.perf_counter() - started < 2
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
