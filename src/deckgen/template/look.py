"""The theme of a template: our roles on its colours and fonts, our sizes on its slide size.

Colours are slots of the template's own theme, so what we draw changes with it. A role takes the first
slot that can be told apart from its ground (WCAG 2.2, as in `theme/contrast.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from deckgen.geometry import Rect, inches
from deckgen.reading.fields import Text
from deckgen.template.canvas import WHOLE
from deckgen.template.model import Layout, Level, Master, Template
from deckgen.theme.contrast import LARGE_TEXT, MARK, TEXT, contrast_ratio
from deckgen.theme.model import AREAS, Decoration, Font, TextStyle, Theme

ACCENTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
UNLIKE = "unlike"  # the colour of a text that slides do not inherit; nothing is ever drawn in it
AREA = "ground "  # before the colour of a ground, in the name of its area
UNKNOWN = "?"  # before a colour that is the mean of a picture
NEAR = 1.02, 1.7  # the contrast of a panel with its ground
LEAST = {  # points on slides of our size, below those of our own themes: other people's places
    "title": 20, "cover": 28, "section": 28, "statement": 24, "kicker": 16, "question": 16,
    "message": 20, "lead": 14, "body": 16, "body2": 14, "body3": 14, "fact": 11, "label": 10,
    "minutes": 12, "option": 11, "numeral": 11, "task": 14, "credit": 12, "caption": 10, "footer": 7,
    "table_head": 14, "table_cell": 14, "column_head": 14, "clock": 60, "chip": 12, "answer": 16,
    "rule": 20, "agenda": 14, "band": 14, "code": 10, "segment": 10,
}  # fmt: skip


def scale_of(size: Rect) -> float:
    """Return how large slides are beside ours of 13.333 x 7.5 in; 4:3 of the same height is 1."""
    return min(size.h / inches(7.5), size.w / inches(10))


def base_theme(template: Template, master: Master, clear: Theme) -> Theme:
    """Return *clear* in the template's colours and fonts, at its size, without styles of its own."""
    scale = scale_of(template.size)
    styles = {name: _scaled(style, scale) for name, style in clear.type.items()}
    fit = {
        name: _points(min(LEAST.get(name, style.size), clear.floor(name)) * scale)
        for name, style in clear.type.items()
    }
    space = {f.name: getattr(clear.space, f.name) * scale for f in dataclasses.fields(clear.space)}
    shape = {f.name: getattr(clear.shape, f.name) * scale for f in dataclasses.fields(clear.shape)}
    return dataclasses.replace(
        clear,
        name=Text(template.name),
        character=Text("a company's template"),
        clr_map={},
        colours={slot: Text(value) for slot, value in master.colours.items()},
        areas={},
        fonts={
            "heading": font_of(template, master.fonts["heading"]),
            "body": font_of(template, master.fonts["body"]),
            "mono": clear.fonts["mono"],
        },
        type=styles,
        fit=fit,
        space=dataclasses.replace(clear.space, **space),
        shape=dataclasses.replace(
            clear.shape,
            **shape,
        ),
        decoration=Decoration(),
    )


def font_of(template: Template, name: str) -> Font:
    """Return a font of the template: the embedded one, if that can be read."""
    return template.fonts.get(name) or Font(
        office=Text(name), twin=Text(name), fallback=(), line=1.22
    )


def style_of(level: Level, scale: float, *, colour: str = "text") -> TextStyle:
    """Return the text style that a list level of a placeholder shows."""
    del scale
    return TextStyle(
        face=level.face,  # type: ignore[arg-type]
        size=level.size,
        bold=level.bold,
        italic=level.italic,
        line=max(70.0, min(200.0, level.line)),
        before=level.before,
        caps=level.caps,
        colour=Text(colour),
    )


def ground_at(layout: Layout, rect: Rect, master: Master, whole: float = WHOLE) -> str | None:
    """Return the colour behind *rect*; of a picture its mean, marked; None where it has artwork.

    It is enough for the colour to be on the part *whole* of it.
    """
    canvas = layout.canvas
    shown = canvas.at(rect)
    if shown.share >= whole:
        return shown.main
    ink = master.colours[roles_on(shown.mean, master)["text"]]
    is_legible = canvas.is_even(rect, whole) and canvas.legible(rect, ink) >= whole
    return UNKNOWN + shown.mean if is_legible else None


def roles_on(ground: str, master: Master) -> dict[str, Text]:
    """Return a slot for each role on a *ground* RRGGBB."""
    colours = master.colours
    dark_light = tuple(dict.fromkeys((master.mapped["tx1"], "dk1", "lt1", "dk2", "lt2")))

    def on(slot: str, other: str = ground) -> float:
        return contrast_ratio(colours[slot], other)

    def first(slots: Iterable[str], need: float, usual: str) -> str:
        return next((slot for slot in slots if on(slot) >= need), usual)

    def over(slot: str) -> str:
        return max(dark_light, key=lambda ink: on(ink, colours[slot]))

    text = next((slot for slot in dark_light if on(slot) >= 7), max(dark_light, key=on))
    nearest = min(colours, key=lambda slot: _distance(colours[slot], ground))
    legible = [slot for slot in ACCENTS if on(over(slot), colours[slot]) >= TEXT]
    key = first((*legible, "dk2", "lt2"), TEXT, text)
    others = [slot for slot in legible if colours[slot] != colours[key]]
    time = first(others, TEXT, first(others, MARK, key))
    time_ink = time if on(time) >= TEXT else key
    muted = next(
        (slot for slot in ("dk2", "lt2", "dk1", "lt1") if TEXT <= on(slot) < on(text)), text
    )
    panel = next(
        (
            slot
            for slot in ("lt2", "lt1", "dk2", "dk1")
            if NEAR[0] < on(slot) < NEAR[1]
            and all(on(ink, colours[slot]) >= TEXT for ink in (text, key, muted, time_ink))
        ),
        nearest,
    )
    line = min((slot for slot in (*ACCENTS, text) if on(slot) >= MARK), key=on, default=text)
    bar = first(ACCENTS, MARK, text) if on(key) < MARK else key
    found = {
        "ground": nearest, "text": text, "muted": muted, "line": line, "key": key,
        "on_key": over(key), "time": time, "on_time": over(time), "time_ink": time_ink,
        "past": key, "panel": panel, "link": "hlink" if on("hlink") >= TEXT else text,
        "bar": bar, "on_bar": over(bar), UNLIKE: UNLIKE,
    }  # fmt: skip
    return {role: Text(slot) for role, slot in found.items()}


def area_of(theme: Theme, ground: str, master: Master, ink: str | None = None) -> str:
    """Return the name of the area with this *ground*, which *theme* gets if it is new.

    *ink* is the slot that its text takes, if not the first that can be read on it.
    """
    name = f"{AREA}{ground} {ink or ''}".strip()
    if name not in theme.areas:
        roles = roles_on(ground.removeprefix(UNKNOWN), master)
        roles |= {"text": Text(ink)} if ink else {}
        theme.areas[name] = _plain(roles) if ground.startswith(UNKNOWN) else roles
        for usual in AREAS:
            theme.areas.setdefault(usual, theme.areas[name])
    return name


def table_style_on(area: str, master: Master) -> str:
    """Return the id of the template's table style if its texts can be read on an area, else nothing.

    Heads are bold and of 14 points or more, which WCAG 2.2 counts as large.
    """
    ground = area.removeprefix(AREA).partition(" ")[0]
    style = master.tables
    if style is None:
        return ""
    needs = [(style.head, LARGE_TEXT), *((row, TEXT) for row in style.rows)]
    is_legible = all(
        not (shade.fill or ground).startswith(UNKNOWN)
        and contrast_ratio(shade.text, shade.fill or ground) >= need
        for shade, need in needs
    )
    return style.id if is_legible else ""


def _plain(roles: dict[str, Text]) -> dict[str, Text]:
    """Return *roles* for a picture: what is drawn on it is as dark or as light as its text."""
    inks = ("muted", "line", "key", "time", "time_ink", "past", "bar", "link")
    on = {f"on_{name}": roles["panel"] for name in ("key", "time", "bar")}
    return roles | dict.fromkeys(inks, roles["text"]) | on


def _scaled(style: TextStyle, scale: float) -> TextStyle:
    return dataclasses.replace(
        style,
        size=_points(style.size * scale),
        before=_points(style.before * scale),
        track=0.0,
        line=max(90.0, style.line),
    )


def _points(value: float) -> float:
    return round(value * 2) / 2


def _distance(one: str, other: str) -> int:
    return sum((int(one[k : k + 2], 16) - int(other[k : k + 2], 16)) ** 2 for k in (0, 2, 4))
