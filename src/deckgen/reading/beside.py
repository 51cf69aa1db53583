"""Turns a path as a file names it into one that can be opened: seen from where the file stands.

A file that is reached by a link stands in two places: the link's comes first, and where nothing is there, that of
the file itself. Every path that an outline, a part or a theme names is read this way.
"""

from __future__ import annotations

from pathlib import Path


def seen_from(file: Path, name: str) -> Path:
    """Return the path that *file* calls *name*; beside *file* where there is nothing of that name."""
    path = file.parent / name
    try:
        if not path.exists() and file.is_symlink():
            real = file.resolve().parent / name
            return real if real.exists() else path
    except (OSError, RuntimeError, ValueError):  # too long, a circle of links, a NUL in it
        pass
    return path
