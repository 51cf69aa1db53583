"""What a template has behind its texts: seen, avoided, or covered with a sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageChops
from pptx import Presentation
from pptx.slide import SlideMaster
from pptx.util import Inches

import deck_gates as gates
from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.geometry import Rect, inches
from deckgen.template.canvas import Canvas
from deckgen.template.load import load_brand
from deckgen.template.match import match
from deckgen.template.model import Layout, Template
from deckgen.template.read import load_template

ROOT = Path(__file__).resolve().parents[2]
PANEL = ROOT / "outlines" / "phd-in-ml.yaml"
SLIDE = Rect(0, 0, inches(10), inches(7.5))
LEFT, RIGHT = SLIDE._replace(w=inches(5)), SLIDE._replace(x=inches(5), w=inches(5))
NAMES = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
TRIANGLE = (
    '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
    '<a:pathLst><a:path w="10" h="10"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo>'
    '<a:pt x="10" y="0"/></a:lnTo><a:lnTo><a:pt x="0" y="10"/></a:lnTo><a:close/></a:path>'
    "</a:pathLst></a:custGeom>"
)
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
Change = Callable[[SlideMaster], None]


def shape(rect: Rect, fill: str = BLACK, form: str = RECTANGLE, turn: str = "") -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="99" name="art"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm{turn}><a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" '
        f'cy="{rect.h}"/></a:xfrm>{form}{fill}</p:spPr><p:txBody><a:bodyPr/><a:p/></p:txBody></p:sp>'
    )


def drawn(*shapes: str) -> Change:
    """Return what puts fixed shapes under all that a slide master has."""

    def change(master: SlideMaster) -> None:
        tree = master._element.find("p:cSld/p:spTree", NAMES)
        for k, text in enumerate(shapes):
            tree.insert(2 + k, etree.fromstring(text))

    return change


def picture(change: Callable[[Image.Image], None], turn: str = "") -> Change:
    """Return what puts a picture of black and white over the whole slide."""

    def put(master: SlideMaster) -> None:
        image, file = Image.new("RGB", (40, 30), "white"), io.BytesIO()
        change(image)
        image.save(file, "PNG")
        _, rid = master.part.get_or_add_image_part(file)
        fill = f'<a:blipFill><a:blip r:embed="{rid}"/><a:stretch/></a:blipFill>'
        drawn(shape(SLIDE, fill, turn=turn))(master)

    return put


def half_black(image: Image.Image) -> None:
    image.paste("black", (0, 0, 20, 30))


def saved(change: Change, folder: Path) -> Path:
    deck = Presentation()
    change(deck.slide_master)
    path = folder / "brand.pptx"
    deck.save(str(path))
    return path


def read(change: Change, folder: Path) -> Template:
    template = load_template(saved(change, folder), Diagnostics())
    assert template is not None
    return template


def canvas(change: Change, folder: Path) -> Canvas:
    return read(change, folder).layouts[1].canvas


def built(change: Change, folder: Path) -> Path:
    options = Options(template=saved(change, folder))
    path = folder / "deck.pptx"
    path.write_bytes(render(check(PANEL, Diagnostics(), options)[0], options)["phd-in-ml.pptx"])
    return path


def sheets(path: Path) -> list[list[gates.Placed]]:
    """Return the shapes on each slide that has a sheet, the sheet first."""
    package = gates.Package(path)
    slides = [gates.placed_shapes(package, name) for name in package.slides]
    return [shapes for shapes in slides if shapes[0].name == "sheet"]


# what is seen ---------------------------------------------------------------------------------


def test_a_shape_is_seen_where_it_is(tmp_path: Path) -> None:
    seen = canvas(drawn(shape(LEFT)), tmp_path)
    assert (seen.at(LEFT).main, seen.at(RIGHT).main) == ("000000", "FFFFFF")
    assert seen.calm(LEFT) == 1
    assert not seen.is_even(SLIDE)


def test_a_triangle_is_no_rectangle(tmp_path: Path) -> None:
    seen = canvas(drawn(shape(SLIDE, form=TRIANGLE)), tmp_path)
    assert seen.at(SLIDE).share == pytest.approx(0.5, abs=0.02)
    assert seen.at(Rect(inches(9), inches(7), inches(1), inches(0.5))).main == "FFFFFF"


def test_a_group_moves_its_members(tmp_path: Path) -> None:
    member = shape(Rect(0, 0, 50, 100))
    group = (
        f'<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id="98" name="g"/><p:cNvGrpSpPr/><p:nvPr/>'
        f'</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SLIDE.w}" cy="{SLIDE.h}"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="100" cy="100"/></a:xfrm></p:grpSpPr>'
        f"{member}</p:grpSp>"
    )
    seen = canvas(drawn(group), tmp_path)
    assert (seen.at(LEFT).main, seen.at(RIGHT).main) == ("000000", "FFFFFF")


@pytest.mark.parametrize(
    ("turn", "dark"), [("", LEFT), (' flipH="1"', RIGHT), (' rot="10800000"', RIGHT)]
)
def test_a_picture_is_seen_as_it_is_turned(tmp_path: Path, turn: str, dark: Rect) -> None:
    seen = canvas(picture(half_black, turn), tmp_path)
    assert seen.at(dark).main == "000000"
    assert seen.at(LEFT if dark == RIGHT else RIGHT).main == "FFFFFF"


def test_a_gradient_is_even_where_it_hardly_changes(tmp_path: Path) -> None:
    stops = "".join(
        f'<a:gs pos="{at}"><a:srgbClr val="{colour}"/></a:gs>'
        for at, colour in ((0, "101010"), (50_000, "303030"), (100_000, "FFFFFF"))
    )
    fill = f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="0"/></a:gradFill>'
    seen = canvas(drawn(shape(SLIDE, fill)), tmp_path)
    assert seen.is_even(LEFT)
    assert not seen.is_even(RIGHT)
    assert seen.legible(LEFT, "FFFFFF") == 1


def test_what_cannot_be_drawn_is_artwork(tmp_path: Path) -> None:
    fill = '<a:blipFill><a:blip r:embed="rId99"/></a:blipFill>'
    assert not canvas(drawn(shape(SLIDE, fill)), tmp_path).is_even(SLIDE)


def test_of_an_endless_shape_only_what_is_seen_is_painted(tmp_path: Path) -> None:
    endless = Rect(-(10**15), -(10**15), 2 * 10**15, 2 * 10**15)
    seen = canvas(drawn(shape(endless)), tmp_path)
    assert seen.is_even(SLIDE)
    assert seen.at(SLIDE).main == seen.at(LEFT).main != "FFFFFF"


# what is shown of it --------------------------------------------------------------------------


def looked_at(seen: Canvas) -> Image.Image:
    """Return the picture to look at, as small as the one that is judged."""
    content, form = seen.artwork
    with Image.open(io.BytesIO(content)) as opened:
        assert (opened.format or "").lower() == form
        assert opened.width == 1600
        return opened.convert("RGB").resize(seen._image.size, Image.Resampling.BOX)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ clearly."""
    difference = ImageChops.difference(one, other).convert("L").point(lambda v: 255 * (v > 60))
    return difference.histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize(
    "change",
    [drawn(shape(LEFT)), drawn(shape(SLIDE, form=TRIANGLE)), picture(half_black, ' flipH="1"')],
    ids=["shape", "triangle", "picture"],
)
def test_what_is_looked_at_is_what_was_judged(tmp_path: Path, change: Change) -> None:
    seen = canvas(change, tmp_path)
    assert seen.plain is None
    assert differing(looked_at(seen), seen._image) < 0.01


def test_a_ground_of_one_colour_needs_no_picture(tmp_path: Path) -> None:
    assert canvas(lambda _: None, tmp_path).plain == "FFFFFF"
    assert canvas(drawn(shape(SLIDE)), tmp_path).plain == "000000"


def test_what_cannot_be_drawn_is_striped_for_nobody(tmp_path: Path) -> None:
    broken = shape(SLIDE, '<a:blipFill><a:blip r:embed="rId99"/></a:blipFill>')
    seen = canvas(drawn(broken), tmp_path)
    assert looked_at(seen).getcolors() == [(seen._image.width * seen._image.height, (255,) * 3)]
    texts = shape(LEFT).replace("<a:p/>", "<a:p><a:r><a:t>Secret</a:t></a:r></a:p>")
    seen = canvas(drawn(texts), tmp_path)
    assert not seen.is_even(LEFT)
    assert differing(looked_at(seen), looked_at(canvas(drawn(shape(LEFT)), tmp_path))) < 0.01


# what is done about it ------------------------------------------------------------------------


def test_a_calm_ground_needs_no_sheet(tmp_path: Path) -> None:
    assert sheets(built(lambda _: None, tmp_path)) == []


def test_texts_take_the_colour_that_their_ground_asks_for(tmp_path: Path) -> None:
    brand, theme = load_brand(saved(drawn(shape(SLIDE)), tmp_path), Diagnostics())
    assert brand is not None
    assert theme is not None
    places = brand.layouts["Content"].places.values()
    assert {theme.slot(place.area, "text") for place in places} == {"lt1"}


def stripes(image: Image.Image) -> None:
    for y in range(0, 30, 4):
        image.paste("black", (0, y, 40, y + 2))


@pytest.mark.parametrize("change", [picture(stripes), picture(half_black)], ids=["all", "half"])
def test_on_artwork_texts_stand_on_a_sheet(tmp_path: Path, change: Change) -> None:
    path = built(change, tmp_path)
    found = sheets(path)
    assert found
    for sheet, *shapes in found:
        outside = [
            placed.name
            for placed in shapes
            if gates._placeholder_type(placed.shape) not in (*gates.FOOTERS, "title", "ctrTitle")
            and not within(placed.box, sheet.box)
        ]
        assert outside == []
    assert gates.frame_findings(path) == []
    assert [f for f in gates.package_findings(path) if f.startswith("slide ")] == []


def within(box: gates.Rectangle, sheet: gates.Rectangle) -> bool:
    slack = SLIDE.w / 100
    beyond = (sheet.x - box.x, box.x + box.cx - sheet.x - sheet.cx)
    above = (sheet.y - box.y, box.y + box.cy - sheet.y - sheet.cy)
    return max(*beyond, *above) <= slack


def test_content_takes_the_calm_one_of_two_masters_and_the_cover_the_first(tmp_path: Path) -> None:
    calm = read(lambda _: None, tmp_path)
    busy = read(picture(stripes), tmp_path)
    count = len(calm.layouts)
    again = [one._replace(master=1, number=one.number + count) for one in calm.layouts]
    both = calm._replace(masters=(*busy.masters, *calm.masters), layouts=(*busy.layouts, *again))
    found = match(both)
    assert found["Title"].layout.master == 0
    others: list[Layout] = [
        found[name].layout for name in found if name not in ("Title", "Section")
    ]
    assert {layout.master for layout in others} == {1}


def test_a_turned_title_is_not_used(tmp_path: Path) -> None:
    def turn(master: SlideMaster) -> None:
        title = master.slide_layouts[1].placeholders[0]
        title.left, title.top, title.width, title.height = map(Inches, (0.2, 0.3, 9, 1.2))
        title.rotation = 8

    path = built(turn, tmp_path)
    for slide in Presentation(str(path)).slides:
        assert slide.shapes.title is not None
        turned = slide.slide_layout.placeholders[0].rotation
        assert turned == 0
    assert gates.frame_findings(path) == []


def test_a_body_under_footers_and_off_the_slide_is_trimmed(tmp_path: Path) -> None:
    def lower(master: SlideMaster) -> None:
        body = master.slide_layouts[1].placeholders[1]
        body.left, body.top, body.width, body.height = map(Inches, (0.5, 3.4, 9, 4.5))

    path = built(lower, tmp_path)
    assert gates.frame_findings(path) == []
    assert [f for f in gates.package_findings(path) if f.startswith("slide ")] == []
