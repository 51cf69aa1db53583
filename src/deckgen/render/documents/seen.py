"""What one reader may see of an author's values: the handout's gate is here, not in its templates.

`seen_by` copies only the fields whose declaration names the reader, however deep, and drops entries
that wait to be verified. A template that asks for another field fails; it cannot leak.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from deckgen.blocks.base import Block, PracticeBlock, WorksheetContext
from deckgen.document.nodes import (
    Bullet,
    Bullets,
    Node,
    Nodes,
    Paragraph,
    paragraphs,
)
from deckgen.document.prose import said
from deckgen.document.texts import Markdown, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.reading.fields import Prose, Raw, Text
from deckgen.reading.reader import declared_fields

SHORT = 120  # characters of a list that reads well in one line


def seen_by(reader: str, value: Any) -> Any:
    """Return what *reader* (`slide`, `facilitator` or `handout`) may see of *value*."""
    if isinstance(value, tuple):
        return tuple(seen_by(reader, item) for item in value if not _is_unverified(item))
    if isinstance(value, dict):
        return {Text(key): seen_by(reader, item) for key, item in value.items()}
    if not dataclasses.is_dataclass(value):
        return value
    fields = {
        name: seen_by(reader, getattr(value, name))
        for name, declared in declared_fields(type(value)).items()  # type: ignore[arg-type]
        if reader in declared.sees
    }
    return SimpleNamespace(**fields)


def shown_lines(block: Block, words: DocumentWords) -> list[Markdown | Nodes]:
    """Return what the slides of *block* say beyond its title, steps and debrief, a line or a text each."""
    shown = seen_by("slide", block)
    if block.AS_ON_PAPER:
        nodes = block.worksheet(shown, WorksheetContext(words))
        return [line for node in nodes for line in _of_node(node)]
    shared = declared_fields(PracticeBlock)
    own = vars(shown)
    values = (value for name, value in own.items() if name not in shared)
    lines = [line for value in values for line in _told(value)]
    if produce := own.get("produce"):
        lines.append(words.say("one_score", score=words.say("you_produce"), text=produce))
    return lines


def _told(value: Any) -> Iterator[Markdown | Nodes]:
    """Yield the lines of a field; where a text of it is in blocks, its texts as they are."""
    texts = value if isinstance(value, tuple) else (value,)
    if any(isinstance(text, Prose) and text.has_blocks for text in texts):
        yield from map(said, texts)
    else:
        yield from _lines(value)


def _of_node(node: Node) -> Iterator[Markdown | Nodes]:
    """Yield what a node of a worksheet says: texts and points one by one, the rest as it is."""
    match node:
        case Paragraph():
            yield node.text
        case Bullets(is_numbered=False):
            yield from map(_of_bullet, node.bullets)
        case _:
            yield Nodes((node,))


def _of_bullet(bullet: Bullet) -> Markdown | Nodes:
    """Return a point, with what stands under it."""
    if not (bullet.bullets or bullet.nodes):
        return bullet.text
    under = (Bullets(bullet.bullets, bullet.is_numbered, bullet.start),) if bullet.bullets else ()
    return Nodes((*paragraphs(bullet.text), *under, *bullet.nodes))


def _is_unverified(item: Any) -> bool:
    return getattr(item, "verify", False) is True


def _lines(value: Any) -> Iterator[Markdown]:
    match value:
        case Raw():
            return  # code is read on the slide
        case Text():
            yield markdown(value)
        case tuple() if value and all(isinstance(item, Text) for item in value):
            yield from _texts(value)
        case tuple():
            for item in value:
                yield from _row(item) if isinstance(item, tuple) else _lines(item)
        case dict():
            for name, held in value.items():
                yield Markdown(f"{markdown(name)}: {joined('; ', _flat(held))}")
        case SimpleNamespace():
            yield from _item(value)


def _flat(value: Any) -> Iterator[Markdown]:
    """Yield what stands under a name: a text, numbers, or the lines of an entry."""
    if isinstance(value, Text):
        yield markdown(value)
    elif isinstance(value, tuple) and all(isinstance(item, float) for item in value):
        yield Markdown(", ".join(f"{item:g}" for item in value))
    else:
        yield from _lines(value)


def _texts(texts: tuple[Text, ...]) -> Iterator[Markdown]:
    if sum(map(len, texts)) <= SHORT:
        yield joined(" / ", map(markdown, texts))
    else:
        yield from map(markdown, texts)


def _row(cells: tuple[Text, ...]) -> Iterator[Markdown]:
    label, *rest = map(markdown, cells)
    yield Markdown(f"{label}: {joined(' / ', rest)}")


def _item(item: SimpleNamespace) -> Iterator[Markdown]:
    """Yield an entry's first text with its options or scores, then what stands under it."""
    values = [value for value in vars(item).values() if value]
    head = next((markdown(value) for value in values if isinstance(value, Text)), Markdown(""))
    beside = [_beside(value) for value in values]
    if extra := joined("; ", beside):
        head = Markdown(f"{head} ({extra})" if head else extra)
    if head:
        yield head
    for value in values:
        if isinstance(value, tuple) and not isinstance(value[0], Text):
            yield from _lines(value)


def _beside(value: Any) -> Markdown:
    if isinstance(value, dict) and all(isinstance(v, Text) for v in value.values()):
        return joined("; ", (Markdown(f"{markdown(k)}: {markdown(v)}") for k, v in value.items()))
    if isinstance(value, dict):
        return joined("; ", _lines(value))
    if isinstance(value, tuple) and isinstance(value[0], Text):
        return joined(" / ", map(markdown, value))
    return Markdown("")
