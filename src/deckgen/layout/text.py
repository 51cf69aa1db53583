"""Turns runs of text into lines of known width: real font metrics, line breaking, balanced titles.

Pure: widths come from the tables in `deckgen.layout.metrics`, never from the machine's fonts.
Lengths are points unless a name says em. Breaks fall where PowerPoint and LibreOffice put them: in
Latin, Greek and Cyrillic text by the few rules of `_OPPORTUNITY`, in all other text by UAX #14
(uniseg, imported only then). Ligatures are not counted: PowerPoint sets none; LibreOffice does
for Carlito and Gelasio, and is narrower by up to 5 % of a word, 1 % of a line.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import import_module
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple
from unicodedata import category, east_asian_width

from deckgen.layout.scripts import changes, is_change

__all__ = [
    "FontMetrics",
    "Line",
    "Piece",
    "PreparedText",
    "balance",
    "break_lines",
    "is_measured",
    "is_placed",
    "load_metrics",
    "twin_of",
    "widest_unit",
]

# Free faces with the advance widths of the Office faces.
_TWINS = {
    "arial": "Liberation Sans",
    "calibri": "Carlito",
    "cambria": "Caladea",
    "courier new": "Liberation Mono",
    "georgia": "Gelasio",
    "times new roman": "Liberation Serif",
}
_MEASURED = {family.casefold(): family for family in _TWINS.values()} | _TWINS
# The widest proportional family: text in an unknown one is then seldom wider than planned.
_WIDEST = "Gelasio"

_TAB_STOP = 72.0  # `defTabSz` 914400 EMU, the value of every template
_TOLERANCE = 1e-6  # points; sums of floats differ in their last digits
_CACHED_LENGTH = 40  # characters; longer stretches seldom come twice
# Between East Asian and other letters LibreOffice leaves this much; rather planned than not.
_CHANGE_EM = 0.25
_EMOJI_EM = 1.375  # Segoe UI Emoji 1.37, Noto Color Emoji 1.25
_WEIGHTLESS = frozenset({"Cc", "Cf", "Me", "Mn", "Zl", "Zp"})  # categories of no width

_SPACES = " \u1680\u2000-\u2006\u2008-\u200b\u205f\u3000"  # all but the no-break ones
_TRAILING = re.compile(rf"[{_SPACES}\t]*\Z")
_OPPORTUNITY = re.compile(
    rf"[{_SPACES}]+|\t|.(?=\t)"
    r"|\u00ad(?=\S)"
    r"|(?<=\w)[-\u2010](?=\w)"
    r"|[\u2013\u2014](?=[\w\"'(\[\u2018\u201c])"
)
# Anything but Latin, Greek, Cyrillic, punctuation, arrows, mathematics, symbols.
_COMPLEX = re.compile(
    "[^\0-\u052f\u1c80-\u1c8f\u1d00-\u2bff\u2c60-\u2c7f\u2de0-\u2e7f\ua640-\ua69f\ua720-\ua7ff"
    "\uab30-\uab6f\ufb00-\ufb06\ufe00-\ufe0f\ufeff]"
)
# UAX #29, as far as the characters outside `_COMPLEX` need it.
_CLUSTER = re.compile(
    r"(?s:.)[\u00ad\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f]*"
)
# Thai, Lao, Myanmar, Khmer: no spaces between words, and no dictionary here to find them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# From here on patterns that few texts need: `re` compiles them then.
# The letters that stand for their class of UAX #14: ideographs, syllables, and those of words.
_MODELS = "字가각aאก"
_INDEPENDENT = "(?<=[字가각])(?=[字가각])|(?<=[aאก] )(?=[aאก])"
# Where clusters end for certain: between ASCII, kana, ideographs; before a Thai or Lao consonant.
_SINGLE = " -~\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff"
_BETWEEN_CLUSTERS = (
    f"(?<=[{_SINGLE}])(?=[{_SINGLE}])|(?<=[\u0e00-\u0eff])(?=[\u0e01-\u0e2e\u0e81-\u0eae])"
)
_NEEDS_UNITS = re.compile("[\\n\\t\u00ad]|^\\s|\\s$|^$")
_KEPT = 8192  # texts, and pieces of them, whose breaks are kept
_WINDOW = 256  # characters
_LEAST_LOOK = 64  # characters first looked at where a unit is broken
_LONGEST_CLUSTER = 32  # characters, a family of emoji with skin tones and room to spare


@dataclass(frozen=True, slots=True, eq=False)  # two of a name may have other widths
class FontMetrics:
    """One face: the widths of its characters, its kerning, and its heights in ems."""

    family: str
    bold: bool
    italic: bool
    ascent: float
    descent: float
    line_gap: float
    units_per_em: int = field(repr=False)
    advances: dict[str, int] = field(repr=False)
    kerning: dict[str, dict[str, int]] = field(repr=False)
    _widths: dict[str, int] = field(default_factory=dict, repr=False)
    _lacking: dict[str, int] = field(default_factory=dict, repr=False)

    def width(self, text: str) -> float:
        """Return the width of `text` on one line in ems, kerning included."""
        return self._units(text) / self.units_per_em

    def kern(self, left: str, right: str) -> float:
        """Return what is added between two neighbouring characters in ems, mostly negative."""
        return self._between(left, right) / self.units_per_em

    def is_exact(self, text: str) -> bool:
        """Return whether the width of `text` is no guess: the face has it, or it is ideographs."""
        lacking = [char for char in text if char not in self.advances]
        return not lacking or all(_foreign_ems(char) in (0.0, 1.0) for char in lacking)

    def _units(self, text: str) -> int:
        units = self._widths.get(text)
        if units is not None:
            return units
        if len(text) > _CACHED_LENGTH and " " in text[:-1]:
            *words, last = text.split(" ")
            parts = [f"{word} " for word in words] + ([last] if last else [])
            return sum(map(self._units, parts)) + sum(self._between(" ", b[0]) for b in parts[1:])
        units = sum(map(self._advance, text)) + sum(map(self._kern, text, text[1:]))
        if not text.isascii():
            units += changes(text) * round(_CHANGE_EM * self.units_per_em)
        if len(text) <= _CACHED_LENGTH:
            self._widths[text] = units
        return units

    def _between(self, left: str, right: str) -> int:
        """Return kerning, or the space where the script changes, in font units."""
        if max(left, right) < "\u1100" or not is_change(left, right):
            return self._kern(left, right)
        return round(_CHANGE_EM * self.units_per_em)

    def _kern(self, left: str, right: str) -> int:
        row = self.kerning.get(left)
        return row.get(right, 0) if row else 0

    def _advance(self, char: str) -> int:
        units = self.advances.get(char)
        if units is None:
            units = self._lacking.get(char)
        if units is None:
            units = self._lacking[char] = self._stand_in(char)
        return units

    def _stand_in(self, char: str) -> int:
        """Return a width for a character the face lacks: rather too wide than too narrow."""
        ems = _foreign_ems(char)
        if ems is None:
            return max(self.advances[letter] for letter in "abcdefghijklmnopqrstuvwxyz")
        return round(ems * self.units_per_em)


def _foreign_ems(char: str) -> float | None:
    """Return the ems of marks and controls (0), ideographs and emoji, None for the others."""
    kind = category(char)
    skin_tone = "\U0001f3fb" <= char <= "\U0001f3ff"  # drawn into the emoji before it
    if kind in _WEIGHTLESS or skin_tone:
        return 0.0
    if "\U0001f000" <= char < "\U00020000" or (kind == "So" and "\u2300" <= char < "\u2c00"):
        return _EMOJI_EM
    return 1.0 if east_asian_width(char) in "WF" else None


class Piece(NamedTuple):
    """A run of text in one face; `size` and `tracking` (added to every character) in points."""

    text: str
    metrics: FontMetrics
    size: float
    tracking: float = 0.0

    @property
    def natural(self) -> float:
        """The width of the whole text on one line in points."""
        return self.width(0, len(self.text))

    def width(self, start: int, stop: int) -> float:
        """Return the width of `text[start:stop]` in points."""
        text = self.text[start:stop]
        width = self.metrics.width(text) * self.size
        if self.tracking:
            is_plain = text.isascii() and text.isprintable()
            weightless = 0 if is_plain else sum(category(char) in _WEIGHTLESS for char in text)
            width += self.tracking * (len(text) - weightless)
        return width


class Line(NamedTuple):
    """One line: its text and width without trailing spaces, and the largest point size on it.

    A soft hyphen that ends `text` is visible there, and `width` includes it.
    """

    text: str
    width: float
    size: float


def is_measured(family: str) -> bool:
    """Return whether `family` is bundled or has a bundled twin, so that its widths are exact."""
    return family.casefold() in _MEASURED


def is_placed(text: str) -> bool:
    """Return whether what follows `text` can be placed: it has no letters of scripts without metrics."""
    return all(east_asian_width(char) in "WF" for char in _COMPLEX.findall(text))


def twin_of(family: str) -> str | None:
    """Return the free face with the widths of `family`, where there is one."""
    return _MEASURED.get(family.casefold())


@cache
def load_metrics(family: str, *, bold: bool = False, italic: bool = False) -> FontMetrics:
    """Return the face of `family` or its twin, of the widest family where it is not measured."""
    name = _MEASURED.get(family.casefold(), _WIDEST).lower().replace(" ", "-")
    style = "-".join(("bold",) * bold + ("italic",) * italic) or "regular"
    return _read_face(f"{name}-{style}.json")


@cache
def _read_face(name: str) -> FontMetrics:
    table = json.loads((Path(__file__).parent / "metrics" / name).read_bytes())
    em = table["unitsPerEm"]
    kerning: dict[str, dict[str, int]] = {}
    for lefts, row in table["kerning"]:
        shared = {right: value for rights, value in row.items() for right in rights}
        kerning.update(dict.fromkeys(lefts, shared))
    return FontMetrics(
        family=table["family"],
        bold=table["bold"],
        italic=table["italic"],
        ascent=table["ascent"] / em,
        descent=table["descent"] / em,
        line_gap=table["lineGap"] / em,
        units_per_em=em,
        advances={chr(c): w for first, run in table["advances"] for c, w in enumerate(run, first)},
        kerning=kerning,
    )


def break_lines(
    pieces: Sequence[Piece], width: float, *, first_indent: float = 0.0
) -> tuple[Line, ...]:
    """Return the lines of one paragraph at a measure of `width` points, each as full as can be.

    A word may span pieces. A newline (`<a:br/>`) ends a line; empty pieces make one empty line, no
    pieces none. A word wider than the measure starts a line and is broken between grapheme
    clusters. `first_indent` shortens the first line, or lengthens it if negative.
    """
    if not pieces:
        return ()
    return PreparedText(pieces).lines(width, first_indent)


def widest_unit(pieces: Sequence[Piece]) -> float:
    """Return the width in points of the widest stretch without a break, 0 for no text."""
    return PreparedText(pieces).widest()


def balance(pieces: Sequence[Piece], width: float) -> float:
    """Return the smallest measure, to 0.01 points, that takes no more lines than `width` does.

    It breaks no word that `width` does not; `width` itself where a word is wider than that.
    """
    return PreparedText(pieces).balance(width)


class _Unit(NamedTuple):
    """A stretch that stays on one line, `start` to `stop`, and the space after it, to `end`."""

    start: int
    stop: int
    end: int
    width: float
    gap: float  # width of the space
    tab: bool  # nothing but a tab
    lead: float  # kerning with the character before, if that is on the same line
    hyphen: float  # width of the hyphen that shows where the line ends here


class _Span(NamedTuple):
    start: int
    stop: int
    width: float


class PreparedText:
    """Pieces joined into one text, and its units, a list for each line between newlines.

    Made once for a text, it breaks lines at any measure.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.text = "".join(piece.text for piece in pieces)
        ends = accumulate(len(piece.text) for piece in pieces)
        self._placed = [(end - len(p.text), end, p) for end, p in zip(ends, pieces, strict=True)]
        self._starts = [first for first, _, _ in self._placed]
        # A text that fits one line is not looked at more closely.
        self._whole = None if _NEEDS_UNITS.search(self.text) else sum(p.natural for p in pieces)

    @cached_property
    def _lines(self) -> list[list[_Unit]]:
        return list(self._forced_lines())

    def lines(self, measure: float, indent: float = 0.0) -> tuple[Line, ...]:
        """Return the lines at a measure in points."""
        return tuple(
            Line(self.text[start:stop], width, self.size(start, stop))
            for start, stop, width in self.wrap(measure, indent)
        )

    def balance(self, width: float, tolerance: float = 0.01) -> float:
        """Return the smallest measure that takes no more lines than `width`: see `balance`."""
        low = self.widest()
        if low > width:
            return width
        spans = self.wrap(width)
        count, high = len(spans), max(span.width for span in spans)
        if (
            self._whole is not None and tolerance > 1
        ):  # no line is longer than the mean, less a space
            low = max(low, self._whole / count - self.size(0, len(self.text)))
        while high - low > tolerance:
            middle = (low + high) / 2
            spans = self.wrap(middle)
            if len(spans) <= count:
                high = max(span.width for span in spans)
            else:
                low = middle
        return max(low, high)

    def widest(self) -> float:
        """Return the width of the widest unit, with its hyphen."""
        return max(unit.width + unit.hyphen for line in self._lines for unit in line)

    def widest_text(self) -> str:
        """Return the text of the widest unit."""
        units = (unit for line in self._lines for unit in line)
        widest = max(units, key=lambda unit: unit.width + unit.hyphen)
        return self.text[widest.start : widest.stop]

    def size(self, start: int, stop: int) -> float:
        """Return the largest point size from `start` to `stop`, if they differ, else at `start`."""
        pieces = self._pieces(start, stop)
        sizes = [p.size for first, last, p in pieces if first < stop and start < last]
        return max(sizes or [self._placed[self._at(start)][2].size])

    def wrap(self, measure: float, indent: float = 0.0) -> list[_Span]:
        """Return the lines at a measure: the last break that fits ends each."""
        if self._whole is not None and self._whole <= measure - max(indent, 0.0):
            return [_Span(0, len(self.text), self._whole)]
        spans: list[_Span] = []
        for line in self._lines:
            units, first = list(line), 0
            while first < len(units):
                count, width = _fit(units, first, measure, indent)
                if not count:
                    units[first : first + 1] = self._split(units[first], measure - indent)
                    count, width = 1, units[first].width + units[first].hyphen
                spans.append(_Span(units[first].start, units[first + count - 1].stop, width))
                first += count
                indent = 0.0
        return spans

    def _forced_lines(self) -> Iterator[list[_Unit]]:
        start = 0
        for line in self.text.split("\n"):
            breaks = [start, *(start + end for end in _opportunities(line))]
            yield [self._unit(a, b) for a, b in pairwise(breaks)]
            start += len(line) + 1

    def _unit(self, start: int, end: int) -> _Unit:
        match = _TRAILING.search(self.text, start, end)
        stop = match.start() if match else end
        width = self._width(start, stop)
        gap = self._width(start, end) - width if stop < end else 0.0
        tab = self.text[start:end] == "\t"
        return _Unit(
            start,
            stop,
            end,
            width,
            gap,
            tab,
            self._lead(start),
            self._hyphen(start, end),
        )

    def _at(self, position: int) -> int:
        """Return the index of the last piece that begins at `position` or before."""
        return bisect_right(self._starts, position) - 1

    def _pieces(self, start: int, stop: int) -> Iterator[tuple[int, int, Piece]]:
        """Yield the pieces from `start` to `stop` with their bounds."""
        index = self._at(start)
        for k in range(max(index, 0), len(self._placed)):
            if k > index and self._starts[k] >= stop:
                return
            yield self._placed[k]

    def _width(self, start: int, stop: int) -> float:
        if len(self._placed) == 1:
            return self._placed[0][2].width(start, stop)
        total = 0.0
        for first, last, piece in self._pieces(start, stop):
            if first <= start and stop <= last:
                return piece.width(start - first, stop - first)
            total += piece.width(max(start - first, 0), stop - first)
        return total

    def _lead(self, start: int) -> float:
        """Return the kerning across the break at `start`, none where a new piece begins."""
        for first, last, piece in self._pieces(start, start):
            if first < start < last:
                return piece.metrics.kern(*self.text[start - 1 : start + 1]) * piece.size
        return 0.0

    def _hyphen(self, start: int, end: int) -> float:
        """Return the width that a soft hyphen at the end of a unit takes where it shows."""
        if start == end or self.text[end - 1] != "\u00ad" or self.text[end : end + 1] in ("", "\n"):
            return 0.0
        piece = self._placed[self._at(end - 1)][2]
        return piece.metrics.width("-") * piece.size + piece.tracking

    def _split(self, unit: _Unit, room: float) -> list[_Unit]:
        """Break a unit wider than `room` after the last cluster that fits, the first at least.

        Looks no further than it must: what a long unit costs grows with its length alone.
        """
        start, stop = unit.start, unit.stop
        ends = self._some_ends(unit, room)

        def width(end: int) -> float:
            return self._width(start, end) + (unit.hyphen if end == stop else 0.0)

        cut = ends[max(bisect_right(ends, room + _TOLERANCE, key=width), 1) - 1]
        if cut == stop:
            return [unit]
        head = _Unit(start, cut, cut, width(cut), 0.0, tab=False, lead=0.0, hyphen=0.0)
        left = max(0.0, unit.width - head.width - self._lead(cut))
        return [head, unit._replace(start=cut, width=left)]

    def _some_ends(self, unit: _Unit, room: float) -> list[int]:
        """Return the ends of clusters of `unit`, as far as one is past `room`, or all."""
        start, stop = unit.start, unit.stop
        length = _LEAST_LOOK
        while start + length < stop and self._width(start, start + length) <= room:
            length *= 2
        found = _cluster_ends(self.text[start : min(stop, start + length + _LONGEST_CLUSTER)])
        ends = [start + end for end in found]
        if ends[-1] < stop and len(ends) > 1:
            ends.pop()  # the look may have ended within a cluster
        return ends


def _fit(units: Sequence[_Unit], first: int, measure: float, indent: float) -> tuple[int, float]:
    """Return how many units from `first` on fit one line, perhaps 0, and the width they take."""
    x = right = indent
    limit, count, width = measure + _TOLERANCE, 0, 0.0
    for index in range(first, len(units)):
        unit = units[index]
        if unit.tab:
            x = (math.floor(x / _TAB_STOP + _TOLERANCE) + 1) * _TAB_STOP
        elif unit.width:
            x = right = x + unit.width + (unit.lead if index > first else 0.0)
        if x > limit and (unit.width or (unit.tab and index > first)):
            break
        if not unit.hyphen or right + unit.hyphen <= limit:
            count, width = index - first + 1, right + unit.hyphen - indent
        x += unit.gap
    return count, width


@lru_cache(maxsize=_KEPT)
def _opportunities(line: str) -> tuple[int, ...]:
    """Return the positions where a line without newlines may be broken, and its end."""
    if _COMPLEX.search(line):
        ends = _uax14(line)
    else:
        ends = [match.end() for match in _OPPORTUNITY.finditer(line)]
    return tuple(ends) if ends and ends[-1] == len(line) else (*ends, len(line))


def _uax14(line: str) -> list[int]:
    """Return the breaks of UAX #14, those at tabs, and between clusters of unspaced scripts."""
    ends = set(_uax14_breaks(line))
    ends.update(match.end() for match in re.finditer(r".(?=\t)|\t", line))
    if _UNSPACED.search(line):
        clusters = pairwise([0, *_cluster_ends(line)])
        ends.update(b for a, b in clusters if _UNSPACED.match(line, a) and _UNSPACED.match(line, b))
    return sorted(ends)


def _uax14_breaks(line: str) -> Iterator[int]:
    """Yield the breaks of UAX #14.

    uniseg takes 0.1 ms a character, so it sees each pattern once: letters that the rules do not
    tell apart stand for each other, and the line is cut where nothing before has a say in what
    comes after, which is between ideographs or syllables and after a space between letters.
    """
    start = 0
    for piece in _windows(re.split(_INDEPENDENT, _alike(line))):
        for end in _piece_breaks(piece):
            yield start + end
        start += len(piece)


def _windows(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of at most `_WINDOW` characters: uniseg is quadratic in runs of punctuation."""
    for piece in pieces:
        for start in range(0, len(piece), _WINDOW):
            yield piece[start : start + _WINDOW]


@lru_cache(maxsize=_KEPT)
def _piece_breaks(piece: str) -> tuple[int, ...]:
    units = import_module("uniseg.linebreak").line_break_units(piece)
    return tuple(accumulate(map(len, units)))


def _alike(line: str) -> str:
    """Return a line with the same breaks, in which one letter stands for all of its class."""
    if not _alikes:
        for model in _MODELS:
            _alikes[ord(model)] = _alikes[ord(model)]
    return line.translate(_alikes)


class _Alikes(dict[int, int]):
    """For each letter, mark and digit (code points) the first met that UAX #14 treats alike."""

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[tuple[str, str, bool], int] = {}

    def __missing__(self, code: int) -> int:
        char, first = chr(code), code
        kind = category(char)
        if kind[0] in "LMN":
            line_break = import_module("uniseg.linebreak").line_break(char)
            kind = kind if kind[0] == "M" else kind[0]
            key = (line_break.value, kind, east_asian_width(char) in "FWH")
            first = self._first.setdefault(key, code)
        self[code] = first
        return first


_alikes = _Alikes()


@lru_cache(maxsize=_KEPT)
def _cluster_ends(text: str) -> tuple[int, ...]:
    """Return where each grapheme cluster ends (UAX #29)."""
    if not _COMPLEX.search(text):
        return tuple(match.end() for match in _CLUSTER.finditer(text))
    ends, start = [], 0
    for piece in re.split(_BETWEEN_CLUSTERS, text):
        ends += [start + end for end in _piece_clusters(piece)]
        start += len(piece)
    return tuple(ends)


@lru_cache(maxsize=_KEPT)
def _piece_clusters(piece: str) -> tuple[int, ...]:
    clusters = import_module("uniseg.graphemecluster").grapheme_clusters(piece)
    return tuple(accumulate(map(len, clusters)))
