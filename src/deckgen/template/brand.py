"""A template made ready for the engine: our slide layouts arranged on its own."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.template.match import Match
from deckgen.template.model import Template
from deckgen.theme.places import SlideLayout


class Brand(NamedTuple):
    """A template, our slide layouts by name with places on it, and which of its own each takes."""

    template: Template
    layouts: dict[str, SlideLayout]
    matches: dict[str, Match]
