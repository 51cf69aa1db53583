"""What is told of a text that fits at no size: by how much it is too large, and what would help."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.boxes import Paragraph
from deckgen.catalogue import FindingId
from deckgen.diagnostics import Span
from deckgen.geometry import EMU_PER_INCH
from deckgen.layout.breaks import softened
from deckgen.layout.text_format import TextFormat, widest_word

# Places by the words of people who see slides, not slide layouts; others are called by their names.
WORDS = {
    "left": "the left column",
    "right": "the right column",
    "body": "the text",
    "message": "the key message",
    "footer_title": "the footer",
    "time_chip": "the time",
}
ORDINALS = ("first", "second", "third", "fourth")
MOST_SHOWN = 60  # characters of a word
SOFT_HYPHEN = "put a soft hyphen (\\xAD in a double-quoted text) where it may break, or shorten it"


class Overflow(NamedTuple):
    """A finding before it is reported: its id, what is too large and by how much, where, hints."""

    id: FindingId
    message: str
    span: Span | None
    hints: tuple[str, ...] = ()


def too_wide(paragraph: Paragraph, form: TextFormat, where: str, excess: int) -> Overflow:
    """Return the finding for the widest word of *paragraph*, *excess* EMU wider than *where*."""
    word = shown(widest_word(softened(paragraph.runs), form))
    message = f"the word `{word}` is {in_inches(excess)} wider than {where}"
    return Overflow("word-too-wide", message, paragraph.span, (SOFT_HYPHEN,))


def words_of(place: str) -> str:
    """Return what people call the *place* of a slide layout, such as `fact_2`."""
    kind, _, number = place.rpartition("_")
    if kind in ("option", "step") and number.isdecimal():
        return f"{kind} {number}"
    if kind == "fact" and number.isdecimal() and 0 < int(number) <= len(ORDINALS):
        return f"the {ORDINALS[int(number) - 1]} of the small texts at the bottom"
    return WORDS.get(place, f"the {place.replace('_', ' ')}")


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """Return *text*, the end of a long one left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def in_inches(emu: int) -> str:
    """Return a length for people to read, rounded up to a hundredth of an inch."""
    return f"{-(-emu * 100 // EMU_PER_INCH) / 100:.2f} in"
