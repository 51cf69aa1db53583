"""Turns files to write and what stands in their folder into what is put there, kept and removed.

What deckgen wrote, and nobody changed since, may be replaced or removed; what is the same already is left alone. All
else is someone's, and stays unless they say otherwise.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

from deckgen.render.files.manifest import Manifest, Recorded
from deckgen.render.files.state import fingerprint, folded, state_of
from deckgen.render.files.swap import Put

Changed = Literal["refuse", "overwrite", "backup"]  # what becomes of a file that someone changed
BACKUP = "mine"  # of talk.pptx: talk.mine.pptx


class FileSet(NamedTuple):
    """The files of one session of one variant by name, and the wholes that the set is part of."""

    name: str
    files: Mapping[str, bytes]
    wholes: frozenset[str] = frozenset()


class Build(NamedTuple):
    """What a command makes of an outline; `complete` names the wholes of which it made all sets."""

    sets: tuple[FileSet, ...]
    complete: frozenset[str] = frozenset()

    @property
    def files(self) -> dict[str, bytes]:
        """All files by name."""
        return {name: content for each in self.sets for name, content in each.files.items()}


class Choice(NamedTuple):
    """What is to be done, by name: `edited` were changed since they were written, `others` are not ours."""

    puts: tuple[Put, ...]
    edited: tuple[str, ...]
    others: tuple[str, ...]


class Leftovers(NamedTuple):
    """Files of earlier builds that this one no longer makes: those that go, and those that someone changed."""

    gone: tuple[Put, ...] = ()
    changed: tuple[str, ...] = ()


def choose(folder: Path, files: Mapping[str, bytes], manifest: Manifest) -> Choice:
    """Return how *files* get into *folder*; OSError where two of them, or a folder, are in the way."""
    check_names(folder, files)
    known = _known(manifest)
    puts: list[Put] = []
    edited: list[str] = []
    others: list[str] = []
    for name, content in files.items():
        before = state_of(folder / name)
        if before == fingerprint(content):
            continue
        puts.append(Put(name, content, before))
        if before is not None and before not in known.get(folded(name), ()):
            (edited if folded(name) in known else others).append(name)
    return Choice(tuple(puts), tuple(edited), tuple(others))


def check_names(folder: Path, names: Iterable[str]) -> None:
    """Refuse *names* that would be one file where case, or the form of accents, does not count."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(folded(name), name)
        if first != name:
            reason = f"`{first}` would be the same file on some systems; call it something else"
            raise FileExistsError(errno.EEXIST, reason, str(folder / name))


def _known(manifest: Manifest) -> dict[str, set[str]]:
    """Return the fingerprints that a file may have as written, by its folded name."""
    known: dict[str, set[str]] = {}
    for recorded in manifest.values():
        for name, found in recorded.files.items():
            known.setdefault(folded(name), set()).add(found)
    return known


# what goes ------------------------------------------------------------------------------------


def leftovers(folder: Path, build: Build, manifest: Manifest) -> Leftovers:
    """Return the files that *build* replaces by nothing."""
    made = {folded(name): name for name in build.files}
    staying = {name for each in _retained(build, manifest).values() for name in each.files}
    gone, changed = [], []
    for name, recorded in _replaced(build, manifest):
        if name in staying or _is_made(folder, name, made):
            continue
        try:
            state = state_of(folder / name)
        except OSError:  # it is a folder now
            state = ""
        if state == recorded:
            gone.append(Put(name, None, state))
        elif state is not None:
            changed.append(name)
    return Leftovers(tuple(gone), tuple(changed))


def merged(build: Build, manifest: Manifest) -> Manifest:
    """Return what stands in the folder after *build*."""
    made = build.files
    sets = {
        name: each._replace(files={k: v for k, v in each.files.items() if k not in made})
        for name, each in _retained(build, manifest).items()
    }
    for name, files, wholes in build.sets:
        before = manifest[name].wholes if name in manifest else frozenset()
        found = {file: fingerprint(content) for file, content in files.items()}
        sets[name] = Recorded((before | wholes) - {name}, found)
    return {name: each for name, each in sets.items() if each.files}


def _is_replaced(name: str, recorded: Recorded, build: Build) -> bool:
    """Return whether *build* makes a set anew, or is the whole that it was part of."""
    is_made = any(name == each.name for each in build.sets)
    return is_made or name in build.complete or bool(recorded.wholes & build.complete)


def _retained(build: Build, manifest: Manifest) -> dict[str, Recorded]:
    return {name: each for name, each in manifest.items() if not _is_replaced(name, each, build)}


def _replaced(build: Build, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the files of sets that are made anew, or that the whole no longer has, as recorded."""
    for name, each in manifest.items():
        if _is_replaced(name, each, build):
            yield from each.files.items()


def _is_made(folder: Path, name: str, made: Mapping[str, str]) -> bool:
    """Return whether the file called *name* is made anew, perhaps under the same name in another case."""
    new = made.get(folded(name))
    if new is None or new == name:
        return new is not None
    paths = (folder / name, folder / new)
    return all(map(os.path.lexists, paths)) and paths[0].samefile(paths[1])


# what is kept under another name --------------------------------------------------------------


def backups(folder: Path, changed: Iterable[str], taken: Iterable[str]) -> Iterator[Put]:
    """Yield what keeps each of the files *changed* under a name that is free, also of those *taken*."""
    names = {folded(name) for name in taken}
    for name in changed:
        free = _free_name(folder, Path(name), names)
        names.add(folded(free))
        yield Put(free, name, None)


def _free_name(folder: Path, name: Path, taken: set[str]) -> str:
    for number in count(1):
        mark = BACKUP if number == 1 else f"{BACKUP}-{number}"
        free = name.with_name(f"{name.stem}.{mark}{name.suffix}").as_posix()
        if folded(free) not in taken and not os.path.lexists(folder / free):
            return free
    raise AssertionError  # there is always another number
