"""A theme's tokens: colours by slot, roles by ground, fonts, text styles, weights, decoration.

A slot is one of the twelve theme colours of a presentation (ECMA-376 part 1, 20.1.6.2). A role
such as `text` or `time` picks a slot on each ground (`areas`), so nothing later names a colour.
What a theme file must hold and may hold is judged in `check.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from deckgen.reading.fields import Bounds, Text, declared, given, needed

SLOTS = (
    *(
        "dk1",
        "lt1",
        "dk2",
        "lt2",
        "accent1",
        "accent2",
        "accent3",
        "accent4",
        "accent5",
    ),
    *("accent6", "hlink", "folHlink"),
)
MAPPED = ("bg1", "tx1", "bg2", "tx2")
USUAL_MAP = {
    "bg1": "lt1",
    "tx1": "dk1",
    "bg2": "lt2",
    "tx2": "dk2",
}  # where no theme says otherwise
AREAS = ("page", "strip", "sky", "below", "full", "answer")
ROLES = (
    *(
        "ground",
        "text",
        "muted",
        "line",
        "key",
        "on_key",
        "time",
        "on_time",
        "time_ink",
    ),
    *("past", "panel", "link"),
)
BAR_ROLES = ("bar", "on_bar")
BAR_AREAS = ("page", "below")  # the grounds that a horizon bar stands on
FACES = ("heading", "body", "mono")
STYLES = (
    *(
        "cover",
        "section",
        "statement",
        "clock",
        "question",
        "answer",
        "title",
        "kicker",
    ),
    *(
        "message",
        "lead",
        "column_head",
        "option",
        "numeral",
        "rule",
        "band",
        "body",
        "body2",
    ),
    *("body3", "code", "agenda", "task", "table_head", "table_cell", "fact", "chip", "minutes"),
    *("segment", "label", "credit", "caption", "footer"),
)
Inches = Annotated[float, Bounds(0, 20)]
Points = Annotated[float, Bounds(0, 400)]


@declared
class Font:
    """A font by its name in Office, the open twin with the same widths, and its line height."""

    office: Text = needed(help="name in PowerPoint")
    twin: Text = needed(help="open font with the same widths, for measuring")
    fallback: tuple[Text, ...] = given((), help="names for HTML, best first")
    line: Annotated[float, Bounds(0.8, 2)] = given(1.2, help="ems planned for a line at 100 %")
    file: tuple[Text, ...] = given(
        (), help="font files to measure, as seen from the theme, where Office's name is not bundled"
    )


@declared
class EmbeddedFont(Font):
    """A font that a company's template holds: `data` are the files of its faces."""

    data: tuple[bytes, ...] = ()


@declared
class TextStyle:
    """How a text looks: size in points, line spacing in percent, colour by role."""

    face: Literal["heading", "body", "mono"] = needed(help="heading, body or mono")
    size: Points = needed(help="points")
    bold: bool = given(False, help="bold")
    italic: bool = given(False, help="italic")
    line: Annotated[float, Bounds(60, 200)] = given(100.0, help="line spacing in percent")
    before: Points = given(0.0, help="points before a paragraph but the first")
    track: Annotated[float, Bounds(-400, 400)] = given(0.0, help="hundredths of a point per letter")
    caps: bool = given(False, help="capitals throughout")
    colour: Text = needed(help="role of the ground it stands on")


@declared
class Space:
    """Distances in inches."""

    cell_right: Inches = needed(help="right margin of a table cell")
    option_inset: Inches = needed(help="from the left of an option to its numeral")
    list_indent: Inches = needed(help="hanging indent of a list")


@declared
class Shape:
    """Corners and bars in inches, lines in points."""

    radius: Inches = needed(help="corner radius of chips and options")
    hairline: Points = needed(help="thin line")
    rule: Points = needed(help="line under a table head")
    heavy: Points = needed(help="short strong line")
    segment_gap: Inches = needed(help="gap between the times of a bar")
    bar: Inches = needed(help="height of the horizon bar")
    phase_idle: Inches = needed(help="thickness of an idle phase")
    phase_current: Inches = needed(help="thickness of the current phase")


@declared
class Decoration:
    """Which grounds are filled, which rules are drawn."""

    sky: Literal["fill", "open"] = given("fill", help="ground above the horizon of pause slides")
    full: Literal["fill", "frame"] = given("fill", help="ground of statements")
    strip: Literal["fill", "open"] = given("fill", help="ground below the horizon of work slides")
    chip: Literal["fill", "outline"] = given("fill", help="time chip")
    pause_align: Literal["left", "center"] = given("left", help="text of pause slides")
    title_rule: Literal["none", "below"] = given("none", help="line under slide titles")
    top_rule: Literal["none", "head", "edge"] = given("none", help="line or bar at the top")
    column_rule: bool = given(True, help="rules over columns")
    footlight: bool = given(False, help="progress along the bottom edge")


@declared
class Theme:
    """A whole theme."""

    name: Text = needed(help="its name")
    character: Text = needed(help="what it is for, in a sentence")
    clr_map: dict[str, Text] = needed(help="what bg1, tx1, bg2 and tx2 mean on the slide master")
    colours: dict[str, Text] = needed(help="the twelve slots as RRGGBB")
    areas: dict[str, dict[str, Text]] = needed(help="for each ground, a slot for each role")
    fonts: dict[str, Font] = needed(help="heading, body and mono")
    type: dict[str, TextStyle] = needed(help="text styles")
    fit: dict[str, Points] = needed(help="smallest size of a style, in points")
    space: Space = needed(help="distances")
    shape: Shape = needed(help="corners and lines")
    decoration: Decoration = given(help="grounds and rules", factory=Decoration)

    def slot(self, area: str, role: str) -> str:
        """Return the slot of *role* on the ground *area*."""
        return str(self.areas[area][role])

    def scheme(self, area: str, role: str) -> str:
        """Return the slot as `a:schemeClr` names it, through the slide master's colour map."""
        slot = self.slot(area, role)
        return next((mapped for mapped, target in self.clr_map.items() if target == slot), slot)

    def has(self, scheme: str) -> bool:
        """Return whether `a:schemeClr` may name *scheme*."""
        return scheme in self.clr_map or scheme in USUAL_MAP or scheme in self.colours

    def rgb(self, scheme: str) -> str:
        """Return the colour RRGGBB of what `a:schemeClr` names, through the colour map."""
        slot = self.clr_map.get(scheme) or USUAL_MAP.get(scheme, scheme)
        return str(self.colours[slot]).upper()

    def floor(self, style: str) -> float:
        """Return the smallest size of *style* in points."""
        return self.fit.get(style, self.type[style].size)


def roles_of(area: str) -> tuple[str, ...]:
    """Return the roles that the ground *area* must give a slot to."""
    return (*ROLES, *BAR_ROLES) if area in BAR_AREAS else ROLES
