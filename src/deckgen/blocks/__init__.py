"""One module for each kind of block: its fields, and its slides before layout.

`KINDS` is the one place where a kind is registered; its module is imported when an outline uses it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.blocks.base import Block

KINDS = (
    "title",
    "agenda",
    "objectives",
    "ground_rules",
    "briefing",
    "comparison",
    "highlight",
    "key_points",
    "discussion",
    "activity",
    "poll",
    "debrief",
    "checklist",
    "framework",
    "quiz",
    "case",
    "break",
    "exit_ticket",
    "recap",
    "resources",
    "parking_lot",
    "cornell",
    "content",
    "chart",
    "image",
    "code",
)


@cache
def load_kind(kind: str) -> type[Block]:
    """Return the class of the block kind named *kind*, one of `KINDS`."""
    module = import_module(f"deckgen.blocks.{kind}_block")
    cls: type[Block] = getattr(module, "".join(part.title() for part in kind.split("_")) + "Block")
    return cls
