"""`--to`: what becomes of Markdown documents and decks, and what is said where a program lacks."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from deck_gates import require
from deckgen.boxes import plain
from deckgen.cli import main
from deckgen.compiler import Compiled, Rendered, check, converter, render, rendered
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.document.markdown import printed
from deckgen.document.nodes import Card, Cards, Document, Nodes
from deckgen.document.texts import BLANK, Markdown, markdown
from deckgen.inline import parse_inline
from deckgen.layout import fonts
from deckgen.render.formats import FORMATS, deck, needs
from deckgen.render.formats.elements import inline
from deckgen.render.formats.look import PageLook, paper_colours, screen_colours
from deckgen.render.formats.page import anchor, page
from deckgen.render.formats.read import read
from deckgen.render.leaks import check_clean, passages_of
from deckgen.theme.contrast import contrast_ratio
from deckgen.theme.load import theme_names
from docx_text import W14, W, body_of, tables_of, text_of
from stages import theme

ROOT = Path(__file__).parents[2]
PANEL = ROOT / "outlines/phd-in-ml.yaml"
HOSTILE = ROOT / "tests/golden/hostile/outline.yaml"
LOOK = PageLook(theme(), "en-GB")
SOUND = """workshop: {title: "Knife skills"}
blocks:
  - {kind: recap, title: "Recap", time: 5, takeaways: [Cut away from yourself]}
"""


def compiled(outline: Path) -> Compiled:
    return check(outline, Diagnostics())[0]


def made(outline: Path, *formats: str, thumbnails: bool = False) -> dict[str, bytes]:
    """Return what `--to` makes, by the name without the outline's."""
    found = Diagnostics()
    workshop = compiled(outline)
    files = converter(rendered(workshop), workshop, found).convert(formats, thumbnails=thumbnails)
    start = len(workshop.plan.name) + 1
    return {name[start:]: content for name, content in files.items()}


def paged(text: str, kind: str = "handout", look: PageLook = LOOK) -> str:
    """Return the page of a document that a template of the author's own wrote."""
    return page(read(text, kind, {}), look)


class Reader(HTMLParser):
    """What a page holds: its text, its tags in order, attributes by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self.tags or self.tags[-1][0] != "style":
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


# HTML ------------------------------------------------------------------------------------------


def test_every_document_becomes_a_page() -> None:
    pages = made(PANEL, "html")
    documents = {n for n in render(compiled(PANEL)) if n.endswith(".md")}
    assert {f"phd-in-ml.{name}" for name in pages} == {n.replace(".md", ".html") for n in documents}
    for content in pages.values():
        read = Reader(content.decode())
        assert read.comments == []
        assert not {"script", "link", "iframe"} & {tag for tag, _ in read.tags}
        assert "url(" not in content.decode()


def test_tables_stay_tables_and_boxes_can_be_ticked() -> None:
    text = "# T\n\n| A | B |\n|:--|--:|\n| 1 | &nbsp; |\n\n- [ ] Do\n- [x] Done\n"
    read = Reader(paged(text))
    assert len(read.all("table")) == 1
    assert [cell.get("scope") for cell in read.all("th")] == ["col", "col"]
    assert "number" in str(read.all("th")[1]["class"])
    assert "blank" in str(read.all("td")[1]["class"])
    boxes = read.all("input")
    assert [("checked" in box) for box in boxes] == [False, True]
    assert "[ ]" not in read.text


def test_a_table_with_an_empty_corner_has_heads_of_rows() -> None:
    read = Reader(paged("| | A |\n|:--|:--|\n| Row | 1 |\n"))
    assert [cell.get("scope") for cell in read.all("th")] == ["col", "row"]


def test_a_wide_table_says_its_heads_in_each_cell() -> None:
    text = "| A | B | C | D |\n|:--|:--|:--|:--|\n| 1 | 2 | 3 | 4 |\n"
    read = Reader(paged(text, "run-sheet"))
    assert "cards" in str(read.all("table")[0]["class"])
    assert [cell["data-label"] for cell in read.all("td")] == ["A", "B", "C", "D"]
    assert {cell["role"] for cell in read.all("td")} == {"cell"}


def test_raw_html_stays_text() -> None:
    text = "# T <b>x</b>\n\n<script>alert(1)</script>\n\n| <i>a</i> |\n|:--|\n| <!-- b --> |\n"
    read = Reader(paged(text, 'x"><script>'))
    assert not {"script", "i", "b"} & {tag for tag, _ in read.tags}
    assert read.comments == []
    assert "<script>alert(1)</script>" in read.text
    assert read.all("title") == [{}]


def test_a_page_without_a_title_has_a_name() -> None:
    read = Reader(paged("Words\n", "certificate"))
    assert read.text.strip().startswith("certificate")


@pytest.mark.parametrize(
    ("heading", "name"),
    [("B4 Where do you stand?", "b4-where-do-you-stand"), ("A_b - c", "a_b---c"), ("日本", "日本")],
)
def test_anchors_are_those_of_github(heading: str, name: str) -> None:
    assert anchor(heading) == name


def test_headings_of_the_same_words_have_anchors_of_their_own() -> None:
    html = paged("# T\n\n## A\n\n## A\n\n[x](#a-1)\n")
    assert [h["id"] for h in Reader(html).all("h2")] == ["a", "a-1"]
    assert "#a-1" in [a["href"] for a in Reader(html).all("a")]


TITLED = """workshop: {title: "Print it", people: 4}
blocks:
  - {kind: key_points, title: "A4 paper or screen", time: 5, items: ["______ is typed", "Two"]}
  - {kind: checklist, title: "B2 or not B2", time: 5, items: ["[ ] is typed"]}
"""


def test_a_title_that_looks_like_a_number_is_no_block(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(TITLED, encoding="utf-8")
    files = made(path, "html", "docx")
    for name in ("handout", "facilitator-notes"):
        html = files[f"{name}.html"].decode()
        numbers = ["B1", "B2"] if name == "facilitator-notes" else []
        assert re.findall(r"<li class=.level-3 block.><a [^>]*><b>(.*?)</b>", html) == numbers
        assert html.count('<section class="level-3 block') == len(numbers)
    starts = page_starts(files["handout.docx"])
    assert "A4 paper or screen" not in starts
    assert "B2 or not B2" not in starts
    assert '<span class="line">' not in files["handout.html"].decode().split("</style>")[1]
    assert "______ is typed" in text_of(files["handout.docx"])


def page_starts(content: bytes) -> list[str]:
    """Return the headings of a Word document that begin a page."""
    paragraphs = body_of(content).iter(f"{W}p")
    return [
        "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        for paragraph in paragraphs
        if next(paragraph.iter(f"{W}pageBreakBefore"), None) is not None
    ]


def test_anchors_lead_somewhere() -> None:
    for content in made(PANEL, "html").values():
        read = Reader(content.decode())
        ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
        targets = {str(a["href"])[1:] for a in read.all("a") if str(a["href"]).startswith("#")}
        assert targets <= ids


@pytest.mark.parametrize("name", theme_names())
def test_every_text_can_be_read(name: str) -> None:
    for colours in (screen_colours(theme(name)), paper_colours(theme(name))):
        for ink in ("text", "muted", "key", "time-ink", "link"):
            assert contrast_ratio(colours[ink], colours["ground"]) >= 4.5
            assert contrast_ratio(colours[ink], colours["panel"]) >= 4.5
        assert contrast_ratio(colours["head-text"], colours["head-ground"]) >= 4.5
        assert contrast_ratio(colours["line"], colours["ground"]) >= 3


def test_colours_too_faint_for_a_page_give_way() -> None:
    faint = theme()
    faint = type(faint)(**{**vars_of(faint), "colours": {**faint.colours, "accent1": "CCCCCC"}})
    assert screen_colours(faint)["key"] == screen_colours(faint)["text"]


def vars_of(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "paper", "direction"),
    [
        ("en-GB", "A4", "ltr"),
        ("en-US", "Letter", "ltr"),
        ("ar-EG", "A4", "rtl"),
        ("de", "A4", "ltr"),
    ],
)
def test_the_language_says_paper_and_direction(language: str, paper: str, direction: str) -> None:
    look = PageLook(theme(), language)
    assert (look.paper, look.direction) == (paper, direction)
    assert f'<html lang="{language}" dir="{direction}">' in paged("# T\n", look=look)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab 1.*_`[]()<>#|\\~&!-+=:@^{}/;x\"'", max_size=24))
def test_a_text_stands_in_html_as_it_is_meant(text: str) -> None:
    meant = "".join(plain(parse_inline(" ".join(text.split()))).split())
    read = Reader(inline(markdown(text)))
    assert "".join(read.text.split()) == meant
    assert {tag for tag, _ in read.tags} <= {"strong", "em", "s", "code", "a"}


# PDF and Word ----------------------------------------------------------------------------------


def test_pdf_files_are_the_same_each_time_and_say_what_the_page_says() -> None:
    require("weasyprint")
    require("pypdfium2")
    short = ROOT / "outlines/talk.yaml"
    one, other = made(short, "pdf"), made(short, "pdf")
    assert one == other
    document = pypdfium2.PdfDocument(one["run-sheet.pdf"])
    text = document[0].get_textpage().get_text_range()
    facts = document.get_metadata_dict()
    assert len(document) == 1
    document.close()
    assert "Run sheet: Code review" in text
    assert "09:24" in text
    assert facts["Title"] == "Run sheet: Code review that people welcome"
    assert facts["CreationDate"] == facts["Author"] == ""


def test_the_run_sheet_is_one_page_on_letter_too() -> None:
    require("weasyprint")
    from deckgen.render.formats.pdf import pdf

    workshop = compiled(PANEL)
    sheet = rendered(workshop).documents["phd-in-ml.run-sheet.md"]
    for paper, wide in (("A4", 595), ("Letter", 612)):
        html = page(sheet, LOOK)
        document = pypdfium2.PdfDocument(pdf(html, paper, "x.pdf", Diagnostics()))
        assert (len(document), round(document[0].get_width())) == (1, wide)
        document.close()


def test_word_documents_have_tables_headings_title_and_no_markup() -> None:
    require("docx")
    files = made(HOSTILE, "docx")
    assert files == made(HOSTILE, "docx")
    for name, content in files.items():
        markdown = render(compiled(HOSTILE))[f"outline.{name[:-5]}.md"].decode()
        assert len(tables_of(content)) == len(re.findall(r"^\|[:-][-:|]+\|$", markdown, re.M))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
            assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert re.search(r"<dc:title>[^<]+</dc:title>", core)
        assert "python-docx" not in core
    handout = text_of(files["handout.docx"])
    assert "<script>" in handout
    assert "&nbsp;" not in handout
    assert "- [ ]" not in handout


def test_each_block_begins_a_page_in_word() -> None:
    require("docx")
    starts = {name[:3] for name in page_starts(made(PANEL, "docx")["facilitator-notes.docx"])}
    assert {"B2 ", "B3 ", "B9 "} <= starts
    assert "B1 " not in starts  # it stands under "Blocks"


@pytest.mark.parametrize("outline", [PANEL, HOSTILE])
def test_word_documents_are_sound(outline: Path, tmp_path: Path) -> None:
    require("docx")
    require("openxml-audit")
    from openxml_audit import OpenXmlValidator

    for name, content in made(outline, "docx").items():
        (tmp_path / name).write_bytes(content)
        found = OpenXmlValidator().validate(tmp_path / name)
        assert [error.description for error in found.errors] == [], name


def worded(text: str, look: PageLook = LOOK) -> bytes:
    require("docx")
    from deckgen.render.formats.docx import docx

    return docx(read(text, "handout", {}), look)


def test_word_tables_run_from_right_to_left_where_the_language_does() -> None:
    for language, runs in (("ar", 1), ("en", 0)):
        content = worded("| A | B |\n|:--|:--|\n| 1 | 2 |\n", PageLook(theme(), language))
        (table,) = tables_of(content)
        assert len(list(table.iter(f"{W}bidiVisual"))) == runs


def test_word_has_boxes_to_tick_numbers_that_begin_anew_and_rows_to_write_in() -> None:
    text = "- [ ] Do\n- [x] Done\n\n1. One\n2. Two\n\nThen\n\n1. One\n\n| A | B |\n|:--|:--|\n| 1 | &nbsp; |\n"
    body = body_of(worded(text))
    boxes = [box.get(f"{W14}val") for box in body.iter(f"{W14}checked")]
    assert boxes == ["0", "1"]
    numbers = [each.get(f"{W}val") for each in body.iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2]
    head, row = body.iter(f"{W}tr")
    assert next(head.iter(f"{W}tblHeader"), None) is not None
    assert next(head.iter(f"{W}trHeight"), None) is None
    assert next(row.iter(f"{W}trHeight")).get(f"{W}val") == "794"
    assert "\u00a0" not in text_of(worded(text))


def test_no_character_of_a_template_stops_word() -> None:
    text = "# A\x0cB\n\nC\x01D *e*\x0b\n\n```\nx\x00y\x0c\tz\n```\n\n- [ ] \x1b\n"
    found = text_of(worded(text))
    assert "CD e" in found
    assert "xy" in found


def test_word_columns_are_as_wide_as_their_weights() -> None:
    (table,) = tables_of(worded("| A | B |\n|:---|:---------|\n| 1 | 2 |\n"))
    one, other = (int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
    assert other > 2 * one


@pytest.mark.parametrize("reader", ["gfm", "markdown"])
def test_documents_are_portable(reader: str) -> None:
    require("pypandoc")
    import pypandoc

    pandoc = pypandoc.get_pandoc_path()
    for name, content in render(compiled(HOSTILE)).items():
        if not name.endswith(".md"):
            continue
        command = [pandoc, f"--from={reader}", "--to=html"]
        html = subprocess.run(command, input=content, capture_output=True, check=True).stdout
        read = Reader(html.decode())
        ours = Reader(paged(content.decode(), name.split(".")[1]))
        for tag in ("table", "th", "tr", "h1", "h2", "h3", "ol"):
            if tag != "th":
                assert len(read.all(tag)) == len(ours.all(tag)), (name, tag)
        assert not {"script", "b", "img"} & {tag for tag, _ in read.tags}


@pytest.mark.parametrize(
    "outline", [PANEL, *sorted((ROOT / "tests/golden").glob("*/outline.yaml"))]
)
def test_no_format_of_the_handout_leaks(outline: Path) -> None:
    for program in ("weasyprint", "docx", "pypdfium2"):
        require(program)
    workshop = compiled(outline)
    name = f"{workshop.plan.name}.handout.md"
    files, documents = rendered(workshop)
    only = Rendered({name: files[name]}, {name: documents[name]})
    found = Diagnostics()
    handouts = converter(only, workshop, found).convert(["html", "pdf", "docx"])
    assert {n.rpartition(".")[2] for n in handouts} == {"html", "pdf", "docx"}
    check_clean(handouts, workshop.plan.outline, found)
    assert [d.message for d in found] == []


def test_the_gate_reads_every_format() -> None:
    for program in ("weasyprint", "docx", "pypdfium2"):
        require(program)
    workshop = compiled(PANEL)
    files = rendered(workshop)
    for form in ("html", "pdf", "docx"):
        found = Diagnostics()
        notes = converter(files, workshop, found).convert([form])
        notes = {n: c for n, c in notes.items() if ".facilitator-notes." in n}
        check_clean(notes, workshop.plan.outline, found)
        assert len(found) > 50, form


def test_the_gate_passes_over_the_points_of_a_picture() -> None:
    from PIL import Image, PngImagePlugin

    file, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", "a secret said aloud")
    Image.effect_noise((64, 64), 90).save(file, "PNG", pnginfo=told)
    (part,) = passages_of("x.png", file.getvalue())
    assert "secret" in part.read.words
    assert len(part.read.letters) < 200


# deck ------------------------------------------------------------------------------------------


def test_decks_are_printed_the_same_each_time() -> None:
    require("soffice")
    require("pypdfium2")
    assert made(PANEL, "deck-pdf")["pdf"] == made(PANEL, "deck-pdf")["pdf"]


def test_slides_are_drawn_the_same_each_time() -> None:
    require("resvg-py")
    files = made(PANEL, "deck-png", "html", thumbnails=True)
    slides = [name for name in files if name.endswith(".png")]
    assert slides[0] == "slide-01.png"
    assert len(slides) == 22
    assert files["slide-01.png"].startswith(b"\x89PNG")
    assert made(PANEL, "deck-png")["slide-22.png"] == files["slide-22.png"]
    read = Reader(files["facilitator-notes.html"].decode())
    images = read.all("img")
    assert len(images) == 22
    assert images[0]["alt"] == "Do I need a PhD to work in ML?"
    assert all(str(image["src"]).startswith("data:image/png;base64,") for image in images)
    assert "<img" not in files["handout.html"].decode()


# what lacks ------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["build", "a.yaml", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an outline, on a machine without programs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    monkeypatch.setattr(needs, "is_there", lambda _: False)
    return tmp_path


@pytest.mark.parametrize("wish", [f for f in FORMATS if f in needs.NEEDS])
def test_a_missing_program_is_named_with_what_installs_it(bare: Path, wish: str) -> None:
    code, output = run("--to", wish)
    assert code == 1
    assert f"error[missing-program]: `--to {wish}` needs" in output
    assert "install" in output
    assert not (bare / "output").exists()


def test_pictures_of_slides_need_a_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("resvg-py")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    monkeypatch.setattr(fonts, "_font_files", lambda: ())
    code, output = run("--to", "deck-png")
    assert code == 1
    assert "`--to deck-png` needs a font, which is not installed" in output
    assert not (tmp_path / "output").exists()


def test_html_needs_nothing(bare: Path) -> None:
    assert run("--to", "html", "--to", "html")[0] == 0
    assert (bare / "output/a/a.handout.html").is_file()


def test_thumbnails_need_a_page_to_stand_on(bare: Path) -> None:
    code, output = run("--thumbnails", "--to", "docx")
    assert code == 2
    assert "--thumbnails requires --to html or --to pdf" in output
    assert run("--thumbnails", "--to", "html")[0] == 1
    assert not (bare / "output").exists()


def test_pictures_of_slides_need_no_office_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("resvg-py")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    monkeypatch.setattr(needs, "find_libreoffice", lambda: None)
    monkeypatch.setattr(deck, "find_libreoffice", lambda: None)
    assert run("--to", "deck-png", "--to", "html", "--thumbnails")[0] == 0
    assert (tmp_path / "output/a/a.slide-1.png").is_file()
    assert "data:image/png" in (tmp_path / "output/a/a.facilitator-notes.html").read_text("utf-8")
    assert run("--to", "deck-pdf")[0] == 1


def test_a_program_that_fails_or_hangs_stops_the_build() -> None:
    for script, seconds, reason in (
        ("raise SystemExit('no such font')", 20, "no such font"),
        ("import time; time.sleep(60)", 1, "did not finish within 1 s"),
    ):
        found = Diagnostics()
        with pytest.raises(DeckgenError):
            needs.run((sys.executable, "-c", script), b"", "x.pdf", seconds, found)
        assert [d.id for d in found] == ["cannot-convert"]
        assert reason in next(iter(found)).message


def test_libreoffice_that_writes_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deck, "find_libreoffice", lambda: "/bin/true")
    found = Diagnostics()
    with pytest.raises(DeckgenError):
        deck.deck_pdf(b"", found)
    assert [d.id for d in found] == ["cannot-convert"]


def test_a_build_without_to_imports_no_format() -> None:
    code = (
        "import sys; from deckgen.compiler import check, render;"
        "from deckgen.diagnostics import Diagnostics; from pathlib import Path;"
        f"render(check(Path({str(HOSTILE)!r}), Diagnostics())[0]);"
        "print([m for m in ('weasyprint', 'pypdfium2', 'docx', 'deckgen.render.formats') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# cards -----------------------------------------------------------------------------------------


def test_cards_are_cut_out_of_every_format() -> None:
    require("docx")
    from deckgen.render.formats.docx import docx

    cards = Cards(tuple(Card(Markdown(f"Card {k}"), (BLANK, Markdown("a *b*"))) for k in range(3)))
    document = Document("x", Markdown("T"), Nodes(), {"all": Nodes((cards,))})
    assert printed(document).count("| Card 0 | Card 1 |\n") == 1
    assert "| Card 2 |\n|:" in printed(document)
    read = Reader(page(document, LOOK))
    assert [item["class"] for item in read.all("li")] == ["card"] * 3
    assert len(read.all("em")) == 3
    (table,) = tables_of(docx(document, LOOK))
    heights = [height.get(f"{W}val") for height in table.iter(f"{W}trHeight")]
    assert heights == ["3118", "3118"]  # 55 mm
    assert text_of(docx(document, LOOK)).count("a b") == 3
