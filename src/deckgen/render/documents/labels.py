"""Our words as Markdown: labels, and sentences with an author's texts in their places."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.languages import words
from deckgen.reading.fields import Text
from deckgen.render.documents.markdown import Markdown, joined, literal, markdown


def say(key: str, **values: object) -> Markdown:
    """Return the words for *key* with *values* in their places, an author's texts as Markdown."""
    shown = {name: _shown(value) for name, value in values.items()}
    return Markdown(words(key, values).format_map(shown))


def lead(label: str) -> Markdown:
    """Return the bold word before a text, given as Markdown or by its key."""
    return say("lead", label=label if isinstance(label, Markdown) else say(label))


def sentence(text: Markdown) -> Markdown:
    """Return *text* with what ends a sentence; one that ends already, or is empty, as it is."""
    ends = not text or text.endswith(
        (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f")
    )
    return text if ends else say("sentence", text=text)


def listed(parts: Iterable[Markdown]) -> Markdown:
    """Return the parts that are not empty, with commas between them."""
    return joined(say("comma"), parts)


def _shown(value: object) -> Markdown:
    if isinstance(value, Markdown):
        return value
    return markdown(value) if isinstance(value, Text) else literal(str(value))
