"""Turns files in memory into files in a folder: the whole set or none, one build at a time.

`write_build` also keeps the manifest, by which the next build knows what is deckgen's to replace and to remove; `write_files`
is for files that the author names. See docs/rebuilding.md for what is guaranteed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render.files import manifest as manifests
from deckgen.render.files.choose import (
    Build,
    Changed,
    Choice,
    Leftovers,
    backups,
    choose,
    leftovers,
    merged,
)
from deckgen.render.files.lock import locked
from deckgen.render.files.manifest import (
    DamagedManifestError,
    Manifest,
    manifest_bytes,
    read_manifest,
)
from deckgen.render.files.state import state_of
from deckgen.render.files.swap import Put, is_unfinished, recover, swap

UNKNOWN = ", of which there is no record that deckgen wrote it"


class Written(NamedTuple):
    """The files of a build. `unchanged`: those that were the same already; `backups`: copies, by original."""

    paths: tuple[Path, ...] = ()
    unchanged: frozenset[Path] = frozenset()
    removed: tuple[Path, ...] = ()
    backups: Mapping[Path, Path] = {}


def write_build(
    out: Path, name: str, build: Build, diagnostics: Diagnostics, changed: Changed = "refuse"
) -> Written:
    """Write the files of *build* into the folder *name* of *out*.

    Files of the last build that this one no longer makes are removed. Nothing is written outside *out*, also
    not through a link. Raises DeckgenError, and leaves all as it was, where the folder cannot be written, or where a
    file that someone changed would be overwritten, unless *changed* allows that.
    """
    folder = out / name
    with _telling(folder, diagnostics):
        _check_inside(out, folder)
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            recover(folder)
            manifest = _manifest(folder, changed)
            choice = choose(folder, build.files, manifest)
            if changed == "refuse":
                _check_free(folder, choice, diagnostics, UNKNOWN)
            old = leftovers(folder, build, manifest)
            kept = _kept(folder, choice, changed, _names(build, manifest))
            record = _record(folder, merged(build, manifest))
            swap(folder, (*kept, *choice.puts, *old.gone, *record))
    _tell_changed(folder, old, diagnostics)
    return _written(folder, build.files, choice, kept, old)


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    diagnostics: Diagnostics,
    changed: Changed = "refuse",
) -> Written:
    """Write *files* into *folder*: all or none, and over no other file unless *changed* allows it.

    Raises DeckgenError as `write_build` does.
    """
    with _telling(folder, diagnostics):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            recover(folder)
            choice = choose(folder, files, {})
            if changed == "refuse":
                _check_free(folder, choice, diagnostics)
            kept = _kept(folder, choice, changed, files)
            swap(folder, (*kept, *choice.puts))
    return _written(folder, files, choice, kept, Leftovers())


def _names(build: Build, manifest: Manifest) -> list[str]:
    """Return the names of all files that are, or will be, ours."""
    return [*build.files, *(name for each in manifest.values() for name in each.files)]


def _manifest(folder: Path, changed: Changed) -> Manifest:
    """Return the manifest; one that is damaged knows of no file."""
    try:
        return read_manifest(folder)
    except DamagedManifestError:
        if changed == "refuse":
            raise
        return {}


def _record(folder: Path, manifest: Manifest) -> Iterator[Put]:
    """Yield what writes *manifest*, if it is not there."""
    content = manifest_bytes(manifest)
    path = folder / manifests.NAME
    before = state_of(path)
    if before is None and not manifest:
        return
    if before is None or path.is_symlink() or path.read_bytes() != content:
        yield Put(manifests.NAME, content, before)


def _kept(folder: Path, choice: Choice, changed: Changed, taken: Iterable[str]) -> tuple[Put, ...]:
    """Return what keeps changed files under another name, if that is asked for."""
    if changed != "backup":
        return ()
    return tuple(backups(folder, (*choice.edited, *choice.others), taken))


def _written(
    folder: Path,
    files: Iterable[str],
    choice: Choice,
    kept: Iterable[Put],
    old: Leftovers,
) -> Written:
    put = {each.name for each in choice.puts}
    return Written(
        tuple(folder / name for name in files),
        frozenset(folder / name for name in files if name not in put),
        tuple(folder / each.name for each in old.gone),
        {
            folder / each.content: folder / each.name
            for each in kept
            if isinstance(each.content, str)
        },
    )


# what is told ---------------------------------------------------------------------------------


@contextmanager
def _telling(folder: Path, diagnostics: Diagnostics) -> Iterator[None]:
    """Report what keeps files from being written into *folder* as an error of the author's."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"cannot write {error.filename or folder}: {reason}"
        diagnostics.add("cannot-write", message, hints=_hints(folder, error))
        raise DeckgenError(diagnostics) from None


def _hints(folder: Path, error: OSError) -> Iterator[str]:
    if isinstance(error, DamagedManifestError):
        yield "delete it, or use --force: files that it does not name then count as yours"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY) and os.name == "nt":
        yield "close it where it is open, such as in PowerPoint"
    if _is_unfinished(folder):
        yield "some files are new and some are not: the next build puts the old ones back"


def _is_unfinished(folder: Path) -> bool:
    try:
        return is_unfinished(folder)
    except OSError:
        return False


def _check_inside(out: Path, folder: Path) -> None:
    if not folder.resolve().is_relative_to(out.resolve()):
        raise OSError(errno.EPERM, f"it leads outside {out}", str(folder))


def _check_free(folder: Path, choice: Choice, diagnostics: Diagnostics, unknown: str = "") -> None:
    """Stop where a file would be lost; name each, and the ways out."""
    ways = (
        "nothing was written; use --backup to keep what is there under another name, --force to "
        "overwrite it, or another place",
    )
    if choice.edited:
        message = f"would overwrite what was changed in {_listed(folder, choice.edited)}"
        diagnostics.add("would-overwrite", message, hints=ways)
    if choice.others:
        message = f"would overwrite {_listed(folder, choice.others)}{unknown}"
        diagnostics.add("would-overwrite", message, hints=ways)
    if choice.edited or choice.others:
        raise DeckgenError(diagnostics)


def _tell_changed(folder: Path, old: Leftovers, diagnostics: Diagnostics) -> None:
    if old.changed:
        names = _listed(folder, old.changed)
        message = f"no longer made by this build, but changed, so it was kept: {names}"
        diagnostics.add("left-over", message)


def _listed(folder: Path, names: Iterable[str]) -> str:
    return ", ".join(f"`{(folder / name).as_posix()}`" for name in names)
