"""Turns the nodes of blocks into blocks; a node that several audiences share is read once."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostics, Span, did_you_mean
from deckgen.languages import Words, has_words
from deckgen.methods import load_methods
from deckgen.outline.overlay import changed, id_of, is_absent
from deckgen.outline.spelling import SHORT_FORM
from deckgen.outline.step_minutes import with_step_minutes
from deckgen.reading.fields import Text
from deckgen.reading.reader import INVALID, Reader, start_of
from deckgen.reading.source import Mapping, Node, Scalar, Sequence


class BlockReader:
    """Reads the blocks of all audiences of one outline; what is wrong goes into its diagnostics."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._reader = Reader(diagnostics)
        self._read: dict[tuple[int, str | None, str], tuple[Mapping, Block | None]] = {}
        self._damaged: dict[tuple[int, str | None, str], frozenset[str]] = {}

    def blocks(
        self, node: Node | None, words: Words, damage: dict[str, frozenset[str]]
    ) -> tuple[Block, ...]:
        """Return the blocks that the list *node* holds; *words* of ours are titles that it leaves out.

        What could not be read of a block goes into *damage*, by its id; the block has the rest.
        """
        if node is None or is_absent(node):
            return ()
        if not isinstance(node, Sequence) or not node.items:
            message = "`blocks` takes a list of blocks, each beginning with `- kind:`"
            hints: tuple[str, ...] = ()
            if isinstance(node, Mapping) and "kind" in node.items:
                hints = (
                    "here the dash is missing: write `- kind:`, the other fields under `kind`",
                )
            self._reader.diagnostics.add("empty-outline", message, start_of(node.span), hints=hints)
            return ()
        taken: dict[str, Span] = {}
        counts: Counter[str] = Counter()
        found = (self._block(item, words, taken, counts, damage) for item in node.items)
        return tuple(block for block in found if block is not None)

    def _block(
        self,
        node: Node,
        words: Words,
        taken: dict[str, Span],
        counts: Counter[str],
        damage: dict[str, frozenset[str]],
    ) -> Block | None:
        if not isinstance(node, Mapping):
            message = "a block begins with `kind:`"
            self._reader.diagnostics.add("wrong-type", message, start_of(node.span))
            return None
        node = _with_kind(self._reader, node)
        kind = _kind_of(self._reader, node)
        if kind is None:
            return None
        named = _with_id(self._reader, node, kind, taken, counts)
        key = (id(node), id_of(named), words.code)
        if key not in self._read:
            timed = _with_step_minutes(named, words, self._reader.diagnostics)
            damaged: set[str] = set()
            block = _read(self._reader, _with_titles(timed, kind, words), kind, damaged)
            self._read[key] = node, block  # the node, too: its identity must stay its own
            self._damaged[key] = frozenset(damaged)
        block = self._read[key][1]
        if block is not None and self._damaged[key]:
            damage[str(block.id)] = self._damaged[key]
        return block


def _read(reader: Reader, node: Mapping, kind: str, damaged: set[str]) -> Block | None:
    cls = load_kind(kind)
    apart = ("kind", SHORT_FORM)
    rest = Mapping(node.span, {k: v for k, v in node.items.items() if k not in apart})
    values = reader.fields(rest, cls, f"`{kind}` block", damaged)
    _check_method(reader, values, damaged)
    damaged |= {name for name, value in values.items() if value is INVALID}
    is_whole = INVALID not in values.values()
    block = (reader.build if is_whole else reader.stand_in)(rest, cls, values)
    if block is INVALID:
        return None
    before = len(reader.diagnostics)
    short = _short_form(reader, node, block)
    damaged |= {SHORT_FORM} if len(reader.diagnostics) > before else set()
    whole: Block = dataclasses.replace(block, span=start_of(node.span), short_form=short)
    return whole


def _check_method(reader: Reader, values: dict[str, Any], damaged: set[str]) -> None:
    """Report a facilitation method that does not exist; the block is then read without it."""
    name = values.get("method")
    if not isinstance(name, Text) or name in load_methods():
        return
    hints = did_you_mean(name, load_methods())
    reader.diagnostics.add("unknown-method", f"there is no method `{name}`", name.span, hints=hints)
    damaged.add("method")
    del values["method"]


def _with_kind(reader: Reader, node: Mapping) -> Mapping:
    """Return *node* with `kind`, where it is written otherwise, such as `Kind` or `type`."""
    if "kind" in node.items:
        return node
    from deckgen.reading.synonyms import meant  # noqa: PLC0415 (few outlines need it)

    for name, (key, value) in node.items.items():
        if meant(name, ("kind",)) and isinstance(value, Scalar) and value.text.strip() in KINDS:
            hints = ("did you mean `kind`?",)
            reader.diagnostics.add(
                "unknown-field", f"a block has no field `{name}`", key, hints=hints
            )
            rest = {k: pair for k, pair in node.items.items() if k != name}
            return Mapping(node.span, {"kind": (key, value), **rest})
    return node


def _kind_of(reader: Reader, node: Mapping) -> str | None:
    found = node.get("kind")
    if not isinstance(found, Scalar) or found.is_null:
        hints = (f"kinds: {', '.join(KINDS)}",)
        message = "a block needs `kind`"
        reader.diagnostics.add("missing-field", message, start_of(node.span), hints=hints)
        return None
    kind = found.text.strip()
    if kind not in KINDS:
        from deckgen.reading.synonyms import meant  # noqa: PLC0415 (few outlines need it)

        found_kind = meant(kind, KINDS)
        near = (f"did you mean `{found_kind}`?" if found_kind else f"kinds: {', '.join(KINDS)}",)
        reader.diagnostics.add(
            "unknown-kind", f"there is no block kind `{kind}`", found.span, hints=near
        )
        return None
    return kind


def _with_id(
    reader: Reader, node: Mapping, kind: str, taken: dict[str, Span], counts: Counter[str]
) -> Mapping:
    """Return *node* with an id; the one it has must be its own."""
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
        return _with(node, "id", name)
    return node


def _with_step_minutes(node: Mapping, words: Words, diagnostics: Diagnostics) -> Mapping:
    """Return *node* with minutes for those of its steps, and of its short form's, that begin so."""
    short = node.get(SHORT_FORM)
    if isinstance(short, Mapping):
        timed = with_step_minutes(short, words, diagnostics)
        node = Mapping(node.span, node.items | {SHORT_FORM: (node.items[SHORT_FORM][0], timed)})
    return with_step_minutes(node, words, diagnostics)


def _with_titles(node: Mapping, kind: str, words: Words) -> Mapping:
    """Return *node* with a title of ours where it has none and its kind has one."""
    if not (has_words(f"title.{kind}") and is_absent(node.get("title"))):
        return node
    for name in ("title", "short"):
        if has_words(key := f"{name}.{kind}") and is_absent(node.get(name)):
            node = _with(node, name, words.say(key))
    return node


def _with(node: Mapping, name: str, text: str) -> Mapping:
    said = Scalar(start_of(node.span), text, is_null=False)
    return Mapping(node.span, {**node.items, name: (node.span, said)})


def _next_name(kind: str, taken: dict[str, Span], counts: Counter[str]) -> str:
    """Return the first free name made of *kind*; *counts* remembers how far names are used."""
    while True:
        counts[kind] += 1
        name = kind if counts[kind] == 1 else f"{kind}-{counts[kind]}"
        if name not in taken:
            return name


def _short_form(reader: Reader, node: Mapping, block: Block) -> Block | None:
    """Return the block's short form: what it says laid over the block, with steps of its own."""
    form = node.get(SHORT_FORM)
    if form is None or is_absent(form):
        return None
    if not isinstance(form, Mapping):
        message = f"`{SHORT_FORM}` takes fields of the block, such as `{{method: poll, time: 3}}`"
        reader.diagnostics.add("wrong-type", message, start_of(form.span))
        return None
    apart = (SHORT_FORM, "steps", "kind", "groups")
    base = {k: v for k, v in node.items.items() if k not in apart}
    merged = changed(Mapping(node.span, base), form)
    values = reader.fields(merged, type(block), f"`{SHORT_FORM}` of `{block.id}`")
    _check_method(reader, values, set())
    made = reader.build(merged, type(block), values)
    return made if isinstance(made, Block) else None
