"""Which colours meet on the slides of a theme, and whether they can be told apart.

WCAG 2.2, 1.4.3 and 1.4.11: text needs a contrast ratio of 4.5, large text 3, marks that carry
meaning 3. Large is 18 pt there, 14 pt where bold; a slide is read from the back row, so a third more
is asked here: 24 and 18.66 pt. A text counts at the smallest size that it may be set in (`fit`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from deckgen.theme.model import AREAS, Theme
from deckgen.theme.places import Place, slide_layouts

TEXT, LARGE_TEXT, MARK = 4.5, 3.0, 3.0
LARGE, LARGE_BOLD = 24.0, 18.66

# Styles that blocks set on a ground beside those of its placeholders: tables, lists, bands, the
# ends of a bar. Each in its own colour.
ALSO = {
    "page": (
        *("body", "body2", "body3", "rule", "message", "numeral", "column_head", "agenda"),
        *("table_head", "table_cell", "label"),
    ),
    "strip": ("band",),
    "below": ("label",),
}
# The same on panels: time blocks of tables, options' numerals, code, fields of diagrams.
ON_PANEL = ("minutes", "numeral", "code", "body2", "body3")

# Runs that take another colour than their style's: ground, ink, what is behind, style.
RUNS = (
    ("page", "text", "ground", "message"),  # questions of a debrief
    ("page", "muted", "ground", "table_cell"),  # names of rows
    ("page", "muted", "ground", "segment"),  # numbers on idle segments
    ("page", "key", "ground", "numeral"),
    ("page", "key", "ground", "label"),  # lines of a decision tree
    ("page", "time_ink", "ground", "numeral"),  # numbers of steps
    ("page", "time_ink", "ground", "label"),  # "Now" under the bar
    ("page", "muted", "panel", "minutes"),  # clock times that are past
    ("page", "muted", "panel", "code"),  # lines that are not the point
    ("page", "on_time", "time", "minutes"),  # the current clock time
    ("page", "link", "ground", "body3"),
    ("page", "folHlink", "ground", "body3"),
    ("strip", "on_time", "time", "segment"),  # numbers of steps
    ("strip", "link", "ground", "fact"),
    ("sky", "link", "ground", "lead"),
    ("below", "muted", "ground", "segment"),
    ("below", "link", "ground", "fact"),
    ("full", "link", "ground", "credit"),
    ("answer", "link", "ground", "answer"),
    *((area, f"on_{fill}", fill, "segment") for area in ("page", "below") for fill in ("time", "bar", "key")),
)  # fmt: skip

# Marks that carry meaning: ground, ink, what they are. Each stands on its ground.
MARKS = (
    ("page", "time", "time bars and solid chips"),
    ("page", "bar", "segments of questions and scores"),
    ("page", "key", "the phase marker, bullets and highlights of charts"),
    ("page", "line", "idle segments, lines of tables and other bars of charts"),
    ("page", "past", "past segments of the session bar"),
    *(("page", f"accent{k}", "a series of a chart") for k in range(1, 7)),
    ("strip", "time", "the squares of steps"),
    ("sky", "time", "the time chip"),
    ("below", "time", "the session bar and the countdown"),
    ("below", "bar", "segments"),
    ("below", "key", "the current phase"),
    ("below", "line", "buffers and minutes gone"),
    ("below", "past", "past segments of the session bar"),
    ("full", "key", "the rule under a statement"),
)


class Contrast(NamedTuple):
    """An ink on a fill of the ground `area`: roles, slots, RRGGBB; what it needs, and what for.

    `ink` is a slot where no role has it: series of a chart, visited links.
    """

    area: str
    ink: str
    fill: str
    ink_slot: str
    fill_slot: str
    ink_colour: str
    fill_colour: str
    need: float
    use: str

    @property
    def ratio(self) -> float:
        """The contrast ratio of the two colours, from 1 to 21."""
        return contrast_ratio(self.ink_colour, self.fill_colour)

    @property
    def is_enough(self) -> bool:
        """Whether the two colours can be told apart."""
        return self.ratio >= self.need


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours RRGGBB (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance of RRGGBB, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(int(colour[k : k + 2], 16) / 255) for k in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrasts(theme: Theme) -> list[Contrast]:
    """Return every pair of colours that meets on slides of *theme*, each at what it needs most.

    *theme* must have all its tokens (`check.py`).
    """
    strictest: dict[tuple[str, str, str], tuple[float, str]] = {}
    for area, ink, fill, need, use in (*_texts(theme), *_marks()):
        if need > strictest.get((area, ink, fill), (0.0, ""))[0]:
            strictest[area, ink, fill] = (need, use)
    found = [_contrast(theme, *pair, *needed) for pair, needed in strictest.items()]
    return sorted(found, key=lambda each: AREAS.index(each.area))


def _contrast(theme: Theme, area: str, ink: str, fill: str, need: float, use: str) -> Contrast:
    slot = str(theme.areas[area].get(ink, ink))
    behind = theme.slot(_seen(theme, area) if fill == "ground" else area, fill)
    colours = str(theme.colours[slot]), str(theme.colours[behind])
    return Contrast(area, ink, fill, slot, behind, *colours, need, use)


def _seen(theme: Theme, area: str) -> str:
    """Return the ground that is seen in *area*: what is left open shows the page."""
    look = theme.decoration
    is_open = {
        "strip": look.strip == "open",
        "sky": look.sky == "open",
        "full": look.full == "frame",
    }
    return "page" if is_open.get(area) else area


# what meets -----------------------------------------------------------------------------------


def _texts(theme: Theme) -> Iterator[tuple[str, str, str, float, str]]:
    """Yield ground, ink, fill, need and use of all texts, the smallest first."""
    texts = sorted({*_standing(theme), *RUNS})
    for area, ink, fill, style in sorted(texts, key=lambda text: _least(theme, *text[2:])):
        size = _least(theme, fill, style)
        large = LARGE_BOLD if theme.type[style].bold else LARGE
        yield area, ink, fill, LARGE_TEXT if size >= large else TEXT, f"`{style}` at {size:g} pt"


def _standing(theme: Theme) -> Iterator[tuple[str, str, str, str]]:
    """Yield ground, ink, fill and style of the texts that stand in their style's own colour."""
    for layout in slide_layouts().values():
        for place in layout.places.values():
            if place.type != "pic":
                fill = _fill(theme, place)
                for style in place.levels:
                    yield place.area, str(theme.type[style].colour), fill, style
    for area, styles in ALSO.items():
        for style in styles:
            yield area, str(theme.type[style].colour), "ground", style
    for style in ON_PANEL:
        yield "page", str(theme.type[style].colour), "panel", style


def _fill(theme: Theme, place: Place) -> str:
    """Return the role of what is behind a place's text: chips and options are filled."""
    if theme.decoration.chip == "outline":
        return "ground"
    if place.name == "time_chip":
        return "time" if place.style == "chip" else "panel"
    return "panel" if place.style == "option" else "ground"


def _least(theme: Theme, fill: str, style: str) -> float:
    """Return the smallest size of a text in points; the numerals of options keep theirs."""
    size = theme.type[style].size
    return size if (fill, style) == ("panel", "numeral") else min(theme.floor(style), size)


def _marks() -> Iterator[tuple[str, str, str, float, str]]:
    for area, ink, use in MARKS:
        yield area, ink, "ground", MARK, use
