"""Turns paragraphs in a box into lines as broken, each run at its x, its baseline and its width.

Lines are broken by what fitted the text (`text.py`), when a writer asks for them: a writer that leaves
that to PowerPoint pays nothing. A line is as high as was planned for its font, times its percentage; its
baseline is where LibreOffice has it in slides, whatever the face. Lengths are EMU.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckgen.boxes import Formula
from deckgen.geometry import Rect, points, to_points
from deckgen.layout.fonts import face_metrics
from deckgen.layout.fonts import line_height as planned_line
from deckgen.layout.looks import Look, LookedParagraph, LookedRun
from deckgen.layout.text import FontMetrics, Piece, PreparedText, is_placed
from deckgen.layout.text_format import DESCENT, SLACK, capitals, equation_piece

TAB_STOP = 72.0  # points, `defTabSz` of every template
BASELINE = 0.8  # of a line that is set closer than 100 %, if that is higher
SHY, ZWSP = "\u00ad", "\u200b"
UNSEEN = str.maketrans("", "", SHY + ZWSP)


class SetRun(NamedTuple):
    """Characters at their place on a line; `width` is what they take in the measured face.

    Where that is a guess (`is_exact` is false: the face lacks some), they take no more.
    """

    text: str
    look: Look
    x: int
    width: int
    link: str | None = None
    is_exact: bool = True
    equation: Formula | None = None


class SetLine(NamedTuple):
    """A line: its runs from left to right; `after` is what the break took the place of.

    `is_placed`: the places of its runs are known. Else (scripts without metrics, lines that run from
    right to left) only the whole is placed: it is no wider than planned, at `align` (l, ctr or r).
    """

    runs: tuple[SetRun, ...]
    baseline: int
    align: str = "l"
    is_placed: bool = True
    bullet: SetRun | None = None
    after: str = ""

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)

    @property
    def anchor(self) -> int:
        """The x of its left end, its middle or its right end, by its alignment."""
        left, right = self.runs[0].x, self.runs[-1].x + self.runs[-1].width
        return {"ctr": (left + right) // 2, "r": right}.get(self.align, left)


class SetParagraph(NamedTuple):
    """The lines of one paragraph."""

    lines: tuple[SetLine, ...]


class _Line(NamedTuple):
    """A line before it has its place: points from the left of the box, and its heights."""

    runs: tuple[tuple[float, float, str, LookedRun], ...]  # x, width, text
    ascent: float
    height: float
    after: str


def set_text(
    paragraphs: Sequence[LookedParagraph], rect: Rect, anchor: str
) -> tuple[SetParagraph, ...]:
    """Return *paragraphs* in lines in *rect*; *anchor* is t, m, ctr or b."""
    broken = [tuple(_lines(paragraph, to_points(rect.w))) for paragraph in paragraphs]
    spaces = [paragraph.stands.before if k else 0.0 for k, paragraph in enumerate(paragraphs)]
    total = sum(spaces) + sum(line.height for lines in broken for line in lines)
    spare = to_points(rect.h) - total
    y = {"t": 0.0, "b": spare}.get(anchor, spare / 2)
    found = []
    for paragraph, lines, space in zip(paragraphs, broken, spaces, strict=True):
        y += space
        placed = []
        for number, line in enumerate(lines):
            baseline = rect.y + points(y + line.ascent)
            placed.append(_placed(paragraph, line, rect, baseline, is_first=number == 0))
            y += line.height
        found.append(SetParagraph(tuple(placed)))
    return tuple(found)


def text_width(text: str, look: Look) -> int:
    """Return the width that *text* needs so as to stay on one line."""
    return points(_piece(LookedRun(text, look)).natural + 2 * SLACK)


def line_height(look: Look) -> int:
    """Return the height of a line at 100 %."""
    return points(_heights(LookedRun("", look))[1])


def _lines(paragraph: LookedParagraph, width: float) -> Iterator[_Line]:
    """Yield the lines of a paragraph in a box *width* points wide."""
    stands = paragraph.stands
    left = to_points(stands.margin)
    indent = 0.0 if stands.bullet else to_points(stands.indent)
    prepared = PreparedText([_piece(run) for run in paragraph.runs])
    spans = prepared.wrap(width - left - SLACK, indent)
    text, ends = prepared.text, [*(span.start for span in spans[1:]), len(prepared.text)]
    for number, (span, end) in enumerate(zip(spans, ends, strict=True)):
        start = left + (0.0 if number else indent)
        runs = _on_line(paragraph.runs, span.start, span.stop)
        if end < len(text) and span.stop == end and runs and runs[-1][0].endswith(SHY):
            runs[-1] = f"{runs[-1][0]}-", runs[-1][1]
        placed, right = _in_a_row(runs, start, left)
        shift = {"ctr": (width - right) / 2, "r": width - right}.get(stands.align, 0.0)
        moved = tuple((x + shift, wide, said, run) for x, wide, said, run in placed)
        found = [run for _, _, _, run in placed] or [_run_at(paragraph.runs, span.start)]
        yield _Line(moved, *_spaced(found, stands.line), text[span.stop : end])


def _on_line(runs: tuple[LookedRun, ...], start: int, stop: int) -> list[tuple[str, LookedRun]]:
    """Return the characters from *start* to *stop* by run."""
    found, first = [], 0
    for run in runs:
        if part := run.text[max(start - first, 0) : max(stop - first, 0)]:
            found.append((part, run))
        first += len(run.text)
    return found


def _in_a_row(
    runs: list[tuple[str, LookedRun]], start: float, origin: float
) -> tuple[list[tuple[float, float, str, LookedRun]], float]:
    """Return runs with x and width, parted at tabs, and where the last ends."""
    x, placed = start, []
    for part, run in runs:
        for number, piece in enumerate(part.split("\t")):
            if number:
                x = origin + (math.floor((x - origin) / TAB_STOP + 1e-6) + 1) * TAB_STOP
            seen = piece.translate(UNSEEN)
            if seen:
                wide = _piece(run._replace(text=piece)).natural
                placed.append((x, wide, seen, run))
                x += wide
    return placed, x


def _placed(
    paragraph: LookedParagraph, line: _Line, rect: Rect, baseline: int, *, is_first: bool
) -> SetLine:
    runs = tuple(
        SetRun(
            capitals(text) if run.look.caps else text,
            run.look,
            rect.x + points(x),
            points(wide),
            run.link,
            _face(run.look).is_exact(text),
            run.equation,
        )
        for x, wide, text, run in line.runs
    )
    bullet = _bullet(paragraph, runs) if is_first and runs else None
    placed = is_placed("".join(run.text for run in runs))
    return SetLine(runs, baseline, paragraph.stands.align, placed, bullet, line.after)


def _bullet(paragraph: LookedParagraph, runs: tuple[SetRun, ...]) -> SetRun | None:
    """Return the bullet before the first line, in the colour of its text where it has none."""
    stands, first = paragraph.stands, runs[0].look
    if stands.bullet is None:
        return None
    size = first.size * stands.bullet.percent / 100
    look = first._replace(
        size=size,
        bold=False,
        italic=False,
        colour=stands.bullet.colour or first.colour,
        track=0.0,
        struck=False,
    )
    x = runs[0].x + stands.indent
    return SetRun(stands.bullet.char, look, x, text_width(stands.bullet.char, look))


def _spaced(runs: list[LookedRun], percent: float) -> tuple[float, float]:
    """Return how far down the baseline of a line is, and the height of the line."""
    each = [_heights(run) for run in runs]
    up = max(one for one, _ in each)
    whole = up + max(height - one for one, height in each)
    height = whole * percent / 100
    if percent < 100:
        return min(up, height * BASELINE), height
    return up + height - whole, height


def _heights(run: LookedRun) -> tuple[float, float]:
    """Return how far down the baseline of a line at 100 % is, and the height planned for it, in points."""
    look, shape = run.look, run.equation.drawn if run.equation else None
    height = planned_line(look.font) * look.size
    up, down = height - DESCENT * look.size, DESCENT * look.size
    if shape:
        up, down = max(up, shape.ascent * look.size), max(down, shape.descent * look.size)
    return up, up + down


def _piece(run: LookedRun) -> Piece:
    look = run.look
    if run.equation and run.equation.drawn:
        return equation_piece(run.equation.drawn, look.size)
    text = capitals(run.text) if look.caps else run.text
    return Piece(text, _face(look), look.size, look.track)


def _face(look: Look) -> FontMetrics:
    return face_metrics(look.font, bold=look.bold, italic=look.italic)


def _run_at(runs: tuple[LookedRun, ...], position: int) -> LookedRun:
    """Return the run at a position, for a line without characters."""
    ends = 0
    for run in runs:
        ends += len(run.text)
        if position < ends:
            return run
    return runs[-1]
