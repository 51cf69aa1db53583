"""Kills builds at random moments, or lets several run at once, and prints as JSON what is in the folder then.

A program of its own, since it forks: `python tests/kills.py kill|race FOLDER COUNT`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from deckgen.diagnostics import Diagnostics
from deckgen.render.files.choose import Build, FileSet
from deckgen.render.files.manifest import NAME, read_manifest
from deckgen.render.files.state import fingerprint
from deckgen.render.files.swap import JOURNAL, STAGING, recover
from deckgen.render.files.write import write_build

# Both sets have files that the other has not, and one that is the same.
SETS = [
    {f"talk.{part}": f"{mark} {part} ".encode() * 500 for part in (*parts, "pptx", "run-sheet.md")}
    | {"talk.same.md": b"same"}
    for mark, parts in (("old", ("role-host.md", "handout.md")), ("new", ("role-ann.md", "ics")))
]
LONGEST = 0.03  # seconds until a build is killed


def build_for_ever(out: Path, first: int) -> None:
    """Write one set and then the other, until the end."""
    number = first
    while True:
        write(out, number)
        number += 1


def write(out: Path, number: int) -> None:
    files = SETS[number % 2]
    write_build(out, "talk", Build((FileSet("talk", files),), frozenset({"talk"})), Diagnostics())


def forked(work: Callable[[], None]) -> int:
    """Return the process that does *work*."""
    process = os.fork()
    if process == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return process


def kill(out: Path, count: int) -> dict[str, int]:
    """Kill *count* builds; return how often what was found. Each begins where the last was killed."""
    moments = random.Random(13)
    found: Counter[str] = Counter()
    for number in range(count):
        process = forked(lambda number=number: build_for_ever(out, number))  # type: ignore[misc]
        time.sleep(moments.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(process, 0)[1]), "it ended before"
        if (out / "talk").exists():
            found["builds"] += 1
            look(out / "talk", out.parent / "copy", found)
    return found


def look(folder: Path, copy: Path, found: Counter[str]) -> None:
    """Check that all files are whole, and that what the next build finds is one set with its record."""
    found["unfinished"] += (folder / STAGING / JOURNAL).exists()
    for path in folder.glob("talk.*"):
        content = path.read_bytes()
        assert content in [files.get(path.name) for files in SETS], f"{path} is half-written"
    found["mixed"] += set_in(folder) is None
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)  # the next build recovers itself, and may be killed while it does
    recover(copy)
    files = set_in(copy)
    assert files is not None, f"{sorted(path.name for path in copy.iterdir())} is no set"
    assert recorded(copy) == {name: fingerprint(content) for name, content in files.items()}
    assert not (copy / STAGING).exists()
    found["old" if files in ({}, SETS[0]) else "new"] += 1


def set_in(folder: Path) -> dict[str, bytes] | None:
    """Return the set that *folder* holds, which may be none yet; None where it is a mixture."""
    held = {path.name: path.read_bytes() for path in folder.glob("talk.*")}
    return held if held in ({}, *SETS) else None


def recorded(folder: Path) -> dict[str, str]:
    sets = read_manifest(folder)
    return dict(sets["talk"].files) if sets else {}


def race(out: Path, count: int) -> dict[str, int]:
    """Let four programs build *count* times each, all into one folder."""

    def work(first: int) -> None:
        for number in range(first, first + count):
            write(out, number)

    processes = [forked(lambda first=first: work(first)) for first in range(4)]  # type: ignore[misc]
    ends = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
    found: Counter[str] = Counter({"failed": sum(map(bool, ends))})
    look(out / "talk", out.parent / "copy", found)
    assert {path.name for path in (out / "talk").glob(".*")} == {NAME}
    return found


if __name__ == "__main__":
    _, task, folder, count = sys.argv
    print(json.dumps({"kill": kill, "race": race}[task](Path(folder), int(count))))
