"""What a facilitator document is made of: items with a bold word, and the lines under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deckgen.render.documents.labels import say
from deckgen.render.documents.markdown import Markdown

NOTHING = Markdown("")


@dataclass(frozen=True, slots=True)
class Item:
    """A label, printed bold with a full stop, and its texts."""

    label: Markdown
    texts: tuple[Markdown, ...]
    is_numbered: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the items or the Markdown under it."""

    heading: Markdown
    items: tuple[Item, ...] = ()
    body: Markdown = NOTHING


def item(key: str, *texts: Markdown, label: str = "", is_numbered: bool = False) -> Item:
    """Return the item *key*, labelled so or by *label*, with those of *texts* that say something."""
    return Item(say(label or key), tuple(text for text in texts if text), is_numbered, key)


def told(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items that have a text."""
    return tuple(item for item in items if item.texts)
