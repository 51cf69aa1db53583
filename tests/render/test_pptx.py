"""The written presentation, read back: what PowerPoint needs to re-theme and read aloud."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx.presentation import Presentation as Pptx

from deckgen.blocks.content_block import ContentBlock, Point
from deckgen.compiler import check
from deckgen.diagnostics import Diagnostics
from deckgen.inline import unmarked
from deckgen.layout.frames import Deck, Properties
from deckgen.reading.fields import Text
from deckgen.reading.source import clean
from deckgen.render.pptx.write import write_pptx
from deckgen.theme.places import slide_layouts
from stages import CLEAR, deck, lay_out_plan, outline_of, plan, pptx

GOLDEN = Path(__file__).parent.parent / "golden"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
ADEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"


def whole() -> Deck:
    """Return the deck of the golden case with ten kinds."""
    return check(GOLDEN / "whole" / "outline.yaml", Diagnostics())[0].deck


DECK = whole()
BYTES = write_pptx(DECK)
WHOLE = pptx(DECK)


def parts(data: bytes = BYTES) -> dict[str, etree._Element]:
    """Return the XML of all parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist()}


PARTS = parts()
SLIDES = [PARTS[f"ppt/slides/slide{k}.xml"] for k in range(1, len(WHOLE.slides) + 1)]


class TestMaster:
    def test_there_is_one_master_with_sixteen_layouts_in_the_order_of_the_menu(self) -> None:
        (master,) = WHOLE.slide_masters
        assert [layout.name for layout in master.slide_layouts] == list(slide_layouts())
        assert len(master.slide_layouts) == 16

    @pytest.mark.parametrize("name", slide_layouts())
    def test_a_layout_has_its_placeholders_by_type_and_idx_in_their_places(self, name: str) -> None:
        layout = next(found for found in WHOLE.slide_layouts if found.name == name)
        found = {}
        for shape in layout.placeholders:
            mark = shape._element.xpath(".//p:nvPr/p:ph")[0]
            found[int(mark.get("idx", 0))] = (
                mark.get("type", "obj"), shape.left, shape.top, shape.width, shape.height,
            )  # fmt: skip
        assert found == {
            place.idx: (place.type, place.rect.x, place.rect.y, place.rect.w, place.rect.h)
            for place in slide_layouts()[name].places.values()
        }

    def test_the_master_has_a_placeholder_for_each_type_that_slides_inherit(self) -> None:
        types = [ph.get("type") for ph in PARTS["ppt/slideMasters/slideMaster1.xml"].iter(f"{P}ph")]
        assert types == ["title", "body", "ftr", "sldNum"]

    def test_sizes_come_from_the_theme(self) -> None:
        content = next(found for found in WHOLE.slide_layouts if found.name == "Content")
        body = next(p for p in content.placeholders if p.placeholder_format.idx == 10)
        sizes = [int(pr.get("sz")) / 100 for pr in body._element.iter(f"{A}defRPr")]
        assert sizes[:3] == [CLEAR.type[style].size for style in ("body", "body2", "body3")]

    def test_the_theme_part_has_the_colours_and_fonts_of_the_theme(self) -> None:
        scheme = PARTS["ppt/theme/theme1.xml"].find(f".//{A}clrScheme")
        assert scheme is not None
        colours = {slot.tag.removeprefix(A): slot[0].get("val") for slot in scheme}
        assert colours == {slot: str(colour) for slot, colour in CLEAR.colours.items()}
        latin = [font.get("typeface") for font in PARTS["ppt/theme/theme1.xml"].iter(f"{A}latin")]
        assert latin == [CLEAR.fonts["heading"].office, CLEAR.fonts["body"].office]


class TestReTheming:
    def test_every_colour_is_a_theme_colour(self) -> None:
        colours = Counter(
            (name, colour.tag)
            for name, part in PARTS.items()
            for colour in part.iter(f"{A}srgbClr", f"{A}sysClr", f"{A}prstClr", f"{A}schemeClr")
        )
        fixed = {name for name, tag in colours if tag != f"{A}schemeClr"}
        assert fixed == {"ppt/theme/theme1.xml", "ppt/theme/theme2.xml"}
        assert sum(count for (_, tag), count in colours.items() if tag == f"{A}schemeClr") > 500

    def test_every_font_but_mono_is_a_theme_font(self) -> None:
        faces = {latin.get("typeface") for slide in SLIDES for latin in slide.iter(f"{A}latin")}
        assert faces == {"+mj-lt", "+mn-lt", "Courier New"}

    def test_nothing_relies_on_autofit(self) -> None:
        assert not any(
            list(part.iter(f"{A}normAutofit", f"{A}spAutoFit")) for part in PARTS.values()
        )

    def test_every_title_is_in_a_title_placeholder(self) -> None:
        titles = [slide.shapes.title.text_frame.text.replace("\v", " ") for slide in WHOLE.slides]
        assert titles == [slide.title for slide in DECK.slides()]

    def test_a_place_of_a_slide_is_inherited_unless_it_moved(self) -> None:
        made = pptx(deck("- {kind: activity, title: T, steps: [{do: A, min: 5}]}"))
        title, *others = [shape for shape in made.slides[0].placeholders if not shape.has_table]
        assert title._element.spPr.find(f"{A}xfrm") is not None  # takes the line of the task
        assert all(shape._element.spPr.find(f"{A}xfrm") is None for shape in others)


class TestText:
    def test_points_are_levels_of_the_placeholder(self) -> None:
        text = "- {kind: content, title: T, points: [{text: a, points: [{text: b, points: [c]}]}]}"
        (slide,) = pptx(deck(text)).slides
        found = paragraphs(slide, 10)
        assert [(p.level, p.text) for p in found] == [(0, "a"), (1, "b"), (2, "c")]
        assert not any(list(p._p.iter(f"{A}buChar", f"{A}buNone")) for p in found)

    def test_a_size_is_given_only_where_a_text_stepped_down(self) -> None:
        full = pptx(deck("- {kind: content, title: T, points: [short]}")).slides[0]
        assert [run.font.size for p in paragraphs(full, 10) for run in p.runs] == [None]
        long = ", ".join(
            [
                "a few words that fill more than a line of the slide at its full size and go on, "[
                    :-2
                ]
            ]
            * 4
        )
        tight = pptx(
            deck(f"- {{kind: content, title: T, points: [{long}, {long}]}}", expect={"text-shrunk"})
        ).slides[0]
        assert {run.font.size.pt for p in paragraphs(tight, 10) for run in p.runs} <= {20, 22}

    def test_marks_are_runs(self) -> None:
        text = (
            "- {kind: content, title: T, points: ['a **b** *c* `d` [e](https://e.org/?f=1&g=2)']}"
        )
        (point,) = paragraphs(pptx(deck(text)).slides[0], 10)
        runs = {run.text: run for run in point.runs}
        assert runs["b"].font.bold
        assert runs["c"].font.italic
        assert runs["d"].font.name == "Courier New"
        assert runs["e"].hyperlink.address == "https://e.org/?f=1&g=2"

    def test_a_link_is_an_external_relationship(self) -> None:
        text = "- {kind: content, title: T, points: ['[a](https://a.org)', '[b](mailto:b@b.org)']}"
        found = parts(write_pptx(deck(text)))["ppt/slides/_rels/slide1.xml.rels"]
        links = {
            rel.get("Target"): rel.get("TargetMode")
            for rel in found
            if "hyperlink" in rel.get("Type", "")
        }
        assert links == {"https://a.org": "External", "mailto:b@b.org": "External"}

    def test_every_run_tells_its_language(self) -> None:
        frame = "workshop: {title: T, lang: de-CH}"
        made = pptx(deck("- {kind: quiz, items: [{q: Was?, a: Das}]}", frame=frame))
        properties = [
            pr for slide in made.slides for part in (slide, slide.notes_slide)
            for pr in part._element.iter(f"{A}rPr", f"{A}endParaRPr")
        ]  # fmt: skip
        assert {pr.get("lang") for pr in properties} == {"de-CH"}
        assert len(properties) > 10

    def test_a_line_break_in_a_title_is_a_break(self) -> None:
        assert (
            WHOLE.slides[0].shapes.title.text_frame.text == "Code review that\vpeople thank you for"
        )


class TestTables:
    def table(self, text: str) -> tuple[etree._Element, etree._Element]:
        """Return graphic frame and table of the first slide."""
        shape = next(s for s in pptx(deck(text)).slides[0].shapes if s.has_table)
        return shape._element, shape._element.find(f".//{A}tbl")

    TEXT = "- {kind: comparison, title: T, columns: [A, B], rows: [[x, y, z], [u, v, w]]}"

    def test_a_table_is_a_table_in_its_placeholder(self) -> None:
        frame, table = self.table(self.TEXT)
        assert frame.find(f".//{P}ph").get("idx") == "10"
        rows = [[cell.findtext(f".//{A}t") or "" for cell in row] for row in table.iter(f"{A}tr")]
        assert rows == [["", "A", "B"], ["x", "y", "z"], ["u", "v", "w"]]

    def test_its_first_row_is_marked_as_head_where_there_is_one(self) -> None:
        assert self.table(self.TEXT)[1].find(f"{A}tblPr").get("firstRow") == "1"
        without = self.table("- {kind: checklist, items: [a]}")[1]
        assert without.find(f"{A}tblPr").get("firstRow") is None

    def test_it_has_a_style_without_lines_and_an_alternative_text(self) -> None:
        frame, table = self.table(self.TEXT)
        assert table.findtext(f".//{A}tableStyleId") == "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        assert frame.find(f".//{P}cNvPr").get("descr") == "Comparison of A and B"

    def test_heights_and_widths_add_up_to_the_frame(self) -> None:
        for slide in WHOLE.slides:
            for shape in slide.shapes:
                if shape.has_table:
                    assert shape.height == sum(row.height for row in shape.table.rows)
                    assert shape.width == sum(column.width for column in shape.table.columns)


class TestSections:
    def test_there_is_one_for_each_block_with_slides_in_order(self) -> None:
        text = """
        - {kind: cornell, cues: [c]}
        - {kind: break}
        - {kind: quiz, title: Q & <A>, items: [{q: a, a: b}]}
        """
        names = [section.get("name") for section in sections(pptx(deck(text)))]
        assert names == ["Back at", "Q & <A>"]
        assert len(sections(WHOLE)) == 10

    def test_each_slide_is_in_exactly_one(self) -> None:
        listed = [
            int(id.get("id")) for found in sections(WHOLE) for id in found.iter(f"{P14}sldId")
        ]
        assert listed == [slide.slide_id for slide in WHOLE.slides]

    def test_ids_stay_the_same_for_the_same_block(self) -> None:
        one = sections(pptx(deck("- {kind: break}")))[0].get("id")
        other = sections(pptx(deck("- {kind: content, title: T, text: [x]}\n- {kind: break}")))[1]
        assert one == other.get("id")


class TestSpeakerNotes:
    def test_leads_are_bold_and_texts_are_not(self) -> None:
        notes = WHOLE.slides[0].notes_slide.notes_text_frame
        assert notes is not None
        runs = [[(run.text, bool(run.font.bold)) for run in p.runs] for p in notes.paragraphs]
        assert runs[1:] == [
            [("Say. ", True), ("Hands up: who got a review this week?", False)],
            [("Bridge. ", True), ("Let us see how it felt.", False)],
        ]

    def test_every_slide_has_some(self) -> None:
        assert all(slide.has_notes_slide for slide in WHOLE.slides)

    def test_a_link_shows_its_address_for_notes_are_printed(self) -> None:
        text = "- {kind: break, notes: {say: ['See [this](https://a.org)', '<https://b.org>']}}"
        notes = pptx(deck(text)).slides[0].notes_slide.notes_text_frame
        assert notes is not None
        assert "See this (https://a.org)\nhttps://b.org" in notes.text


class TestFurniture:
    def test_talk_and_work_slides_have_the_footer_and_the_number_as_fields(self) -> None:
        for number, slide in enumerate(WHOLE.slides, 1):
            if slide.slide_layout.name == "Title":
                continue
            types = {ph.get("type") for ph in slide._element.iter(f"{P}ph")}
            assert {"ftr", "sldNum"} <= types
            (field,) = slide._element.iter(f"{A}fld")
            assert (field.get("type"), field.findtext(f"{A}t")) == ("slidenum", str(number))
            assert "Code review that people thank you for" in texts(slide)

    def test_a_footer_shows_no_marks(self) -> None:
        made = pptx(deck("- {kind: break}", frame="workshop: {title: 'A **bold** title'}"))
        assert "A bold title" in texts(made.slides[0])


class TestAccess:
    def test_a_bar_has_one_alternative_text_and_the_phase_marker_is_decorative(self) -> None:
        groups = {
            shape.name: shape._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0]
            for slide in WHOLE.slides
            for shape in slide.shapes
            if hasattr(shape, "shapes")
        }
        assert set(groups) == {"Time bar", "Phase marker"}
        assert groups["Time bar"].get("descr")
        assert groups["Phase marker"].get("descr") is None
        assert groups["Phase marker"].find(f".//{ADEC}decorative").get("val") == "1"

    def test_a_rule_is_decorative(self) -> None:
        slide = pptx(deck("- {kind: highlight, text: T}")).slides[0]
        rule = next(shape for shape in slide.shapes if shape.name == "rule")
        assert rule._element.find(f".//{ADEC}decorative") is not None

    def test_ids_of_shapes_are_unique_on_a_slide(self) -> None:
        for slide in SLIDES:
            found = [element.get("id") for element in slide.iter(f"{P}cNvPr")]
            assert len(found) == len(set(found))


class TestProperties:
    def test_title_author_subject_and_language(self) -> None:
        core = WHOLE.core_properties
        assert (core.title, core.author, core.language) == (
            "Code review that people thank you for", "Noor", "en-GB",
        )  # fmt: skip
        assert core.subject == "Comments that change code and keep colleagues"

    def test_a_date_is_told_only_where_it_is_given(self) -> None:
        made = deck("- {kind: break}")
        assert b"dcterms:created" not in core_xml(made)
        dated = made._replace(properties=Properties("T", created="2026-01-02T03:04:05Z"))
        assert pptx(dated).core_properties.created.isoformat().startswith("2026-01-02T03:04:05")

    def test_characters_that_xml_knows_survive(self) -> None:
        made = deck("- {kind: break}")._replace(properties=Properties('<A & "B">', "C < D"))
        core = pptx(made).core_properties
        assert (core.title, core.author) == ('<A & "B">', "C < D")


def core_xml(made: Deck) -> bytes:
    """Return the core properties part."""
    with zipfile.ZipFile(io.BytesIO(write_pptx(made))) as file:
        return file.read("docProps/core.xml")


class TestPackage:
    def test_equal_decks_give_equal_bytes(self) -> None:
        assert write_pptx(whole()) == BYTES

    def test_entries_are_sorted_and_carry_no_clock(self) -> None:
        with zipfile.ZipFile(io.BytesIO(BYTES)) as file:
            entries = file.infolist()
        assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr for entry in entries} == {0o600 << 16}

    def test_parts_are_numbered_as_the_slides(self) -> None:
        count = len(WHOLE.slides)
        for folder, name in (("slides", "slide"), ("notesSlides", "notesSlide")):
            found = {part for part in PARTS if re.fullmatch(rf"ppt/{folder}/{name}\d+\.xml", part)}
            assert found == {f"ppt/{folder}/{name}{k}.xml" for k in range(1, count + 1)}

    def test_every_part_is_declared_and_every_target_is_there(self) -> None:
        declared = {
            override.get("PartName", "").lstrip("/")
            for override in PARTS["[Content_Types].xml"]
            if override.get("PartName")
        }
        assert declared == {name for name in PARTS if not name.endswith((".rels", "Types].xml"))}
        for name, part in PARTS.items():
            if name.endswith(".rels"):
                folder = Path("/", name).parent.parent
                for relationship in part:
                    if relationship.get("TargetMode") != "External":
                        target = (folder / relationship.get("Target", "")).resolve()
                        assert str(target).lstrip("/") in PARTS

    def test_an_outline_without_slides_gives_a_presentation_without_slides(self) -> None:
        made = pptx(deck("- {kind: cornell, cues: [c]}"))
        assert len(made.slides) == 0
        assert sections(made) == []


# any text at all ------------------------------------------------------------------------------

SOME = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="*_`[]<>\\&"), min_size=1, max_size=25
)
MARKED = st.text(alphabet="ab &<>\"'*_`[]()\\#;|/:.\u00a0", min_size=1, max_size=25)
TEXTS = st.one_of(SOME, MARKED).map(lambda text: " ".join(clean(text).split()) or "x")


@settings(max_examples=60)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
def test_titles_and_points_survive_exactly_as_they_were_cleaned(
    title: str, points: list[str]
) -> None:
    block = ContentBlock(
        id=Text("b"), title=Text(title), points=tuple(Point(text=Text(p)) for p in points)
    )
    diagnostics = Diagnostics()
    made = lay_out_plan(plan(outline_of(block)), diagnostics)
    shown = [shape for slide in pptx(made).slides for shape in slide.placeholders]
    titles = {
        seen(p.text)
        for s in shown
        if s.placeholder_format.idx == 0
        for p in s.text_frame.paragraphs
    }
    found = [
        seen(p.text)
        for s in shown
        if s.placeholder_format.idx == 10
        for p in s.text_frame.paragraphs
    ]
    assert found == [seen(unmarked(point)) for point in points]
    assert {re.sub(r" \(\d of \d\)$", "", text) for text in titles} == {seen(unmarked(title))}


def seen(text: str) -> str:
    """Return *text* as people see it: breaks and no-break spaces as spaces."""
    return re.sub("[\v\u00a0\n]", " ", text)


def sections(made: Pptx) -> list[etree._Element]:
    """Return the sections of a presentation."""
    return list(made.part._element.iter(f"{P14}section"))


def paragraphs(slide: object, idx: int) -> list:  # type: ignore[type-arg]
    """Return the paragraphs of a placeholder."""
    found = slide.placeholders  # type: ignore[attr-defined]
    return next(list(s.text_frame.paragraphs) for s in found if s.placeholder_format.idx == idx)


def texts(slide: object) -> list[str]:
    """Return the texts of the shapes of a slide."""
    shapes = slide.shapes  # type: ignore[attr-defined]
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame]


def test_measures_are_whole_and_not_negative() -> None:
    names = ("x", "y", "cx", "cy", "w", "h")
    values = [
        element.get(name)
        for slide in SLIDES
        for element in slide.iter(f"{A}off", f"{A}ext", f"{A}chExt", f"{A}gridCol", f"{A}tr")
        for name in names
        if element.get(name)
    ]
    assert len(values) > 500
    assert all(re.fullmatch(r"\d+", value) for value in values)
