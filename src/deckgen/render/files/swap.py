"""Turns one set of files in a folder into another: the old one or the new one, whole, whatever happens.

Everything new is written into a folder beside the targets, and everything old is kept there, before a journal is put
down that says how to undo all. Then files are renamed, each at once. The new set holds from the moment the journal is gone.
Where that does not come, `recover` puts the old set back: at once after an error, or when deckgen next writes
there, if the program was killed. What someone changed in between stays as they left it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from deckgen.render.files.state import fingerprint, state_of

STAGING = ".deckgen.tmp"
JOURNAL = "undo.json"


class Put(NamedTuple):
    """A file to put in place.

    `content` is what it holds; None: the file goes; a name: what the file of that name holds now. `before` is
    the state of what it replaces.
    """

    name: str
    content: bytes | str | None
    before: str | None


class JournalLine(NamedTuple):
    """A line of the journal: the name of a file in the folder, its states before and after, what it copies."""

    name: str
    before: str | None
    after: str | None
    original: str | None = None


def swap(folder: Path, puts: Sequence[Put]) -> None:
    """Put all files of *puts* in place, in their order, or none: OSError.

    The caller holds the folder's lock, and has called `recover`.
    """
    if not puts:
        return
    staging = folder / STAGING
    journal = staging / JOURNAL
    try:
        with _blaming(folder):
            staging.mkdir()
        steps = [_stage(folder, number, put) for number, put in enumerate(puts)]
        with _blaming(folder):
            _write_journal(journal, steps)
        for number, step in enumerate(steps):
            _take(folder, number, step)
        with _blaming(folder):
            journal.unlink()
    except BaseException:
        with suppress(OSError):  # the next build tries again
            recover(folder)
        raise
    shutil.rmtree(staging, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back the files of the last set in *folder* where the next one was not finished."""
    staging = folder / STAGING
    if not os.path.lexists(staging):
        return
    if staging.is_symlink() or not staging.is_dir():
        raise FileExistsError(errno.EEXIST, "it is in the way of unfinished files", str(staging))
    steps = list(_read_journal(folder))
    for number, step in enumerate(steps):
        _put_back(folder, number, step)
    for step in steps:
        _take_away(folder, step)
    (staging / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(staging)


def is_unfinished(folder: Path) -> bool:
    """Return whether *folder* holds a part of one set and a part of another."""
    return (folder / STAGING / JOURNAL).exists()


# forwards -------------------------------------------------------------------------------------


def _stage(folder: Path, number: int, put: Put) -> JournalLine:
    """Write what is new of *put* beside its target, and keep what is old."""
    target, staging = folder / put.name, folder / STAGING
    with _blaming(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _check_inside(folder, put.name)
        if put.before is not None:
            _keep(target, staging / f"old-{number}")
        if isinstance(put.content, str):
            _keep(folder / put.content, staging / f"new-{number}")
        elif put.content is not None:
            (staging / f"new-{number}").write_bytes(put.content)
    return _line(folder, put)


def _line(folder: Path, put: Put) -> JournalLine:
    if isinstance(put.content, str):
        return JournalLine(put.name, put.before, state_of(folder / put.content), put.content)
    after = None if put.content is None else fingerprint(put.content)
    return JournalLine(put.name, put.before, after)


def _keep(path: Path, kept: Path) -> None:
    """Give what stands at *path* a second name; copy it where the file system has no hard links."""
    try:
        os.link(path, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, kept, follow_symlinks=False)


def _write_journal(journal: Path, steps: Sequence[JournalLine]) -> None:
    written = journal.with_suffix(".tmp")
    written.write_text(json.dumps(steps), encoding="utf-8")
    written.replace(journal)


def _take(folder: Path, number: int, step: JournalLine) -> None:
    """Take one *step* of the journal."""
    target = folder / step.name
    with _blaming(target):
        if step.after is None:
            target.unlink()
        else:
            (folder / STAGING / f"new-{number}").replace(target)


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Let an error name *path*, which its reader knows, and not a file of ours."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


# backwards ------------------------------------------------------------------------------------


def _read_journal(folder: Path) -> Iterator[JournalLine]:
    """Yield the steps of the journal in *folder*; it may be someone else's, so they stay inside."""
    journal = folder / STAGING / JOURNAL
    if not journal.exists():
        return
    try:
        steps = [JournalLine(*line) for line in json.loads(journal.read_bytes())]
        for step in steps:
            _check_inside(folder, step.name)
    except (ValueError, TypeError):
        raise OSError(errno.EINVAL, "it is damaged", str(journal)) from None
    yield from steps


def _check_inside(folder: Path, name: str) -> None:
    """Refuse a *name* that leads out of *folder*, also through a link."""
    if not (folder / name).parent.resolve().is_relative_to(folder.resolve()):
        raise OSError(errno.EPERM, f"it leads outside {folder}", str(folder / name))


def _put_back(folder: Path, number: int, step: JournalLine) -> None:
    """Put back what a *step* replaced, if it was taken and not undone before; an edit since then stays."""
    target = folder / step.name
    now = state_of(target)
    if step.before is not None and now != step.before and now in (step.after, None):
        (folder / STAGING / f"old-{number}").replace(target)


def _take_away(folder: Path, step: JournalLine) -> None:
    """Take away what a *step* added: but not the copy of a file that could not be put back."""
    target = folder / step.name
    if step.before is not None or state_of(target) != step.after:
        return
    if step.original is None or state_of(folder / step.original) == step.after:
        target.unlink(missing_ok=True)
