"""Slide layouts and the places of their placeholders, shared by all themes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from deckgen.geometry import Rect, inches, points, rect

SLIDE = Rect(0, 0, 12_192_000, 6_858_000)
HORIZON = inches(5.30)
STRIP = inches(5.62)
MARGIN = inches(0.667)
WIDE = inches(12.0)
COLUMN_RULE = inches(2.30)

# Styles of the list levels in a place, where they differ from one style for all.
LEVELS: dict[str, tuple[str, ...]] = {
    "fact": ("label", "fact", "fact"),
    "step": ("minutes", "fact", "fact"),
    "quiet_chip": ("minutes",) * 3,
    "body": ("body", "body2", "body3"),
    "question": ("question", "task", "task"),
}
COLUMNS = ("left", "right", "column_1", "column_2", "column_3", "column_4")
FULL = ("Statement", "Full Picture")  # slide layouts on one ground of their own
STEP_INDENT = inches(0.44)
OPTION_INDENT = inches(1.02)
# By which text boxes on a template are wider than measured: LibreOffice sets some letters wider.
SPARE = points(1)


class Stand(NamedTuple):
    """How a list level of a template's placeholder stands; `bullet` None: as the template has it."""

    margin: int = 0
    indent: int = 0
    bullet: bool | None = None


class Held(NamedTuple):
    """How a place on a company's template takes text (see `template/`); ours hold all by themselves.

    Without `home` it is no placeholder but a text box of the slide: there is none like it in the
    template. Else `home` is where the placeholder's text goes, inside its insets; `given` are the
    styles that its list levels inherit, which is what slides need not say, `inks` their colours as
    RRGGBB, where they are known: a template's need be none of its theme. On our own themes what stands
    beside a placeholder is held, too, and `has_bullets` of ours.
    """

    home: Rect | None = None
    insets: tuple[int, int, int, int] = (0, 0, 0, 0)
    given: tuple[str, ...] = ()
    stands: tuple[Stand, ...] = (Stand(bullet=False),)
    fill: str | None = None  # role of a text box
    inks: tuple[str | None, ...] = ()
    table_style: str = ""  # id of the style of tables; empty: they are drawn as on our own themes
    has_bullets: bool = False

    def stand(self, level: int) -> Stand:
        """Return how a list level stands."""
        return self.stands[min(level, len(self.stands) - 1)]


class Place(NamedTuple):
    """A placeholder of a slide layout: its type and idx, where it is, what its text looks like.

    `levels` are the styles of its list levels; `area` is the ground it stands on; `over` are the
    places above or below it whose room it takes where a slide does not use them.
    """

    name: str
    type: str
    idx: int
    rect: Rect
    levels: tuple[str, ...]
    anchor: str
    area: str
    align: str = "l"
    is_list: bool = False
    held: Held | None = None
    over: tuple[str, ...] = ()

    @property
    def style(self) -> str:
        """The style of its first level."""
        return self.levels[0]

    @property
    def kind(self) -> str:
        """Which of the theme's styles that of its first level is, or is derived from."""
        return kind_of(self.levels[0])

    @property
    def is_placeholder(self) -> bool:
        """Whether slides fill a placeholder there, not a text box."""
        return self.held is None or self.held.home is not None

    @property
    def home(self) -> Rect:
        """Where slides find it if they do not say otherwise."""
        return self.held.home if self.held and self.held.home else self.rect


class Grid(NamedTuple):
    """Where the marks of time stand on a slide layout, in EMU; `scale` is 1 on slides of our size."""

    slide: Rect = SLIDE
    x: int = MARGIN
    wide: int = WIDE
    horizon: int = HORIZON
    column_rule: int = COLUMN_RULE
    short_rule: int = inches(5.56)
    phase: tuple[int, int] = (MARGIN, inches(0.62))  # its left, its middle
    scale: float = 1.0
    area: str | None = None  # ground of the bar, where it is none of ours

    def scaled(self, length: int) -> int:
        """Return a length of our slides on slides of this size."""
        return round(length * self.scale)


class Sheet(NamedTuple):
    """A plain ground under texts, where a company's template has artwork; `fill` a scheme colour."""

    rect: Rect
    fill: str


class SlideLayout(NamedTuple):
    """A slide layout by its name in PowerPoint; `mode` is talk, do or pause."""

    name: str
    mode: str
    places: dict[str, Place]
    grid: Grid = Grid()
    sheets: tuple[Sheet, ...] = ()

    @property
    def bar_area(self) -> str:
        """The ground that the horizon bar stands on."""
        return self.grid.area or ("below" if self.mode == "pause" else "page")

    @property
    def title(self) -> Place:
        """The place of the slide's title."""
        return next(place for place in self.places.values() if place.type in ("title", "ctrTitle"))


def kind_of(style: str) -> str:
    """Return the theme's style that *style* is, or that one of a template (`body@2.1`) stands for."""
    return style.partition("@")[0]


def columns_of(layout: SlideLayout) -> tuple[str, ...]:
    """Return the names of the places of a slide layout that are columns, from left to right."""
    return tuple(name for name in COLUMNS if name in layout.places)


@cache
def slide_layouts() -> dict[str, SlideLayout]:
    """Return all slide layouts by name, in the order of PowerPoint's menu."""
    import yaml  # noqa: PLC0415 (not needed to read an outline)

    data = yaml.load(data_file("themes", "slide-layouts.yaml"), Loader=yaml.CSafeLoader)
    return {
        name: _slide_layout(name, values, data["placeholders"], data["furniture"])
        for name, values in data["layouts"].items()
    }


def data_file(*path: str) -> str:
    """Return the text of a data file that ships with the package."""
    return data_folder(path[0]).joinpath(*path[1:]).read_text(encoding="utf-8")


def data_folder(name: str) -> Path:
    """Return the folder *name* of data: inside an installed package, beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / name
    return inside if inside.is_dir() else package.parents[1] / name


def _slide_layout(
    name: str,
    values: dict[str, Any],
    types: dict[str, list[Any]],
    furniture: dict[str, list[Any]],
) -> SlideLayout:
    mode = values["mode"]
    rows = {key: row for key, row in values.items() if key not in ("mode", "furniture")}
    rows |= {key: furniture[key] for key in values["furniture"] if key not in rows}
    places = {key: _place(key, row, types[key], mode, name) for key, row in rows.items()}
    return SlideLayout(name, mode, places)


def _place(name: str, row: list[Any], typed: list[Any], mode: str, slide_layout: str) -> Place:
    x, y, w, h, style, anchor = row
    type, idx = typed
    if slide_layout == "Title" and name == "title":
        type = "ctrTitle"
    elif slide_layout == "Section" and name == "subtitle":
        type = "body"
    kind = "step" if name.startswith("step_") else style
    if name == "time_chip" and mode == "talk":
        kind = "quiet_chip"
    place = rect(x, y, w, h)
    return Place(
        name=name,
        type=type,
        idx=idx,
        rect=place,
        levels=LEVELS.get(kind, (style,) * 3),
        anchor=anchor,
        area=_area(place, mode, slide_layout, name),
        align={"time_chip": "ctr", "slide_number": "r"}.get(name, "l"),
        is_list=style == "body",
    )


def _area(place: Rect, mode: str, slide_layout: str, name: str) -> str:
    """Return the ground that a place stands on (visual modes talk, do and pause)."""
    if slide_layout in FULL:
        return "full"
    if mode == "talk" or place.y < HORIZON:
        return "sky" if mode == "pause" else "page"
    if mode == "pause":
        return "below"
    on_answer = slide_layout == "Answer" and name in (
        "answer",
        "footer_title",
        "slide_number",
    )
    return "answer" if on_answer else "strip"
