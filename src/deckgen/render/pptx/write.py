"""Turns a `Deck` into the bytes of a .pptx file: on our slide master, or in a company's template."""

from __future__ import annotations

from deckgen.layout.frames import Deck
from deckgen.render.pptx.package import write_package
from deckgen.render.pptx.presentation import Builder


def write_pptx(deck: Deck) -> bytes:
    """Return the presentation file of *deck*."""
    if deck.brand:
        from deckgen.render.pptx.branded import write_branded  # noqa: PLC0415 (lxml)

        return write_branded(deck, deck.brand)
    return write_package(*Builder(deck, deck.properties.language).parts())
