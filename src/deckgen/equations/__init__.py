"""Turns the LaTeX of equations into what can be read, drawn and edited: see `read.py`, `draw.py`, `office.py`.

What reads and draws is the extra `equations`; without it an equation stays as its LaTeX.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

INSTALL = "pip install latex2mathml ziamath resvg-py pypandoc_binary"
_MODULES = ("latex2mathml", "ziamath", "resvg_py")


@cache
def is_installed() -> bool:
    """Return whether equations can be read and drawn."""
    return all(find_spec(name) is not None for name in _MODULES)
