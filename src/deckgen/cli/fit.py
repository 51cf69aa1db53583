"""`deckgen fit`: shows what a budget of minutes keeps, shortens, swaps and cuts, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.options import AUDIENCE, SESSION, fails, print_json, session_options, show
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.languages import Words
from deckgen.outline.changes import Changes

if TYPE_CHECKING:
    from deckgen.outline.model import Outline
    from deckgen.plan.compare import Loss
    from deckgen.plan.decisions import Decision
    from deckgen.plan.fit import Fit, Timed

OUT, SHORT, FAILS = "-", "*", "x"


class Budgets(click.ParamType):  # type: ignore[type-arg]
    """Budgets with commas between them."""

    name = "budgets"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the budgets, the shortest first."""
        words = str(value).split(",")
        try:
            budgets = sorted({int(word) for word in words})
        except ValueError:
            budgets = []
        if not budgets or not 1 <= budgets[0] <= budgets[-1] <= 1440:
            self.fail(f"expected minutes such as 30,60,90, not {value}", param, ctx)
        return budgets


@click.command()
@click.argument("outline", type=click.Path(path_type=Path))
@click.option("--compare", type=Budgets(), metavar="MINUTES", help="Budgets to show side by side.")
@AUDIENCE
@SESSION
@session_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def command(
    outline: Path,
    compare: list[int] | None,
    audience: str | None,
    session: str | None,
    *,
    changes: Changes,
    as_json: bool,
) -> None:
    """Show how OUTLINE fits into a time budget: what happens to each block, and why.

    \b
    Example:
      deckgen new my-workshop --from phd-in-ml
      deckgen fit my-workshop.yaml --budget 60
      deckgen fit my-workshop.yaml --compare 30,60,90,180

    A workshop of several sessions gets a table for each; --session shows only one.

    No files are written; `deckgen build --budget 60` writes this session. Exit code 0: it fits; 1:
    it does not fit, or the outline has errors; 2: wrong usage.
    """
    diagnostics = Diagnostics()
    sessions = _sessions(outline, diagnostics, audience, session, changes)
    fitted = _fitted(sessions, compare, session, diagnostics)
    failed = fails(diagnostics, strict=False) or not any(
        fit.fits for _, fits in fitted for fit in fits
    )
    if as_json:
        dicts = [_as_dict(found, fit) for found, fits in fitted for fit in fits]
        print_json(diagnostics, ok=not failed, fits=dicts)
    else:
        for k, (found, fits) in enumerate(() if failed else fitted):
            lines = _compared(found, fits) if compare else _table(found, fits[0])
            click.echo("\n".join([*([""] if k else []), _head(found), "", *lines]))
        show(diagnostics, "full", quiet=False)
    if failed:
        raise SystemExit(1)


def _sessions(
    path: Path,
    diagnostics: Diagnostics,
    audience: str | None,
    session: str | None,
    changes: Changes,
) -> Sequence[Outline]:
    """Return the outline of each session, or none where there are errors."""
    from deckgen.outline.load import load  # noqa: PLC0415 (help needs none)
    from deckgen.outline.sessions import changed_sessions  # noqa: PLC0415

    try:
        found = load(path, diagnostics, audience)
    except DeckgenError:
        return ()
    sessions = changed_sessions(found, changes, session, diagnostics) if found else ()
    return () if diagnostics.has_errors else sessions


def _fitted(
    sessions: Sequence[Outline],
    compare: list[int] | None,
    session: str | None,
    diagnostics: Diagnostics,
) -> list[tuple[Outline, list[Fit]]]:
    """Return the fits of each session asked for; what is wrong goes into *diagnostics*."""
    from deckgen.outline.sessions import is_asked_for  # noqa: PLC0415
    from deckgen.plan.compare import fits_at  # noqa: PLC0415
    from deckgen.plan.make import make_plans  # noqa: PLC0415
    from deckgen.plan.sessions import fit_sessions  # noqa: PLC0415

    fits = fit_sessions(sessions)
    fitted = [
        (outline, fit)
        for outline, fit in zip(sessions, fits, strict=True)
        if is_asked_for(outline, session)
    ]
    if not fitted:
        return []
    if compare:
        if len(fitted) > 1:
            raise click.UsageError("--compare works on one session: choose it with --session")
        return [(one, fits_at(one.blocks, fit.situation, compare)) for one, fit in fitted]
    for outline, fit in fitted:
        if fit.budget is None:
            named = f"session {outline.session.id}" if outline.session else "the outline"
            raise click.UsageError(f"{named} has no budget: use --budget or --compare")
    found = Diagnostics()
    make_plans(sessions, fits, ["outline"] * len(sessions), found)
    for finding in found:
        if finding.id not in ("cut-for-time", "unfilled"):  # the table says it
            diagnostics.extend(Diagnostics([finding]))
    return [(outline, [fit]) for outline, fit in fitted]


# one budget -----------------------------------------------------------------------------------


def _head(outline: Outline) -> str:
    from deckgen.inline import unmarked  # noqa: PLC0415
    from deckgen.plan.model import session_line  # noqa: PLC0415

    workshop = outline.workshop
    parts = [f"{workshop.people.expected} people", workshop.mode.replace("_", " ")]
    parts += [f"audience {outline.audience}"] if outline.audience else []
    session = unmarked(session_line(outline, Words()))
    return "\n".join(filter(None, (unmarked(workshop.title), session, ", ".join(parts))))


def _table(outline: Outline, fit: Fit) -> Iterator[str]:
    """Yield a row for each block, break and the buffer, then what the numbers mean."""
    from deckgen.plan.compare import losses_of  # noqa: PLC0415

    start = outline.workshop.start
    rows: list[tuple[str, ...]] = [("block", "what", "min", "clock", "why")]
    rows += [_row(start, timed, decision) for timed, decision in _in_order(fit)]
    yield from aligned(rows, right=(2,))
    yield ""
    yield _sum(fit)
    yield from (_told(loss) for loss in losses_of(outline.blocks, fit))


def _in_order(fit: Fit) -> Iterator[tuple[Timed | None, Decision | None]]:
    """Yield stretches and decisions in the order of the outline."""
    rows = list(fit.rows)
    written = {str(decision.block.id) for decision in fit.decisions}
    for decision in fit.decisions:
        name = str(decision.block.id)
        if decision.is_out:
            yield None, decision
            continue
        while rows and not (rows[0].form and str(rows[0].form.block.id) == name):
            yield rows.pop(0), None
        yield rows.pop(0), decision
        while rows and not (rows[0].form and str(rows[0].form.block.id) in written):
            yield rows.pop(0), None


def _row(start: int, timed: Timed | None, decision: Decision | None) -> tuple[str, ...]:
    from deckgen.reading.fields import Clock  # noqa: PLC0415

    clock = str(Clock(start + timed.start)) if timed else ""
    minutes = str(timed.minutes) if timed else OUT
    if decision is None:
        return (_label(timed), "", minutes, clock, "")
    return (str(decision.block.id), decision.action, minutes, clock, Words().tell(decision.why))


def _label(timed: Timed | None) -> str:
    if timed is None:
        return ""
    return str(timed.form.block.id) if timed.form else timed.label.lower()


def _sum(fit: Fit) -> str:
    rests = sum(row.minutes for row in fit.rows if row.form and _is_put_in(row, fit))
    blocks = sum(row.minutes for row in fit.rows if row.form) - rests
    parts = [f"{blocks} min of blocks", f"{fit.buffer} of buffer"]
    parts += [f"{rests} of breaks"] if rests else []
    parts += [f"{fit.unfilled} free (every block is at its maximum)"] if fit.unfilled else []
    return f"{', '.join(parts)}: {fit.budget} min"


def _is_put_in(row: Timed, fit: Fit) -> bool:
    written = {str(decision.block.id) for decision in fit.decisions}
    return row.form is not None and str(row.form.block.id) not in written


def _told(loss: Loss) -> str:
    instead = f": {', '.join(loss.returns)} take its place" if loss.returns else ""
    if len(loss.returns) == 1:
        instead = f": {loss.returns[0]} takes its place"
    return f"{loss.block_id} is cut at {loss.cut_at} min but kept at {loss.kept_at} min{instead}"


# several budgets ------------------------------------------------------------------------------


def _compared(outline: Outline, fits: Sequence[Fit]) -> Iterator[str]:
    """Yield a row for each block with its minutes at each budget."""
    from deckgen.plan.compare import losses  # noqa: PLC0415

    names = [str(block.id) for block in outline.blocks]
    columns = [_column(fit, names) for fit in fits]
    rows = [("block", *(f"{fit.budget}" for fit in fits))]
    for name in (*names, "buffer", "breaks", "free"):
        cells = [column.get(name, "") for column in columns]
        if any(cells):
            rows.append((name, *cells))
    yield from aligned(rows, right=range(1, len(fits) + 1))
    yield ""
    yield f"{OUT} cut or left out, {SHORT} in short form, {FAILS} budget too short"
    for fit in fits:
        if not fit.fits:
            needed = f": the smallest possible budget is {fit.smallest} min" if fit.smallest else ""
            yield f"{fit.budget} min is too short{needed}"
    yield from (_told(loss) for loss in losses(fits))


def _column(fit: Fit, names: Sequence[str]) -> dict[str, str]:
    """Return the cells of a budget by row."""
    if not fit.fits:
        return dict.fromkeys((*names, "buffer"), FAILS)
    rests = sum(row.minutes for row in fit.rows if _is_put_in(row, fit))
    sums = {"buffer": fit.buffer, "breaks": rests, "free": fit.unfilled}
    cells = {name: str(minutes or "") for name, minutes in sums.items()}
    for decision in fit.decisions:
        mark = SHORT if decision.action == "swapped" else ""
        cells[str(decision.block.id)] = OUT if decision.is_out else f"{decision.minutes}{mark}"
    return cells


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] | range = ()) -> Iterator[str]:
    """Yield *rows* as a table; the columns *right* are set to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if k in right else cell.ljust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


# for scripts ----------------------------------------------------------------------------------


def _as_dict(outline: Outline, fit: Fit) -> dict[str, object]:
    return {
        **({"session": str(outline.session.id)} if outline.session else {}),
        "budget": fit.budget,
        "fits": fit.fits,
        "smallest": fit.smallest,
        "minutes": fit.minutes,
        "buffer": fit.buffer,
        "unfilled": fit.unfilled if fit.fits else None,
        "rows": [_row_dict(timed) for timed in fit.rows],
        "decisions": [_decision_dict(decision) for decision in fit.decisions],
        "problems": [problem.message for problem in fit.problems],
    }


def _row_dict(timed: Timed) -> dict[str, object]:
    time = timed.form.time if timed.form else None
    return {
        "block": _label(timed),
        "start": timed.start,
        "minutes": timed.minutes,
        "latest_start": timed.latest,
        "range": [time.min, time.ideal, time.max] if time else None,
    }


def _decision_dict(decision: Decision) -> dict[str, object]:
    return {
        "block": str(decision.block.id),
        "what": decision.action,
        "minutes": decision.minutes,
        "why": Words().tell(decision.why),
    }
