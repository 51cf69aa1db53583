"""Contrast: the arithmetic of WCAG, which colours meet on slides, and what each pair needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.compiler import Options, check
from deckgen.diagnostics import Diagnostics
from deckgen.layout.frames import GroupFrame, ShapeFrame, TableFrame
from deckgen.theme.contrast import (
    MARK,
    TEXT,
    Contrast,
    contrast_ratio,
    contrasts,
    luminance,
)
from deckgen.theme.load import theme_names
from deckgen.theme.model import AREAS, STYLES, Theme
from deckgen.theme.places import slide_layouts
from stages import theme

THEMES = theme_names()
ROOT = Path(__file__).resolve().parents[2]
COLOURS = st.from_regex("[0-9A-F]{6}", fullmatch=True)

# Pairs of the design (its table of contrast), at the least that each needs in every theme. Where a
# style is bold, or 24 pt at its smallest, in one theme only, the pair needs 4.5 in the others.
DESIGN = {
    *((("page", ink, "ground"), TEXT) for ink in ("text", "muted", "key", "time_ink", "link")),
    *((("page", ink, "panel"), TEXT) for ink in ("text", "muted")),
    *((("page", ink, "panel"), MARK) for ink in ("key", "time_ink")),
    *((("page", f"on_{fill}", fill), TEXT) for fill in ("time", "bar", "key")),
    *((("page", ink, "ground"), MARK) for ink in ("time", "bar", "line", "past")),
    *((("page", f"accent{k}", "ground"), MARK) for k in range(1, 7)),
    (("page", "folHlink", "ground"), TEXT),
    *((("strip", ink, "ground"), TEXT) for ink in ("text", "muted", "link")),
    *((("strip", ink, "ground"), MARK) for ink in ("key", "time_ink", "time")),
    (("strip", "on_time", "time"), TEXT),
    *((("sky", ink, "ground"), TEXT) for ink in ("muted", "link")),
    *((("sky", ink, "ground"), MARK) for ink in ("text", "time")),
    *((("below", ink, "ground"), TEXT) for ink in ("text", "muted", "link")),
    *((("below", ink, "ground"), MARK) for ink in ("time", "bar", "key", "line", "past")),
    *((("below", f"on_{fill}", fill), TEXT) for fill in ("time", "bar", "key")),
    (("full", "muted", "ground"), TEXT),
    *((("full", ink, "ground"), MARK) for ink in ("text", "key", "link")),
    (("answer", "muted", "ground"), TEXT),
    *((("answer", ink, "ground"), MARK) for ink in ("text", "link")),
}


def changed(made: Theme, **values: Any) -> Theme:
    """Return a theme with other values of its fields."""
    return Theme(**{f.name: getattr(made, f.name) for f in fields(Theme)} | values)


def with_style(made: Theme, name: str, **values: Any) -> Theme:
    """Return a theme in which one style is another; none is set smaller."""
    styles = dict(made.type) | {name: replace(made.type[name], **values)}
    return changed(made, type=styles, fit={})


def pair(made: Theme, area: str, ink: str, fill: str) -> Contrast:
    """Return how an ink on a fill is judged."""
    (found,) = (c for c in contrasts(made) if (c.area, c.ink, c.fill) == (area, ink, fill))
    return found


def pairs(made: Theme) -> dict[tuple[str, str, str], float]:
    """Return what every pair of a theme needs."""
    return {(c.area, c.ink, c.fill): c.need for c in contrasts(made)}


class TestRatio:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            ("000000", "FFFFFF", 21),
            ("FFFFFF", "FFFFFF", 1),
            ("15211E", "FFFFFF", 16.56),
            ("788781", "FFFFFF", 3.76),
            ("BD420E", "EDF2EF", 4.70),
            ("767676", "0b0b0b", 4.33),
            ("777777", "FFFFFF", 4.48),
        ],
    )
    def test_known_pairs(self, one: str, other: str, ratio: float) -> None:
        assert contrast_ratio(one, other) == pytest.approx(ratio, abs=0.005)

    @pytest.mark.parametrize(
        ("colour", "value"),
        [("000000", 0), ("FFFFFF", 1), ("FF0000", 0.2126), ("00FF00", 0.7152), ("0000FF", 0.0722)],
    )
    def test_luminance(self, colour: str, value: float) -> None:
        assert luminance(colour) == pytest.approx(value)

    def test_dark_channels_are_linear(self) -> None:
        assert luminance("0A0A0A") == pytest.approx(10 / 255 / 12.92)

    @given(COLOURS, COLOURS)
    def test_it_is_the_same_both_ways_and_from_1_to_21(self, one: str, other: str) -> None:
        ratio = contrast_ratio(one, other)
        assert 1 <= ratio <= 21.0001
        assert ratio == contrast_ratio(other, one) == contrast_ratio(one.lower(), other)


@pytest.mark.parametrize("name", THEMES)
class TestEveryTheme:
    def test_all_that_meets_can_be_told_apart(self, name: str) -> None:
        assert [found for found in contrasts(theme(name)) if not found.is_enough] == []

    def test_every_pair_of_the_design_is_judged(self, name: str) -> None:
        found = pairs(theme(name))
        assert [each for each, need in DESIGN if found.get(each, 0) < need] == []

    def test_every_text_of_a_slide_layout_is_judged(self, name: str) -> None:
        made = theme(name)
        judged = {(found.area, found.ink) for found in contrasts(made)}
        for layout in slide_layouts().values():
            for place in layout.places.values():
                inks = {str(made.type[style].colour) for style in place.levels}
                assert place.type == "pic" or {(place.area, ink) for ink in inks} <= judged

    def test_every_style_is_judged(self, name: str) -> None:
        made = theme(name)
        inks = {found.ink for found in contrasts(made)}
        assert {str(made.type[style].colour) for style in STYLES} <= inks

    def test_no_pair_is_judged_twice_and_grounds_are_in_order(self, name: str) -> None:
        found = contrasts(theme(name))
        assert len(pairs(theme(name))) == len(found)
        order = [AREAS.index(each.area) for each in found]
        assert order == sorted(order)


class TestNeed:
    """Text under 24 pt needs 4.5, bold from 18.66 pt on 3; the smallest size decides."""

    @pytest.mark.parametrize(
        ("size", "bold", "need"),
        [(24, False, 3), (23.9, False, 4.5), (18.7, True, 3), (18.6, True, 4.5), (24, True, 3)],
    )
    def test_by_size_and_weight(self, size: float, *, bold: bool, need: float) -> None:
        made = with_style(theme(), "answer", size=size, bold=bold)
        found = pair(made, "answer", "text", "ground")
        assert (found.need, found.use) == (need, f"`answer` at {size:g} pt")

    def test_the_floor_counts_not_the_full_size(self) -> None:
        made = theme()
        assert made.type["lead"].size == 24
        assert made.fit["lead"] == 20
        assert pair(made, "sky", "muted", "ground").use == "`lead` at 20 pt"
        assert pair(changed(made, fit={}), "sky", "muted", "ground").need == 3

    def test_a_floor_above_the_size_counts_for_nothing(self) -> None:
        made = changed(theme(), fit={"lead": 40})
        assert pair(made, "sky", "muted", "ground").use == "`lead` at 24 pt"

    def test_the_strictest_of_all_uses_decides(self) -> None:
        assert pair(theme(), "page", "key", "ground").need == TEXT  # and a mark, and a title
        assert pair(theme(), "page", "line", "ground").need == MARK

    @pytest.mark.parametrize("name", THEMES)
    def test_numerals_of_options_keep_their_size(self, name: str) -> None:
        size = theme(name).type["numeral"].size
        assert pair(theme(name), "page", "key", "panel")[-2:] == (3, f"`numeral` at {size:g} pt")

    def test_a_style_of_another_colour_is_judged_in_it(self) -> None:
        assert pair(with_style(theme(), "footer", colour="line"), "strip", "line", "ground")


class TestWhatIsBehind:
    def test_what_is_left_open_shows_the_page(self) -> None:
        made = theme()
        opened = changed(made, decoration=replace(made.decoration, strip="open", full="frame"))
        assert pair(made, "strip", "text", "ground").fill_slot == "lt2"
        assert pair(opened, "strip", "text", "ground").fill_slot == "lt1"
        assert pair(opened, "full", "text", "ground").fill_slot == "lt1"
        assert not pair(opened, "full", "text", "ground").is_enough

    def test_an_outlined_chip_stands_on_the_ground(self) -> None:
        made = theme()
        assert ("sky", "on_time", "time") in pairs(made)
        outlined = changed(made, decoration=replace(made.decoration, chip="outline"))
        assert ("sky", "on_time", "time") not in pairs(outlined)
        assert not pair(outlined, "sky", "on_time", "ground").is_enough

    def test_a_pair_says_its_slots_and_colours(self) -> None:
        found = pair(theme(), "page", "muted", "panel")
        assert found[3:7] == ("accent6", "lt2", "51605B", "EDF2EF")
        assert found.ratio == pytest.approx(5.84, abs=0.005)

    def test_a_theme_that_is_too_pale_is_seen(self) -> None:
        pale = changed(theme(), colours=theme().colours | {"accent6": "BBBBBB"})
        low = {(c.area, c.ink, c.fill) for c in contrasts(pale) if not c.is_enough}
        assert {(area, "muted", "ground") for area in ("page", "strip", "below")} < low


def inks(frame: object) -> Iterator[tuple[str, str]]:
    """Yield the scheme colours of texts on fills in a frame."""
    if isinstance(frame, GroupFrame):
        for shape in frame.shapes:
            yield from inks(shape)
    elif isinstance(frame, ShapeFrame) and frame.fill and frame.paragraph:
        yield from ((run.form.colour or "", frame.fill) for run in frame.paragraph.runs)
    elif isinstance(frame, TableFrame):
        for _, cells in frame.rows:
            for cell in cells:
                if cell.fill:
                    yield from ((run.form.colour or "", cell.fill) for run in cell.paragraph.runs)


def frames(outline: Path, name: str) -> Iterable[object]:
    deck = check(outline, Diagnostics(), Options(name))[0].deck
    return [frame for slide in deck.slides() for frame in slide.frames]


@pytest.mark.parametrize("name", THEMES)
def test_every_text_on_a_fill_in_a_deck_was_judged(name: str) -> None:
    made = theme(name)
    judged = {(found.ink_slot, found.fill_slot) for found in contrasts(made)}
    outlines = [*ROOT.glob("outlines/*.yaml")]
    if name == "clear":
        outlines += ROOT.glob("tests/golden/*/outline.yaml")
    met = {
        tuple(str(made.clr_map.get(colour, colour)) for colour in pair)
        for outline in outlines
        for frame in frames(outline, name)
        for pair in inks(frame)
    }
    assert met
    assert met <= judged
