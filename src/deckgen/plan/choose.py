"""Chooses which candidates share a stretch of minutes, and in which form.

A `could` is worth keeping only while all kept blocks get 75 % of the way from their least to their
ideal minutes, a `should` while they get 50 %. What goes is taken in cut order, short forms first;
what then fits again comes back, the best first.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from deckgen.plan.candidates import COULD, MUST, SHOULD, Candidate, Form

QUARTERS = {COULD: 3, SHOULD: 2, MUST: 0}  # of the way from least to ideal


class Chosen:
    """Candidates kept so far with their sums; a change costs the same for any number of them."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        """Keep all of them whole."""
        self.forms: dict[int, Form] = {}
        self.least = 0
        self.room = 0  # from least to ideal
        self._levels: Counter[int] = Counter()
        for candidate in candidates:
            self.keep(candidate, candidate.full)

    def keep(self, candidate: Candidate, form: Form) -> None:
        """Keep *candidate* in this form, whatever it was before."""
        self.drop(candidate)
        self.forms[candidate.place] = form
        self._count(candidate, form, 1)

    def drop(self, candidate: Candidate) -> None:
        """Keep *candidate* no longer."""
        form = self.forms.pop(candidate.place, None)
        if form is not None:
            self._count(candidate, form, -1)

    def has(self, level: int) -> bool:
        """Return whether a block of this level that takes time is kept."""
        return self._levels[level] > 0

    @property
    def level(self) -> int:
        """The lowest level kept: its floor holds for all."""
        return next((level for level in (COULD, SHOULD) if self.has(level)), MUST)

    def fits(self, minutes: int, level: int | None = None) -> bool:
        """Return whether all kept blocks get what *level*, or the lowest kept, asks for."""
        quarters = QUARTERS[self.level if level is None else level]
        return 4 * self.least + quarters * self.room <= 4 * minutes

    def _count(self, candidate: Candidate, form: Form, sign: int) -> None:
        self.least += sign * form.time.min
        self.room += sign * (form.time.ideal - form.time.min)
        self._levels[candidate.level] += sign * candidate.takes_time


def choose(
    candidates: Sequence[Candidate], minutes: int, *, squeeze: bool = False
) -> Chosen | None:
    """Return what shares *minutes*, or None where even the musts' least minutes exceed them.

    Under *squeeze* the musts take their short forms, too, as far as it needs.
    """
    chosen = Chosen(candidates)
    order = sorted(candidates, key=lambda c: c.worth)
    by_place = {candidate.place: candidate for candidate in candidates}
    for level in (COULD, SHOULD):
        _cut(chosen, [c for c in order if c.level == level and c.takes_time], by_place, minutes)
    if squeeze:
        _shorten(chosen, [c for c in order if c.level == MUST], minutes)
    if chosen.least > minutes:
        return None
    best_first = order[::-1]
    _add_back(chosen, best_first, by_place, minutes)
    _restore(chosen, best_first, minutes)
    return chosen


def _cut(
    chosen: Chosen, order: list[Candidate], by_place: dict[int, Candidate], minutes: int
) -> None:
    """Take out candidates of one level, first by their short form, while its floor fails."""
    for candidate in order:
        if candidate.place not in chosen.forms:
            continue
        level = candidate.level
        if candidate.short and not chosen.fits(minutes, level):
            chosen.keep(candidate, candidate.short)
        if not chosen.fits(minutes, level):
            _drop(chosen, candidate, by_place)


def _drop(chosen: Chosen, candidate: Candidate, by_place: dict[int, Candidate]) -> None:
    """Drop *candidate* and all that needs it."""
    leaving = [candidate.place]
    for place in leaving:  # grows while it is walked
        if place in chosen.forms and place in by_place:
            chosen.drop(by_place[place])
            leaving += by_place[place].needed_by


def _shorten(chosen: Chosen, order: list[Candidate], minutes: int) -> None:
    for candidate in order:
        if chosen.least <= minutes:
            return
        if candidate.short and candidate.short.time.min < candidate.full.time.min:
            chosen.keep(candidate, candidate.short)


def _add_back(
    chosen: Chosen, best_first: list[Candidate], by_place: dict[int, Candidate], minutes: int
) -> None:
    """Keep again what fits, in the form in which it went; what is back brings what needed it."""
    waiting = deque(best_first)
    while waiting:
        candidate = waiting.popleft()
        if candidate.place in chosen.forms:
            continue
        if any(n in by_place and n not in chosen.forms for n in candidate.needs):
            continue
        chosen.keep(candidate, candidate.short or candidate.full)
        if chosen.fits(minutes):
            needing = [by_place[n] for n in candidate.needed_by if n in by_place]
            waiting.extendleft(sorted(needing, key=lambda c: c.worth))
        else:
            chosen.drop(candidate)


def _restore(chosen: Chosen, best_first: list[Candidate], minutes: int) -> None:
    """Make short forms whole again where that fits."""
    for candidate in best_first:
        form = chosen.forms.get(candidate.place)
        if form is None or form is not candidate.short:
            continue
        chosen.keep(candidate, candidate.full)
        if not chosen.fits(minutes):
            chosen.keep(candidate, form)
