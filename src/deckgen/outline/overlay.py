"""Turns an outline's nodes and an audience's overlay into one tree of nodes, before typing.

Maps merge, lists replace, null deletes. So what an overlay breaks is reported where the overlay says
it, and the result is checked like any outline.
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostics, did_you_mean
from deckgen.reading.reader import start_of
from deckgen.reading.source import Mapping, Node, Scalar, Sequence

TAKES = {"workshop": "fields to change", "blocks": "ids of blocks to change"}


def overlaid(root: Mapping, audience: str | None, diagnostics: Diagnostics) -> Mapping:
    """Return *root* with the overlay of *audience* laid on workshop and blocks."""
    names = "`audiences` takes names, each with its changes"
    audiences = _mapping(root.get("audiences"), names, diagnostics)
    if audience is None or audiences is None:
        return root
    takes = f"audience `{audience}` takes `workshop:` and `blocks:`"
    overlay = _mapping(audiences.get(audience), takes, diagnostics)
    if overlay is None:
        return root
    _check_names(overlay, audience, diagnostics)
    fields, changes = (
        _mapping(overlay.get(name), f"`{name}` of an audience takes {TAKES[name]}", diagnostics)
        for name in ("workshop", "blocks")
    )
    items = dict(root.items)
    workshop, blocks = root.get("workshop"), root.get("blocks")
    if isinstance(workshop, Mapping) and fields is not None:
        items["workshop"] = (root.items["workshop"][0], changed(workshop, fields))
    if isinstance(blocks, Sequence) and changes is not None:
        made = _overlaid_blocks(blocks, changes, diagnostics)
        items["blocks"] = (root.items["blocks"][0], made)
    return Mapping(root.span, items)


def _mapping(node: Node | None, takes: str, diagnostics: Diagnostics) -> Mapping | None:
    """Return *node*, or None where it is left out; where it is something else, say what it *takes*."""
    if node is not None and not isinstance(node, Mapping) and not is_absent(node):
        diagnostics.add("wrong-type", takes, start_of(node.span))
    return node if isinstance(node, Mapping) else None


def _check_names(overlay: Mapping, audience: str, diagnostics: Diagnostics) -> None:
    for name, (key, _) in overlay.items.items():
        if name not in TAKES and not name.startswith("x-"):
            hints = did_you_mean(name, TAKES)
            message = f"audience `{audience}` has no field `{name}`"
            diagnostics.add("unknown-field", message, key, hints=hints)


def _overlaid_blocks(blocks: Sequence, changes: Mapping, diagnostics: Diagnostics) -> Sequence:
    by_id = {id_of(block): block for block in blocks.items}
    for name, (key, _) in changes.items.items():
        if name not in by_id and not name.startswith("x-"):
            hints = did_you_mean(name, [known for known in by_id if known])
            message = f"no block has the id `{name}`"
            diagnostics.add("unknown-block", message, key, hints=hints)
    merged: list[Node] = []
    for block in blocks.items:
        change = changes.get(id_of(block) or "")
        if change is None:
            merged.append(block)
        elif isinstance(change, Mapping) and isinstance(block, Mapping):
            merged.append(changed(block, change))
        elif not is_absent(change):
            message = "changes to a block take fields, or null to leave it out"
            diagnostics.add("wrong-type", message, start_of(change.span))
    return Sequence(blocks.span, tuple(merged))


def id_of(node: Node) -> str | None:
    """Return the id that a block was given, or None."""
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) and not found.is_null else None


def is_absent(node: Node | None) -> bool:
    """Return whether a field is missing or left empty, which is the same."""
    return node is None or (isinstance(node, Scalar) and node.is_null)


def changed(base: Mapping, overlay: Mapping) -> Mapping:
    """Return *base* changed by *overlay*; what it deletes stays as null, to be missed there.

    Under another `kind` it does not: fields of the kind before are deleted for good.
    """
    merged = _merge(base, overlay)
    if "kind" in overlay.items:
        return merged
    deleted = {name: pair for name, pair in overlay.items.items() if is_absent(pair[1])}
    return Mapping(base.span, merged.items | deleted)


def _merge(base: Mapping, overlay: Mapping) -> Mapping:
    """Return *base* changed by *overlay*: maps merge, lists replace, null deletes."""
    items = dict(base.items)
    for name, (key, value) in overlay.items.items():
        below = base.get(name)
        if is_absent(value):
            items.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            items[name] = (key, _merge(below, value))
        else:
            items[name] = (key, value)
    return Mapping(base.span, items)
