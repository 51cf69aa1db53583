"""Lines of other scripts are planned as tall as their faces, and wider where the script changes."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

import deck_gates as gates
from deckgen.boxes import Run
from deckgen.layout.metrics.regenerate import vertical_metrics
from deckgen.layout.scripts import changes, line_ems
from deckgen.layout.text import Piece, PreparedText, load_metrics
from deckgen.layout.text_format import UNBOUNDED, form_of, measure
from stages import CLEAR

SAMPLES = {
    "Noto Sans JP": "答える",
    "Noto Sans SC": "简体",
    "Noto Sans KR": "한국어",
    "Noto Sans Thai": "ไทย",
    "Noto Sans Devanagari": "हिन्दी",
    "Noto Sans Hebrew": "שאלו",
    "Noto Emoji": "😀",
}
# Of the faces of our themes: Georgia's own is 0.22, its twin hangs lower than any Office face.
LOWEST = max(load_metrics(name).descent for name in ("Arial", "Calibri", "Cambria", "Courier New"))


@pytest.mark.parametrize(
    "text", ["Ask", "größer", "Łódź", "вопрос", "ήλιος", "□ → № ●", "∑ ≤ ½", ""]
)
def test_a_text_in_the_faces_of_a_theme_has_their_lines(text: str) -> None:
    assert line_ems(text) == 0
    assert form_of(CLEAR, "body", "page").excess(text) == 0


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("第1回", 1.48),
        ("ＡＢ", 1.48),
        ("Agile 開発", 1.48),
        ("답", 1.48),
        ("𠮷", 1.48),
        ("ถาม", 1.52),
        ("सवाल", 1.52),
        ("ភាសា", 1.52),
        ("سؤال", 1.4),
        ("שאלה", 1.4),
        ("ﷺ", 1.4),
        ("Go 🎉", 1.34),
        ("❤️", 1.34),
        ("1️⃣", 1.34),
        ("سؤال 質問", 1.48),
    ],
)
def test_a_line_is_as_tall_as_its_tallest_script(text: str, ems: float) -> None:
    assert line_ems(text, in_table=True) == ems
    assert line_ems(text) == 1.34


@pytest.mark.parametrize("family", SAMPLES)
def test_the_bound_holds_for_the_face_beside_every_face_of_a_theme(family: str) -> None:
    gates.require("fc-match")
    file = gates._output([gates.find_program("fc-match"), "-f", "%{file}", family])
    font = TTFont(file)
    ascent, descent, gap = (units / font["head"].unitsPerEm for units in vertical_metrics(font))
    assert set(map(ord, SAMPLES[family])) <= set(font.getBestCmap())
    assert ascent + max(descent, LOWEST) + gap <= line_ems(SAMPLES[family], in_table=True)


@pytest.mark.parametrize(("in_table", "ems"), [(False, 1.34), (True, 1.48)])
def test_only_the_lines_that_hold_a_script_are_taller(in_table: bool, ems: float) -> None:
    form = form_of(CLEAR, "body", "page")
    plain, tall = (
        measure((Run(text),), form, UNBOUNDED, in_table=in_table)
        for text in ("Ask\nand wait", "Ask\n待つ")
    )
    more = (tall.height - plain.height) / 12700
    assert more == pytest.approx((ems - 1.2) * form.size * form.style.line / 100, abs=0.01)


def test_a_change_of_script_takes_room() -> None:
    assert [
        changes(text) for text in ("Ask", "待つ", "Q&A会", "第1回", "会 A", "답 A", "답A", "ไทยA")
    ] == [*(0, 0, 1, 2, 1, 0, 1, 0)]
    arial = load_metrics("Arial")
    apart = arial.width("会") + arial.width("A")
    assert arial.width("会A") == pytest.approx(apart + 0.25, abs=0.001)


@pytest.mark.parametrize(
    "text", ["参加者A会", "Agile開発とScrum", "会 A 会 B", "(会)「A」", "第1回" * 30]
)
def test_a_line_of_two_scripts_is_as_wide_in_units_as_whole(text: str) -> None:
    """A unit's width and its lead, wherever lines may break, sum up to the whole."""
    piece = Piece(text, load_metrics("Arial"), 20.0)
    (line,) = PreparedText([piece])._lines
    total = sum(u.width + u.gap + (u.lead if k else 0.0) for k, u in enumerate(line))
    assert total == pytest.approx(piece.natural, abs=0.01)
