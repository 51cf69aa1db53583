"""What programs call: `load`, `check`, `build` and `write`, each of which returns a value.

Nothing raises for what is wrong in an author's file: findings are part of each value, with their place.
The command line calls the compiler itself; both give the same files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from deckgen.catalogue import Severity
from deckgen.compiler import (
    USUAL,
    Compiled,
    Options,
    compile_sessions,
    make_build,
    stem_of,
)
from deckgen.diagnostics import DeckgenError, Diagnostic, Diagnostics
from deckgen.outline.load import load_outlines
from deckgen.outline.model import Outlines
from deckgen.render.files.choose import Build, Changed
from deckgen.render.files.write import write_build

Findings = tuple[Diagnostic, ...]


class Loaded(NamedTuple):
    """The outlines that a file holds, one for each audience; None where it cannot be read."""

    outlines: Outlines | None
    findings: Findings

    @property
    def is_sound(self) -> bool:
        """Whether no finding is an error."""
        return is_sound(self.findings)


class Checked(NamedTuple):
    """The sessions of one outline, each with its plan and its deck; none where there are errors."""

    sessions: tuple[Compiled, ...]
    findings: Findings

    @property
    def is_sound(self) -> bool:
        """Whether no finding is an error."""
        return is_sound(self.findings)


class Built(NamedTuple):
    """The files of one outline by name; none where there are errors. `name` is that of their folder.

    `build` holds the same files by session.
    """

    name: str
    files: Mapping[str, bytes]
    findings: Findings
    build: Build = Build(())

    @property
    def is_sound(self) -> bool:
        """Whether no finding is an error."""
        return is_sound(self.findings)


def load(path: str | Path) -> Loaded:
    """Return the outlines in the file at *path*: every audience's is read and checked."""
    found = Diagnostics()
    try:
        return Loaded(load_outlines(Path(path), found), tuple(found))
    except DeckgenError:
        return Loaded(None, tuple(found))


def check(loaded: Loaded, options: Options = USUAL) -> Checked:
    """Return the sessions of the outline that *options* ask for, planned and laid out."""
    found = _gathered(loaded)
    if loaded.outlines is None:
        return Checked((), loaded.findings)
    try:
        return Checked(compile_sessions(loaded.outlines, found, options), tuple(found))
    except DeckgenError:
        return Checked((), tuple(found))


def build(loaded: Loaded, options: Options = USUAL) -> Built:
    """Return the files of the outline that *options* ask for; nothing is written."""
    found = _gathered(loaded)
    name = stem_of(loaded.outlines.path) if loaded.outlines else ""
    made = Build(())
    try:
        if loaded.outlines is not None:
            made = make_build(loaded.outlines, found, options)
    except DeckgenError:
        pass
    return Built(name, MappingProxyType(made.files), tuple(found), made)


def write(built: Built, folder: str | Path, changed: Changed = "refuse") -> tuple[Path, ...]:
    """Write the files into `folder/NAME/` and return their paths: all of them, or none.

    Files of the last build that this one no longer makes are removed. Raises DeckgenError where they cannot be
    written, or where someone changed one of them: *changed* may then be `overwrite`, or `backup`,
    which keeps it under another name.
    """
    return write_build(Path(folder), built.name, built.build, Diagnostics(), changed).paths


def _gathered(loaded: Loaded) -> Diagnostics:
    """Return the findings so far, for further ones."""
    found = Diagnostics()
    for finding in loaded.findings:
        found.put(finding)
    return found


def is_sound(findings: Findings) -> bool:
    """Return whether no finding is an error."""
    return not any(finding.severity is Severity.ERROR for finding in findings)
