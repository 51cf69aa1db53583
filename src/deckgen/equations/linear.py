"""Says an equation in characters on one line: where no equation can stand, and where a reader has none.

Scripts become superscripts and subscripts of Unicode where all of their characters have one; else `^` and
`_`, with brackets, as in Office's linear format (Unicode technical note 28).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from deckgen.equations import is_installed
from deckgen.equations.read import KEPT, Element, UnreadableError, mathml, root_of

_DOWN = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_UP = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″∗",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″*",
        strict=True,
    )
)
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "‾": "\u0304",
    "―": "\u0304", "_": "\u0304", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307", "¨": "\u0308",
    "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
}  # fmt: skip
_SPACED = frozenset("=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇐⇔↦∈∉∋⊂⊆⊃⊇∣∥⊢⊨≪≫+−±∓×⋅÷∪∩∧∨⊕⊗∘≔")
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂")
_CLOSE = re.compile(r" +(?=[)\]|,;′])|(?<=[\[({√]) +|(?<=[a-z]) +(?=\()")
_BOUND = {"-": "−", "\u2061": "", "\u2062": "", "\u2063": ""}


@lru_cache(maxsize=KEPT)
def linear(latex: str) -> str:
    """Return what an equation says in characters, or its LaTeX where that cannot be read."""
    if not is_installed():
        return latex
    try:
        root = root_of(mathml(latex, is_display=False))
    except UnreadableError:
        return latex
    return " ".join(_said(root).split()) or latex


@lru_cache(maxsize=KEPT)
def signs(latex: str) -> str:
    """Return the letters and signs of an equation in order, as MathML and Office Math hold them."""
    if not is_installed():
        return latex
    try:
        root = root_of(mathml(latex, is_display=False))
    except UnreadableError:
        return latex
    return "".join(root.itertext())


def _said(element: Element) -> str:
    parts, text = list(element), element.text or ""
    match element.tag:
        case "mo":
            return _operator(text)
        case "mspace":
            return " "
        case "mfrac":
            return _fraction(element)
        case "msqrt":
            return f"√{_bracketed(_row(parts))}"
        case "mroot":
            return f"{_raised(_said(parts[1]), _UP, '')}√{_bracketed(_said(parts[0]))}"
        case "msup" | "msub" | "msubsup" | "mover" | "munder" | "munderover":
            return _scripted(element.tag, parts)
        case "mtable":
            return "; ".join(_row(list(line), _between(line)) for line in parts)
        case _:
            return _row(parts) if parts else text


def _fraction(element: Element) -> str:
    """Return one over the other; side by side where no line is between them."""
    upper, lower = map(_said, element)
    if element.get("linethickness", "") in ("0", "0pt"):
        return f"{upper} {lower}"
    return f"{_bracketed(upper)}/{_bracketed(lower)}"


def _row(parts: Sequence[Element], between: str = "") -> str:
    """Return parts side by side; a sign with nothing before it stands close to what follows."""
    said = [f" {_said(part)} " if _is_named(part) else _said(part) for part in parts]
    if said and said[0].startswith(" ") and not _is_named(parts[0]):
        said[0] = said[0].strip()
    return _CLOSE.sub("", between.join(said))


def _is_named(element: Element) -> bool:
    """Return whether an element is a function such as log, or a sum, with its limits."""
    if element.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover") and len(element):
        return _is_named(element[0])
    text = element.text or ""
    return element.tag in ("mi", "mo") and ((len(text) > 1 and text.isalpha()) or text in _LARGE)


def _between(line: Element) -> str:
    """Return what parts the cells of a line: nothing where they are halves of one equation."""
    return "" if len(line) and line[0].get("columnalign") == "right" else ", "


def _operator(sign: str) -> str:
    sign = _BOUND.get(sign, sign)
    return f" {sign} " if sign in _SPACED else f"{sign} " if sign in (",", ";") else sign


def _scripted(kind: str, parts: Sequence[Element]) -> str:
    """Return a base with what stands above and below it, or its accent."""
    base, *scripts = (_said(part).strip() for part in parts)
    if kind == "mover" and scripts[0] in _ACCENTS:
        return _accented(base, _ACCENTS[scripts[0]])
    if kind in ("msup", "mover"):
        return base + _raised(scripts[0], _UP, "^")
    lowered = base + _raised(scripts[0], _DOWN, "_")
    return lowered + (_raised(scripts[1], _UP, "^") if len(scripts) > 1 else "")


def _accented(base: str, mark: str) -> str:
    return (
        unicodedata.normalize("NFC", base + mark) if len(base) == 1 else f"{_bracketed(base)}{mark}"
    )


def _raised(script: str, signs: dict[str, str], mark: str) -> str:
    """Return a script in small characters, or after its *mark*."""
    close = script.replace(" ", "")
    if all(char in signs for char in close):
        return "".join(signs[char] for char in close)
    return f"{mark}{script}" if len(script) == 1 else f"{mark}({script})"


def _bracketed(text: str) -> str:
    """Return *text* in brackets, unless it is one thing."""
    text = text.strip()
    is_one = len(text) == 1 or all(char.isalnum() for char in text)
    return text if is_one else f"({text})"
