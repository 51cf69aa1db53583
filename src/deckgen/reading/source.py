"""Turns YAML text into nodes that know their place.

PyYAML's C parser gives the events; scalars stay text, so that `10:00` and `No` mean what they say
(YAML 1.1 reads them as 600 and false) and `reading/reader.py` types them by the model. Refused here:
text that is not YAML, duplicate keys, tags, nesting and alias expansion beyond any outline. Events
and not `yaml.compose`, whose C code ends the process on some 10,000 nested brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from deckgen.diagnostics import LINE_BREAK, DeckgenError, Diagnostic, Diagnostics, Source, Span
from deckgen.reading.misread import comment_that_was_text, folded_entry, stray_quote
from deckgen.reading.trouble import brief, indent_of

LARGEST_FILE = 16_000_000
DEEPEST = 40
MOST_NODES = 1_000_000
MOST_CONTROL_CHARACTERS = 100  # reported; a binary file may hold millions
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# XML 1.0, 2.2: the characters that no part of a .pptx may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Scalar(NamedTuple):
    """A value without parts: its text, and whether it was left empty (null).

    `style` is how it was written: `|`, `>`, a quote, or nothing.
    """

    span: Span
    text: str
    is_null: bool
    style: str = ""


class Sequence(NamedTuple):
    """A list of nodes."""

    span: Span
    items: tuple[Node, ...]


class Mapping(NamedTuple):
    """Named nodes, each with the place of its name, in the order written."""

    span: Span
    items: dict[str, tuple[Span, Node]]

    def get(self, name: str) -> Node | None:
        """Return the node of this name."""
        found = self.items.get(name)
        return found[1] if found else None


Node = Scalar | Sequence | Mapping


def read_source(path: Path, diagnostics: Diagnostics) -> Source:
    """Return the text of the file at *path*; raise DeckgenError where it cannot be read."""
    content = b""
    try:
        if path.stat().st_size > LARGEST_FILE:
            diagnostics.add("too-large", f"{path} is larger than {LARGEST_FILE // 10**6} MB")
            raise DeckgenError(diagnostics)
        content = path.read_bytes()
        return Source(str(path), content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        diagnostics.put(_not_utf_8(path, content, error.start))
    except OSError as error:
        diagnostics.add("cannot-read", f"cannot read {path}: {error.strerror}")
    raise DeckgenError(diagnostics)


def _not_utf_8(path: Path, content: bytes, start: int) -> Diagnostic:
    """Return where the first byte stands that is no UTF-8, in the file as Windows would show it."""
    hint = "save the file as UTF-8 in your editor"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Diagnostic("cannot-read", f"{path} is UTF-16, not UTF-8 text", None, (hint,))
    before = content[:start].decode("utf-8-sig")  # what the error says is sound
    source = Source(str(path), before + content[start:].decode("cp1252", "replace"))
    place = source.place(len(before))
    message = f"the file is not UTF-8 text: byte {start} is {content[start]:02X}"
    if source.line(place.line)[place.column - 1 :].isprintable():
        hint += f"; in Windows-1252 (Latin-1) this is `{source.text[len(before)]}`"
    return Diagnostic("cannot-read", message, place, (hint,))


def parse(source: Source, diagnostics: Diagnostics) -> Node:
    """Return the root node of *source*; raise DeckgenError where the text is not YAML."""
    text = _without_control_characters(source, diagnostics)
    composer = _Composer(source, diagnostics, yaml.CBaseLoader(text), LINE_BREAK.split(text))
    try:
        return composer.document()
    except yaml.MarkedYAMLError as error:
        if not composer.has_strange_names:
            from deckgen.reading.explain import explained  # noqa: PLC0415 (for errors)

            diagnostics.put(explained(error, source, text))
    except yaml.YAMLError as error:
        diagnostics.add("invalid-yaml", f"this is not YAML: {error}", Span(source, 1, 1))
    raise DeckgenError(diagnostics)


def clean(text: str) -> str:
    r"""Return *text* without the characters that no document may hold; \v and \f become spaces."""
    if not _FORBIDDEN.search(text):
        return text
    return _FORBIDDEN.sub(lambda match: " " if match[0] in "\v\f" else "", text)


def _without_control_characters(source: Source, diagnostics: Diagnostics) -> str:
    for match in islice(_FORBIDDEN.finditer(source.text), MOST_CONTROL_CHARACTERS):
        _report_removed(match[0], source.place(match.start()), diagnostics)
    return clean(source.text)


def _report_removed(character: str, span: Span, diagnostics: Diagnostics) -> None:
    message = f"removed the control character U+{ord(character):04X}"
    diagnostics.add("control-character", message, span)


@dataclass(slots=True)
class _Composer:
    """Turns parser events into nodes, counting what aliases would expand to.

    `anchors` keeps each node with its size and height, aliases in it expanded.
    """

    source: Source
    diagnostics: Diagnostics
    loader: yaml.CBaseLoader
    lines: list[str]
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    has_strange_names: bool = False  # spaces that are none to YAML: what stands where is not known
    has_unnamed: bool = False  # braces in the mapping being read that were meant as text
    nodes: int = 0
    deepest: int = 0  # depth of the deepest node in the part being read

    def document(self) -> Node:
        """Return the root of the only document; an empty file is an empty mapping."""
        self._event()  # stream start
        if isinstance(self._event(), yaml.StreamEndEvent):
            return Mapping(Span(self.source, 1, 1), {})
        root = self._node(self._event(), 0)
        self._event()  # document end
        after = self._event()
        if not isinstance(after, yaml.StreamEndEvent):
            message = "a second document starts here; an outline is one, without `---` inside it"
            self.diagnostics.add("invalid-yaml", message, self._span(after))
        if self.has_strange_names or not isinstance(after, yaml.StreamEndEvent):
            raise DeckgenError(self.diagnostics)
        return root

    def _event(self) -> Any:
        return self.loader.get_event()

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        before, outer = self.nodes, self.deepest
        self.deepest = depth
        self._count(1, depth, event)
        self._check_tag(event)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Sequence(self._span(event), tuple(self._items(depth)))
        else:
            node = self._mapping(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = (node, self.nodes - before, self.deepest - depth)
        self.deepest = max(self.deepest, outer)
        return node

    def _count(self, more: int, depth: int, event: Any) -> None:
        self.nodes += more
        self.deepest = max(self.deepest, depth)
        if depth > DEEPEST or self.nodes > MOST_NODES:
            message = "nested too deeply" if depth > DEEPEST else "aliases expand to too much"
            self.diagnostics.add("too-large", message, self._span(event))
            raise DeckgenError(self.diagnostics)

    def _alias(self, event: Any, depth: int) -> Node:
        if event.anchor not in self.anchors:
            message = (
                f"a text that begins with `*` needs quotes: no anchor is called `{event.anchor}`"
            )
            self.diagnostics.add("invalid-yaml", message, self._span(event))
            raise DeckgenError(self.diagnostics)
        node, size, height = self.anchors[event.anchor]
        self._count(size, depth + height, event)
        return node

    def _check_tag(self, event: Any) -> None:
        tag = event.tag
        if tag not in _ALLOWED_TAGS:
            message = f"tag `{tag}` is not allowed"
            hints = ("a text that begins with `!` needs quotes",)
            self.diagnostics.add("unsupported-tag", message, self._span(event), hints=hints)

    def _scalar(self, event: Any) -> Scalar:
        is_null = event.style in (None, "") and event.value in NULLS
        if escaped := _FORBIDDEN.search(event.value):
            _report_removed(escaped[0], self._span(event), self.diagnostics)
        if event.style in (None, ""):
            self._check_plain(event)
        return Scalar(self._span(event), clean(event.value), is_null, event.style or "")

    def _check_plain(self, event: Any) -> None:
        """Report what YAML reads otherwise than it stands there, since the text has no quotes."""
        end, text = event.end_mark, event.value
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if "#" in line and (lost := comment_that_was_text(text, line[end.column :])):
            message = f"`{brief(lost)}` is a comment to YAML, since ` #` begins one: quote the text"
            place = Span(self.source, end.line + 1, end.column + 2, len(lost))
            self.diagnostics.add("misread-text", message, place)
        first = event.start_mark.line
        if (
            end.line > first
            and (k := folded_entry(self.lines[first + 1 : end.line + 1])) is not None
        ):
            message = "YAML reads this line as part of the text above, not as an entry of a list"
            place = Span(self.source, first + k + 2, indent_of(self.lines[first + k + 1]) + 1)
            self.diagnostics.add("misread-text", message, place)
        if (text[:1] == "-" or text[-1:] == '"') and (odd := stray_quote(text)):
            self.diagnostics.add("misread-text", odd, self._span(event))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._event(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, event: Any, depth: int) -> Node:
        """Return a mapping, or a text where it is one without quotes, such as `{{ title }}`."""
        span = self._span(event)
        pairs = self._pairs(depth)
        if pairs or not self.has_unnamed:
            return Mapping(span, pairs)
        self.has_unnamed = False
        return Scalar(span, "{{", is_null=False)

    def _pairs(self, depth: int) -> dict[str, tuple[Span, Node]]:
        pairs: dict[str, tuple[Span, Node]] = {}
        merged: dict[str, tuple[Span, Node]] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            key, value = (
                self._node(event, depth + 1),
                self._node(self._event(), depth + 1),
            )
            if not isinstance(key, Scalar):
                self._unnamed(key)
            elif not key.text.isascii() and self._is_strange(key):
                self.has_strange_names = True
            elif key.text == "<<":
                merged |= self._merged(value)
            elif key.text in pairs:
                related = [(pairs[key.text][0], "first given here")]
                message = f"`{key.text}` is given twice"
                self.diagnostics.add("duplicate-key", message, key.span, related=related)
            else:
                pairs[key.text] = (key.span, value)
        return pairs | {name: pair for name, pair in merged.items() if name not in pairs}

    def _unnamed(self, key: Node) -> None:
        """Report a field whose name is no text; `{{ title }}`, which other tools fill in, makes one."""
        message, place = "a field name must be plain text", key.span
        if self.source.line(place.line)[place.column - 2 : place.column] == "{{":
            message = "a text that begins with `{` needs quotes"
            place = place._replace(column=place.column - 1, length=2)
            self.has_unnamed = True
        self.diagnostics.add("wrong-type", message, place)

    def _is_strange(self, key: Scalar) -> bool:
        """Return whether a name begins or ends with what only looks like a space, and tell it."""
        from deckgen.reading.explain import strange_space, strange_space_in  # noqa: PLC0415

        at = strange_space_in(key.text)
        if at is None:
            return False
        place = key.span._replace(column=key.span.column + at, length=1)
        self.diagnostics.put(strange_space(key.text[at], place))
        return True

    def _merged(self, node: Node) -> dict[str, tuple[Span, Node]]:
        """Return what a YAML merge key (`<<: *anchor`) brings in."""
        mappings = node.items if isinstance(node, Sequence) else (node,)
        merged: dict[str, tuple[Span, Node]] = {}
        for mapping in mappings:
            if isinstance(mapping, Mapping):
                merged = {**mapping.items, **merged}
            else:
                self.diagnostics.add("wrong-type", "`<<` takes a mapping", mapping.span)
        return merged

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(self.source, start.line + 1, start.column + 1, max(length, 1))


_ALLOWED_TAGS = frozenset({None, "!", *(f"tag:yaml.org,2002:{t}" for t in ("str", "seq", "map"))})


def walk(node: Node) -> Iterator[Node]:
    """Yield *node* and all nodes under it."""
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item)
    elif isinstance(node, Mapping):
        for _, item in node.items.values():
            yield from walk(item)
