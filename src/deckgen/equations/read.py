"""Reads the LaTeX of an equation as MathML, or says what is wrong with it.

latex2mathml takes much for a letter that it does not know, and LaTeX that leaves something out for less;
so the signs are looked at before (`scan.py`), and what it made after.
"""

from __future__ import annotations

import html
import re
from difflib import get_close_matches
from functools import lru_cache
from xml.etree import ElementTree

from deckgen.equations.scan import Flaw, commands, flaw_of

Element = ElementTree.Element

KEPT = 1024  # equations whose reading is kept
_REASONS = {
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "ExtraLeftOrMissingRightError": r"a `\left` and a `\right` do not go together",
    "MissingSuperScriptOrSubscriptError": "`^` or `_` stands at the end, with nothing after it",
    "DoubleSubscriptsError": "`_` follows on `_`",
    "DoubleSuperscriptsError": "`^` follows on `^`",
    "LimitsMustFollowMathOperatorError": r"`\limits` does not follow a sum or another operator",
    "InvalidAlignmentError": "the columns of an array are not told by l, c and r",
    "MissingEndError": r"a `\begin` has no `\end`",
}
# What shows nothing: numbers of lines, and names for them that nothing here refers to.
_UNSEEN = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])|\\label\{[^{}]*\}")
_MISSING = "something that a command needs is missing"
# What a command needs: elements of MathML with that many parts (MathML 3, 3.1.3.2).
_PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2}
_PARTS |= {"msubsup": 3, "munderover": 3}

_TAGS = re.compile(
    "m(?:ath|enclose|fenced|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style"
    "|sub|subsup|sup|table|td|text|tr|under|underover)|none"
)


class UnreadableError(Exception):
    """LaTeX that is no equation; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


@lru_cache(maxsize=KEPT)
def problem_with(latex: str, *, is_display: bool) -> Flaw | None:
    """Return what is wrong with an equation, whether it is not LaTeX or cannot be drawn, or None."""
    from deckgen.equations.draw import drawn  # noqa: PLC0415 (it reads, too)

    try:
        drawn(latex, is_display=is_display)
    except UnreadableError as error:
        return error.flaw
    return None


@lru_cache(maxsize=KEPT)
def mathml(latex: str, *, is_display: bool) -> str:
    """Return *latex* as a `math` element of MathML; raise UnreadableError where it is none."""
    if flaw := flaw_of(latex):
        raise UnreadableError(flaw)
    root = _converted(latex, is_display=is_display)
    _check(latex, root)
    return ElementTree.tostring(root, encoding="unicode")


def root_of(text: str) -> Element:
    """Return the root of MathML."""
    return ElementTree.fromstring(text)


def _converted(latex: str, *, is_display: bool) -> Element:
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 (an extra)

    form = "block" if is_display else "inline"
    try:
        root = convert_to_element(_portable(latex), display=form)
    except Exception as error:  # its own, and IndexError, KeyError, StopIteration ...
        reason = _REASONS.get(type(error).__name__, _MISSING)
        raise UnreadableError(Flaw(0, 1, reason)) from None
    root.attrib = {"display": form}
    for element in root.iter():
        element.text = html.unescape(element.text or "")
    return root


def _portable(latex: str) -> str:
    """Return *latex* with what latex2mathml does not know in words that it does."""
    text = re.sub(r"\\(begin|end)\s*\{(\w+)ed\}", _unended, latex)
    return _UNSEEN.sub("", text)


def _unended(match: re.Match[str]) -> str:
    name = {"align": "align*", "gather": "gather*"}.get(match[2])
    return rf"\{match[1]}{{{name}}}" if name else match[0]


def _check(latex: str, root: Element) -> None:
    """Raise UnreadableError where MathML holds a command as it was typed, or an element lacks a part."""
    unknown = {leaf.text for leaf in root.iter() if leaf.text and leaf.text.startswith("\\")}
    for name, offset in commands(latex):
        if name in unknown:
            message = f"there is no command `{name}`"
            raise UnreadableError(Flaw(offset, len(name), message, _meant(name)))
    for element in root.iter():
        if len(element) != _PARTS.get(element.tag, len(element)):
            raise UnreadableError(Flaw(0, 1, _MISSING))
        if not _TAGS.fullmatch(element.tag):
            raise UnreadableError(Flaw(0, 1, f"`{element.tag}` has no place in an equation"))


def _meant(name: str) -> str:
    """Return a hint for a command that there is not: the nearest one, or that it may be the author's own."""
    from latex2mathml import commands as known  # noqa: PLC0415 (an extra)
    from latex2mathml.symbols_parser import parse_symbols  # noqa: PLC0415

    names = {word for word in vars(known).values() if isinstance(word, str) and len(word) > 2}
    near = get_close_matches(name, sorted(names | set(parse_symbols())), n=1, cutoff=0.7)
    if near:
        return f"did you mean `{near[0]}`?"
    return "if it is a command of your own, write what it stands for"
