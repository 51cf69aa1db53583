"""Turns what stands at a path into a word that tells it from what stood there before.

Files are known by a hash of what they hold, never by their times: a fresh checkout of git is not an edit. Line ends do
not count in files without a NUL byte, which are texts for git, too: it may turn them into those of the machine.
"""

from __future__ import annotations

import errno
import hashlib
import stat
import unicodedata
from pathlib import Path


def state_of(path: Path) -> str | None:
    """Return the fingerprint of the file at *path*, where a link leads to, or None if there is nothing.

    Raises OSError where a folder stands there, or something that is no file.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return fingerprint(path.read_bytes())


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal digits; that of a text whatever its line ends."""
    if b"\0" not in content:
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()


def folded(name: str) -> str:
    """Return *name* as file systems see it to which case or the form of accents is all the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
