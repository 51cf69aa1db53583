"""Lines as broken: where each run stands, told by rectangles small enough to reckon."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from deckgen.compiler import Options, check
from deckgen.diagnostics import Diagnostics
from deckgen.geometry import Rect, points, to_points
from deckgen.layout.decoration import Bullet, box_of, bullet_of, ground
from deckgen.layout.fonts import line_height
from deckgen.layout.frames import FrameParagraph, FrameRun, RunFormat, TextFrame
from deckgen.layout.lines import SetLine, set_text, text_width
from deckgen.layout.looks import Look, LookedParagraph, LookedRun, Stands, looked
from deckgen.theme.load import theme_names
from deckgen.theme.places import slide_layouts
from stages import CLEAR, theme

PLAIN = Look(CLEAR.fonts["body"], 20.0, False, False, "112233")
BOLD = PLAIN._replace(bold=True)
LEFT = Stands("l", 100.0, 0.0, 0, 0, None)
ROOT = Path(__file__).parents[2]


def lines(
    *runs: tuple[str, Look], wide: float = 300, stands: Stands = LEFT, anchor: str = "t"
) -> list[SetLine]:
    """Return the lines of one paragraph in a box 100 points high at 10, 20."""
    rect = Rect(points(10), points(20), points(wide), points(100))
    paragraph = LookedParagraph(tuple(LookedRun(text, look) for text, look in runs), stands)
    return [line for each in set_text([paragraph], rect, anchor) for line in each.lines]


def test_runs_stand_one_after_the_other() -> None:
    (line,) = lines(("One ", PLAIN), ("two", BOLD), (" three", PLAIN))
    assert [run.text for run in line.runs] == ["One ", "two", " three"]
    assert line.runs[0].x == points(10)
    for left, right in pairwise(line.runs):
        assert abs(left.x + left.width - right.x) <= 1
    assert line.text == "One two three"


def test_lines_end_where_the_box_does_and_keep_what_parted_them() -> None:
    found = lines(("One two three four five six", PLAIN), wide=100)
    assert [line.text for line in found] == ["One two", "three four", "five six"]
    assert [line.after for line in found] == [" ", " ", ""]
    assert all(run.width <= points(100) for line in found for run in line.runs)
    steps = [b.baseline - a.baseline for a, b in pairwise(found)]
    assert steps == [points(24.0)] * 2, "lines of 1.2 ems"


def test_a_line_break_parts_lines() -> None:
    assert [line.text for line in lines(("One\ntwo", PLAIN))] == ["One", "two"]
    assert [line.text for line in lines(("One\n\ntwo", PLAIN))] == ["One", "", "two"]


@pytest.mark.parametrize(("align", "share"), [("l", 0.0), ("ctr", 0.5), ("r", 1.0)])
def test_lines_stand_at_their_side(align: str, share: float) -> None:
    (line,) = lines(("Word", PLAIN), stands=LEFT._replace(align=align))
    (run,) = line.runs
    spare = points(300) - run.width
    assert abs(run.x - points(10) - share * spare) <= 2


@pytest.mark.parametrize(("anchor", "share"), [("t", 0.0), ("m", 0.5), ("ctr", 0.5), ("b", 1.0)])
def test_texts_stand_at_their_height(anchor: str, share: float) -> None:
    (line,) = lines(("Word", PLAIN), anchor=anchor)
    assert to_points(line.baseline) == pytest.approx(20 + 20 + share * (100 - 24), abs=0.01)


def test_close_lines_stand_higher() -> None:
    (line,) = lines(("Word", PLAIN), stands=LEFT._replace(line=80.0))
    assert to_points(line.baseline) == pytest.approx(20 + 0.8 * 0.8 * 24, abs=0.01)
    (line,) = lines(("Word", PLAIN), stands=LEFT._replace(line=150.0))
    assert to_points(line.baseline) == pytest.approx(20 + 20 + 12, abs=0.01)


def test_the_space_before_a_paragraph_is_not_above_the_first() -> None:
    stands = LEFT._replace(before=10.0)
    paragraph = LookedParagraph((LookedRun("Word", PLAIN),), stands)
    first, second = set_text([paragraph, paragraph], Rect(0, 0, points(300), points(100)), "t")
    assert to_points(first.lines[0].baseline) == pytest.approx(20, abs=0.01)
    assert to_points(second.lines[0].baseline) == pytest.approx(20 + 24 + 10, abs=0.01)


def test_a_bullet_hangs_before_the_first_line() -> None:
    bullet = Bullet("\u25a0", "445566", 70)
    stands = LEFT._replace(margin=points(30), indent=points(-30), bullet=bullet)
    first, second = lines(("One two three", PLAIN), wide=120, stands=stands)
    assert first.bullet is not None
    assert (first.bullet.x, first.runs[0].x) == (points(10), points(40))
    assert (first.bullet.look.colour, first.bullet.look.size) == ("445566", 14.0)
    assert second.bullet is None
    assert second.runs[0].x == points(40)


def test_an_indent_without_bullet_moves_the_first_line() -> None:
    first, second, *_ = lines(
        ("One two three", PLAIN),
        wide=90,
        stands=LEFT._replace(margin=points(10), indent=points(15)),
    )
    assert (first.runs[0].x, second.runs[0].x) == (points(35), points(20))


def test_a_tab_leads_to_the_next_stop() -> None:
    (line,) = lines(("a\tb", PLAIN))
    assert [run.text for run in line.runs] == ["a", "b"]
    assert line.runs[1].x == points(10 + 72)


def test_a_soft_hyphen_shows_where_a_line_ends_and_nowhere_else() -> None:
    one, other = lines(("syl\u00adla\u00adble", PLAIN), wide=50)
    assert (one.text, other.text) == ("sylla-", "ble")
    assert lines(("syl\u00adla\u00adble\u00ad", PLAIN))[0].text == "syllable"
    assert lines(("long\u200bword", PLAIN))[0].text == "longword"


def test_capitals_are_as_wide_as_they_are() -> None:
    (line,) = lines(("straße", PLAIN._replace(caps=True)))
    assert line.text == "STRAßE"
    assert abs(line.runs[0].width - text_width("STRAßE", PLAIN)) <= points(0.5)


def test_what_is_measured_by_guess_is_placed_as_a_whole() -> None:
    (line,) = lines(("مرحبا", PLAIN), stands=LEFT._replace(align="r"))
    assert not line.is_placed
    assert line.anchor == points(310)
    assert lines(("日本語 and more", PLAIN))[0].is_placed


def test_letters_that_a_face_lacks_are_not_held_to_a_guess() -> None:
    serif = PLAIN._replace(font=theme("folio").fonts["heading"])
    (line,) = lines(("\u25a1 box, ", serif), ("word", serif))
    assert [run.is_exact for run in line.runs] == [False, True]
    assert line.is_placed, "the next run is still at its place"


def test_no_text_has_no_lines_but_a_height() -> None:
    empty = LookedParagraph((LookedRun("", PLAIN),), LEFT)
    word = LookedParagraph((LookedRun("Word", PLAIN),), LEFT)
    first, second = set_text([empty, word], Rect(0, 0, points(300), points(100)), "t")
    assert [line.runs for line in first.lines] == [()]
    assert to_points(second.lines[0].baseline) == pytest.approx(24 + 20, abs=0.01)


@pytest.mark.parametrize("name", theme_names())
def test_texts_take_the_lines_that_they_were_fitted_to(name: str) -> None:
    """What a frame says of its height is what its lines take: nothing is broken in another way."""
    checked = check(ROOT / "docs/gallery/gallery.yaml", Diagnostics(), Options(name))[0].deck
    compared = 0
    for frame in (frame for slide in checked.slides() for frame in slide.frames):
        if not isinstance(frame, TextFrame) or frame.place.type == "sldNum":
            continue
        paragraphs = looked(checked.theme, frame.paragraphs, frame.place)
        found = set_text(paragraphs, frame.rect, "t")
        high = sum(paragraph.stands.before for paragraph in paragraphs[1:])
        for paragraph, each in zip(paragraphs, found, strict=True):
            look = paragraph.runs[0].look
            pitch = paragraph.stands.line / 100 * line_height(look.font) * look.size
            high += pitch * len(each.lines)
        assert to_points(frame.height) == pytest.approx(high, abs=0.1), frame.name
        compared += 1
    assert compared > 150


# looks ----------------------------------------------------------------------------------------


def test_a_run_that_says_nothing_looks_as_its_place_does() -> None:
    place = slide_layouts()["Content"].places["content"]
    (paragraph,) = looked(CLEAR, [FrameParagraph((FrameRun("Word"),))], place)
    style = CLEAR.type["body"]
    (run,) = paragraph.runs
    assert run.look.size == style.size
    assert run.look.colour == CLEAR.colours["dk1"]
    assert run.look.font == CLEAR.fonts["body"]
    assert paragraph.stands.bullet is not None
    assert paragraph.stands.bullet.colour == CLEAR.rgb(CLEAR.scheme("page", "key"))


def test_a_run_looks_as_it_says() -> None:
    form = RunFormat(12.0, True, True, "accent2", "mono", 50.0, False)
    (paragraph,) = looked(CLEAR, [FrameParagraph((FrameRun("Word", form),))])
    expected = Look(CLEAR.fonts["mono"], 12.0, True, True, CLEAR.rgb("accent2"), 0.5, False)
    assert paragraph.runs[0].look == expected


def test_links_take_the_colour_of_links_and_tables_their_own() -> None:
    runs = (FrameRun("a", link="https://example.org"), FrameRun("b"), FrameRun("c", link="#slide"))
    (paragraph,) = looked(CLEAR, [FrameParagraph(runs)], ink="ABCDEF")
    assert [run.look.colour for run in paragraph.runs] == [
        CLEAR.rgb("hlink"),
        "ABCDEF",
        "ABCDEF",
    ]


@pytest.mark.parametrize("name", theme_names())
def test_grounds_boxes_and_bullets_are_values_of_the_theme(name: str) -> None:
    made = theme(name)
    for layout in slide_layouts().values():
        behind = ground(made, layout)
        assert made.rgb(behind.colour)
        for shape in behind.shapes:
            assert shape.fill or shape.line
            assert made.rgb(shape.fill or (shape.line or (0, ""))[1])
    chip = box_of(made, slide_layouts()["Content"].places["time_chip"])
    assert chip is not None
    assert bool(chip.fill) != bool(chip.line)
    list_place = slide_layouts()["Content"].places["content"]
    assert bullet_of(made, list_place, 0).char != bullet_of(made, list_place, 1).char


# what is read ---------------------------------------------------------------------------------

READS = """
import json, sys
from pathlib import Path
import deckgen.compiler as compiler
from deckgen.diagnostics import Diagnostics
opened, is_laying_out = [], [False]
def hear(event, arguments):
    if event == "open" and is_laying_out[0] and isinstance(arguments[0], str):
        opened.append(arguments[0])
sys.addaudithook(hear)
lay_out = compiler.lay_out
def watched(*arguments):
    is_laying_out[0] = True
    try:
        return lay_out(*arguments)
    finally:
        is_laying_out[0] = False
is_laying_out[0] = sys.argv[2] == "all"
if sys.argv[2] == "layout":
    compiler.lay_out = watched
found = Diagnostics()
compiled = compiler.check(Path(sys.argv[1]), found)
print(json.dumps({"slides": sum(1 for _ in compiled[0].deck.slides()), "opened": opened}))
"""


def opened(outline: Path, what: str) -> list[Path]:
    """Return which files are opened in layout, or (*what* is `all`) in the whole run."""
    command = [sys.executable, "-c", READS, str(outline), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["slides"] > 0
    ours = (ROOT / "src", ROOT / "themes", Path(sys.prefix), Path(sys.base_prefix))
    paths = [Path(name).resolve() for name in found["opened"]]
    return [path for path in paths if not any(path.is_relative_to(each) for each in ours)]


def test_layout_opens_no_file(tmp_path: Path) -> None:
    gallery = ROOT / "docs/gallery/gallery.yaml"
    picture = next(iter(sorted((ROOT / "docs/gallery").glob("*.png"))))
    (tmp_path / "picture.png").write_bytes(picture.read_bytes())
    outline = tmp_path / "outline.yaml"
    outline.write_text(
        'workshop: {title: "A"}\nblocks:\n  - {kind: image, title: B, file: picture.png, alt: C}\n',
        encoding="utf-8",
    )
    assert opened(outline, "layout") == []
    assert opened(gallery, "layout") == []
    assert (tmp_path / "picture.png").resolve() in opened(outline, "all"), "the watch is blind"
