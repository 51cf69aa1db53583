"""Turns a theme into the bytes of a .potx file: its slide master and slide layouts, no slides.

A template differs from a presentation in the content type of its main part (ECMA-376 part 1, 13.3.6).
"""

from __future__ import annotations

from deckgen.layout.frames import Deck, Properties
from deckgen.render.pptx.package import write_package
from deckgen.render.pptx.presentation import PML, Builder
from deckgen.theme.model import Theme

FOOTER = "Footer"


def write_template(theme: Theme, language: str) -> bytes:
    """Return the PowerPoint template of *theme*, its prompts marked as *language* (BCP 47)."""
    properties = Properties(title=str(theme.name), subject=str(theme.character), language=language)
    root, parts = Builder(Deck(theme, properties, FOOTER), language).parts()
    for part in parts:
        if part.name == "/ppt/presentation.xml":
            part.content_type = f"{PML}.template.main+xml"
    return write_package(root, parts)
