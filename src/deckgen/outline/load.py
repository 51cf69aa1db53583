"""Turns an outline file into `Outlines`: reads it, lays each audience's overlay on it, checks all."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block
from deckgen.catalogue import FindingId
from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span, did_you_mean
from deckgen.inline import is_safe_link, jumps_in, unsafe_links
from deckgen.languages import Words
from deckgen.outline.block_reader import BlockReader
from deckgen.outline.defaults import NO_DEFAULTS, Defaults, defaults_for
from deckgen.outline.include import with_parts
from deckgen.outline.model import Damage, Mentioned, Objective, Outline, Outlines, Workshop
from deckgen.outline.overlay import id_of, is_absent, overlaid
from deckgen.outline.sessions import assigned, check_ids
from deckgen.outline.spelling import respelled
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
JUMP = "](#"  # what a link to a block begins with


def load(path: Path, diagnostics: Diagnostics, audience: str | None = None) -> Outline | None:
    """Return the outline in the file at *path* for *audience*, or None where it has errors.

    Raises DeckgenError where nothing of the file can be read.
    """
    return load_outlines(path, diagnostics).of(audience, diagnostics)


def load_source(
    source: Source, diagnostics: Diagnostics, audience: str | None = None
) -> Outline | None:
    """Return the outline in *source* for *audience*, or None where it has errors."""
    return outlines_in(source, diagnostics).of(audience, diagnostics)


def load_outlines(path: Path, diagnostics: Diagnostics) -> Outlines:
    """Return the outlines in the file at *path*, one for each audience.

    Raises DeckgenError where nothing of the file can be read.
    """
    source = read_source(path, diagnostics)
    return outlines_in(source, diagnostics, defaults_for(path.parent, diagnostics))


def outlines_in(
    source: Source, diagnostics: Diagnostics, defaults: Defaults = NO_DEFAULTS
) -> Outlines:
    """Return the outlines in *source*, one for each audience: all are read, and all are checked."""
    root = parse(source, diagnostics)
    if not isinstance(root, Mapping):
        message = "an outline begins with `workshop:` and `blocks:`"
        hints = ("`deckgen new NAME` writes one to start from",)
        diagnostics.add("wrong-type", message, start_of(root.span), hints=hints)
        raise DeckgenError(diagnostics)
    whole = defaults.under(with_parts(root, diagnostics))
    top = _Top(whole, diagnostics, BlockReader(diagnostics))
    top.check()
    top = dataclasses.replace(top, root=respelled(_as_meant(whole)))
    made = {name: top.outline(source, name) for name in (None, *top.audiences())}
    return Outlines(
        source,
        made,
        top.audiences(),
        top.default_audience(),
        top.place("workshop", "audience"),
        defaults.folder,
    )


@dataclass(frozen=True, slots=True)
class _Top:
    """The top of an outline file."""

    root: Mapping
    diagnostics: Diagnostics
    reader: BlockReader
    dollars: list[Scalar] = field(default_factory=list)  # where equations may be
    jumping: list[Scalar] = field(default_factory=list)  # texts with links to blocks

    def check(self) -> None:
        """Report unknown fields, a missing part and another version."""
        for name in ("workshop", "blocks"):
            if is_absent(self.root.get(name)) and name not in _moved(self.root):
                hints: tuple[str, ...] = (
                    "`workshop:` holds at least a title, `blocks:` a list of blocks",
                )
                message = f"an outline needs `{name}`"
                found = self.root.items.get(name)
                place = found[0] if found else start_of(self.root.span)
                self.diagnostics.add("missing-field", message, place, hints=hints)
        for name, (key, value) in self.root.items.items():
            if name not in TOP_FIELDS and not name.startswith("x-"):
                hints = _top_hint(name, self.root)
                message = f"an outline has no field `{name}`"
                self.diagnostics.add("unknown-field", message, key, hints=hints)
            if name == "deckgen" and not (isinstance(value, Scalar) and value.text == VERSION):
                message = f"this deckgen reads outlines of version {VERSION}"
                self.diagnostics.add("wrong-value", message, start_of(value.span))
        self._check_texts()

    def _check_texts(self) -> None:
        for node in walk(self.root):
            if isinstance(node, Scalar):
                if "$" in node.text:
                    self.dollars.append(node)
                if JUMP in node.text:
                    self.jumping.append(node)
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
        message = f"link `{target}` is no http, https or mailto address"
        hints = ("a text may also link to a file beside the outline: `[more](notes.md)`",)
        self.diagnostics.add("unsafe-link", message, span, hints=hints)

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

    def outline(self, source: Source, audience: str | None) -> Outline:
        """Return the outline under the overlay of *audience*, as far as it can be read."""
        root = overlaid(self.root, audience, self.diagnostics)
        reader = Reader(self.diagnostics)
        workshop_node = root.get("workshop")
        damaged: set[str] = set()
        workshop = _read_workshop(reader, workshop_node, damaged)
        mentioned = _read_part(reader, root.get("mentioned"), Mentioned, "mentioned")
        words = Words(_language(workshop_node))
        damage: dict[str, frozenset[str]] = {}
        blocks = self.reader.blocks(root.get("blocks"), words, damage)
        workshop = _with_objective_ids(workshop)
        check_ids(workshop.sessions, self.diagnostics)
        if _is_read(workshop_node, "sessions", workshop.sessions):
            blocks = assigned(blocks, workshop.sessions, self.diagnostics)
        self._check_references(root, workshop, blocks)
        made = Outline(
            source=source,
            workshop=workshop,
            blocks=blocks,
            audiences=self.audiences(),
            audience=audience,
            mentioned=mentioned if isinstance(mentioned, Mentioned) else Mentioned(),
            places=dict(_places(workshop_node)),
            damage=Damage(frozenset(damaged), damage),
            given=frozenset(_given(workshop_node)),
            makes_cover=workshop.cover and not _has_cover(self.root, root),
        )
        return self._with_equations(made) if self.dollars else made

    def _with_equations(self, outline: Outline) -> Outline:
        """Return *outline* with the equations in its texts; those that cannot be read are reported."""
        from deckgen.outline.equations import (  # noqa: PLC0415 (few outlines hold a dollar)
            check_equations,
            report_loose_dollars,
            written_equations,
        )

        texts = (outline.workshop, outline.blocks, outline.mentioned)
        report_loose_dollars(texts, self.diagnostics)
        found = tuple(written_equations(texts))
        equations = check_equations(found, self.diagnostics)
        return dataclasses.replace(outline, equations=equations) if equations else outline

    def _check_references(
        self, root: Mapping, workshop: Workshop, blocks: tuple[Block, ...]
    ) -> None:
        """Report names that name nothing; what was named but could not be read counts as there."""
        listed = root.get("blocks")
        unread = [id_of(node) for node in listed.items] if isinstance(listed, Sequence) else []
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
        jumps = list(_jumps(root)) if self.jumping else []
        self._check_names(jumps, block_ids, "unknown-block", "no block has the id")
        named = [name for block in blocks if block.when for name in block.when.audience]
        self._check_names(named, self.audiences(), "unknown-audience", "there is no audience")

    def _check_names(
        self, names: Collection[Text], known: Collection[str], id: FindingId, message: str
    ) -> None:
        for name in names:
            if name not in known:
                hints = did_you_mean(name, known)
                self.diagnostics.add(id, f"{message} `{name}`", name.span, hints=hints)


def _moved(root: Mapping) -> dict[str, str]:
    """Return which unknown field of the top was meant for which that is missing; `blocks` may be a step in."""
    unknown = [name for name in root.items if name not in TOP_FIELDS and not name.startswith("x-")]
    found: dict[str, str] = {}
    workshop = root.get("workshop")
    if unknown:
        from deckgen.reading.synonyms import meant  # noqa: PLC0415 (few outlines need it)

        for name in unknown:
            absent = [known for known in TOP_FIELDS if is_absent(root.get(known))]
            is_of_workshop = name in declared_fields(Workshop)
            if not is_of_workshop and (ours := meant(name, absent)) and ours not in found:
                found[ours] = name
    if "blocks" not in root.items and isinstance(workshop, Mapping) and "blocks" in workshop.items:
        found.setdefault("blocks", "")
    return found


def _as_meant(root: Mapping) -> Mapping:
    """Return *root* with the fields of its top under the names that were meant."""
    moved = _moved(root)
    if not moved:
        return root
    items = dict(root.items)
    for ours, name in moved.items():
        items |= {ours: root.items[name]} if name else {}
    return Mapping(root.span, items)


def _top_hint(name: str, root: Mapping) -> tuple[str, ...]:
    """Return what was meant by an unknown field of the top: another name, or a field of the workshop."""
    ours = next((ours for ours, theirs in _moved(root).items() if theirs == name), None)
    if ours:
        return (f"did you mean `{ours}`?",)
    from deckgen.reading.synonyms import hint_of, meant  # noqa: PLC0415 (few outlines need it)

    if ours_below := meant(name, declared_fields(Workshop)):
        called = "it" if ours_below == name else f"`{ours_below}`"
        return (f"{called} belongs under `workshop:`, indented",)
    return hint_of(name, TOP_FIELDS)


def _jumps(root: Mapping) -> Iterator[Text]:
    """Yield the ids of blocks that links in texts lead to, such as `#quiz`, with the texts' places."""
    for node in walk(root):
        if isinstance(node, Scalar) and JUMP in node.text:
            yield from (Text(name, node.span) for name in jumps_in(node.text))


def _places(workshop: Node | None) -> Iterator[tuple[str, Span]]:
    """Yield where each field of the workshop was written, and each of a session as `day-1.start`."""
    if not isinstance(workshop, Mapping):
        return
    for name, (_, value) in workshop.items.items():
        yield name, value.span
    sessions = workshop.get("sessions")
    for session in sessions.items if isinstance(sessions, Sequence) else ():
        if isinstance(session, Mapping) and (id := id_of(session)):
            for name, (_, value) in session.items.items():
                yield f"{id}.{name}", value.span


def _given(workshop: Node | None) -> Iterator[str]:
    """Yield the fields of the workshop that are set, those within as `people.group`; of sessions by id."""
    if not isinstance(workshop, Mapping):
        return
    yield from _set_in(workshop)
    sessions = workshop.get("sessions")
    for session in sessions.items if isinstance(sessions, Sequence) else ():
        if isinstance(session, Mapping) and (id := id_of(session)):
            yield from (f"{id}.{name}" for name in _set_in(session))


def _set_in(node: Mapping) -> Iterator[str]:
    for name, (_, value) in node.items.items():
        if not is_absent(value):
            yield name
            if isinstance(value, Mapping):
                yield from (f"{name}.{inner}" for inner in _set_in(value))


def _has_cover(*roots: Mapping) -> bool:
    """Return whether a cover stands in the blocks of a root; an overlay may have taken it out."""
    listed = (root.get("blocks") for root in roots)
    nodes = (node for one in listed if isinstance(one, Sequence) for node in one.items)
    named = (node.get("kind") for node in nodes if isinstance(node, Mapping))
    kinds = {kind.text.strip() for kind in named if isinstance(kind, Scalar)}
    return any(load_kind(kind).IS_COVER for kind in kinds.intersection(KINDS))


def _language(workshop: Node | None) -> str:
    """Return the language that the workshop names, for titles that its author left to us."""
    node = workshop.get("lang") if isinstance(workshop, Mapping) else None
    return node.text.strip() if isinstance(node, Scalar) and not node.is_null else "en"


def _read_part(reader: Reader, node: Node | None, cls: type, name: str) -> Any:
    if node is None or is_absent(node):
        return None
    if not isinstance(node, Mapping):
        return reader.read(node, cls, name)
    return reader.build(node, cls, reader.fields(node, cls, f"`{name}`"))


def _read_workshop(reader: Reader, node: Node | None, damaged: set[str]) -> Workshop:
    """Return the frame, as far as it can be read; the names of what is wrong go into *damaged*."""
    if not isinstance(node, Mapping):
        if node is not None and not is_absent(node):
            reader.read(node, Workshop, "workshop")
        damaged.add("title")
        return Workshop(title=Text("…"))
    values = reader.fields(node, Workshop, "`workshop`", damaged)
    damaged |= {name for name, value in values.items() if value is INVALID}
    is_whole = INVALID not in values.values()
    made = (reader.build if is_whole else reader.stand_in)(node, Workshop, values)
    return made if isinstance(made, Workshop) else Workshop(title=Text("…"))


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
