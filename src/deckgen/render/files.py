"""Writes files so that each is whole or not there: beside its target first, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deckgen.diagnostics import DeckgenError, Diagnostics


def write_files(
    out: Path, name: str, files: Mapping[str, bytes], diagnostics: Diagnostics
) -> list[Path]:
    """Write *files* into the folder *name* of *out* and return their paths.

    All are written beside their targets before the first is renamed, so a full disk leaves what was
    there. Nothing is written outside *out*, also not through a link. Raises DeckgenError where the folder cannot be written.
    """
    staged: list[tuple[str, Path]] = []
    folder = out / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_inside(out, folder)
        for file, content in files.items():
            _check_target(folder / file)
            staged.append((_stage(folder, file, content), folder / file))
        for temporary, target in staged:
            Path(temporary).replace(target)
    except OSError as error:
        for temporary, _ in staged:
            with suppress(OSError):
                Path(temporary).unlink()
        reason = error.strerror or str(error)
        diagnostics.add("cannot-write", f"cannot write {error.filename or folder}: {reason}")
        raise DeckgenError(diagnostics) from None
    return [target for _, target in staged]


def _check_inside(out: Path, folder: Path) -> None:
    if not folder.resolve().is_relative_to(out.resolve()):
        raise OSError(1, f"it leads outside {out}", str(folder))


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(target))


def _stage(folder: Path, name: str, content: bytes) -> str:
    """Return the path of a temporary file beside its target that holds *content*."""
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o666 & ~_umask())
    except OSError:
        Path(temporary).unlink()
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
