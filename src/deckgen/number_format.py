"""Turns numbers into words by a number format (ECMA-376 part 1, 18.8.31), and a unit into one."""

from __future__ import annotations

import re
from collections.abc import Sequence

BEFORE = frozenset({"$", "\u00a3", "\u00a5"})  # signs of money that stand before the number
SPACE = "\u00a0"
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_GENERAL = re.compile("general", re.IGNORECASE)
_NUMBER = re.compile(  # with a sign, a currency or a short unit, or a range of two
    r"[<>\u2248~\u00b1\u2264\u2265]?\s*[+\u2212\u2013-]?\s*[$\u20ac\u00a3\u00a5]?\s*"
    r"\d[\d.,'\u2019\u00a0\u202f]*(?: \d{3})*(?:e[+-]?\d+)?(?:\s*[\u2013/\u00b1\u00d7:-]\s*\d[\d.,]*)*"
    r"\s*(?:%|\u2030|\u00b0[CF]?|[$\u20ac\u00a3\u00a5]|[A-Za-z\u00b5]{1,3}\b\.?(?:/[a-z]{1,3})?)?",
    re.IGNORECASE,
)
_NOTHING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "?", "\u2026"})


def are_numbers(texts: Sequence[str]) -> bool:
    """Return whether *texts* are numbers, with their units or without; some may be missing."""
    said = [text.strip() for text in texts if text.strip().casefold() not in _NOTHING]
    return bool(said) and all(_NUMBER.fullmatch(text) for text in said)


def with_unit(number_format: str, unit: str) -> str:
    """Return *number_format* with *unit* behind the number, or before it where money is told so.

    A unit that begins with a letter is set apart; others stand as they were written: `%`, ` %`.
    """
    text = unit.replace('"', "").rstrip()
    if not text:
        return number_format
    if text in BEFORE:
        return ";".join(f'"{text}"{section}' for section in _sections(number_format))
    apart = SPACE if text[:1].isalpha() or text[:1] == "\u20ac" else ""
    told = apart + text.replace(" ", SPACE)
    return ";".join(f'{section}"{told}"' for section in _sections(number_format))


def is_percentage(number_format: str) -> bool:
    """Return whether *number_format* shows a number a hundred times as large, as percent."""
    return "%" in _blanked(number_format)


def written(value: float, number_format: str) -> str:
    """Return *value* as a number format writes it; what it does not know is written plainly."""
    sections = _sections(number_format)
    chosen = sections[0]
    if value < 0 and len(sections) > 1:
        chosen, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    if chosen.strip() in ("", "@"):
        return f"{value:.10g}"
    if general := _GENERAL.search(_blanked(chosen)):
        before, after = chosen[: general.start()], chosen[general.end() :]
        return _unquoted(before) + f"{value:.10g}" + _unquoted(after)
    digits = next(iter(_DIGITS.finditer(_blanked(chosen))), None)
    if digits is None:
        return _unquoted(chosen) if '"' in chosen else f"{value:.10g}"
    before, after = chosen[: digits.start()], chosen[digits.end() :]
    if "%" in _blanked(before + after):
        value *= 100
    return _unquoted(before) + _digits(value, digits[0]) + _unquoted(after)


def _sections(number_format: str) -> list[str]:
    blank = _blanked(number_format)
    starts = [0, *(k + 1 for k, char in enumerate(blank) if char == ";")]
    ends = [*(k for k, char in enumerate(blank) if char == ";"), len(blank)]
    return [number_format[a:b] for a, b in zip(starts, ends, strict=True)]


def _blanked(text: str) -> str:
    """Return *text* with spaces for its literals, so that its marks stay at their places."""
    return _LITERAL.sub(lambda match: " " * len(match[0]), text)


def _unquoted(text: str) -> str:
    return _LITERAL.sub(lambda match: match[1] or match[2] or "", text)


def _digits(value: float, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    least = fraction.count("0")
    text = f"{value:{',' if ',' in whole else ''}.{len(fraction)}f}"
    if len(fraction) > least:
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text
