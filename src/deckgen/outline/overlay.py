"""Turns an outline's nodes and an audience's overlay into one tree of nodes, before typing.

Maps merge, lists replace, null deletes. So what an overlay breaks is reported where the overlay says
it, and the result is checked like any outline.
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostics, did_you_mean
from deckgen.reading.reader import start_of
from deckgen.reading.source import Mapping, Node, Scalar, Sequence


def overlaid(root: Mapping, audience: str | None, diagnostics: Diagnostics) -> Mapping:
    """Return *root* with the overlay of *audience* laid on workshop and blocks."""
    audiences = root.get("audiences")
    if audience is None or not isinstance(audiences, Mapping):
        if audiences and not (is_absent(audiences) or isinstance(audiences, Mapping)):
            message = "`audiences` takes names, each with its changes"
            diagnostics.add("wrong-type", message, start_of(audiences.span))
        return root
    overlay = audiences.get(audience)
    if not isinstance(overlay, Mapping):
        if overlay is not None and not is_absent(overlay):
            message = f"audience `{audience}` takes `workshop:` and `blocks:`"
            diagnostics.add("wrong-type", message, start_of(overlay.span))
        return root
    for name, (key, value) in overlay.items.items():
        if name in ("workshop", "blocks"):
            if not (isinstance(value, Mapping) or is_absent(value)):
                takes = "fields to change" if name == "workshop" else "ids of blocks to change"
                message = f"`{name}` of an audience takes {takes}"
                diagnostics.add("wrong-type", message, start_of(value.span))
        elif not name.startswith("x-"):
            hints = did_you_mean(name, ("workshop", "blocks"))
            message = f"audience `{audience}` has no field `{name}`"
            diagnostics.add("unknown-field", message, key, hints=hints)
    items = dict(root.items)
    workshop, fields = root.get("workshop"), overlay.get("workshop")
    if isinstance(workshop, Mapping) and isinstance(fields, Mapping):
        items["workshop"] = (root.items["workshop"][0], changed(workshop, fields))
    blocks, changes = root.get("blocks"), overlay.get("blocks")
    if isinstance(blocks, Sequence) and isinstance(changes, Mapping):
        items["blocks"] = (
            root.items["blocks"][0],
            _overlaid_blocks(blocks, changes, diagnostics),
        )
    return Mapping(root.span, items)


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
            message = "a change of a block takes fields, or null to leave it out"
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
