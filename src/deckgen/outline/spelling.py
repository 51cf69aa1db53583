"""Turns older spellings of a block's fields into today's, on nodes: outlines written before go on working.

`alt` once named the short form, too, and `fit` what becomes of too much text; each now has one meaning.
A field in today's spelling wins: then the old one stays and is reported as unknown. Notes that are a
text become fields here, too, before overlays merge with them.
"""

from __future__ import annotations

from deckgen.blocks import KINDS, load_kind
from deckgen.reading.reader import declared_fields
from deckgen.reading.source import Mapping, Node, Scalar, Sequence

SHORT_FORM, OVERFLOW, NOTES = "short_form", "overflow", "notes"
FORMER = {"alt": SHORT_FORM, "fit": OVERFLOW}
OVERFLOWS = ("shrink", "split", "error")


def respelled(root: Mapping) -> Mapping:
    """Return the outline *root* with the blocks, and the audiences' changes of blocks, in today's spelling."""
    items = dict(root.items)
    blocks, audiences = root.get("blocks"), root.get("audiences")
    bases: dict[str, Mapping] = {}
    if isinstance(blocks, Sequence):
        made = tuple(_block(b) if isinstance(b, Mapping) else b for b in blocks.items)
        items["blocks"] = (root.items["blocks"][0], Sequence(blocks.span, made))
        bases = {_id(block): block for block in made if isinstance(block, Mapping)}
    if isinstance(audiences, Mapping):
        changed = {
            name: (key, _audience(overlay, bases))
            for name, (key, overlay) in audiences.items.items()
        }
        items["audiences"] = (root.items["audiences"][0], Mapping(audiences.span, changed))
    return Mapping(root.span, items)


def _audience(overlay: Node, bases: dict[str, Mapping]) -> Node:
    changes = overlay.get("blocks") if isinstance(overlay, Mapping) else None
    if not isinstance(overlay, Mapping) or not isinstance(changes, Mapping):
        return overlay
    made = {
        name: (key, _block(change, bases.get(name)) if isinstance(change, Mapping) else change)
        for name, (key, change) in changes.items.items()
    }
    items = dict(overlay.items)
    items["blocks"] = (overlay.items["blocks"][0], Mapping(changes.span, made))
    return Mapping(overlay.span, items)


def _block(block: Mapping, base: Mapping | None = None) -> Mapping:
    """Return *block*, or the change of a block that *base* is, in today's spelling."""
    if not (FORMER.keys() | {SHORT_FORM, NOTES}) & block.items.keys():
        return block
    items = {}
    for name, (key, value) in block.items.items():
        said = _name(name, value, base or block)
        spelled = name if said in block.items else said
        if spelled == SHORT_FORM and isinstance(value, Mapping):
            value = _block(value, base or block)  # of the same kind
        if spelled == NOTES:
            value = _notes(value)
        items[spelled] = (key, value)
    return Mapping(block.span, items)


def _notes(node: Node) -> Node:
    """Return notes that are texts alone as what to say, so that an audience's notes come beside it."""
    if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.is_null):
        return node
    return Mapping(node.span, {"say": (node.span, node)})


def _name(name: str, value: Node, base: Mapping) -> str:
    """Return today's name of a field of a block, the kind of which *base* tells."""
    if name not in FORMER or (_is_own(name, base) and _is_meant(name, value, base)):
        return name
    return FORMER[name]


def _is_own(name: str, base: Mapping) -> bool:
    """Return whether the kind has a field of this name, as a picture has `alt` and `fit`."""
    kind = base.get("kind")
    named = kind.text.strip() if isinstance(kind, Scalar) else ""
    return named in KINDS and name in declared_fields(load_kind(named))  # type: ignore[arg-type]


def _is_meant(name: str, value: Node, base: Mapping) -> bool:
    """Return whether the kind's own field is meant by its former namesake."""
    if isinstance(value, Scalar) and value.is_null:
        return name in base.items or FORMER[name] not in base.items
    if name == "alt":
        return not isinstance(value, Mapping)
    return not (isinstance(value, Scalar) and value.text.strip() in OVERFLOWS)


def _id(block: Mapping) -> str:
    node = block.get("id")
    return node.text.strip() if isinstance(node, Scalar) else ""
