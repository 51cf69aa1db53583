"""Turns an outline file into an `Outline`: reads it, lays the audience's overlay on it, checks it.

Overlays are merged as nodes, before typing: maps merge, lists replace, null deletes. So what an
overlay breaks is reported where the overlay says it, and the result is checked like any outline.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block
from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span, did_you_mean
from deckgen.inline import is_safe_link, unsafe_links
from deckgen.languages import Words, has_words
from deckgen.outline.include import with_parts
from deckgen.outline.model import Mentioned, Objective, Outline, Workshop
from deckgen.outline.sessions import assigned, check_ids
from deckgen.reading.fields import Text
from deckgen.reading.reader import INVALID, Reader, declared_fields, start_of
from deckgen.reading.source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse,
    read_source,
    walk,
)

TOP_FIELDS = ("deckgen", "params", "workshop", "blocks", "audiences", "mentioned")
VERSION = "1"


def load(path: Path, diagnostics: Diagnostics, audience: str | None = None) -> Outline | None:
    """Return the outline in the file at *path* for *audience*, or None where it has errors.

    Raises DeckgenError where nothing of the file can be read.
    """
    return load_source(read_source(path, diagnostics), diagnostics, audience)


def load_source(
    source: Source, diagnostics: Diagnostics, audience: str | None = None
) -> Outline | None:
    """Return the outline in *source* for *audience*, every other audience checked too."""
    root = parse(source, diagnostics)
    if not isinstance(root, Mapping):
        message = "an outline begins with `workshop:` and `blocks:`"
        diagnostics.add("wrong-type", message, start_of(root.span))
        raise DeckgenError(diagnostics)
    top = _Top(with_parts(root, diagnostics), diagnostics)
    top.check()
    outlines = {name: top.outline(source, name) for name in (None, *top.audiences())}
    chosen = audience or top.default_audience()
    if chosen is not None and chosen not in outlines:
        hints = did_you_mean(chosen, top.audiences())
        place = None if audience else top.place("workshop", "audience")
        message = f"audience `{chosen}` is not declared under `audiences`"
        diagnostics.add("unknown-audience", message, place, hints=hints)
    return None if diagnostics.has_errors else outlines.get(chosen)


@dataclass(frozen=True, slots=True)
class _Top:
    """The top of an outline file."""

    root: Mapping
    diagnostics: Diagnostics

    def check(self) -> None:
        """Report unknown fields, a missing part and another version."""
        for name, (key, value) in self.root.items.items():
            if name not in TOP_FIELDS and not name.startswith("x-"):
                hints = did_you_mean(name, TOP_FIELDS)
                message = f"an outline has no field `{name}`"
                self.diagnostics.add("unknown-field", message, key, hints=hints)
            if name == "deckgen" and not (isinstance(value, Scalar) and value.text == VERSION):
                message = f"this deckgen reads outlines of version {VERSION}"
                self.diagnostics.add("wrong-value", message, start_of(value.span))
        for name in ("workshop", "blocks"):
            if _is_absent(self.root.get(name)):
                hints = ("`workshop:` holds at least a title, `blocks:` a list of blocks",)
                message = f"an outline needs `{name}`"
                found = self.root.items.get(name)
                place = found[0] if found else start_of(self.root.span)
                self.diagnostics.add("missing-field", message, place, hints=hints)
        self._check_links()

    def _check_links(self) -> None:
        for node in walk(self.root):
            if isinstance(node, Scalar):
                for target in unsafe_links(node.text):
                    self._unsafe(target, node.span)
            elif isinstance(node, Mapping):
                for name in ("url", "link"):
                    value = node.get(name)
                    if (
                        isinstance(value, Scalar)
                        and not value.is_null
                        and not is_safe_link(value.text)
                    ):
                        self._unsafe(value.text, value.span)

    def _unsafe(self, target: str, span: Span) -> None:
        message = f"link `{target}` is not http, https or mailto"
        self.diagnostics.add("unsafe-link", message, span)

    def audiences(self) -> tuple[str, ...]:
        """Return the names of the declared audiences."""
        node = self.root.get("audiences")
        return tuple(node.items) if isinstance(node, Mapping) else ()

    def default_audience(self) -> str | None:
        """Return the audience that the workshop names."""
        workshop = self.root.get("workshop")
        node = workshop.get("audience") if isinstance(workshop, Mapping) else None
        return node.text.strip() if isinstance(node, Scalar) and not node.is_null else None

    def place(self, *names: str) -> Span | None:
        """Return where the field that *names* lead to was written."""
        node: Node | None = self.root
        for name in names:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node.span if node else None

    def outline(self, source: Source, audience: str | None) -> Outline | None:
        """Return the outline under the overlay of *audience*, or None where there is no frame."""
        root = _overlaid(self.root, audience, self.diagnostics)
        reader = Reader(self.diagnostics)
        workshop_node = root.get("workshop")
        workshop = _read_part(reader, workshop_node, Workshop, "workshop")
        mentioned = _read_part(reader, root.get("mentioned"), Mentioned, "mentioned")
        words = Words(_language(workshop_node))
        blocks = tuple(_read_blocks(reader, words, root.get("blocks")))
        if isinstance(workshop, Workshop):
            workshop = _with_objective_ids(workshop)
            check_ids(workshop.sessions, self.diagnostics)
            if _is_read(workshop_node, "sessions", workshop.sessions):
                blocks = assigned(blocks, workshop.sessions, self.diagnostics)
            self._check_references(root, workshop, blocks)
        if not isinstance(workshop, Workshop):
            return None
        return Outline(
            source=source,
            workshop=workshop,
            blocks=blocks,
            audiences=self.audiences(),
            audience=audience,
            mentioned=mentioned if isinstance(mentioned, Mentioned) else Mentioned(),
            places=dict(_places(workshop_node)),
        )

    def _check_references(
        self, root: Mapping, workshop: Workshop, blocks: tuple[Block, ...]
    ) -> None:
        """Report names that name nothing; what was named but could not be read counts as there."""
        listed = root.get("blocks")
        unread = [_id_of(node) for node in listed.items] if isinstance(listed, Sequence) else []
        block_ids = list(dict.fromkeys([*(str(b.id) for b in blocks), *filter(None, unread)]))
        _check_objective_ids(workshop.objectives, self.diagnostics)
        if _is_read(root.get("workshop"), "objectives", workshop.objectives):
            ids = [str(objective.id) for objective in workshop.objectives]
            named = [name for block in blocks for name in block.objectives]
            self._check_names(named, ids, "unknown-objective", "no objective has the id")
        lot = workshop.parking_lot
        named = [name for block in blocks for name in block.needs]
        named += [lot.review_in] if lot and lot.review_in else []
        self._check_names(named, block_ids, "unknown-block", "no block has the id")
        named = [name for block in blocks if block.when for name in block.when.audience]
        self._check_names(named, self.audiences(), "unknown-audience", "there is no audience")

    def _check_names(
        self, names: Collection[Text], known: Collection[str], id: str, message: str
    ) -> None:
        for name in names:
            if name not in known:
                hints = did_you_mean(name, known)
                self.diagnostics.add(id, f"{message} `{name}`", name.span, hints=hints)


def _places(workshop: Node | None) -> Iterator[tuple[str, Span]]:
    """Yield where each field of the workshop was written, and each of a session as `day-1.start`."""
    if not isinstance(workshop, Mapping):
        return
    for name, (_, value) in workshop.items.items():
        yield name, value.span
    sessions = workshop.get("sessions")
    for session in sessions.items if isinstance(sessions, Sequence) else ():
        if isinstance(session, Mapping) and (id := _id_of(session)):
            for name, (_, value) in session.items.items():
                yield f"{id}.{name}", value.span


def _language(workshop: Node | None) -> str:
    """Return the language that the workshop names, for titles that its author left to us."""
    node = workshop.get("lang") if isinstance(workshop, Mapping) else None
    return node.text.strip() if isinstance(node, Scalar) and not node.is_null else "en"


def _read_part(reader: Reader, node: Node | None, cls: type, name: str) -> Any:
    if node is None or _is_absent(node):
        return None
    if not isinstance(node, Mapping):
        return reader.read(node, cls, name)
    return reader.build(node, cls, reader.fields(node, cls, f"`{name}`"))


# blocks ---------------------------------------------------------------------------------------


def _read_blocks(reader: Reader, words: Words, node: Node | None) -> Iterator[Block]:
    if node is None or _is_absent(node):
        return
    if not isinstance(node, Sequence) or not node.items:
        message = "`blocks` takes a list of blocks, each beginning with `- kind:`"
        reader.diagnostics.add("empty-outline", message, start_of(node.span))
        return
    taken: dict[str, Span] = {}
    counts: Counter[str] = Counter()
    for item in node.items:
        block = _read_block(reader, words, item, taken, counts)
        if block is not None:
            yield block


def _read_block(
    reader: Reader, words: Words, node: Node, taken: dict[str, Span], counts: Counter[str]
) -> Block | None:
    if not isinstance(node, Mapping):
        message = "a block begins with `kind:`"
        reader.diagnostics.add("wrong-type", message, start_of(node.span))
        return None
    kind = _kind_of(reader, node)
    if kind is None:
        return None
    named = _with_defaults(reader, words, node, kind, taken, counts)
    cls = load_kind(kind)
    apart = {"kind"} if _is_own_field(cls, named.get("alt")) else {"kind", "alt"}
    rest = Mapping(node.span, {k: v for k, v in named.items.items() if k not in apart})
    values = reader.fields(rest, cls, f"`{kind}` block")
    block = reader.build(rest, cls, values)
    if block is INVALID:
        return None
    short = None if "alt" in rest.items else _short_form(reader, named, block)
    changed: Block = dataclasses.replace(block, span=start_of(node.span), short_form=short)
    return changed


def _kind_of(reader: Reader, node: Mapping) -> str | None:
    found = node.get("kind")
    if not isinstance(found, Scalar) or found.is_null:
        hints = (f"kinds: {', '.join(KINDS)}",)
        message = "a block needs `kind`"
        reader.diagnostics.add("missing-field", message, start_of(node.span), hints=hints)
        return None
    kind = found.text.strip()
    if kind not in KINDS:
        near = did_you_mean(kind, KINDS)
        reader.diagnostics.add("unknown-kind", f"there is no kind `{kind}`", found.span, hints=near)
        return None
    return kind


def _with_defaults(
    reader: Reader,
    words: Words,
    node: Mapping,
    kind: str,
    taken: dict[str, Span],
    counts: Counter[str],
) -> Mapping:
    """Return *node* with an id and, where its kind has one, a title."""
    items = dict(node.items)
    given_id = node.get("id")
    if isinstance(given_id, Scalar) and not given_id.is_null:
        name = given_id.text.strip()
        if name in taken:
            related = [(taken[name], "first used here")]
            message = f"id `{name}` is used twice"
            reader.diagnostics.add("duplicate-id", message, given_id.span, related=related)
        taken[name] = given_id.span
    elif given_id is None or isinstance(given_id, Scalar):
        name = _next_name(kind, taken, counts)
        taken[name] = start_of(node.span)
        items["id"] = (node.span, Scalar(start_of(node.span), name, is_null=False))
    if has_words(f"title.{kind}") and _is_absent(node.get("title")):
        for name in ("title", "short"):
            if has_words(key := f"{name}.{kind}") and _is_absent(node.get(name)):
                said = Scalar(start_of(node.span), words.say(key), is_null=False)
                items[name] = (node.span, said)
    return Mapping(node.span, items)


def _next_name(kind: str, taken: dict[str, Span], counts: Counter[str]) -> str:
    """Return the first free name made of *kind*; *counts* remembers how far names are used."""
    while True:
        counts[kind] += 1
        name = kind if counts[kind] == 1 else f"{kind}-{counts[kind]}"
        if name not in taken:
            return name


def _is_own_field(cls: type, alt: Node | None) -> bool:
    """Return whether `alt` is a field of the kind itself, as a picture's words are."""
    return "alt" in declared_fields(cls) and not isinstance(alt, Mapping)


def _short_form(reader: Reader, node: Mapping, block: Block) -> Block | None:
    """Return the block's short form: its `alt` laid over it, with steps of its own."""
    alt = node.get("alt")
    if alt is None or _is_absent(alt):
        return None
    if not isinstance(alt, Mapping):
        message = "`alt` takes fields of the block, such as `{method: poll, time: 3}`"
        reader.diagnostics.add("wrong-type", message, start_of(alt.span))
        return None
    base = {k: v for k, v in node.items.items() if k not in ("alt", "steps", "kind", "groups")}
    merged = _changed(Mapping(node.span, base), alt)
    values = reader.fields(merged, type(block), f"`alt` of `{block.id}`")
    made = reader.build(merged, type(block), values)
    return made if isinstance(made, Block) else None


def _with_objective_ids(workshop: Workshop) -> Workshop:
    objectives = tuple(
        objective
        if objective.id
        else dataclasses.replace(objective, id=Text(f"O{k}", objective.text.span))
        for k, objective in enumerate(workshop.objectives, 1)
    )
    return dataclasses.replace(workshop, objectives=objectives)


def _is_read(node: Node | None, name: str, values: Collection[object]) -> bool:
    """Return whether *values* are all that stands in the list *name* of *node*."""
    listed = node.get(name) if isinstance(node, Mapping) else None
    return not isinstance(listed, Sequence) or len(listed.items) == len(values)


def _check_objective_ids(objectives: tuple[Objective, ...], diagnostics: Diagnostics) -> None:
    seen: dict[str, Span | None] = {}
    for objective in objectives:
        name = objective.id
        if name is not None and name in seen:
            first = seen[name]
            related = [(first, "first used here")] if first else []
            message = f"objective id `{name}` is used twice"
            diagnostics.add("duplicate-id", message, name.span, related=related)
        elif name is not None:
            seen[name] = name.span


# overlays -------------------------------------------------------------------------------------


def _overlaid(root: Mapping, audience: str | None, diagnostics: Diagnostics) -> Mapping:
    """Return *root* with the overlay of *audience* laid on workshop and blocks."""
    audiences = root.get("audiences")
    if audience is None or not isinstance(audiences, Mapping):
        if audiences and not (_is_absent(audiences) or isinstance(audiences, Mapping)):
            message = "`audiences` takes names, each with its changes"
            diagnostics.add("wrong-type", message, start_of(audiences.span))
        return root
    overlay = audiences.get(audience)
    if not isinstance(overlay, Mapping):
        if overlay is not None and not _is_absent(overlay):
            message = f"audience `{audience}` takes `workshop:` and `blocks:`"
            diagnostics.add("wrong-type", message, start_of(overlay.span))
        return root
    for name, (key, value) in overlay.items.items():
        if name in ("workshop", "blocks"):
            if not (isinstance(value, Mapping) or _is_absent(value)):
                takes = "fields to change" if name == "workshop" else "ids of blocks to change"
                message = f"`{name}` of an audience takes {takes}"
                diagnostics.add("wrong-type", message, start_of(value.span))
        elif not name.startswith("x-"):
            hints = did_you_mean(name, ("workshop", "blocks"))
            message = f"audience `{audience}` has no field `{name}`"
            diagnostics.add("unknown-field", message, key, hints=hints)
    items = dict(root.items)
    workshop, changed = root.get("workshop"), overlay.get("workshop")
    if isinstance(workshop, Mapping) and isinstance(changed, Mapping):
        items["workshop"] = (root.items["workshop"][0], _changed(workshop, changed))
    blocks, changes = root.get("blocks"), overlay.get("blocks")
    if isinstance(blocks, Sequence) and isinstance(changes, Mapping):
        items["blocks"] = (
            root.items["blocks"][0],
            _overlaid_blocks(blocks, changes, diagnostics),
        )
    return Mapping(root.span, items)


def _overlaid_blocks(blocks: Sequence, changes: Mapping, diagnostics: Diagnostics) -> Sequence:
    by_id = {_id_of(block): block for block in blocks.items}
    for name, (key, _) in changes.items.items():
        if name not in by_id and not name.startswith("x-"):
            hints = did_you_mean(name, [known for known in by_id if known])
            message = f"no block has the id `{name}`"
            diagnostics.add("unknown-block", message, key, hints=hints)
    merged: list[Node] = []
    for block in blocks.items:
        change = changes.get(_id_of(block) or "")
        if change is None:
            merged.append(block)
        elif isinstance(change, Mapping) and isinstance(block, Mapping):
            merged.append(_changed(block, change))
        elif not _is_absent(change):
            message = "a change of a block takes fields, or null to leave it out"
            diagnostics.add("wrong-type", message, start_of(change.span))
    return Sequence(blocks.span, tuple(merged))


def _id_of(node: Node) -> str | None:
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) and not found.is_null else None


def _is_absent(node: Node | None) -> bool:
    """Return whether a field is missing or left empty, which is the same."""
    return node is None or (isinstance(node, Scalar) and node.is_null)


def _changed(base: Mapping, overlay: Mapping) -> Mapping:
    """Return *base* changed by *overlay*; what it deletes stays as null, to be missed there.

    Under another `kind` it does not: fields of the kind before are deleted for good.
    """
    merged = _merge(base, overlay)
    if "kind" in overlay.items:
        return merged
    deleted = {name: pair for name, pair in overlay.items.items() if _is_absent(pair[1])}
    return Mapping(base.span, merged.items | deleted)


def _merge(base: Mapping, overlay: Mapping) -> Mapping:
    """Return *base* changed by *overlay*: maps merge, lists replace, null deletes."""
    items = dict(base.items)
    for name, (key, value) in overlay.items.items():
        below = base.get(name)
        if _is_absent(value):
            items.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            items[name] = (key, _merge(below, value))
        else:
            items[name] = (key, value)
    return Mapping(base.span, items)
