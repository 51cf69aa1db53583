"""A block starts at one clock time, whatever one reads: slides, notes, documents, table, calendar.

Whatever an outline asks for, no two blocks with minutes start at the same time, and each begins when
what is before it ends. All is read back from the written files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clocks import large_clocks, speaker_hours, starts_in
from deckgen.compiler import Compiled, Options, compile_sessions, make_build
from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.outline.changes import Changes
from deckgen.outline.load import load_outlines, outlines_in
from deckgen.outline.model import Outlines
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock, Text
from deckgen.render.documents.options import DocumentOptions

PANEL = Path(__file__).resolve().parents[1] / "outlines/phd-in-ml.yaml"
TABLES = Options(formats=("csv", "ics"), documents=DocumentOptions(roles=True))
WHOLE = TABLES._replace(formats=("csv", "ics", "html", "docx"))
NAMED = ("facilitator-notes.md", "run-sheet.md", "handout.md", "run-sheet.csv", "run-sheet.ics")
OTHERS = tuple(
    f"{name}.{ending}"
    for name in ("facilitator-notes", "run-sheet", "handout")
    for ending in ("html", "docx")
)
KINDS: Mapping[str, Mapping[str, Any]] = {
    "content": {"points": ["One"]},
    "discussion": {"question": "Why?", "steps": ["Think", "Talk", "Tell"]},
    "activity": {"task": "Sort", "method": "card_sort"},
    "break": {},
    "agenda": {},
    "exit_ticket": {"prompts": ["I saw"]},
}


def check_clocks(outlines: Outlines, options: Options = TABLES) -> None:
    """Fail where two outputs of one of *outlines* name different times for a block."""
    diagnostics = Diagnostics()
    files = make_build(outlines, diagnostics, options).files
    sessions = compile_sessions(outlines, Diagnostics(), options)
    for session in sessions:
        check_plan(session.plan)
        check_files(session, files, options)
    programmes = [files[name] for name in files if name.endswith(".programme.md")]
    assert len(programmes) == (len(sessions) > 1)
    for programme in programmes:
        for plan in (session.plan for session in sessions):
            found = starts_in("programme.md", programme, titles_of(plan))
            assert all(found[title] == starts for title, starts in planned_starts(plan).items())


def titles_of(plan: Plan) -> dict[str, str]:
    """Return by what a block may be called its title in lists; breaks of ours share one."""
    named = ((planned.block, str(planned.block.listed_title)) for planned in plan.blocks)
    return {said: title for block, title in named for said in (title, str(block.title))}


def planned_starts(plan: Plan) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for planned in plan.blocks:
        if planned.minutes:
            found.setdefault(str(planned.block.listed_title), set()).add(str(planned.start))
    return found


def check_plan(plan: Plan) -> None:
    entries = [entry for entry in plan.entries if entry.minutes]
    ends = [plan.start, *(entry.start + entry.minutes for entry in entries)]
    assert [*(entry.start for entry in entries), plan.end] == ends
    timed = [planned for planned in plan.blocks if planned.minutes]
    assert len({planned.start for planned in timed}) == len(timed)
    assert {(p.start, p.minutes) for p in timed} <= {(e.start, e.minutes) for e in entries}
    for planned in timed:
        assert sum(step.minutes for step in planned.steps) in (0, planned.minutes)


def check_files(session: Compiled, files: Mapping[str, bytes], options: Options) -> None:
    plan, names = session.plan, NAMED + (OTHERS if "html" in options.formats else ())
    wanted = planned_starts(plan)
    of_session = {n.removeprefix(f"{plan.name}."): c for n, c in files.items() if plan.name in n}
    assert set(names) <= set(of_session)
    for name, content in of_session.items():
        if name.endswith(("csv", "ics", "md", "html", "docx", "pptx")):
            found = starts_in(name, content, titles_of(plan))
            told = {title: clocks for title, clocks in found.items() if title in wanted}
            assert told == {title: wanted[title] for title in told}, name
            assert name not in names or set(told) == set(wanted), name
    check_deck(plan, of_session["pptx"])


def check_deck(plan: Plan, deck: bytes) -> None:
    hours = {(str(p.start), str(p.end)) for p in plan.blocks if p.minutes}
    assert {one for one in speaker_hours(deck) if one[0] != one[1]} == hours
    back = [str(p.end) for p in plan.blocks if p.block.KIND == "break"]
    assert list(large_clocks(deck)) == back
    agendas = [planned for planned in plan.blocks if planned.block.KIND == "agenda"]
    found = starts_in("pptx", deck, titles_of(plan))
    if agendas and len(planned_starts(plan)) <= 11:  # on one slide: a later agenda shows a part
        assert set(found) >= set(planned_starts(plan))


# any outline ----------------------------------------------------------------------------------

Values = dict[str, Any]


@st.composite
def blocks(draw: st.DrawFn) -> list[Values]:
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=9))
    return [_block(draw, kind, k) for k, kind in enumerate(kinds)]


def _block(draw: st.DrawFn, kind: str, k: int) -> Values:
    title = f"Okapi {chr(65 + k)}{chr(65 + k)}"
    block: Values = {"kind": kind, "title": title, "short": title, **KINDS[kind]}
    least, ideal, most = sorted(draw(st.integers(1, 25)) for _ in range(3))
    if kind != "agenda":
        block["time"] = draw(st.sampled_from([ideal, [least, ideal, most]]))
    block["priority"] = draw(st.sampled_from(["must", "should", "could"]))
    return block


@st.composite
def outline_values(draw: st.DrawFn) -> Values:
    """Return an outline: perhaps with a budget, a fixed clock, sessions, a start before midnight."""
    start = draw(st.integers(0, 1439) | st.integers(1380, 1439))
    made = draw(blocks())
    frame: Values = {
        "title": "Zebras",
        "date": "2026-03-14",
        "start": str(Clock(start)),
        "budget": draw(st.none() | st.integers(20, 200)),
        "phase_slides": draw(st.booleans()),
    }
    if draw(st.booleans()):
        days = [f"2026-03-{day}" for day in range(14, 14 + draw(st.integers(1, 3)))]
        frame["sessions"] = [{"id": f"day-{day[-2:]}", "date": day} for day in days]
        for k, block in enumerate(made):
            block["session"] = frame["sessions"][k * len(days) // len(made)]["id"]
    elif draw(st.booleans()):
        later = start + draw(st.integers(30, 90))
        made[draw(st.integers(0, len(made) - 1))]["at"] = str(Clock(later))
    return {"workshop": {n: v for n, v in frame.items() if v is not None}, "blocks": made}


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(outline_values())
def test_any_outline_names_one_clock_for_a_block(values: Values) -> None:
    source = Source("any.yaml", json.dumps(values))
    diagnostics = Diagnostics()
    try:
        outlines = outlines_in(source, diagnostics)
        compile_sessions(outlines, diagnostics)
    except DeckgenError:
        assume(False)  # a budget that nothing fits in, a clock that nothing can keep
    check_clocks(outlines)


# the panel ------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["students", "engineers", "hiring_managers"])
@pytest.mark.parametrize("budget", [30, 45, 60, 90, 120, 180])
def test_the_panel_names_one_clock_for_a_block(audience: str, budget: int) -> None:
    outlines = load_outlines(PANEL, Diagnostics())
    changes = Changes(budget=budget, date=Text("2026-03-14"))
    check_clocks(outlines, TABLES._replace(audience=audience, changes=changes))


@pytest.mark.parametrize("start", ["10:00", "23:17"])
def test_pages_and_word_files_name_the_same_clocks(start: str) -> None:
    changes = Changes(budget=60, date=Text("2026-03-14"), start=Clock.parse(start))
    check_clocks(load_outlines(PANEL, Diagnostics()), WHOLE._replace(changes=changes))


def test_a_clock_that_is_off_is_found() -> None:
    """What reads the files back is no good if it reads nothing: one minute off, and it says so."""
    outlines = load_outlines(PANEL, Diagnostics())
    options = TABLES._replace(changes=Changes(budget=60, date=Text("2026-03-14")))
    files = make_build(outlines, Diagnostics(), options).files
    (session,) = compile_sessions(outlines, Diagnostics(), options)
    check_files(session, files, options)
    late = next(p for p in session.plan.blocks if p.minutes and p.start != session.plan.start)
    for name, content in files.items():
        if not name.endswith((".facilitator-notes.md", ".run-sheet.csv", ".handout.md")):
            continue
        wrong = content.replace(str(late.start).encode(), str(Clock(late.start + 1)).encode())
        assert wrong != content
        with pytest.raises(AssertionError):
            check_files(session, {**files, name: wrong}, options)
