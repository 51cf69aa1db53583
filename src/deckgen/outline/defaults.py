"""Finds a person's defaults for an outline, and lays them under its workshop before anything is typed.

They stand in a `deckgen.toml`, or under `[tool.deckgen]` of a `pyproject.toml`: the nearest one upwards from the
outline, else the user's own; never two of them. As nodes they keep their places, so nothing later
knows of them, and what is wrong with one is reported where it stands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar, NamedTuple

from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span
from deckgen.outline.model import Team
from deckgen.outline.overlay import changed, is_absent
from deckgen.reading.fields import Bounds, Text, declared, given
from deckgen.reading.reader import Reader
from deckgen.reading.source import Mapping, Node, Scalar, read_source

FILE, PROJECT_FILE = "deckgen.toml", "pyproject.toml"
PROJECT_TABLE = "tool.deckgen"
USER_FILE = "DECKGEN_CONFIG"  # names the user's file; empty: there is none
REPOSITORY = ".git"
LARGEST = 256_000
NOUN = "a configuration"


@declared
class UsualPeople:
    """How many people usually come; a number alone is the expected count."""

    SCALAR: ClassVar[tuple[str, ...]] = ("expected",)

    expected: Annotated[int, Bounds(1, 100_000)] | None = given(
        None, help="how many are usually expected"
    )
    group: Annotated[int, Bounds(1, 1000)] | None = given(None, help="people in a group")


@declared
class Usual:
    """What holds where neither an outline nor an option says otherwise."""

    lang: Text | None = given(None, help="language of the texts, such as en-GB or de-DE")
    theme: Text | None = given(None, help="name of a theme, or path of its file")
    template: Text | None = given(
        None, help="path of a .pptx or .potx file, used instead of a theme"
    )
    template_map: Text | None = given(
        None, help="mapping of its slide layouts, written by `deckgen template map`"
    )
    people: UsualPeople | None = given(None, help="how many people come, and in what groups")
    team: Team | None = given(None, help="who runs the room: lead, host, scribe, timekeeper")
    output: Text | None = given(None, help="folder that `deckgen build` writes to")


class Defaults(NamedTuple):
    """The defaults that hold for the outlines of a folder."""

    file: Path | None = None  # where they stand
    workshop: Mapping | None = None  # fields of a workshop
    output: Text | None = None

    @property
    def folder(self) -> Path | None:
        """The output folder, which is relative to the file that names it."""
        return self.file.parent / self.output if self.file and self.output else None

    def under(self, root: Mapping) -> Mapping:
        """Return the outline *root* with these defaults under its workshop: what it says wins."""
        workshop = root.get("workshop")
        if self.workshop is None or not isinstance(workshop, Mapping):
            return root
        below = self.workshop
        if not is_absent(workshop.get("theme")):  # it replaces a template, too
            rest = {name: pair for name, pair in below.items.items() if name != "theme"}
            below = Mapping(below.span, rest)
        said = _with_people(workshop) if "people" in below.items else workshop
        items = changed(below, said).items
        key = root.items["workshop"][0]
        return Mapping(root.span, {**root.items, "workshop": (key, Mapping(workshop.span, items))})


NO_DEFAULTS = Defaults()


def defaults_for(folder: Path, diagnostics: Diagnostics) -> Defaults:
    """Return the defaults for outlines in *folder*; what is wrong with them goes into *diagnostics*."""
    for path in candidates(folder):
        if not os.path.lexists(path) and str(path) != os.environ.get(USER_FILE):
            continue
        try:
            node = _node_in(path, diagnostics)
        except DeckgenError:  # it is the nearest, so no other one holds
            return Defaults(path)
        if node is not None:
            return _read(path, node, diagnostics)
    return NO_DEFAULTS


def candidates(folder: Path) -> Iterator[Path]:
    """Yield the files that may hold the defaults for *folder*, the nearest first.

    The search goes up to the root of a repository: what is above does not travel with it.
    """
    start = Path(os.path.abspath(folder))  # noqa: PTH100 (not resolved: links stay where they are)
    for above in (start, *start.parents):
        for name in (FILE, PROJECT_FILE):
            path = above / name
            yield path if folder.is_absolute() else Path(os.path.relpath(path))
        if os.path.lexists(above / REPOSITORY):
            break
    if own := user_file():
        yield own


def user_file() -> Path | None:
    """Return where a user's own defaults would stand: in their configuration folder (XDG)."""
    named = os.environ.get(USER_FILE)
    if named is not None:
        return Path(named) if named else None
    folder = os.environ.get("XDG_CONFIG_HOME", "")
    if not Path(folder).is_absolute():  # the XDG specification: another one counts for nothing
        folder = os.environ.get("APPDATA", "") if sys.platform == "win32" else ""
    home = folder or os.path.expanduser("~/.config")  # noqa: PTH111 (without a home it stays as it is)
    return Path(home, "deckgen", FILE)


def _node_in(path: Path, diagnostics: Diagnostics) -> Mapping | None:
    """Return what *path* says to deckgen, or None where it says nothing; DeckgenError if unreadable."""
    from deckgen.reading.toml import parse_toml  # noqa: PLC0415 (few outlines have defaults)

    found = Diagnostics()
    source = _source(path, found)
    if path.name == PROJECT_FILE and not (source and PROJECT_TABLE in source.text):
        return None  # of no concern, whatever is wrong with it
    if source and len(source.text) > LARGEST:
        found.add("too-large", f"{path} is larger than {LARGEST // 1000} kB")
    node: Node | None = parse_toml(source, found) if source and not found.has_errors else None
    if path.name == PROJECT_FILE and isinstance(node, Mapping):
        tools = node.get("tool")
        node = tools.get("deckgen") if isinstance(tools, Mapping) else None
    if node is not None and not isinstance(node, Mapping):
        found.add("wrong-type", "`deckgen` takes fields, such as `lang`", node.span)
    diagnostics.extend(found)
    found.stop_on_errors()
    return node if isinstance(node, Mapping) else None


def _source(path: Path, found: Diagnostics) -> Source | None:
    """Return the text of *path*, or None where it cannot be read."""
    if path.exists() and not path.is_file():
        found.add("cannot-read", f"cannot read {path}: it is not a file")
        return None
    try:
        return read_source(path, found)
    except DeckgenError:
        return None


def _read(path: Path, node: Mapping, diagnostics: Diagnostics) -> Defaults:
    """Return the defaults in *node*; none where one of them is wrong, which is reported once."""
    found = Diagnostics()
    output = Reader(found).fields(node, Usual, NOUN).get("output")
    diagnostics.extend(found)
    if found.has_errors:
        return Defaults(path)
    pairs = node.items
    kept = [name for name in ("lang", "team", "people") if name in pairs]
    items: dict[str, tuple[Span, Node]] = {name: pairs[name] for name in kept}
    look = {"name": "theme", "template": "template", "map": "template_map"}
    parts = {field: pairs[name] for field, name in look.items() if name in pairs}
    if parts:
        key, value = next(iter(parts.values()))
        items["theme"] = (key, Mapping(value.span, parts))
    workshop = _with_people(Mapping(node.span, items))
    return Defaults(path, workshop, output)


def _with_people(workshop: Mapping) -> Mapping:
    """Return *workshop* with the number of its people as a field, for others to stand beside it."""
    node = workshop.get("people")
    if not isinstance(node, Scalar) or node.is_null:
        return workshop
    key = workshop.items["people"][0]
    people = Mapping(node.span, {"expected": (key, node)})
    return Mapping(workshop.span, {**workshop.items, "people": (key, people)})
