"""Every token of a theme does something: a deck, a template or a page changes when it does.

The tokens come from the declarations of `theme/model.py`, each with values that its type allows. A
token has an effect if one of the themes that ship, or a variant of it in which the token is asked,
looks otherwise. What is drawn is the gallery: every kind of block in its usual forms.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin
from zipfile import ZipFile

import pytest

from deckgen.boxes import Section
from deckgen.compiler import check
from deckgen.diagnostics import Diagnostics
from deckgen.layout.engine import lay_out
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.model import Plan
from deckgen.reading.fields import Bounds, Text
from deckgen.reading.reader import declared_fields, unwrap
from deckgen.render.formats.look import PageLook, SessionPiece
from deckgen.render.formats.page import page
from deckgen.render.formats.read import read
from deckgen.render.pptx.template import write_template
from deckgen.render.pptx.write import write_pptx
from deckgen.theme.load import theme_names
from deckgen.theme.model import STYLES, Theme
from made_fonts import write_font
from stages import plan, setting, theme

GALLERY = Path(__file__).resolve().parents[2] / "docs/gallery/gallery.yaml"
NOTES = "# Notes\n\nA text with `code`, a [link](https://example.org) and a table:\n\n| A | B |\n|:-|:-|\n| 1 | 2 |\n"
THEMES = tuple(map(theme, theme_names()))

# Roles that the gallery draws on no ground.
UNDRAWN = {
    "on_key": "numbers on segments of the key colour, of which no block makes one with a number"
}
# Tokens that change nothing that is drawn, with the reason. All text styles have the same fields.
ALONE = ("numeral", "rule", "code", "agenda", "table_head", "table_cell", "segment")
SILENT = {
    "fit.segment": "a label that is wider than its segment is left out, not set smaller",
    "type.code.caps": "code keeps its letters",
    "type.segment.colour": "what is written on a segment has the colour that goes with its fill",
    **{f"type.{style}.before": "stands alone: there is no paragraph before it" for style in ALONE},
}


class Token(NamedTuple):
    """A value of a theme: its address, and the theme with another value there, if it has one."""

    address: str
    others: tuple[Theme, ...]


# what is declared ------------------------------------------------------------------------------


def tokens(look: Theme) -> Iterator[Token]:
    """Yield all tokens of a theme, each with themes that differ from it in that token alone."""
    yield from _tokens(look, Theme, "", lambda changed: changed)


def _tokens(value: Any, kind: Any, at: str, made: Callable[[Any], Theme]) -> Iterator[Token]:
    kind, limits = unwrap(kind)
    if dataclasses.is_dataclass(kind):
        for name, declared in declared_fields(kind).items():  # type: ignore[arg-type]

            def replaced(changed: Any, name: str = name) -> Theme:
                return made(dataclasses.replace(value, **{name: changed}))

            inside = f"{at}.{name}" if at else name
            yield from _tokens(getattr(value, name), declared.kind, inside, replaced)
    elif get_origin(kind) is dict:
        names = STYLES if at == "fit" else tuple(value)  # a size that is not named is the style's
        for name in names:

            def put(changed: Any, name: str = name) -> Theme:
                return made({**value, name: changed})

            yield from _tokens(value.get(name), get_args(kind)[1], f"{at}.{name}", put)
    else:
        others = _others(value, kind, limits, at)
        yield Token(at, tuple(made(other) for other in others if other != value))


def _others(value: Any, kind: Any, limits: tuple[Any, ...], at: str) -> tuple[Any, ...]:
    """Return values that a token may have instead."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if get_origin(kind) is tuple:
        return ((Text("Zebra"),),)
    if kind is bool:
        return (True, False)
    if kind is float:
        bounds = [limit for limit in limits if isinstance(limit, Bounds)]
        least, greatest = (bounds[0].least, bounds[0].greatest) if bounds else (0, 1e9)
        near = (
            (value or 12) * 1.25 + 0.5,
            (value or 12) * (0.3 if at.startswith("fit.") else 0.75),
        )
        return tuple(min(max(each, least), greatest) for each in near)
    if at.startswith("colours."):
        return (Text("12AB34"), Text("FEDCBA"))
    if at.startswith(("areas.", "clr_map.")):
        return tuple(map(Text, ("dk1", "accent2", "hlink")))
    if at.endswith(".colour"):
        return tuple(map(Text, ("text", "key", "on_time")))
    return (Text("Zebra"), Text("Cambria"))


# settings in which a token is asked ------------------------------------------------------------


def asking(address: str, font: Path) -> Iterator[Theme]:
    """Yield themes that ask for the token at *address*; most do as they are."""
    part, _, name = address.partition(".")
    if part == "fit":
        yield from (_crowded(THEMES[0], name, times) for times in (1.5, 2, 3, 4))
    elif address.endswith(".file"):
        face = name.partition(".")[0]
        office, file = Text("House Sans"), (Text(str(font)),)
        named = dataclasses.replace(THEMES[0].fonts[face], office=office, file=file)
        yield dataclasses.replace(THEMES[0], fonts={**THEMES[0].fonts, face: named})
    else:
        yield from THEMES[:1] if address in SILENT else THEMES


def _crowded(look: Theme, style: str, times: float) -> Theme:
    """Return *look* with a style so large that its texts have to be set smaller."""
    large = dataclasses.replace(look.type[style], size=look.type[style].size * times)
    types, fit = {**look.type, style: large}, {**look.fit, style: large.size}
    return dataclasses.replace(look, type=types, fit=fit)


# what is drawn ---------------------------------------------------------------------------------


@cache
def gallery() -> Plan:
    """Return the plan of the gallery."""
    (compiled,) = check(GALLERY, Diagnostics())
    return compiled.plan


@cache
def composed() -> list[Section]:
    """Return the slides of the gallery, before layout."""
    return list(with_pictures(compose(gallery()), Diagnostics()))


@cache
def deep() -> Plan:
    """Return the plan of a list with a third level, which the gallery has not."""
    long = "A point that goes on and on over the line"
    points = [{"text": "One", "points": [{"text": "Two", "points": [long, long]}]}]
    return plan(f"- {{kind: content, title: Deep, points: {json.dumps(points)}}}")


def template(look: Theme) -> bytes:
    """Return slide master and slide layouts in the theme."""
    return write_template(look, "en-GB")


def deck(look: Theme) -> bytes:
    """Return the gallery in the theme."""
    told = setting("Gallery", look)
    return write_pptx(lay_out(composed(), told, Diagnostics()))


def html(look: Theme) -> bytes:
    """Return a page in the theme."""
    return page(
        read(NOTES, "facilitator-notes", {}), PageLook(look, "en-GB", (SessionPiece(5),))
    ).encode()


def frames(look: Theme) -> object:
    """Return what stands where on the slides of the gallery, before it is written."""
    told = setting("Gallery", look)
    return [lay_out(made, told, Diagnostics()).sections for made in (composed(), compose(deep()))]


# Ways to draw, the quickest first.
WAYS: tuple[Callable[[Theme], object], ...] = (template, html, frames, deck)


def has_effect(address: str, looks: Iterable[Theme]) -> bool:
    """Return whether one of *looks* is drawn otherwise where the token at *address* is another."""
    return any(
        way(other) != _drawn(way, look)
        for look in looks
        for way in WAYS
        for other in _tokens_of(look)[address]
    )


@cache
def _drawn(way: Callable[[Theme], object], look: Theme) -> object:
    return way(look)


@cache
def _tokens_of(look: Theme) -> Mapping[str, tuple[Theme, ...]]:
    return {token.address: token.others for token in tokens(look)}


ADDRESSES = tuple(_tokens_of(THEMES[0]))
PARTS = tuple(dict.fromkeys(address.partition(".")[0] for address in ADDRESSES))
AREAS = "areas"  # tried all at once: one deck shows where each role of each ground is drawn


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fonts") / "HouseSans.ttf"
    write_font(path, width=900)
    return path


@pytest.mark.parametrize("part", [part for part in PARTS if part != AREAS])
def test_every_token_does_something(part: str, font: Path) -> None:
    wrong = [
        address
        for address in ADDRESSES
        if address.partition(".")[0] == part
        and has_effect(address, asking(address, font)) == (address in SILENT)
    ]
    assert not wrong, "no effect, or not as SILENT says"


def _marked(look: Theme) -> Theme:
    """Return *look* with a slot for each role of each ground, called and coloured as no other."""
    slots = [f"{AREAS}.{area}.{role}" for area, roles in look.areas.items() for role in roles]
    colours = {slot: Text(f"{0xA00000 + k:06X}") for k, slot in enumerate(slots)}
    areas = {
        area: {role: Text(f"{AREAS}.{area}.{role}") for role in roles}
        for area, roles in look.areas.items()
    }
    return dataclasses.replace(look, areas=areas, colours={**look.colours, **colours})


def _seen(look: Theme) -> set[str]:
    """Return the roles of grounds that are drawn anywhere in the theme, charts left out."""
    marked = _marked(look)
    sections = [section for section in composed() if not section.id.startswith("chart")]
    made = write_pptx(lay_out(sections, setting("Gallery", marked), Diagnostics()))
    with ZipFile(BytesIO(made)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "/slide" in name]
    found = {slot for part in parts for slot in re.findall(r'schemeClr val="(areas[^"]*)"', part)}
    text = html(marked).decode().upper()
    inks = {slot: colour for slot, colour in marked.colours.items() if slot.startswith(AREAS)}
    return found | {slot for slot, colour in inks.items() if f"#{colour}" in text}


def test_every_role_and_every_ground_does_something() -> None:
    """A theme gives every role on every ground, drawn or not: a slide layout may put it anywhere."""
    slots = set().union(*map(_seen, THEMES))
    drawn = {(area, role) for _, area, role in (slot.split(".") for slot in slots)}
    assert {area for area, _ in drawn} == {*THEMES[0].areas}
    assert {role for _, role in drawn} == {*THEMES[0].areas["page"]} - {*UNDRAWN}
    assert ("page", "text") in drawn
    assert ("answer", "ground") in drawn


def test_all_tokens_of_the_file_are_tried() -> None:
    assert {*SILENT} <= {*ADDRESSES}
    assert len(ADDRESSES) > 400
    assert {
        "type.body.track",
        "areas.page.on_bar",
        "fit.chip",
        "shape.radius",
        "space.list_indent",
    } <= {*ADDRESSES}
    assert all(_tokens_of(look).keys() == {*ADDRESSES} for look in THEMES)


@pytest.mark.parametrize("way", WAYS)
def test_what_differs_is_the_theme_and_nothing_else(way: Callable[[Theme], object]) -> None:
    same = dataclasses.replace(THEMES[0])
    assert same is not THEMES[0]
    assert way(same) == way(THEMES[0])
