"""Runs an outline through the stages, for tests that begin with an author's words.

Every stage fails on a finding that the test did not expect, so no test passes by accident on a
broken outline, and none has to say that all went well.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Collection, Iterable
from textwrap import dedent, indent

from pptx import Presentation
from pptx.presentation import Presentation as Pptx

from deckgen.blocks.base import PHASES, Block
from deckgen.boxes import Section, SlideBoxes
from deckgen.diagnostics import Diagnostic, Diagnostics, Source
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.layout.engine import Setting, lay_out
from deckgen.layout.frames import Deck, Properties
from deckgen.outline.load import load_source
from deckgen.outline.model import Mentioned, Outline, People, Workshop
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.make import make_plan, phase_names
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock, Text
from deckgen.render.pptx.write import write_pptx
from deckgen.theme.load import load_theme
from deckgen.theme.model import Theme

FRAME = 'workshop: {title: "Sharp knives, ten fingers"}'


def theme(name: str = "clear") -> Theme:
    """Return a theme that ships with deckgen."""
    diagnostics = Diagnostics()
    found = load_theme(name, diagnostics)
    _only(diagnostics, ())
    assert found is not None
    return found


def outline(
    text: str,
    *,
    frame: str = FRAME,
    audience: str | None = None,
    expect: Collection[str] = (),
) -> Outline:
    """Return the outline whose blocks are *text*, a YAML list; without a cover, unless *frame* names it."""
    blocks = indent(dedent(text).strip(), "  ")
    source = Source("outline.yaml", f"{dedent(frame).strip()}\nblocks:\n{blocks}\n")
    diagnostics = Diagnostics()
    found = load_source(source, diagnostics, audience)
    _only(diagnostics, expect)
    assert found is not None
    return found if "cover" in frame else dataclasses.replace(found, makes_cover=False)


def outline_of(
    *blocks: Block, start: int = 540, people: int = 12, budget: int | None = None, buffer: float = 0
) -> Outline:
    """Return an outline of blocks that were made without YAML."""
    workshop = Workshop(
        title=Text("Sharp knives, ten fingers"),
        start=Clock(start),
        people=People(expected=people),
        budget=budget,
        buffer=buffer,
    )
    return Outline(Source("outline.yaml", ""), workshop, blocks, (), None, Mentioned(), {})


def plan(text: str | Outline, *, frame: str = FRAME, expect: Collection[str] = ()) -> Plan:
    """Return the plan of an outline, or of a YAML list of blocks."""
    found = outline(text, frame=frame) if isinstance(text, str) else text
    diagnostics = Diagnostics()
    made = make_plan(found, "outline", diagnostics)
    _only(diagnostics, expect)
    assert made is not None
    return made


def sections(
    text: str | Outline, *, frame: str = FRAME, expect: Collection[str] = ()
) -> list[Section]:
    """Return what the blocks of an outline compose."""
    return compose(plan(text, frame=frame, expect=expect))


def slides(
    text: str | Outline, *, frame: str = FRAME, expect: Collection[str] = ()
) -> list[SlideBoxes]:
    """Return the slides of all blocks, before layout."""
    found = sections(text, frame=frame, expect=expect)
    return [boxes for section in found for boxes in section.slides]


def deck(text: str | Outline, *, frame: str = FRAME, expect: Collection[str] = ()) -> Deck:
    """Return the laid out deck of an outline, or of a YAML list of blocks."""
    diagnostics = Diagnostics()
    made = plan(text, frame=frame)
    laid_out = lay_out_plan(made, diagnostics)
    _only(diagnostics, expect)
    return laid_out


def lay_out_plan(made: Plan, diagnostics: Diagnostics) -> Deck:
    """Return the deck of a plan; findings go into *diagnostics*."""
    names = dict(zip(PHASES, phase_names(made.outline, made.words), strict=True))
    workshop = made.workshop
    properties = Properties(title=unmarked(workshop.title), language=str(workshop.lang))
    footer = unmarked(workshop.footer or workshop.title)
    return lay_out(
        with_pictures(compose(made), diagnostics),
        Setting(CLEAR, properties, footer, names, made.words),
        diagnostics,
    )


def lay_out_slides(*boxes: SlideBoxes) -> tuple[Deck, Diagnostics]:
    """Return the deck of one section of slides, and what layout found."""
    diagnostics = Diagnostics()
    sections = with_pictures([Section("one", "One", boxes)], diagnostics)
    made = lay_out(sections, setting("Footer"), diagnostics)
    return made, diagnostics


def setting(footer: str, theme: Theme | None = None) -> Setting:
    """Return what slides share in tests of layout."""
    names = {phase: phase.title() for phase in PHASES}
    return Setting(theme or CLEAR, Properties(title=footer), footer, names, Words())


def pptx(made: Deck) -> Pptx:
    """Return the written deck, read back with python-pptx."""
    return Presentation(io.BytesIO(write_pptx(made)))


ADVICE = "too-dense"  # says nothing of whether a text fits, so only tests of it expect it


def ids(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return the ids of findings, advice on density left out."""
    return [diagnostic.id for diagnostic in diagnostics if diagnostic.id != ADVICE]


def _only(diagnostics: Diagnostics, expect: Collection[str]) -> None:
    found = [f"{finding.id} at {finding.span}: {finding.message}" for finding in diagnostics]
    assert set(ids(diagnostics)) == set(expect), found


CLEAR = theme()
