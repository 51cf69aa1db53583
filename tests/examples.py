"""The example of each kind of block: the outline of its golden case, which gives every field.

What tests need of a kind and have no better text for is made from it, so that a new kind brings its
example and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from deckgen.blocks import load_kind
from deckgen.blocks.base import Block, PracticeBlock
from deckgen.reading.fields import FACILITATOR, Count, Text
from deckgen.reading.reader import declared_fields, unwrap

ADDRESSES = ("link", "url")  # fields that hold one
GOLDEN = Path(__file__).parent / "golden"


def example(kind: str) -> dict[str, Any]:
    """Return the first block of this kind in its example."""
    outline = yaml.safe_load((GOLDEN / kind / "outline.yaml").read_text(encoding="utf-8"))
    block: dict[str, Any] = next(b for b in outline["blocks"] if b["kind"] == kind)
    return block


def least(kind: str) -> dict[str, Any]:
    """Return the fields of the example that the kind must be given; it needs at least a title."""
    needed = {name for name, field in own_fields(kind).items() if field.is_required}
    return {k: v for k, v in example(kind).items() if k in {"kind", "title", *needed}}


def own_fields(kind: str) -> dict[str, Any]:
    """Return the fields that a kind declares beside those of every block."""
    cls = load_kind(kind)
    bases = [base for base in (Block, PracticeBlock) if issubclass(cls, base)]
    shared = {name for base in bases for name in declared_fields(base)}
    return {name: field for name, field in declared_fields(cls).items() if name not in shared}  # type: ignore[arg-type]


def text_fields(kind: str) -> dict[str, str]:
    """Return the fields of a kind that hold texts, with the form that `stress.outlines.plain` takes."""
    return {name: form for name, field in own_fields(kind).items() if (form := _form(name, field))}


def _form(name: str, field: Any) -> str:
    """Return `+repeated` or `hidden 2-5`: whether it must be given, who sees it, how many there may be."""
    of, limits = unwrap(field.kind)
    need = "+" if field.is_required else ""
    seen = "hidden" if field.sees == {FACILITATOR} else "repeated"
    if name in ADDRESSES:
        return f"{need}address"
    if of is Text:
        return f"{need}{seen}"
    if of == tuple[Text, ...]:
        count = next((limit for limit in limits if isinstance(limit, Count)), Count(1, 12))
        return f"{need}{seen} {max(2, count.least)}-{min(6, count.greatest)}"
    return ""
