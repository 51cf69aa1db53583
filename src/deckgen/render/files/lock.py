"""Lets one program at a time write into a folder.

The lock is the operating system's and ends with the program, however that ends: there is none to clean up. On POSIX it is
on the folder itself; Windows locks only files, so there it is on one in the folder for temporary files. Some
network drives have no locks: there, nobody waits.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 10.0  # others need milliseconds
PAUSE = 0.02


@contextmanager
def locked(folder: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of *folder*, which exists; raise BlockingIOError if it is not free for *seconds*."""
    handle = _open(folder)
    try:
        end = time.monotonic() + seconds
        while not _is_taken(handle):
            if time.monotonic() > end:
                reason = "another deckgen is writing there"
                raise BlockingIOError(errno.EAGAIN, reason, str(folder))
            time.sleep(PAUSE)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        key = hashlib.sha256(str(folder.resolve()).casefold().encode()).hexdigest()[:16]
        return os.open(Path(tempfile.gettempdir()) / f"deckgen-{key}.lock", os.O_RDWR | os.O_CREAT)

    def _is_taken(handle: int) -> bool:
        """Take the lock; return whether it was free."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _is_taken(handle: int) -> bool:
        """Take the lock; return whether it was free, or whether there are no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
