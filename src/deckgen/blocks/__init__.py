"""One module for each kind of block: its fields, and its slides before layout.

`KINDS` are the names of these modules; one is imported when an outline uses its kind.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.blocks.base import Block

ENDING = "_block.py"
KINDS = tuple(sorted(p.name.removesuffix(ENDING) for p in Path(__file__).parent.glob(f"*{ENDING}")))


@cache
def load_kind(kind: str) -> type[Block]:
    """Return the class of the block kind named *kind*, one of `KINDS`."""
    module = import_module(f"deckgen.blocks.{kind}_block")
    cls: type[Block] = getattr(module, "".join(part.title() for part in kind.split("_")) + "Block")
    return cls
