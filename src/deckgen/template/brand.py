"""A template made ready for the engine: our slide layouts arranged on its own."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.template.match import Match
from deckgen.template.model import Template
from deckgen.theme.model import Theme
from deckgen.theme.places import SlideLayout


class Brand(NamedTuple):
    """A template made ready: by the names of our slide layouts, places on it, and which of its own each takes.

    `themes` has what each is set in: fonts and colours are those of its slide master.
    """

    template: Template
    layouts: dict[str, SlideLayout]
    matches: dict[str, Match]
    themes: dict[str, Theme]
