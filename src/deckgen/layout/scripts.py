"""Tells what other scripts than a theme's faces have add to a line: ems of height, and changes of script.

A deck names the theme's faces and no others: for other scripts every machine has a face of its own, most
of them with taller lines. PowerPoint gives a line the height of the tallest face on it. LibreOffice does
so in the rows of tables, which it makes taller where they do not fit, and so moves what is under them; in
other frames of a presentation all its lines are 1.2 em. The bounds are of faces' tables hhea and OS/2
(OpenType 1.9), ascents beside other faces' descents; none depends on the machine.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["changes", "is_change", "line_ems"]

_KEPT = 8192  # lines

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_EAST_ASIAN = (
    "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Segoe UI, its Emoji and Symbol 1.33, Leelawadee UI 1.34, Nirmala UI 1.33, Malgun Gothic 1.33, Microsoft
# JhengHei 1.33, Microsoft YaHei 1.32, Yu Gothic 1.29, Arial and Times New Roman 1.15, MS PGothic 1.00. Of
# what Windows has only Meiryo is taller (1.50), and Yu Gothic where its gap is added (1.60).
_IN_FRAMES = 1.34
# Ems of a line in a table, the tallest first, and the characters that need it.
_IN_TABLES = (
    # Noto Sans Thai 1.51, Noto Sans Devanagari 1.30.
    (
        1.52,
        "\u0900-\u109f\u1200-\u139f\u1780-\u17ff\u19e0-\u1aaf\u1cd0-\u1cff\ua8e0-\ua8ff"
        "\uaa60-\uaa7f\uab00-\uab2f",
    ),
    # Noto Sans CJK 1.448, beside the descent of Courier New 1.46.
    (1.48, _HANGUL + _EAST_ASIAN),
    # Noto Sans Hebrew 1.36. Noto Naskh Arabic is taller (1.70), and DejaVu Sans, which is more often there,
    # no taller than a theme's faces (1.16).
    (
        1.4,
        "\u0530-\u08ff\u10a0-\u10ff\u13a0-\u167f\u1800-\u18af\u2d00-\u2ddf\ufb07-\ufdff\ufe70-\ufefe",
    ),
    # Noto Color Emoji 1.17.
    (
        _IN_FRAMES,
        "\u2600-\u2639\u263d-\u265f\u2664\u2667-\u2669\u266c-\u27bf\ufe0f\U0001f000-\U0001faff"
        "\U000e0000-\U000e007f",
    ),
)
_FOREIGN = re.compile(f"[{''.join(characters for _, characters in _IN_TABLES)}]")
_EAST = re.compile(f"[{_HANGUL}{_EAST_ASIAN}]")
# Korean has spaces between its words: there no script changes.
_CHANGE = (
    f"(?<=[{_EAST_ASIAN}])(?=[^{_HANGUL}{_EAST_ASIAN}])|(?<=[^{_HANGUL}{_EAST_ASIAN}])(?=[{_EAST_ASIAN}])"
    f"|(?<=[{_HANGUL}])(?=[^ {_HANGUL}{_EAST_ASIAN}])|(?<=[^ {_HANGUL}{_EAST_ASIAN}])(?=[{_HANGUL}])"
)


@lru_cache(maxsize=_KEPT)
def line_ems(text: str, *, in_table: bool = False) -> float:
    """Return the ems that a line needs for the characters of *text* that are in no text face, else 0."""
    if text.isascii() or not _FOREIGN.search(text):
        return 0.0
    if not in_table:
        return _IN_FRAMES
    return next(ems for ems, characters in _IN_TABLES if re.search(f"[{characters}]", text))


def changes(text: str) -> int:
    """Return how often *text* changes between East Asian and other characters, spaces among them."""
    return sum(1 for _ in re.finditer(_CHANGE, text)) if _EAST.search(text) else 0


def is_change(left: str, right: str) -> bool:
    """Return whether two neighbouring characters are of an East Asian script and of another."""
    return changes(left + right) > 0
