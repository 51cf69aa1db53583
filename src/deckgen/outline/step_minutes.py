"""Turns steps written as `5 min: Deal the cards` or `5 Deal the cards` into steps with minutes, on nodes.

A text that merely begins with a number stays as it is: `3 people present`, `5 Whys`. So a number
counts as minutes where a unit or a colon follows it; alone only where each step of the block has
minutes, its number before a capital, and nothing speaks against it: the block's `time`, or a language
in which nouns have capitals. Where it may have been meant and is not taken, a note says so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from deckgen.diagnostics import Diagnostics, Span
from deckgen.languages import Words
from deckgen.reading.source import Mapping, Node, Scalar, Sequence

STEPS = "steps"
MOST = 600  # minutes of a step
CAPITAL_NOUNS = ("de",)
_UNIT = r"(?:min(?:s|ute[sn]?|utos?)?\b\.?|'|\u2032|\u5206|\u062f\u0642\u064a\u0642\u0629|\u062f\u0642\u0627\u0626\u0642)"
_NUMBER = re.compile(
    rf"(?P<minutes>\d{{1,3}})(?:\s*(?P<unit>{_UNIT}))?(?P<stop>\s*[:\uff1a]\s+|\s+[-\u2013\u2014]\s+|\s+)(?=\S)",
    re.IGNORECASE,
)


class _Numbered(NamedTuple):
    """A step that begins with a number: the minutes that it may mean, the text after it."""

    node: Scalar
    minutes: int
    at: int  # characters before the text
    is_said: bool  # a unit or a colon says that these are minutes
    is_likely: bool  # a sentence begins after it

    @property
    def is_minutes(self) -> bool:
        """Whether these are minutes, whatever the other steps say."""
        return self.is_said and self.is_likely


def with_step_minutes(block: Mapping, words: Words, diagnostics: Diagnostics) -> Mapping:
    """Return *block* with the minutes of its steps as fields, where its texts begin with them."""
    steps = block.get(STEPS)
    if not isinstance(steps, Sequence):
        return block
    found = [_numbered(step) for step in steps.items]
    bare = [step for step in found if step and not step.is_minutes]
    said = [_said(node, step) for node, step in zip(steps.items, found, strict=True)]
    takes_bare = len(said) > 1 and _are_minutes(block, bare, said, words)
    made = tuple(
        _timed(step) if step and (step.is_minutes or takes_bare) else node
        for node, step in zip(steps.items, found, strict=True)
    )
    if not takes_bare:
        _tell(bare, diagnostics)
    items = block.items | {STEPS: (block.items[STEPS][0], Sequence(steps.span, made))}
    return Mapping(block.span, items)


def _numbered(node: Node) -> _Numbered | None:
    """Return what a step that is a text begins with, if with a number of minutes and no more."""
    match = _NUMBER.match(node.text) if isinstance(node, Scalar) else None
    if match is None or not isinstance(node, Scalar) or not 0 < int(match["minutes"]) <= MOST:
        return None
    has_stop, after = bool(match["stop"].strip()), node.text[match.end()]
    if has_stop and not match["unit"] and match["stop"].strip() in "-\u2013\u2014":
        return None  # `1 - Deal` is a numbered list
    is_said = has_stop or bool(match["unit"])
    is_likely = has_stop or (after.isalpha() and not after.islower()) or not after.isalnum()
    return _Numbered(node, int(match["minutes"]), match.end(), is_said, is_likely)


def _said(node: Node, step: _Numbered | None) -> int | None:
    """Return the minutes that a step says, in its text or in its field."""
    if step:
        return step.minutes
    given = node.get("min") if isinstance(node, Mapping) else None
    return int(given.text) if isinstance(given, Scalar) and given.text.isdecimal() else None


def _are_minutes(
    block: Mapping, bare: list[_Numbered], said: list[int | None], words: Words
) -> bool:
    """Return whether numbers alone are minutes: each step has some, and they make the block's time."""
    numbers = [minutes for minutes in said if minutes is not None]
    if not bare or len(numbers) < len(said):
        return False
    time = block.get("time")
    if isinstance(time, Sequence) and len(time.items) == 3:
        time = time.items[1]
    if isinstance(time, Scalar) and not time.is_null:
        return time.text.strip() == str(sum(numbers))
    counts_up = numbers == list(range(1, len(said) + 1))  # a list that was numbered by hand
    is_likely = all(step.is_likely for step in bare)
    return is_likely and not counts_up and words.code not in CAPITAL_NOUNS


def _timed(step: _Numbered) -> Mapping:
    """Return the step with its fields."""
    span, text = step.node.span, step.node.text
    is_quoted = span.source.line(span.line)[span.column - 1 : span.column] in ('"', "'")
    inside = Span(span.source, span.line, span.column + step.at + is_quoted)
    minutes = Scalar(span, str(step.minutes), is_null=False)
    return Mapping(
        span, {"do": (span, Scalar(inside, text[step.at :], is_null=False)), "min": (span, minutes)}
    )


def _tell(bare: list[_Numbered], diagnostics: Diagnostics) -> None:
    """Report numbers that may have been meant as minutes, and are read as text."""
    for step in bare:
        if step.is_said or step.is_likely:
            rest = step.node.text[step.at :]
            message = f"the {step.minutes} that this step begins with is read as a part of its text"
            said = f"`{step.minutes} min: {rest if len(rest) <= 30 else rest[:29] + '…'}`"
            hints = (f"if these are minutes, write {said}; if not, write the step as `do: …`",)
            diagnostics.add("step-number", message, step.node.span, hints=hints)
