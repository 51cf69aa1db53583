"""Where a text may be parted: long words and addresses within a line, sentences between slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckgen.boxes import Run

ZERO_WIDTH_SPACE = "\u200b"
LONG = 12  # characters; shorter words are never parted
_LONG_WORD = rf"\S{{{LONG},}}"
# Few texts need these patterns: `re` compiles them then.
# After what joins the parts of an address or a name, before the next part.
_JOINT = r"(?<=[/._?&=#%+~:;,@|\\])(?=\w)"
# After a full stop and what closes a sentence; ideographic ones need no space after them.
_SENTENCE = r"[.!?\u2026\u061f\u06d4\u0964]+[\"')\]\u2019\u201d\u00bb]* +|[\u3002\uff01\uff1f]+[\u300d\u300f\uff09]* *"
# A stop after these, or after an initial, ends no sentence.
_ABBREVIATION = r"(?:\b(?:e\.g|i\.e|cf|vs|etc|approx|No|Mr|Mrs|Ms|Dr|Prof|St|Fig|Eq|z\.B|d\.h|bzw|ca|Nr)|\b[A-Z])\.$"


def softened(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return *runs* whose long words may break at their joints: zero-width spaces in what is shown.

    Links keep their targets. The same value where no word has a joint.
    """
    soft = tuple(run._replace(text=re.sub(_LONG_WORD, _soft_word, run.text)) for run in runs)
    return runs if soft == runs else soft


def sentences(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """Return *runs* in sentences, the spaces between them at their ends; one where there is no border."""
    text = "".join(run.text for run in runs)
    borders = [0, *_borders(text), len(text)]
    return [tuple(_slice(runs, a, b)) for a, b in pairwise(borders) if a < b]


def joined(parts: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Return sentences as one text without spaces at its end; runs that look alike are one again."""
    runs: list[Run] = []
    for run in (run for part in parts for run in part):
        alike = runs and runs[-1]._replace(text="") == run._replace(text="")
        if alike and run.equation is None:
            runs[-1] = run._replace(text=runs[-1].text + run.text)
        else:
            runs.append(run)
    while runs and not (text := runs[-1].text.rstrip(" ")):
        runs.pop()
    return (*runs[:-1], runs[-1]._replace(text=text)) if runs else ()


def _soft_word(match: re.Match[str]) -> str:
    return re.sub(_JOINT, ZERO_WIDTH_SPACE, match[0])


def _borders(text: str) -> Iterator[int]:
    for match in re.finditer(_SENTENCE, text):
        stop = match.start() + 1
        is_end = match[0].strip() != "." or not re.search(
            _ABBREVIATION, text[max(0, stop - 12) : stop]
        )
        if is_end and match.end() < len(text):
            yield match.end()


def _slice(runs: tuple[Run, ...], start: int, stop: int) -> Iterator[Run]:
    first = 0
    for run in runs:
        last = first + len(run.text)
        if first < stop and start < last:
            yield run._replace(text=run.text[max(start - first, 0) : stop - first])
        first = last
