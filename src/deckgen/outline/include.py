"""Brings in blocks from other files, and fills in params, before anything is typed.

`include: file.yaml` stands for the blocks of that file, found beside the file that names it. Nodes
keep the place at which they were written, so whatever is wrong in a part is reported in the part.
`{name}` is filled in only in a file for which params are declared; `{{` and `}}` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Values
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span, did_you_mean
from deckgen.reading.beside import seen_from
from deckgen.reading.reader import start_of
from deckgen.reading.source import (
    LARGEST_FILE,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse,
    read_source,
)

DEEPEST_INCLUDE = 10
MOST_INCLUDES = 200
PART_FIELDS = ("deckgen", "params", "blocks")
ENTRY_FIELDS = ("include", "params")
NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_BRACES = re.compile(r"\{\{|\}\}|\{(" + NAME + r")\}")

Params = dict[str, str]


class _File(NamedTuple):
    """A file that is being read: its path, and where it was asked for."""

    path: Path
    asked: Span | None


def with_parts(root: Mapping, diagnostics: Diagnostics) -> Mapping:
    """Return the outline *root* with its params filled in and its included blocks in place."""
    params = _values(root, diagnostics)
    if params is not None:
        for name, key in _open(root):
            diagnostics.add("missing-field", f"param `{name}` has no value", key)
            params[name] = f"{{{name}}}"
        root = _filled_fields(root, params, diagnostics)
    blocks = root.get("blocks")
    if not isinstance(blocks, Sequence) or not any(map(_is_include, blocks.items)):
        return root
    here = Path(root.span.source.name)
    parts = _Parts(diagnostics)
    items = tuple(parts.expanded(blocks, (_File(here, None),)))
    key = root.items["blocks"][0]
    return Mapping(root.span, {**root.items, "blocks": (key, Sequence(blocks.span, items))})


def _is_include(node: Node) -> bool:
    return isinstance(node, Mapping) and "include" in node.items


# included files -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Parts:
    """Brings in files, counting how many and how much."""

    diagnostics: Diagnostics
    count: int = 0
    characters: int = 0
    sources: dict[Path, Source] = field(default_factory=dict)

    def expanded(self, blocks: Sequence, within: tuple[_File, ...]) -> Iterator[Node]:
        """Yield *blocks*, each include replaced by what its file holds."""
        for block in blocks.items:
            if isinstance(block, Mapping) and "include" in block.items:
                yield from self._included(block, within)
            else:
                yield block

    def _included(self, entry: Mapping, within: tuple[_File, ...]) -> Iterator[Node]:
        for name, (key, _) in entry.items.items():
            if name not in ENTRY_FIELDS and not name.startswith("x-"):
                message = f"an `include` has no field `{name}`"
                hints = did_you_mean(name, ENTRY_FIELDS)
                self.diagnostics.add("unknown-field", message, key, hints=hints)
        named = entry.get("include")
        if not isinstance(named, Scalar) or named.is_null or not named.text.strip():
            place = entry.items["include"][0]
            message = "`include` takes the path of a file, such as `parts/opening.yaml`"
            self.diagnostics.add("wrong-type", message, place)
            return
        path = seen_from(within[-1].path, named.text.strip())
        if self._may_read(path, named.span, within):
            root = self._read(path, named.span)
            if root is not None:
                file = _File(path, named.span)
                yield from self._blocks_of(root, entry, named.span, (*within, file))

    def _may_read(self, path: Path, span: Span, within: tuple[_File, ...]) -> bool:
        """Return whether *path* may be read from *within*: no circle, and not too many files."""
        for k, file in enumerate(within):
            if _is_same(file.path, path):
                ring = (*within[k + 1 :], _File(path, span))
                related = [(part.asked, "included here") for part in ring[:-1] if part.asked]
                message = f"`{path.name}` includes itself"
                if related:
                    through = ", ".join(f"`{part.path.name}`" for part in ring[:-1])
                    message += f" through {through}"
                self.diagnostics.add("include-cycle", message, span, related=related)
                return False
        self.count += 1
        if len(within) > DEEPEST_INCLUDE or self.count > MOST_INCLUDES:
            is_deep = len(within) > DEEPEST_INCLUDE
            limit = f"{DEEPEST_INCLUDE} deep" if is_deep else f"{MOST_INCLUDES} in all"
            self.diagnostics.add("too-large", f"includes are limited to {limit}", span)
            return False
        return True

    def _read(self, path: Path, span: Span) -> Node | None:
        """Return what stands in the file at *path*, or None where that cannot be read."""
        source = self._source(path, span)
        if source is None:
            return None
        self.characters += len(source.text)
        if self.characters > LARGEST_FILE:
            message = f"all included files together are larger than {LARGEST_FILE // 10**6} MB"
            self.diagnostics.add("too-large", message, span)
            return None
        try:
            return parse(source, self.diagnostics)
        except DeckgenError:
            return None

    def _source(self, path: Path, span: Span) -> Source | None:
        if path not in self.sources:
            found = Diagnostics()
            try:
                if path.exists() and not path.is_file():
                    found.add("cannot-read", f"cannot read {path}: it is not a file")
                    raise DeckgenError(found)
                self.sources[path] = read_source(path, found)
            except (DeckgenError, OSError, ValueError):  # a path too long, or with a NUL in it
                for problem in found:
                    self.diagnostics.put(problem._replace(span=problem.span or span))
                if not found.found:
                    self.diagnostics.add("cannot-read", "this is not the path of a file", span)
                return None
        return self.sources[path]

    def _blocks_of(
        self, root: Node, entry: Mapping, span: Span, within: tuple[_File, ...]
    ) -> Iterator[Node]:
        blocks = self._list_of(root)
        if blocks is None:
            return
        params = self._params(root, entry, span)
        if params is not None:
            filled = _filled(blocks, params, self.diagnostics)
            assert isinstance(filled, Sequence)
            blocks = filled
        yield from self.expanded(blocks, within)

    def _list_of(self, root: Node) -> Sequence | None:
        """Return the list of blocks of an included file, or None where it has none."""
        blocks: Node | None = root
        if isinstance(root, Mapping):
            for name, (key, value) in root.items.items():
                if name not in PART_FIELDS and not name.startswith("x-"):
                    message = f"an included file has no field `{name}`"
                    hints = did_you_mean(name, PART_FIELDS)
                    self.diagnostics.add("unknown-field", message, key, hints=hints)
                if name == "deckgen" and not (isinstance(value, Scalar) and value.text == "1"):
                    message = "this deckgen reads outlines of version 1"
                    self.diagnostics.add("wrong-value", message, start_of(value.span))
            blocks = root.get("blocks")
        if isinstance(blocks, Sequence) and blocks.items:
            return blocks
        message = "an included file must be a list of blocks, or `blocks:` with such a list"
        place = blocks.span if blocks else root.span
        self.diagnostics.add("wrong-type", message, start_of(place))
        return None

    def _params(self, root: Node, entry: Mapping, span: Span) -> Params | None:
        """Return the params of an included file: its own, those that *entry* gives laid over them.

        A file that declares none takes what it is given; None where there are neither.
        """
        given = _values(entry, self.diagnostics)
        defaults = _values(root, self.diagnostics) if isinstance(root, Mapping) else None
        if defaults is None or not isinstance(root, Mapping):
            return given
        declared = [name for name, _ in _entries(root.get("params"))]
        for name, (key, _) in _entries(entry.get("params")):
            if name not in declared:
                message = f"the included file has no param `{name}`"
                hints = did_you_mean(name, declared)
                self.diagnostics.add("unknown-param", message, key, hints=hints)
        params = defaults | (given or {})
        for name, key in _open(root):
            if name not in params:
                message = f"the included file needs the param `{name}`"
                related = [(key, "declared here, without a value")]
                self.diagnostics.add("missing-field", message, span, related=related)
                params[name] = f"{{{name}}}"
        return params


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError, ValueError):
        return False


# params ---------------------------------------------------------------------------------------


def _entries(node: Node | None) -> Iterator[tuple[str, tuple[Span, Node]]]:
    if isinstance(node, Mapping):
        yield from node.items.items()


def _open(node: Mapping) -> Iterator[tuple[str, Span]]:
    """Yield the params of a file that have no value, and where they are declared."""
    for name, (key, value) in _entries(node.get("params")):
        if isinstance(value, Scalar) and value.is_null:
            yield name, key


def _values(node: Mapping, diagnostics: Diagnostics) -> Params | None:
    """Return what stands under `params` of *node*; names without a value are left out."""
    params = node.get("params")
    if params is None or (isinstance(params, Scalar) and params.is_null):
        return None
    if not isinstance(params, Mapping):
        message = "`params` takes named values, such as `topic: knives`"
        diagnostics.add("wrong-type", message, start_of(params.span))
        return None
    values: Params = {}
    for name, (key, value) in params.items.items():
        if not re.fullmatch(NAME, name):
            message = f"the name of a param takes letters, digits, - and _, not `{name}`"
            diagnostics.add("wrong-value", message, key)
        elif not isinstance(value, Scalar):
            message = f"param `{name}` takes a text or a number"
            diagnostics.add("wrong-type", message, start_of(value.span))
            values[name] = f"{{{name}}}"
        elif not value.is_null:
            values[name] = value.text
    return values


def _filled_fields(root: Mapping, params: Params, diagnostics: Diagnostics) -> Mapping:
    """Return *root* with all but its `params` filled in."""
    rest = {name: pair for name, pair in root.items.items() if name != "params"}
    filled = _filled(Mapping(root.span, rest), params, diagnostics)
    assert isinstance(filled, Mapping)
    return Mapping(root.span, root.items | filled.items)


def _filled(node: Node, params: Params, diagnostics: Diagnostics) -> Node:
    """Return *node* with the values of *params* in its texts; fields that begin with x- stay."""
    if isinstance(node, Scalar):
        return _filled_text(node, params, diagnostics)
    if isinstance(node, Sequence):
        items = tuple(_filled(item, params, diagnostics) for item in node.items)
        return Sequence(node.span, items)
    if name := _unquoted(node, params):
        message = f"`{{{name}}}` needs quotes: YAML reads it as a field"
        diagnostics.add("wrong-type", message, start_of(node.span))
        return Scalar(node.span, params[name], is_null=False)
    return Mapping(
        node.span,
        {
            name: (key, value if name.startswith("x-") else _filled(value, params, diagnostics))
            for name, (key, value) in node.items.items()
        },
    )


def _unquoted(node: Mapping, params: Values[str, str]) -> str:
    """Return the param that an author meant who wrote `{name}` without quotes, or nothing."""
    if len(node.items) != 1:
        return ""
    name, (_, value) = next(iter(node.items.items()))
    written = node.span.source.line(node.span.line)[node.span.column - 1 :]
    is_braced = re.match(r"\{\s*" + re.escape(name) + r"\s*\}", written) is not None
    is_null = isinstance(value, Scalar) and value.is_null
    return name if is_null and is_braced and name in params else ""


def _filled_text(node: Scalar, params: Params, diagnostics: Diagnostics) -> Scalar:
    if node.is_null or not ("{" in node.text or "}" in node.text):
        return node

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0][0]
        if name not in params:
            message = f"there is no param `{name}`"
            hints = (*did_you_mean(name, params), "for literal braces, write `{{` and `}}`")
            diagnostics.add("unknown-param", message, node.span, hints=hints)
        return params.get(name, found[0])

    return node._replace(text=_BRACES.sub(value, node.text))
