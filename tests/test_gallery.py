"""The look of decks, proved on the written gallery: every kind of block in every theme.

What the gallery does not show (rings, stacked columns, links on coloured grounds) is in `MORE`.
Each check is also shown to fail, on a deck that was spoilt for it.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

import deck_gates as gates
from deck_colours import Row, contrast_table, theme_colours
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.theme.load import theme_names

GALLERY = Path(__file__).resolve().parents[1] / "docs/gallery/gallery.yaml"
OUTLINE = yaml.safe_load(GALLERY.read_text(encoding="utf-8"))
BLOCKS = {block.get("title", block["kind"]): block for block in OUTLINE["blocks"]}
THEMES = theme_names()
P14 = f"{{{gates.NS['p14']}}}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

MORE = """
deckgen: 1
workshop: {title: "What the gallery leaves out"}
blocks:
  - {kind: chart, title: Ring, type: doughnut, categories: [A, B, C, D, E, F],
     data: {One: [5, 4, 3, 2, 2, 2]}}
  - {kind: chart, title: Cake, type: pie, categories: [A, B, C, D], data: {One: [5, 4, 3, 2.5]}}
  - {kind: chart, title: Piles, type: column, stacked: true, categories: [A, B],
     data: {One: [5, 4], Two: [1, 2], Three: [2, 2], Four: [1, 3]}}
  - {kind: chart, title: Pile, type: column, stacked: true, categories: [A, B],
     data: {One: [5, 4]}}
  - {kind: content, title: Links, points: ["A [link](https://example.org), `code`, *stress*"]}
  - {kind: highlight, title: Loud, text: "Say [it](https://example.org) now"}
  - {kind: quiz, title: Quiz, items: [{q: "A [link](https://example.org)?",
     a: "See [this](https://example.org)"}]}
  - {kind: discussion, title: Talk, question: "Why?", time: 10,
     steps: [{do: "Read [that](https://example.org)", min: 4}, {do: Talk, min: 6}]}
"""
# Steps of the slides that have a timer, in minutes, by the title of their block.
TIMED = {
    "Before we start": [1, 3],
    "Fact or question?": [3, 4, 3, 2],
    "Where would you stand?": [1, 3, 4, 2],
    "Back at": [1] * 10,
    "Silence": [1, 2, 4, 5],
    "Three groups, three openings": [6, 4],
}
# Slides of the spoilt deck.
LONG, MET, LOST = "Questions before facts", "How a tour is built", "Silence"
PAUSES = ("Title", "Section", "Statement", "Break")


def built(outline: Path, folder: Path) -> dict[str, Path]:
    """Write the deck of an outline in every theme."""
    paths = {}
    for theme in THEMES:
        files = render(check(outline, Diagnostics(), Options(theme))[0])
        paths[theme] = folder / f"{outline.stem}-{theme}.pptx"
        paths[theme].write_bytes(next(iter(files.values())))
    return paths


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gallery")


@pytest.fixture(scope="module")
def decks(folder: Path) -> dict[str, Path]:
    return built(GALLERY, folder)


@pytest.fixture(scope="module")
def more(folder: Path) -> dict[str, Path]:
    outline = folder / "more.yaml"
    outline.write_text(MORE, encoding="utf-8")
    return built(outline, folder)


@pytest.fixture(scope="module")
def tables(decks: dict[str, Path], more: dict[str, Path]) -> dict[str, list[Row]]:
    return {
        theme: [*contrast_table(decks[theme]), *contrast_table(more[theme])] for theme in THEMES
    }


@pytest.fixture(scope="module")
def pdfs(decks: dict[str, Path], spoilt: Path, folder: Path) -> dict[str, Path]:
    """Return the decks and the spoilt one as LibreOffice draws them."""
    gates.require("soffice")
    gates.require("pdftotext")
    paths = [*decks.values(), spoilt]
    with ThreadPoolExecutor() as pool:
        parts = pool.map(lambda part: gates.render_pdfs(part, folder), (paths[::2], paths[1::2]))
    drawn = {pdf.stem: pdf for part in parts for pdf in part}
    return {"spoilt": drawn["spoilt"]} | {theme: drawn[decks[theme].stem] for theme in THEMES}


def edited(path: Path, to: Path, *edits: tuple[str, str, str]) -> Path:
    """Write a copy of a deck with texts of its parts changed: part, old, new."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for part, old, new in edits:
        assert old in parts[part].decode(), f"{part} has no {old}"
        parts[part] = parts[part].decode().replace(old, new, 1).encode()
    with zipfile.ZipFile(to, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return to


def slide_of(path: Path, title: str) -> str:
    """Return the part of the slide with this title."""
    package = gates.Package(path)
    return next(name for name in package.slides if gates._title(package.xml(name)) == title)


def number_of(path: Path, title: str) -> str:
    return gates.Package(path).place(slide_of(path, title))


def shape_named(path: Path, part: str, name: str) -> gates.Placed:
    found = gates.placed_shapes(gates.Package(path), part)
    return next(placed for placed in found if placed.name == name)


def moved(path: Path, title: str, name: str, to: tuple[int, int, int, int]) -> tuple[str, str, str]:
    """Return the edit that gives a placeholder of a slide another place."""
    part = slide_of(path, title)
    number = gates._properties(shape_named(path, part, name).shape).get("id")
    text = gates.Package(path).parts[part].decode()
    (old,) = re.findall(rf'<p:cNvPr id="{number}" .*?</p:spPr>', text)
    x, y, cx, cy = to
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    return part, old, re.sub(r"<p:spPr>(<a:xfrm>.*?</a:xfrm>)?", f"<p:spPr>{place}", old)


@pytest.fixture(scope="module")
def spoilt(decks: dict[str, Path], folder: Path) -> Path:
    """Return a deck with a text too long, a text on another one, and one beyond the slide."""
    path = decks["clear"]
    long = (slide_of(path, LONG), "count yours</a:t>")
    return edited(
        path,
        folder / "spoilt.pptx",
        (*long, f"count yours{' for a year and a day' * 20}</a:t>"),
        moved(path, MET, "Content", (609905, 969264, 10972800, 3840480)),
        moved(path, LOST, "Phase name", (12500000, 402336, 3657600, 329184)),
    )


def found_in(decks: dict[str, Path], gate: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """Return what a gate finds, by theme."""
    listed = {theme: list(gate(path)) for theme, path in decks.items()}
    return {theme: found for theme, found in listed.items() if found}


# where things are -----------------------------------------------------------------------------


def test_no_shape_stands_on_another(decks: dict[str, Path], more: dict[str, Path]) -> None:
    assert found_in(decks, gates.frame_findings) == {}
    assert found_in(more, gates.frame_findings) == {}


def test_a_shape_that_stands_on_another_is_seen(spoilt: Path) -> None:
    found = list(gates.frame_findings(spoilt))
    assert found == [f"{number_of(spoilt, MET)}: 'Title' stands on 'Content'"]


def test_a_table_a_chart_and_a_picture_take_room_too(decks: dict[str, Path], folder: Path) -> None:
    path, everywhere = decks["clear"], (0, 900000, 12192000, 5000000)
    titles = ("Telling or asking", "Visitors speak more from tour to tour")
    spoilt = folder / "everywhere.pptx"
    edits = [moved(path, title, "Source", everywhere) for title in titles]
    edits.append(moved(path, "What a finished sort looks like", "Caption", everywhere))
    found = gates.frame_findings(edited(path, spoilt, *edits))
    for other, one in (("Content", "Source"), ("Chart", "Source"), ("Picture", "Caption")):
        assert any(f"{other!r} stands on {one!r}" in finding for finding in found)


def test_another_layout_engine_sees_no_text_leave_its_frame(
    decks: dict[str, Path], spoilt: Path
) -> None:
    gates.require("betteroffice-pptx")
    gates.require("fc-match")
    assert found_in(decks, gates.overflow_findings) == {}
    found = gates.overflow_findings(spoilt)
    assert any(f.startswith(f"{number_of(spoilt, LONG)}: text of ") for f in found), found


@pytest.mark.visual
def test_every_word_is_in_its_frame_and_on_no_other_word(
    decks: dict[str, Path], pdfs: dict[str, Path]
) -> None:
    found = {theme: gates.word_findings(path, pdfs[theme]) for theme, path in decks.items()}
    assert found == {theme: [] for theme in THEMES}
    words = sum(len(page.words) for page in gates.word_boxes(pdfs["clear"]))
    assert words > 900


@pytest.mark.visual
def test_a_word_out_of_its_place_is_seen(spoilt: Path, pdfs: dict[str, Path]) -> None:
    found = gates.word_findings(spoilt, pdfs["spoilt"])
    long, met, lost = (number_of(spoilt, title) for title in (LONG, MET, LOST))
    assert f"{long}: word 'year' leaves the frame of 'Source'" in found
    assert any(f.startswith(f"{met}: word 'tour' of 'Title' meets ") for f in found)
    assert f"{lost}: word 'Practice' of 'Phase name' is lost" in found
    assert {f.split(":")[0] for f in found} == {long, met, lost}


@pytest.mark.parametrize("theme", THEMES)
def test_titles_stand_at_the_same_place_on_all_slides_of_a_slide_layout(
    decks: dict[str, Path], theme: str
) -> None:
    places: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for layout, placed in titles(decks[theme]):
        box = placed.box
        high = None if layout == "Activity" else box.cy  # it takes a task's line where none is
        places[layout].add((box.x, box.y, box.cx, high, anchor(placed)))
    assert {layout: len(found) for layout, found in places.items()} == dict.fromkeys(places, 1)
    talk_and_do = {(x, y, a) for name in places for x, y, _, _, a in places[name]
                   if name not in PAUSES}  # fmt: skip
    assert len(talk_and_do) == 1
    assert len(places) >= 12


def titles(path: Path) -> Iterator[tuple[str, gates.Placed]]:
    """Yield the slide layout's name and the title of each slide."""
    package = gates.Package(path)
    for name in package.slides:
        for placed in gates.placed_shapes(package, name):
            if gates._placeholder_type(placed.shape) in ("title", "ctrTitle"):
                yield layout_name(package, name), placed


def layout_name(package: gates.Package, slide: str) -> str:
    (c_sld,) = gates._all(package.xml(package.layout_of(slide) or ""), "p:cSld")
    return str(c_sld.get("name"))


def anchor(placed: gates.Placed) -> str:
    shapes = (placed.shape, *placed.inherits)
    found = [gates._one(shape, "p:txBody/a:bodyPr[@anchor]") for shape in shapes]
    return str(next(el.get("anchor") for el in found if el is not None))


@pytest.mark.parametrize("theme", THEMES)
def test_from_slide_to_slide_of_a_block_nothing_moves(decks: dict[str, Path], theme: str) -> None:
    compared = 0
    for one, other in neighbours(decks[theme], same_layout=True):
        for name in one.keys() & other.keys():
            assert place(one[name]) == place(other[name]), name
            compared += 1
    assert compared > 60


@pytest.mark.parametrize("theme", THEMES)
def test_from_question_to_answer_nothing_moves(
    decks: dict[str, Path], more: dict[str, Path], theme: str
) -> None:
    pairs = [
        pair
        for path in (decks[theme], more[theme])
        for pair in neighbours(path, same_layout=False)
        if "Answer" in pair[1] and "Option 1" not in pair[0]
    ]
    for question, answer in pairs:
        shared = question.keys() & answer.keys() - {"footlight"}  # which goes on
        assert {"Title", "Question", "bar 1", "Time chip"} <= shared
        for name in shared:
            assert place(question[name]) == place(answer[name]), name
        assert text_of(question["Question"]) == text_of(answer["Question"])
    assert len(pairs) == 2


def neighbours(
    path: Path, *, same_layout: bool
) -> Iterator[tuple[dict[str, gates.Placed], dict[str, gates.Placed]]]:
    """Yield the shapes by name of two slides in a row of one block."""
    package = gates.Package(path)
    for slides in sections(package).values():
        for one, other in pairwise(slides):
            is_same = layout_name(package, one) == layout_name(package, other)
            if is_same == same_layout:
                first, second = (
                    {placed.name: placed for placed in gates.placed_shapes(package, name)}
                    for name in (one, other)
                )
                yield first, second


def place(placed: gates.Placed) -> tuple[float, ...]:
    """Return where a shape is; a table is as high as its rows, a low bar as its segment."""
    box = placed.box
    if placed.shape.tag == gates._tag("p:graphicFrame"):
        return box.x, box.y, box.cx
    if placed.name.startswith("bar "):  # an open one is drawn within its outline
        return tuple(round(side / 12700) for side in (box.x + box.cx / 2, box.y + box.cy / 2))
    if placed.name.startswith(("phase", "Phase marker", "Time bar", "footlight")):
        return round(box.y + box.cy / 2) // 12700, box.cy > 0
    return box.x, box.y, box.cx, box.cy


def text_of(placed: gates.Placed) -> bytes:
    (body,) = gates._all(placed.shape, "p:txBody")
    return re.sub(rb'r:id="rId\d+"', b"", etree.tostring(body))


def sections(package: gates.Package) -> dict[str, list[str]]:
    """Return the slides of each section by its name."""
    by_id = dict(zip((el.get("id") for el in package.slide_ids), package.slides, strict=True))
    return {
        str(section.get("name")): [by_id[el.get("id")] for el in section.iter(f"{P14}sldId")]
        for section in package.xml(package.presentation).iter(f"{P14}section")
    }


# colours --------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_all_colours_that_meet_can_be_told_apart(tables: dict[str, list[Row]], theme: str) -> None:
    rows = tables[theme]
    assert [row for row in rows if not row.is_enough] == [], worst(rows)


def worst(rows: list[Row]) -> str:
    """Return the five pairs with the least to spare, each pair of colours once."""
    pairs = {(row.ink, row.ground, row.need): row for row in rows}
    return "\n".join(map(str, sorted(pairs.values(), key=lambda r: r.ratio / r.need)[:5]))


def test_the_table_holds_every_sort_of_text_and_mark(tables: dict[str, list[Row]]) -> None:
    names = defaultdict(set)
    for row in tables["clear"]:
        names[row.kind].add(re.sub(r" \d+$", "", row.name))
    assert names["text"] >= {
        *("Title", "Content", "Left", "Option", "option number", "Step", "step", "Fact", "Clock"),
        *("Time chip", "Phase name", "Question", "Answer", "bar", "timer", "node", "label"),
    }
    assert names["mark"] >= {
        *("bar", "timer", "step", "phase", "emphasis", "rule", "QR code", "node"),
        *("line", "message rule", "points rule"),
    }
    assert names["link"] == names["visited link"] >= {"Content", "Fact"}
    assert names["bullet"] >= {"Points", "Content", "Left"}
    assert names["line"] >= {"Content", "Prompts"}
    for kind in ("series", "axis", "axis text", "legend", "value"):
        assert names[kind] == {"Chart"}
    assert all(len(rows) > 1200 for rows in tables.values())
    assert {row.need for row in tables["clear"]} == {3.0, 4.5}


def test_a_text_that_fades_into_its_ground_is_seen(decks: dict[str, Path], folder: Path) -> None:
    path, colours = decks["clear"], theme_colours(decks["clear"])
    layout = gates.Package(path).layout_of(slide_of(path, "Before we start")) or ""
    fill = '<a:solidFill><a:schemeClr val="{}"/></a:solidFill></p:spPr>'
    dark = edited(path, folder / "dark.pptx", (layout, fill.format("bg2"), fill.format("tx2")))
    faded = [
        row for row in contrast_table(dark) if not row.is_enough and row.text.startswith("Under")
    ]
    assert [(row.ink, row.ground) for row in faded] == [(colours["dk1"], colours["dk2"])]


def test_every_colour_outside_pictures_is_a_colour_of_the_theme(
    decks: dict[str, Path], more: dict[str, Path]
) -> None:
    named = 0
    for path in (*decks.values(), *more.values()):
        package = gates.Package(path)
        themes = {name for name in package.parts if name.startswith("ppt/theme/")}
        for name in set(package.xml_parts) - themes:
            for colour in package.xml(name).iter(*COLOURS):
                assert etree.QName(colour).localname == "schemeClr", name
                assert not len(colour), f"{name} tints a colour"
                named += 1
    assert named > 10_000


COLOURS = [gates._tag(f"a:{kind}Clr") for kind in ("srgb", "sys", "prst", "scrgb", "hsl", "scheme")]
ODD = [f"{k:02X}{255 - k:02X}{40 + k:02X}" for k in range(3, 135, 11)]


@pytest.mark.parametrize("theme", ["clear", "stage"])
def test_another_theme_changes_every_colour(
    decks: dict[str, Path], tables: dict[str, list[Row]], folder: Path, theme: str
) -> None:
    path, old = decks[theme], theme_colours(decks[theme])
    new = dict(zip(old, ODD, strict=True))
    swaps = [
        ("ppt/theme/theme1.xml", f'<a:{slot}><a:srgbClr val="{old[slot]}"',
         f'<a:{slot}><a:srgbClr val="{new[slot]}"')
        for slot in old
    ]  # fmt: skip
    swapped = contrast_table(edited(path, folder / f"odd-{theme}.pptx", *swaps))
    for was, now in zip(tables[theme], swapped, strict=False):
        assert (was.place, was.name, was.text) == (now.place, now.name, now.text)
        for first, second in ((was.ink, now.ink), (was.ground, now.ground)):
            assert second in {new[slot] for slot, colour in old.items() if colour == first}
    assert len(swapped) > 1000
    assert len({row.ink for row in swapped}) > 7


# what is said of things -----------------------------------------------------------------------


def test_titles_are_in_title_placeholders_and_unique(decks: dict[str, Path]) -> None:
    for path in decks.values():
        package = gates.Package(path)
        found = [gates._title(package.xml(name)) for name in package.slides]
        assert all(found)
        assert len(set(found)) == len(found) > 35


def test_pictures_charts_tables_and_groups_are_described_or_decorative(
    decks: dict[str, Path],
) -> None:
    for path in decks.values():
        package, seen = gates.Package(path), Counter[str]()
        for name in package.slides:
            for shape in gates._shapes(package.xml(name)):
                kind = etree.QName(shape).localname
                if kind in ("pic", "graphicFrame", "grpSp"):
                    seen[kind] += 1
                    assert gates._is_explained(shape), gates._called(shape)
        assert seen["pic"] >= 1
        assert seen["graphicFrame"] > 15
        assert seen["grpSp"] > 30


def fields(title: str, *names: str) -> list[str]:
    """Return texts of a block of the outline in the order of these fields."""
    return [text for name in names for text in flat(BLOCKS[title][name])]


def flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return flat([value["do"]])
    return [text for part in value for text in flat(part)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Questions before facts", ("title", "key_message", "points", "source")),
        ("Before we start", ("title", "question", "options", "steps")),
        ("Telling or asking", ("title", "columns", "rows", "source")),
        ("Fact or question?", ("title", "task", "steps", "produce")),
        ("One object, one question", ("title", "prompts")),
    ],
)
def test_shapes_are_read_in_the_order_of_the_outline(
    decks: dict[str, Path], title: str, names: tuple[str, ...]
) -> None:
    expected = fields(title, *names)
    for path in decks.values():
        package = gates.Package(path)
        root = package.xml(slide_of(path, title))
        texts = [" ".join(gates._text(p).split()) for p in gates._all(root, "//a:p")]
        assert [text for text in texts if text in expected] == expected
    assert len(expected) >= 4


# charts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_charts_have_their_numbers_in_a_workbook(
    decks: dict[str, Path], more: dict[str, Path], theme: str
) -> None:
    blocks = [*OUTLINE["blocks"], *yaml.safe_load(MORE)["blocks"]]
    asked = {block["title"]: block for block in blocks if block["kind"] == "chart"}
    found = {
        title: chart
        for path in (decks[theme], more[theme])
        for title, chart in charts(gates.Package(path))
    }
    assert found.keys() == asked.keys()
    assert len(found) == 6
    for title, (root, cells) in found.items():
        block = asked[title]
        expected = {f"{x}1": name for x, name in zip("BCDE", block["data"], strict=False)}
        for row, category in enumerate(block["categories"], 2):
            expected[f"A{row}"] = category
            for x, values in zip("BCDE", block["data"].values(), strict=False):
                expected[f"{x}{row}"] = values[row - 2]
        assert cells == expected
        drawn = [
            [float(v.text or "") for v in values.iter(f"{C}v")] for values in root.iter(f"{C}val")
        ]
        assert drawn == list(block["data"].values())
        formulas = [el.findtext(f".//{C}f") for el in root.iter(f"{C}val")]
        last = len(block["categories"]) + 1
        assert formulas == [f"Sheet1!${x}$2:${x}${last}" for x in "BCDE"[: len(drawn)]]


def charts(package: gates.Package) -> Iterator[tuple[str, tuple[etree._Element, dict[str, Any]]]]:
    """Yield of each chart the title of its slide, its XML and the cells of its workbook."""
    for slide in package.slides:
        for part in package.related(slide, "chart"):
            (data,) = package.xml(part).iter(f"{C}externalData")
            workbook = package.rels(part)[gates._rid(data)]
            assert (workbook.kind, workbook.external) == ("package", False)
            title = gates._title(package.xml(slide))
            yield title, (package.xml(part), sheet(package.parts[workbook.target]))


def sheet(workbook: bytes) -> dict[str, Any]:
    """Return the filled cells of the first sheet of a workbook by name, numbers as numbers."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        assert file.testzip() is None
        cells = etree.fromstring(file.read("xl/worksheets/sheet1.xml"))
        strings = etree.fromstring(file.read("xl/sharedStrings.xml"))
    texts = ["".join(el.itertext()) for el in strings.iter(f"{S}si")]
    return {
        cell.get("r"): texts[int(value)] if cell.get("t") == "s" else float(value)
        for cell in cells.iter(f"{S}c")
        if (value := cell.findtext(f"{S}v")) is not None
    }


# what moves -----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_a_timer_runs_as_long_as_its_step(decks: dict[str, Path], theme: str) -> None:
    found = {}
    for title, root in slides_by_section(decks[theme]):
        wipes = gates._all(root, "p:timing//p:animEffect[@transition='out']/p:cBhvr")
        if not wipes:
            continue
        lasting = [int(el[0].get("dur")) for el in wipes]
        found[title] = [milliseconds / 60_000 for milliseconds in lasting]
        targets = [gates._all(el, ".//p:spTgt")[0].get("spid") for el in wipes]
        assert [names(root)[id] for id in targets] == [f"timer {k + 1}" for k in range(len(wipes))]
        effects = gates._all(root, "p:timing//p:cTn[@presetClass='exit']")
        kinds = [el.get("nodeType") for el in effects]
        assert kinds == ["clickEffect", *["afterEffect"] * (len(wipes) - 1)]
        starts = [begin(gates._all(el, "../../..")[0]) for el in effects]
        assert starts == [0, *accumulate(lasting[:-1])]
        built = gates._all(root, "p:timing/p:bldLst/p:bldP")
        assert [el.get("spid") for el in built] == targets
    assert found == TIMED
    assert found["Before we start"] == [step["min"] for step in BLOCKS["Before we start"]["steps"]]


def begin(node: etree._Element) -> int:
    return int(gates._all(node, "p:stCondLst/p:cond")[0].get("delay"))


def names(root: etree._Element) -> dict[str, str]:
    """Return the names of the shapes of a slide by id."""
    properties = [gates._properties(shape) for shape in gates._shapes(root)]
    return {el.get("id", ""): el.get("name", "") for el in properties}


def slides_by_section(path: Path) -> Iterator[tuple[str, etree._Element]]:
    package = gates.Package(path)
    for title, slides in sections(package).items():
        yield from ((title, package.xml(slide)) for slide in slides)


@pytest.mark.parametrize("theme", THEMES)
def test_points_come_one_by_one_where_the_outline_says_so(
    decks: dict[str, Path], theme: str
) -> None:
    found = {}
    for title, root in slides_by_section(decks[theme]):
        if shown := gates._all(root, "p:timing//p:cTn[@presetClass='entr']"):
            lines = [gates._all(el, ".//p:pRg")[0] for el in shown]
            found[title] = [(int(el.get("st")), int(el.get("end"))) for el in lines]
            (target,) = {gates._all(el, "ancestor::p:spTgt")[0].get("spid") for el in lines}
            assert names(root)[target] == "Points"
            (built,) = gates._all(root, "p:timing/p:bldLst/p:bldP[@build='p']")
            assert built.get("spid") == target
            assert {el.get("nodeType") for el in shown} == {"clickEffect"}
    points = len(BLOCKS["Questions before facts"]["points"])
    assert found == {"Questions before facts": [(k, k) for k in range(points)]}


def test_without_timers_no_bar_moves_and_points_still_do(folder: Path) -> None:
    still = folder / "still.yaml"
    text = GALLERY.read_text(encoding="utf-8")
    still.write_text(text.replace("workshop:\n", "workshop:\n  timers: off\n", 1), encoding="utf-8")
    shutil.copy(GALLERY.parent / "cards.png", folder)
    path = folder / "still.pptx"
    path.write_bytes(next(iter(render(check(still, Diagnostics())[0]).values())))
    moving = [title for title, root in slides_by_section(path) if gates._all(root, "p:timing")]
    assert moving == ["Questions before facts"]
    named = [name for _, root in slides_by_section(path) for name in names(root).values()]
    assert not any(name.startswith("timer") for name in named)
    assert "bar 1" in named
