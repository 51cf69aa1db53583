"""Turns the forms of a frame into whole looks: what a slide inherits is filled in, colours are RRGGBB.

A frame tells a run's form only where it differs from its place (`frames.py`); a writer without
placeholders to inherit from takes the look from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deckgen.boxes import Formula, is_jump
from deckgen.layout.decoration import bullet_of
from deckgen.layout.frames import Bullet, FrameParagraph, FrameRun, ParagraphFormat, RunFormat
from deckgen.layout.text_format import given_form, paragraph_form
from deckgen.theme.model import Font, Theme
from deckgen.theme.places import Place

PLAIN = RunFormat(18.0, False, False, None, "body", 0.0, False)
STANDS = ParagraphFormat("l", 100.0, 0.0, 0, 0, False, 0.0)
TEMPLATE_BULLET = "\u2022"
LINK, INK = "hlink", "tx1"


class Look(NamedTuple):
    """How characters look: `size` and `track` (added to each) in points, `colour` RRGGBB."""

    font: Font
    size: float
    bold: bool
    italic: bool
    colour: str
    track: float = 0.0
    caps: bool = False
    struck: bool = False


class LookedRun(NamedTuple):
    """Characters in one look; a newline in `text` is a line break."""

    text: str
    look: Look
    link: str | None = None
    equation: Formula | None = None


class Stands(NamedTuple):
    """How a paragraph stands: `line` in percent, `before` in points, `margin` and `indent` in EMU.

    The colour of `bullet` is RRGGBB, or empty: that of its text.
    """

    align: str
    line: float
    before: float
    margin: int
    indent: int
    bullet: Bullet | None


class LookedParagraph(NamedTuple):
    """Runs in one paragraph, nothing left to inherit; one run at least."""

    runs: tuple[LookedRun, ...]
    stands: Stands


def looked(
    theme: Theme,
    paragraphs: Sequence[FrameParagraph],
    place: Place | None = None,
    ink: str | None = None,
) -> tuple[LookedParagraph, ...]:
    """Return *paragraphs* as they look in *place*; without one, as in a shape or a table.

    *ink*, RRGGBB, is the colour of what a table style colours.
    """
    return tuple(_looked(theme, paragraph, place, ink) for paragraph in paragraphs)


def _looked(
    theme: Theme, paragraph: FrameParagraph, place: Place | None, ink: str | None
) -> LookedParagraph:
    depth = min(paragraph.level, 2)
    given = given_form(theme, place, depth) if place else None
    base = _filled(given or PLAIN, PLAIN)
    runs = paragraph.runs or (FrameRun(""),)
    stands = _filled_stands(theme, paragraph, place)
    inks = place.held.inks if place and place.held else ()
    ink = inks[min(depth, len(inks) - 1)] if inks else ink
    return LookedParagraph(tuple(_run(theme, run, base, ink) for run in runs), stands)


def _run(theme: Theme, run: FrameRun, base: RunFormat, ink: str | None) -> LookedRun:
    form = _filled(run.form, base)
    look = Look(
        font_of(theme, form.face or "body"),
        form.size or 18.0,
        bool(form.bold),
        bool(form.italic),
        _colour(theme, run, base, ink),
        (form.track or 0.0) / 100,
        bool(form.caps),
        bool(form.struck),
    )
    return LookedRun(run.text, look, run.link, run.equation)


def _colour(theme: Theme, run: FrameRun, base: RunFormat, ink: str | None) -> str:
    """Return the colour that a run says, or that of links, of its table, of its place."""
    if run.form.colour:
        return theme.rgb(run.form.colour)
    if run.link and not is_jump(run.link):
        return theme.rgb(LINK)
    inherited = base.colour or INK
    return ink or theme.rgb(inherited if theme.has(inherited) else INK)


def font_of(theme: Theme, face: str) -> Font:
    """Return the font of a face of *theme*: heading, body, mono, or one of a template by its name."""
    if face in theme.fonts:
        return theme.fonts[face]
    named = (font for font in theme.fonts.values() if font.office == face)
    return next(named, theme.fonts["body"])


def _filled(own: RunFormat, base: RunFormat) -> RunFormat:
    return base._replace(
        **{name: value for name, value in own._asdict().items() if value is not None}
    )


def _filled_stands(theme: Theme, paragraph: FrameParagraph, place: Place | None) -> Stands:
    depth, base = min(paragraph.level, 2), STANDS
    if place and place.held is None:
        base = paragraph_form(theme, place, depth)
    own = paragraph.form
    told = base._replace(
        **{name: value for name, value in own._asdict().items() if value is not None}
    )
    bullet = None
    if own.number:
        colour = (
            theme.rgb(bullet_of(theme, place, depth).colour) if place and not place.held else ""
        )
        bullet = Bullet(f"{own.number[0]}.", colour, 100)
    elif isinstance(own.bullet, Bullet):
        bullet = own.bullet._replace(colour=theme.rgb(own.bullet.colour))
    elif place and place.held is None and told.bullet:
        given = bullet_of(theme, place, depth)
        bullet = given._replace(colour=theme.rgb(given.colour))
    elif place and place.held and (own.bullet or (own.bullet is None and told.indent)):
        bullet = Bullet(TEMPLATE_BULLET, "", 100)
    return Stands(
        told.align or "l",
        told.line or 100.0,
        told.before or 0.0,
        told.margin or 0,
        told.indent or 0,
        bullet,
    )
