"""Finds what is wrong with LaTeX by its own signs: braces, environments, fences, commands that are none here.

The characters of an equation are walked once, so hostile LaTeX costs its length and no more. What the
commands mean is for others to read (`read.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 2_000  # characters
DEEPEST = 25  # braces, fences and environments in each other; readers recur on them
_ENVIRONMENT = re.compile(
    r"(?:align|alignat|eqnarray|equation|gather|multline|[bBpvV]?matrix)\*?"
    r"|align(?:ed|edat)|array|cases|dcases|displaylines|gathered|rcases|smallmatrix|split|subarray"
)
# What writes LaTeX anew, or leads out of it.
_REFUSED = re.compile(
    r"\\(?:class|cssId|data|DeclareMathOperator|[egx]?def|href|include|includegraphics|input|let|newcommand"
    r"|newenvironment|providecommand|renewcommand|require|style|unicode|url|usepackage|verb|write)"
)
_SIGN = re.compile(
    r"\\(?P<edge>begin|end)\s*\{(?P<environment>[^{}\\]*)\}"
    r"|\\(?P<fence>left|right)(?![A-Za-z])"
    r"|(?P<command>\\[A-Za-z]+)"
    r"|\\[\s\S]"
    r"|(?P<brace>[{}])|(?P<other>[&%])"
)
_PAIRS = {"}": "{", "right": "left"}


class Flaw(NamedTuple):
    """What is wrong with an equation, where in its LaTeX, and what would help."""

    offset: int
    length: int
    message: str
    hint: str = ""


class _Open(NamedTuple):
    """What waits for its end: `{`, `left` or the name of an environment."""

    kind: str
    match: re.Match[str]


def flaw_of(latex: str) -> Flaw | None:
    """Return the first thing that is wrong with *latex*, or None."""
    if not latex.strip():
        return Flaw(0, 1, "it is empty")
    if len(latex) > LONGEST:
        return Flaw(0, 1, f"it has {len(latex)} characters, and {LONGEST} are the most")
    held: list[_Open] = []
    for match in _SIGN.finditer(latex):
        if flaw := _step(match, held):
            return flaw
        if len(held) > DEEPEST:
            return _flaw(match, f"more than {DEEPEST} braces stand in each other")
    return _unclosed(held[-1]) if held else None


def commands(latex: str) -> Iterator[tuple[str, int]]:
    r"""Yield the commands of letters in *latex*, such as `\alpha`, and where they stand."""
    for match in _SIGN.finditer(latex):
        if match["command"]:
            yield match["command"], match.start()


def _step(match: re.Match[str], held: list[_Open]) -> Flaw | None:
    """Take one sign: note in *held* what it opens, or return what is wrong with it."""
    if match["command"] and _REFUSED.fullmatch(match["command"]):
        hint = "write what it stands for: an equation defines nothing and fetches nothing"
        return _flaw(match, f"`{match['command']}` has no place in an equation", hint)
    if match["other"]:
        return _stray(match, held)
    if match["edge"]:
        return _edge(match, held)
    kind = match["brace"] or match["fence"]
    if kind in ("{", "left"):
        held.append(_Open(kind, match))
    elif kind:
        return _close(match, kind, held)
    return None


def _stray(match: re.Match[str], held: list[_Open]) -> Flaw | None:
    if match["other"] == "%":
        return _flaw(match, "`%` hides what follows it", r"write `\%`")
    if any(_ENVIRONMENT.fullmatch(one.kind) for one in held):
        return None
    hint = r"write `\&`, or put the lines between `\begin{aligned}` and `\end{aligned}`"
    return _flaw(match, "`&` stands outside of any table", hint)


def _edge(match: re.Match[str], held: list[_Open]) -> Flaw | None:
    name = match["environment"].strip()
    if not _ENVIRONMENT.fullmatch(name):
        hint = "aligned, cases, pmatrix and array are among those that there are"
        return _flaw(match, f"there is no environment `{name}`", hint)
    if match["edge"] == "begin":
        held.append(_Open(name, match))
        return None
    return _close(match, name, held)


def _close(match: re.Match[str], kind: str, held: list[_Open]) -> Flaw | None:
    wanted = _PAIRS.get(kind, kind)
    if held and held[-1].kind == wanted:
        held.pop()
        return None
    if any(one.kind == wanted for one in held):
        return _unclosed(held[-1])
    return _flaw(match, f"`{match[0]}` closes nothing")


def _unclosed(one: _Open) -> Flaw:
    end = {"{": "}", "left": r"\right"}.get(one.kind, rf"\end{{{one.kind}}}")
    return _flaw(one.match, f"`{one.match[0]}` is not closed", f"add `{end}`")


def _flaw(match: re.Match[str], message: str, hint: str = "") -> Flaw:
    return Flaw(match.start(), len(match[0]), message, hint)
