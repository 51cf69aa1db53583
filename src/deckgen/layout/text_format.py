"""Resolves styles into forms and measures texts in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from deckgen.boxes import NBSP, OBJECT, Drawn, Paragraph, Run, is_jump
from deckgen.geometry import inches, points, to_points
from deckgen.layout.breaks import softened
from deckgen.layout.decoration import bullet_of
from deckgen.layout.fonts import face_metrics, line_height
from deckgen.layout.frames import FrameParagraph, FrameRun, ParagraphFormat, RunFormat
from deckgen.layout.scripts import line_ems
from deckgen.layout.text import FontMetrics, Piece, PreparedText
from deckgen.theme.model import Font, TextStyle, Theme
from deckgen.theme.places import OPTION_INDENT, STEP_INDENT, Held, Place, Stand

MEASURED = 50_000  # texts whose measures are kept
UNBOUNDED = points(100_000)
DESCENT = 0.2  # ems from the baseline to the end of a line, whatever the face
_EM = 1000
SLACK = 0.2  # points; renderers wrap a line that fits by less
STEP = 2.0  # points by which a text goes down the type scale
BALANCE = 2.0  # points by which the lines of a title may be less alike than they could be
LEAST_SIZE = 1.0  # points, the least that a presentation can say (ECMA-376 part 1, 20.1.10.72)
LEVEL_INDENT = inches(0.35)
ALIASES = {"plain": "body", "quote": "body"}
NUMERAL = f"00.{NBSP}"
_LAST_WORD = re.compile(r" (?=[^\s]{1,12}$)")


class Measured(NamedTuple):
    """What a text takes in EMU: its height, its widest unbreakable piece, its longest line.

    Of a text on one line, `widest` is that line.
    """

    height: int
    widest: int
    longest: int
    lines: int


class TextFormat:
    """A style on a ground, some steps down the type scale; the same one for the same arguments."""

    __slots__ = ("area", "line_height", "name", "plain", "size", "style", "theme")

    def __init__(self, theme: Theme, name: str, area: str, steps: int) -> None:
        self.theme, self.name, self.area = theme, name, area
        style = theme.type[ALIASES.get(name, name)]
        floor = min(theme.floor(ALIASES.get(name, name)), style.size)
        self.style: TextStyle = style
        self.size: float = max(floor, style.size - STEP * steps, LEAST_SIZE)
        self.line_height: float = (
            self.size * line_height(theme.fonts[style.face]) * style.line / 100
        )
        self.plain = RunFormat(
            size=self.size,
            bold=style.bold,
            italic=style.italic,
            colour=self.colour(style.colour),
            face=style.face,
            track=style.track,
            caps=style.caps or None,
        )

    def colour(self, role: str) -> str:
        """Return the scheme colour of *role* on this ground."""
        return self.theme.scheme(self.area, role)

    def excess(self, text: str, *, in_table: bool = False) -> float:
        """Return the points by which a line that holds *text* is taller than `line_height`."""
        taller = (
            line_ems(text, in_table=in_table) * self.size * self.style.line / 100 - self.line_height
        )
        return max(taller, 0.0)

    def equation_excess(self, shape: Drawn) -> float:
        """Return the points by which a line that holds an equation is taller than `line_height`."""
        height = line_height(self.theme.fonts[self.style.face])
        up, down = shape.ascent - (height - DESCENT), shape.descent - DESCENT
        return (max(up, 0.0) + max(down, 0.0)) * self.size * self.style.line / 100

    def piece(self, run: Run) -> Piece:
        """Return *run* for measuring."""
        style = self.style
        if run.equation and run.equation.drawn:
            return equation_piece(run.equation.drawn, self.size)
        face = "mono" if run.code else style.face
        font = self.theme.fonts[face]
        bold, italic = style.bold or run.bold, style.italic or run.italic
        metrics = _face(font, bold, italic)
        text = capitals(run.text) if style.caps and not run.code else run.text
        return Piece(text, metrics, self.size, style.track / 100)


def equation_piece(shape: Drawn, size: float) -> Piece:
    """Return an equation within a text for measuring: one character that is as wide."""
    return Piece(OBJECT, _object(round(shape.width * _EM)), size)


@cache
def _object(width: int) -> FontMetrics:
    """Return a face that has the one character of an equation, *width* thousandths of an em wide."""
    return FontMetrics("", False, False, 0.0, 0.0, 0.0, _EM, {OBJECT: width}, {})


def capitals(text: str) -> str:
    """Return *text* in capitals, letter by letter: a ß stays one."""
    return "".join(capital if len(capital := char.upper()) == 1 else char for char in text)


@cache
def _face(font: Font, bold: bool, italic: bool) -> FontMetrics:
    return face_metrics(font, bold=bold, italic=italic)


@cache
def form_of(theme: Theme, name: str, area: str, steps: int = 0) -> TextFormat:
    """Return the style *name* of *theme* on the ground *area*, *steps* down the type scale."""
    return TextFormat(theme, name, area, steps)


@lru_cache(maxsize=MEASURED)
def measure(
    runs: tuple[Run, ...], form: TextFormat, width: int, *, in_table: bool = False
) -> Measured:
    """Return what *runs* take at a measure of *width* EMU; *in_table* says if a row holds them."""
    prepared = _prepared(runs, form)
    lines = prepared.wrap(to_points(width) - SLACK)
    longest = max((line.width for line in lines), default=0.0)
    taller = 0.0
    if not prepared.text.isascii():
        texts = (prepared.text[line.start : line.stop] for line in lines)
        taller = sum(form.excess(text, in_table=in_table) for text in texts)
        if any(run.equation for run in runs):
            taller += sum(_equation_excess(runs, form, line.start, line.stop) for line in lines)
    height = points(len(lines) * form.line_height + taller)
    widest = longest if len(lines) == 1 and longest <= to_points(width) else prepared.widest()
    return Measured(height, points(widest), points(longest), len(lines))


def _equation_excess(runs: tuple[Run, ...], form: TextFormat, start: int, stop: int) -> float:
    """Return the points by which the equations from *start* to *stop* make a line taller."""
    most, first = 0.0, 0
    for run in runs:
        if run.equation and run.equation.drawn and start <= first < stop:
            most = max(most, form.equation_excess(run.equation.drawn))
        first += len(run.text)
    return most


def least_width(runs: tuple[Run, ...], form: TextFormat) -> int:
    """Return the width in EMU of the widest piece of *runs* that no line break can part."""
    return points(_prepared(runs, form).widest())


@lru_cache(maxsize=MEASURED)
def _prepared(runs: tuple[Run, ...], form: TextFormat) -> PreparedText:
    return PreparedText([form.piece(run) for run in runs or (Run(""),)])


def natural_width(runs: tuple[Run, ...], form: TextFormat) -> int:
    """Return the width in EMU of *runs* on one line."""
    return measure(runs, form, UNBOUNDED).longest


def parted(runs: tuple[Run, ...], form: TextFormat, width: int) -> tuple[Run, ...]:
    """Return *runs*, their long words and addresses breakable where one is wider than *width* EMU."""
    return softened(runs) if measure(runs, form, width).widest > width else runs


def widest_word(runs: tuple[Run, ...], form: TextFormat) -> str:
    """Return the widest piece of *runs* that no line break can part."""
    return _prepared(runs, form).widest_text()


def without_orphan(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return *runs* with a short last word joined to the one before by a no-break space."""
    if not runs or len(plain := runs[-1].text) < 3 or plain.count(" ") < 2:
        return runs
    last = runs[-1]
    joined = _LAST_WORD.sub(NBSP, last.text)
    return (*runs[:-1], last._replace(text=joined))


def balanced(runs: tuple[Run, ...], form: TextFormat, width: int) -> tuple[Run, ...]:
    """Return *runs* with line breaks for spaces where their lines are most alike; else unchanged."""
    room = to_points(width) - SLACK
    prepared, glued = _prepared(runs, form), _prepared(without_orphan(runs), form)
    if len(glued.wrap(room)) == len(prepared.wrap(room)):
        prepared = glued
    lines = prepared.wrap(prepared.balance(room, BALANCE))
    breaks = [(one.stop, two.start) for one, two in pairwise(lines)]
    if any(prepared.text[a:b] != " " for a, b in breaks):
        return runs
    return tuple(_broken(runs, {start for start, _ in breaks}))


def _broken(runs: tuple[Run, ...], positions: set[int]) -> Iterator[Run]:
    """Yield *runs* with a line break instead of the character at each of *positions*."""
    first = 0
    for run in runs:
        text = "".join("\n" if k in positions else char for k, char in enumerate(run.text, first))
        first += len(run.text)
        yield run._replace(text=text)


def frame_runs(
    runs: Iterable[Run], form: TextFormat, base: RunFormat | None
) -> tuple[FrameRun, ...]:
    """Return *runs* in *form*, giving only what *base* (inherited) does not."""
    return tuple(
        FrameRun(run.text, _run_form(run, form, base), run.link, run.equation) for run in runs
    )


def _run_form(run: Run, form: TextFormat, base: RunFormat | None) -> RunFormat:
    plain = form.plain
    colour = form.colour(run.colour) if run.colour else plain.colour
    if run.link and not is_jump(run.link):
        # PowerPoint sets links in the theme's hlink, unless they say to keep their own colour.
        link = form.theme.slot(form.area, "link")
        colour = None if link == "hlink" else form.colour("link")
    whole = RunFormat(
        size=plain.size,
        bold=plain.bold or run.bold,
        italic=plain.italic or run.italic,
        colour=colour,
        face="mono" if run.code else plain.face,
        track=plain.track,
        caps=None if run.code else plain.caps,
        struck=run.struck or None,
    )
    if base is None:
        return whole
    own = _difference(whole, base)
    # A link tells its colour even where the placeholder has it: else it would take the theme's.
    return own._replace(colour=colour) if run.link else own


def _difference(whole: RunFormat, base: RunFormat) -> RunFormat:
    caps = False if base.caps and not whole.caps else None if base.caps else whole.caps
    return RunFormat(
        caps=caps,
        struck=whole.struck,
        **{
            name: None if getattr(whole, name) == getattr(base, name) else getattr(whole, name)
            for name in ("size", "bold", "italic", "colour", "face", "track")
        },
    )


def level_style(place: Place, level: int) -> str:
    """Return the style of a placeholder's list level."""
    return place.levels[min(level, len(place.levels) - 1)]


def place_form(theme: Theme, place: Place, level: int) -> TextFormat:
    """Return the form that a placeholder's list level gives."""
    return form_of(theme, level_style(place, level), place.area)


def paragraph_form(theme: Theme, place: Place, level: int) -> ParagraphFormat:
    """Return how a paragraph stands that a placeholder's list level gives."""
    form = place_form(theme, place, level)
    margin, indent = indents(theme, place, level)
    is_pause = place.area in ("sky", "full") or place.name == "note"
    center = theme.decoration.pause_align == "center" and is_pause and place.align == "l"
    align = "ctr" if center else place.align
    return ParagraphFormat(align, form.style.line, form.style.before, margin, indent, place.is_list)


def indents(theme: Theme, place: Place, level: int) -> tuple[int, int]:
    """Return left margin and first-line indent of a placeholder's list level."""
    if place.held:
        stand = place.held.stand(level)
        return stand.margin, stand.indent
    if place.is_list:
        hang = inches(theme.space.list_indent)
        return hang + level * LEVEL_INDENT, -hang
    if place.name.startswith("step_") and level == 0:
        return STEP_INDENT, 0
    return (OPTION_INDENT, 0) if place.style == "option" else (0, 0)


def item_indents(theme: Theme, place: Place, paragraph: Paragraph) -> tuple[int, int]:
    """Return left margin and first-line indent of an item of a list: numbers of two digits have room."""
    margin, indent = indents(theme, place, paragraph.level)
    if paragraph.continues:
        return margin, 0
    if paragraph.number is None:
        return margin, indent
    form = place_form(theme, place, paragraph.level)
    widest = max(NUMERAL, f"{paragraph.number}.{NBSP}", key=len)
    room = max(-indent, natural_width((Run(widest),), form))
    return margin + indent + room, -room


def frame_paragraph(
    theme: Theme, place: Place, paragraph: Paragraph, steps: int, start: int | None = None
) -> FrameParagraph:
    """Return *paragraph* for a placeholder: what it inherits stays untold.

    *start* is the number of the first item of its list.
    """
    framed = _framed_paragraph(theme, place, paragraph, steps)
    if paragraph.number is None and not paragraph.continues:
        return framed
    margin, indent = item_indents(theme, place, paragraph)
    form = framed.form._replace(margin=margin, indent=indent)
    if paragraph.number is None:
        return framed._replace(form=form._replace(bullet=False))
    number = (paragraph.number, start or paragraph.number)
    return framed._replace(form=form._replace(bullet=None, number=number))


def _framed_paragraph(
    theme: Theme, place: Place, paragraph: Paragraph, steps: int
) -> FrameParagraph:
    if place.held:
        return _told_paragraph(theme, place, place.held, paragraph, steps)
    inherited = place_form(theme, place, paragraph.level)
    style = paragraph.style or inherited.name
    form = form_of(theme, style, place.area, steps)
    runs = frame_runs(paragraph.runs, form, inherited.plain)
    whole = paragraph_form(theme, place, paragraph.level)
    return FrameParagraph(runs, _own_paragraph_form(place, paragraph, form, whole), paragraph.level)


def _told_paragraph(
    theme: Theme, place: Place, held: Held, paragraph: Paragraph, steps: int
) -> FrameParagraph:
    """Return *paragraph* for a place on a template: all that was measured is told."""
    style = paragraph.style or level_style(place, paragraph.level)
    form = form_of(theme, style, place.area, steps)
    runs = frame_runs(paragraph.runs, form, given_form(theme, place, paragraph.level))
    of_level = level_style(place, paragraph.level) == style and not place.is_list
    stand = held.stand(paragraph.level)
    if paragraph.style is not None and not of_level:
        margin = held.stands[0].margin if form.name == "minutes" and not place.is_list else 0
        margin = LEVEL_INDENT if form.name == "quote" else margin
        stand = Stand(margin, bullet=False)
    has_ours = held.has_bullets and stand.bullet
    stands = ParagraphFormat(
        place.align,
        form.style.line,
        form.style.before,
        stand.margin,
        stand.indent,
        bullet_of(theme, place, min(paragraph.level, 2)) if has_ours else stand.bullet,
        after=0,
    )
    return FrameParagraph(runs, stands, paragraph.level)


def given_form(theme: Theme, place: Place, level: int = 0) -> RunFormat | None:
    """Return how characters look in a place where a slide says nothing; None: it has to say all."""
    if place.held is None:
        return place_form(theme, place, level).plain
    given = place.held.given
    return form_of(theme, given[min(level, len(given) - 1)], place.area).plain if given else None


def held_fill(theme: Theme, place: Place) -> str | None:
    """Return the fill of a place that is a filled text box on a template."""
    return theme.scheme(place.area, place.held.fill) if place.held and place.held.fill else None


def _own_paragraph_form(
    place: Place,
    paragraph: Paragraph,
    form: TextFormat,
    inherited: ParagraphFormat,
) -> ParagraphFormat:
    """Return what a paragraph of another style than its level's says of itself."""
    style = form.style
    named = paragraph.style is not None
    if not named or (
        ALIASES.get(form.name, form.name) == place.levels[min(paragraph.level, 2)]
        and not place.is_list
    ):
        return ParagraphFormat()
    margin = {"minutes": STEP_INDENT, "quote": LEVEL_INDENT}.get(form.name, 0)
    return ParagraphFormat(
        line=style.line if style.line != inherited.line else None,
        before=style.before if style.before != inherited.before else None,
        margin=margin if (margin, 0) != (inherited.margin, inherited.indent) else None,
        indent=0 if inherited.indent != 0 or margin != inherited.margin else None,
        bullet=False if inherited.bullet else None,
    )
