"""Says an equation in characters on one line: where no equation can stand, and where a reader has none.

Scripts become superscripts and subscripts of Unicode where all of their characters have one; else `^` and
`_`, with brackets, as in Office's linear format (Unicode technical note 28). As there, what a line of signs
leaves open is in brackets: a fraction beside a factor, `(λ/2)x²`, and a product below its line, `1/(2n)`.
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
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″∗⊤∘†‡",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″*ᵀ°†‡",
        strict=True,
    )
)
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "‾": "\u0304",
    "―": "\u0304", "_": "\u0304", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307", "¨": "\u0308",
    "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
}  # fmt: skip
_SPACED = frozenset("=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇐⇔↦∈∉∋⊂⊆⊃⊇∣∥⊢⊨≪≫+−±∓×⋅·÷∪∩∧∨⊕⊗∘≔")
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂")
_SIGNS = frozenset("+−-±∓")  # with nothing before them they belong to what follows
_OPEN, _SHUT = frozenset("([{⟨⌈⌊"), frozenset(")]}⟩⌉⌋")
_APART = frozenset(",;:.…⋯")
_BARS = frozenset("|‖∥")
# What reaches to the end of a product.
_LOOSE = frozenset(("lim", "max", "min", "sup", "inf", "argmax", "argmin", "limsup", "liminf"))
_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_GROUPS = frozenset(("mrow", "mstyle", "mpadded"))
_WIDE = re.compile(r"(?:0\.[5-9]|[1-9])\d*(?:\.\d+)?em")
_CLOSE = re.compile(r" +(?=[)\],;′])|(?<=[\[({√]) +|(?<=[a-z]) +(?=\()")
_SINGLE = re.compile(r"(?<=[\^_])\w$")
_BRACES = frozenset("⏟⏞⎵⎴")
_BOUND = {"-": "−", "\u2061": "", "\u2062": "", "\u2063": ""}


@lru_cache(maxsize=KEPT)
def linear(latex: str) -> str:
    """Return what an equation says in characters, or its LaTeX where that cannot be read."""
    root = _tree(latex)
    return latex if root is None else " ".join(_said(root).split()) or latex


@lru_cache(maxsize=KEPT)
def signs(latex: str) -> str:
    """Return the letters and signs of an equation in order, as MathML and Office Math hold them."""
    root = _tree(latex)
    return latex if root is None else "".join(root.itertext())


def _tree(latex: str) -> Element | None:
    """Return an equation as MathML, or None where it cannot be read or nothing is installed that reads it."""
    if not is_installed():
        return None
    try:
        return root_of(mathml(latex, is_display=False))
    except UnreadableError:
        return None


def _said(element: Element) -> str:
    parts, text = list(element), element.text or ""
    match element.tag:
        case "mo" | "mi" if _sign(element):
            return _operator(text)
        case "mspace":
            return " "
        case "mfrac":
            return _fraction(element)
        case "msqrt" | "mroot":
            return _root(element, is_alone=True)
        case tag if tag in _SCRIPTS:
            return _scripted(tag, parts)
        case "mtable":
            return "; ".join(map(_line, parts))
        case _:
            return _row(parts) if parts else text


def _fraction(element: Element) -> str:
    """Return one over the other; side by side where no line is between them."""
    upper, lower = (_said(part).strip() for part in element)
    if _has_no_line(element):
        return f"{upper}, {lower}"
    return f"{_numerator(upper)}/{_denominator(lower, upper, _flat([element[1]]))}"


def _has_no_line(element: Element) -> bool:
    return element.tag == "mfrac" and element.get("linethickness", "") in ("0", "0pt")


def _numerator(text: str) -> str:
    """Return what stands above a line: in brackets, unless it is a product of letters and numbers."""
    outside = re.sub(r"\([^()]*\)", "", text)
    return f"({text})" if re.search(r"[\s/(),;]", outside) else text


def _denominator(text: str, above: str, parts: Sequence[Element]) -> str:
    """Return what stands below a line: in brackets, unless it is one thing, or `dx` below `dy`."""
    is_derivative = text[:1] in ("d", "∂") and above[:1] == text[:1]
    is_one = _is_one(parts) or (is_derivative and len(parts) == 2 and _is_one(parts[1:]))
    return text if is_one else f"({text})"


def _root(element: Element, *, is_alone: bool) -> str:
    """Return a root: in brackets what is under it, unless it is one letter or number that nothing follows."""
    parts = list(element)
    held = _flat(parts[:1] if element.tag == "mroot" else parts)
    degree = _raised(_said(parts[1]).strip(), _UP, "") if element.tag == "mroot" else ""
    text = _row(held).strip()
    is_bare = is_alone and len(held) == 1 and len(held[0]) == 0
    return f"{degree}√{text}" if is_bare else f"{degree}√({text})"


def _is_one(parts: Sequence[Element]) -> bool:
    """Return whether parts are one thing, whatever stands beside it: a letter, a number, something in brackets."""
    if _is_fenced(parts) or (len(parts) == 2 and parts[1].text == "!"):
        return len(parts) > 2 or _is_one(parts[:1])
    if len(parts) != 1:
        return False
    one = parts[0]
    if one.tag in ("msup", "msub", "msubsup", "mover", "munder"):
        return not _is_named(one)
    return one.tag in ("mn", "mi", "msqrt") or " " not in (one.text or " ")


def _is_fenced(parts: Sequence[Element]) -> bool:
    """Return whether one pair of brackets is around all *parts*."""
    signs = [_sign(part) for part in parts]
    if len(signs) < 2 or signs[0] not in _OPEN or signs[-1] not in _SHUT:
        return False
    depth = 0
    for sign in signs[:-1]:
        depth += (sign in _OPEN) - (sign in _SHUT)
        if depth == 0:
            return False
    return True


def _row(parts: Sequence[Element]) -> str:
    """Return parts side by side: in brackets what its neighbours would else reach into."""
    flat = _flat(parts)
    edges = ["open", *_edges(flat), "shut"]  # of the part before each, its own, and so on
    said: list[str] = []
    for k, part in enumerate(flat):
        before, own, after = edges[k : k + 3]
        if own == "sign" and before in ("open", "apart", "sign"):
            said.append(_operator(_sign(part)).strip())
            continue
        if before == "open" and said and _has_no_line(part):
            said[-1] = f"C{said[-1]}"
        is_held = before != "open" and _reaches(flat[k - 1])
        is_followed = after != "shut" and _is_factor(flat[k + 1])
        said.append(_beside(part, is_held, is_followed, is_applied=after == "open"))
    return _CLOSE.sub("", "".join(said))


def _beside(part: Element, is_held: bool, is_followed: bool, *, is_applied: bool) -> str:
    """Return a part of a row: what is before it may reach to it, a factor or a bracket may follow."""
    if part.tag in ("msqrt", "mroot"):
        return _root(part, is_alone=not is_followed)
    text = _said(part)
    if part.tag == "mfrac" and (is_held or is_followed) and not _has_no_line(part):
        return f"({text})"
    if is_followed and not is_applied:
        text = _SINGLE.sub(r"(\g<0>)", text)
    return f" {text} " if _is_named(part) else text


def _flat(parts: Sequence[Element]) -> list[Element]:
    """Return parts without the groups that braces make, which nobody sees, and what is empty."""
    flat: list[Element] = []
    for part in parts:
        if part.tag in _GROUPS:
            flat += _flat(list(part))
        elif len(part) or part.text or part.tag == "mspace":
            flat.append(part)
    return flat


def _sign(part: Element) -> str:
    """Return the sign that a part is, whatever stands above or below it; nothing for a letter."""
    while part.tag in _SCRIPTS and len(part):
        part = part[0]
    text = part.text or ""
    return text if part.tag == "mo" or text in _SPACED else ""  # `±` comes as a letter


def _edges(parts: Sequence[Element]) -> list[str]:
    """Return what each part is to its neighbours: `open`, `shut`, `sign`, `apart` or nothing of these."""
    found, is_open = [], False
    for part in parts:
        sign = _sign(part)
        if sign in _BARS:
            is_open = not is_open
            found.append("open" if is_open else "shut")
        elif sign and sign in _OPEN | _SHUT:
            found.append("open" if sign in _OPEN else "shut")
        elif sign in _SIGNS:
            found.append("sign")
        else:
            found.append("apart" if sign and sign in _SPACED | _APART | _LARGE else "")
    return found


def _reaches(part: Element | None) -> bool:
    """Return whether what stands before a fraction would take its upper part alone."""
    if part is None or _is_loose(part):
        return False
    text = part.text or ""
    return text == "÷" or _is_factor(part)


def _is_factor(part: Element) -> bool:
    """Return whether a part belongs to a product with what stands before it."""
    text = part.text or ""
    if part.tag == "mtext":
        return bool(text) and not (text[0].isspace() or text[-1].isspace())
    if part.tag == "mspace":
        return not _WIDE.fullmatch(part.get("width", ""))
    return _sign(part) not in _SPACED | _APART or not _sign(part)


def _is_loose(part: Element) -> bool:
    """Return whether a part is a sum, a limit or the like: it reaches over fractions."""
    if part.tag in _SCRIPTS and len(part):
        return _is_loose(part[0])
    text = part.text or ""
    return text in _LARGE or "".join(text.split()) in _LOOSE


def _line(line: Element) -> str:
    """Return a line of a table: with commas, unless its cells are halves of one equation."""
    if len(line) and line[0].get("columnalign") == "right":
        return _row([part for cell in line for part in cell])
    return ", ".join(_row(list(cell)).strip() for cell in line)


def _is_named(element: Element) -> bool:
    """Return whether an element is a function such as log, or a sum, with its limits."""
    if element.tag in _SCRIPTS and len(element):
        return _is_named(element[0])
    text = element.text or ""
    return element.tag in ("mi", "mo") and ((len(text) > 1 and text.isalpha()) or text in _LARGE)


def _operator(sign: str) -> str:
    sign = _BOUND.get(sign, sign)
    return f" {sign} " if sign in _SPACED else f"{sign} " if sign in (",", ";") else sign


def _scripted(kind: str, parts: Sequence[Element]) -> str:
    """Return a base with what stands above and below it, or its accent."""
    base, *scripts = (_said(part).strip() for part in parts)
    if kind in ("mover", "munder") and scripts[0] in _BRACES:
        return f"({base})" if len(_flat(parts[:1])) > 1 else base
    if kind == "mover" and scripts[0] in _ACCENTS:
        return _accented(base, _ACCENTS[scripts[0]])
    held = _flat(parts[:1])
    is_root = len(held) == 1 and held[0].tag in ("msqrt", "mroot", "mfrac")
    if is_root or (len(held) > 1 and not _is_fenced(held)):
        base = f"({base})"
    if kind in ("msup", "mover"):
        return base + _raised(scripts[0], _UP, "^")
    lowered = base + _raised(scripts[0], _DOWN, "_")
    return lowered + (_raised(scripts[1], _UP, "^") if len(scripts) > 1 else "")


def _accented(base: str, mark: str) -> str:
    return unicodedata.normalize("NFC", base + mark) if len(base) == 1 else f"({base}){mark}"


def _raised(script: str, signs: dict[str, str], mark: str) -> str:
    """Return a script in small characters, or after its *mark*."""
    close = script.replace(" ", "")
    if all(char in signs for char in close):
        return "".join(signs[char] for char in close)
    return f"{mark}{script}" if len(script) == 1 else f"{mark}({script})"
