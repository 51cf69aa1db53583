"""Turns the record of what builds wrote into a folder into JSON and back.

It holds the hash of each file as written, by the set of files that it belongs to. A *set* is what one
session of one variant of an outline has, and is named as its files begin: `talk`, `talk.students.60min`, `talk.monday`.
A *whole* is what a command makes of several sets: all sessions of a variant, or all variants (`talk --all`).
No times, no paths of a machine: the same build gives the same bytes, and people may commit it with the files.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

NAME = ".deckgen.json"
VERSION = 1


class Recorded(NamedTuple):
    """A set as the manifest holds it: the wholes it is part of, the fingerprints of its files by name."""

    wholes: frozenset[str]
    files: Mapping[str, str]


Manifest = Mapping[str, Recorded]


class DamagedManifestError(OSError):
    """There is a manifest, but it does not say what was written."""


def read_manifest(folder: Path) -> Manifest:
    """Return what was written into *folder*, by the name of the set; empty where there is no manifest.

    Raises DamagedManifestError where it is none of ours; it may name only files of the folder.
    """
    path = folder / NAME
    try:
        held = json.loads(path.read_bytes())
        if held["deckgen"] != VERSION:
            raise _damaged(path, "it was written by another version of deckgen")
        return {str(name): _recorded(entry) for name, entry in held["sets"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path, "it is damaged") from None


def _recorded(entry: Mapping[str, Any]) -> Recorded:
    files = {str(name): str(found) for name, found in entry["files"].items()}
    if not all(map(_is_plain, files)):
        raise ValueError("a file outside the folder")
    return Recorded(frozenset(map(str, entry.get("of", ()))), files)


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not set(name) & set("/\\\0")


def _damaged(path: Path, reason: str) -> DamagedManifestError:
    return DamagedManifestError(errno.EINVAL, reason, str(path))


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return *manifest* as JSON, a line for each file, sorted."""
    sets = {
        name: {"of": sorted(wholes), "files": dict(files)} if wholes else {"files": dict(files)}
        for name, (wholes, files) in manifest.items()
    }
    held = {"deckgen": VERSION, "sets": sets}
    return f"{json.dumps(held, indent=1, sort_keys=True, ensure_ascii=False)}\n".encode()
