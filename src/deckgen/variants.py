"""The variants of an outline: each of its audiences with each of its budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostic, Diagnostics
from deckgen.render.files.choose import Build, FileSet

if TYPE_CHECKING:
    from deckgen.compiler import Options
    from deckgen.outline.model import Outline

SHOWN = 3  # variants that a finding names


def variants_of(
    outline: Outline, options: Options, budgets: Sequence[int] | None = None
) -> list[Options]:
    """Return the options of every variant, by audience, then budget, then session.

    A variant without a budget of its own has all sessions. Without a default audience, the outline for
    no audience is a variant, too; with one, it would be that audience's. *budgets* win over the
    outline's own.
    """
    bare: tuple[str | None, ...] = () if outline.audience else (None,)
    audiences = (options.audience,) if options.audience else (*bare, *outline.audiences)
    minutes: Sequence[int | None] = sorted(set(budgets or outline.workshop.budgets)) or (None,)
    ids = [str(session.id) for session in outline.workshop.sessions]
    is_whole = options.session is not None or not ids or minutes == (None,)
    sessions: Sequence[str | None] = [options.session] if is_whole else ids
    return [
        options._replace(
            audience=name, session=session, changes=replace(options.changes, budget=budget)
        )
        for name in audiences
        for budget in minutes
        for session in sessions
    ]


def one_build(builds: Iterable[Build], name: str, *, is_whole: bool) -> Build:
    """Return *builds* of variants as one; *is_whole*: they are all that there are, and called *name*."""
    made = tuple(builds)
    sets = {each.name: each for build in made for each in build.sets}
    joined = tuple(FileSet(each.name, each.files, each.wholes | {name}) for each in sets.values())
    complete = frozenset[str]().union(*(build.complete for build in made))
    return Build(joined, complete | {name} if is_whole else complete)


def merged(found: Sequence[tuple[str, Diagnostics]]) -> Diagnostics:
    """Return what was found by variant, each finding once; it names its variants if not all."""
    names: dict[Diagnostic, list[str]] = {}
    keys: dict[tuple[object, ...], Diagnostic] = {}
    for name, diagnostics in found:
        for finding in diagnostics:
            first = keys.setdefault((finding.id, finding.message, str(finding.span)), finding)
            listed = names.setdefault(first, [])
            listed += [name] if name not in listed else []
    shown = Diagnostics()
    for finding in _named(names, len(found)):
        shown.put(finding)
    return shown


def _named(names: dict[Diagnostic, list[str]], count: int) -> Iterator[Diagnostic]:
    for finding, variants in names.items():
        message = finding.message
        if len(variants) < count or count == 1:
            message = f"{_listed(variants)}: {message}"
        yield finding._replace(message=message)


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = [f"{len(every) - SHOWN} more"] if len(every) > SHOWN else []
    return ", ".join(every[:SHOWN] + more)
