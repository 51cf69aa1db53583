"""The reference outline at the budgets for which its results are agreed, and the edge cases met.

`reference/panel.yaml` holds its blocks: 24 people, in person.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from deckgen.blocks.base import PracticeBlock
from deckgen.compiler import check, render
from deckgen.diagnostics import Diagnostics, Source
from deckgen.languages import Words
from deckgen.outline.load import load, load_source
from deckgen.outline.model import Outline, People
from deckgen.plan.fit import BUFFER, Fit, fit_outline
from deckgen.plan.make import make_plan
from deckgen.plan.model import Plan
from stages import lay_out_plan, pptx

REFERENCE = Path(__file__).parent / "reference" / "panel.yaml"
SHIPPED = Path(__file__).parents[1] / "outlines" / "phd-in-ml.yaml"
ALL = [
    "open",
    "corners",
    "message",
    "sort",
    "tradeoffs",
    "settings",
    "hiring",
    "decide",
    "advice",
    "review",
    "close",
]


def outline(path: Path = REFERENCE, **changes: object) -> Outline:
    """Return the outline, its workshop changed."""
    found = load(path, Diagnostics())
    assert found
    return dataclasses.replace(found, workshop=dataclasses.replace(found.workshop, **changes))


def fitted(budget: int, **changes: object) -> Fit:
    """Return the reference fitted to *budget*."""
    return fit_outline(outline(**changes), budget)


def planned(budget: int, **changes: object) -> tuple[Plan, Diagnostics]:
    """Return the plan of the reference, and what was found."""
    diagnostics = Diagnostics()
    made = make_plan(outline(budget=budget, **changes), "panel", diagnostics)
    assert made
    return made, diagnostics


def minutes(found: Fit) -> dict[str, int]:
    """Return the minutes of blocks, breaks and buffer by name."""
    return {str(r.form.block.id) if r.form else r.label: r.minutes for r in found.rows}


def documents(budget: int, tmp_path: Path) -> dict[str, str]:
    """Return the documents of the reference at *budget* by ending."""
    path = tmp_path / "panel.yaml"
    text = REFERENCE.read_text(encoding="utf-8")
    path.write_text(text.replace("budget: 90", f"budget: {budget}"), encoding="utf-8")
    files = render(check(path, Diagnostics())[0])
    return {name: data.decode() for name, data in files.items() if name.endswith(".md")}


# the agreed results ---------------------------------------------------------------------------


def test_20_minutes_fail_and_23_are_needed() -> None:
    found = fitted(20)
    assert (found.fits, found.smallest) == (False, 23)
    (problem,) = found.problems
    assert problem.id == "does-not-fit"
    assert problem.message == (
        "20 min is too short: the blocks that must run need at least 22 min, plus 1 of buffer; "
        "the smallest possible budget is 23 min"
    )
    assert [note for _, note in problem.related] == [
        "`open` needs at least 2 min",
        "`message` needs at least 4 min",
        "`sort` needs at least 7 min",
        "`decide` needs at least 6 min",
        "`close` needs at least 3 min",
    ]
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    assert lines[problem.related[0][0].line - 1] == "  - id: open"
    assert fitted(23).fits
    assert not fitted(22).fits


REFERENCE_MINUTES = {
    30: {"open": 3, "message": 5, "sort": 9, "decide": 7, BUFFER: 3, "close": 3},
    45: {"open": 4, "corners": 3, "message": 6, "sort": 11, "decide": 8, "advice": 5, BUFFER: 4,
         "close": 4},
    60: {"open": 4, "corners": 9, "message": 6, "sort": 11, "hiring": 12, "decide": 8, BUFFER: 6,
         "close": 4},
    90: {"open": 5, "corners": 9, "message": 6, "sort": 13, "tradeoffs": 6, "settings": 5,
         "hiring": 13, "decide": 9, "advice": 5, "review": 5, BUFFER: 9, "close": 5},
}  # fmt: skip


@pytest.mark.parametrize(("budget", "expected"), REFERENCE_MINUTES.items())
def test_the_reference_results(budget: int, expected: dict[str, int]) -> None:
    assert minutes(fitted(budget)) == expected


def test_45_minutes_take_a_show_of_hands() -> None:
    done = {str(d.block.id): d for d in fitted(45).decisions}
    assert done["corners"].action == "swapped"
    assert (
        Words().tell(done["corners"].why).startswith("short form “Hands up” in place of 10 min: ")
    )


def test_60_minutes_cut_four_blocks() -> None:
    cut = {str(d.block.id) for d in fitted(60).decisions if d.action == "cut"}
    assert cut == {"settings", "review", "tradeoffs", "advice"}


def test_90_minutes_hold_all_but_the_clinic() -> None:
    assert [name for name in minutes(fitted(90)) if name != BUFFER] == ALL
    assert fitted(90).decisions[9].action == "left out"
    why = Words().tell(fitted(90).decisions[9].why)
    assert why == "only with a budget of at least 150 min"


def test_120_minutes_hold_the_same_blocks_and_a_break() -> None:
    found = minutes(fitted(120))
    assert [name for name in found if name not in (BUFFER, "break")] == ALL
    assert (found["break"], found[BUFFER]) == (10, 12)


def test_180_minutes_hold_all_a_break_and_18_of_buffer() -> None:
    found = minutes(fitted(180))
    assert {*ALL, "clinic"} < set(found)
    assert (found["break"], found[BUFFER], len(found)) == (10, 18, 14)


@pytest.mark.parametrize("budget", [*range(23, 203), 240, 300, 600])
def test_sums_equal_the_budget_and_blocks_stay_within_their_bounds(budget: int) -> None:
    found = fitted(budget)
    assert sum(row.minutes for row in found.rows) + found.unfilled == budget
    for row in found.rows:
        if row.form:
            assert row.form.time.min <= row.minutes <= row.form.time.max


def test_the_shipped_workshop_keeps_its_minutes() -> None:
    found = fit_outline(outline(SHIPPED))
    blocks = [row.minutes for row in found.rows if row.form and row.form.time.max]
    assert blocks == [5, 9, 6, 13, 6, 5, 13, 9, 5, 5, 5]
    assert (found.buffer, found.unfilled) == (9, 0)


# the edge cases met, (a) to (k) ---------------------------------------------------------------


def test_a_an_objective_without_blocks_leaves_the_slide_and_the_notes_say_so(
    tmp_path: Path,
) -> None:
    made, diagnostics = planned(30)
    (dropped,) = [found for found in diagnostics if found.id == "objective-dropped"]
    assert dropped.message == "objective O2 is left out: all blocks that serve it are cut"
    slide = pptx(lay_out_plan(made, Diagnostics())).slides[1]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    shown = [cell.text for table in tables for cell in table.iter_cells()]
    assert any("with a reason for each" in text for text in shown)
    assert not any("degree speaks for" in text for text in shown)
    notes = documents(30, tmp_path)["panel.facilitator-notes.md"]
    assert "(its blocks are cut for time: not on the slide, do not promise it)" in notes
    assert "degree speaks for" not in documents(30, tmp_path)["panel.handout.md"]


def test_b_91_minutes_hold_no_less_than_90() -> None:
    content = [sum(r.minutes for r in fitted(m).rows if r.form) for m in range(90, 100)]
    assert content == sorted(content)
    assert "break" not in minutes(fitted(99))
    hundred = minutes(fitted(100))
    assert [name for name in hundred if name not in (BUFFER, "break")] == ALL
    assert hundred["break"] == 10


@pytest.mark.parametrize(
    ("shorter", "longer", "returns", "goes"),
    [(50, 51, set(), set()), (57, 58, set(), {"advice"}), (48, 50, {"hiring"}, {"advice"})],
)
def test_c_a_bigger_block_returns_and_pushes_out_smaller_ones(
    shorter: int, longer: int, returns: set[str], goes: set[str]
) -> None:
    before, after = set(minutes(fitted(shorter))), set(minutes(fitted(longer)))
    assert returns <= after - before
    assert goes <= before - after


def test_d_without_max_reports_many_people_push_out_blocks() -> None:
    crowd = People(expected=120)
    assert {name for name in minutes(fitted(90, people=crowd)) if name != BUFFER} == set(ALL)
    text = REFERENCE.read_text(encoding="utf-8").replace(", max_reports: 8", "")
    found = load_source(Source("panel.yaml", text), Diagnostics())
    assert found
    workshop = dataclasses.replace(found.workshop, people=crowd)
    crowded = fit_outline(dataclasses.replace(found, workshop=workshop), 90)
    lasts = {str(row.form.block.id): row.form.time.ideal for row in crowded.rows if row.form}
    assert (lasts["sort"], lasts["hiring"]) == (14 + 11, 14 + 9)
    assert set(ALL) - set(lasts) == {"tradeoffs", "settings", "review"}


def test_e_groups_override_the_head_count() -> None:
    forms = {str(r.form.block.id): r.form for r in fitted(90).rows if r.form}
    corners = forms["corners"]
    assert (corners.reporting, corners.time.ideal) == (4, 10)
    block = corners.block
    assert isinstance(block, PracticeBlock)
    found = outline()
    blocks = tuple(
        dataclasses.replace(b, groups=None) if b.id == "corners" else b for b in found.blocks
    )
    without = fit_outline(dataclasses.replace(found, blocks=blocks), 120)
    times = {str(r.form.block.id): r.form.time for r in without.rows if r.form}
    assert times["corners"].ideal == 12  # six groups of four, a minute each


def test_f_240_minutes_leave_37_unfilled_and_say_so() -> None:
    made, diagnostics = planned(240)
    assert made.fit.unfilled == 37
    assert (made.minutes, made.buffer) == (203, 24)
    (finding,) = [found for found in diagnostics if found.id == "unfilled"]
    assert finding.message == "37 of 240 min stay free: every block has its most minutes"


def test_g_agenda_and_run_sheet_name_the_same_minutes(tmp_path: Path) -> None:
    written = documents(60, tmp_path)
    made, _ = planned(60)
    clocks = [str(entry.start) for entry in made.entries if entry.minutes]
    assert any(clock[-1] not in "05" for clock in clocks)
    assert all(f"| {clock} |" in written["panel.run-sheet.md"] for clock in clocks)
    agenda = written["panel.handout.md"].partition("## Agenda")[2].partition("##")[0]
    shown = [line.split("|")[1].strip() for line in agenda.splitlines() if ":" in line[:5]]
    starts = [str(entry.start) for entry in made.entries if entry.minutes and entry.block_id]
    assert [clock for clock in shown if clock[0].isdigit()] == [*starts, str(made.end)]


def test_h_past_midnight_clocks_and_elapsed_time_are_right(tmp_path: Path) -> None:
    made, _ = planned(90, start=type(outline().workshop.start)(23 * 60 + 30))
    assert [str(entry.start) for entry in made.entries][:5] == [
        "23:30", "23:35", "23:44", "23:50", "00:03",
    ]  # fmt: skip
    assert str(made.end) == "01:00"
    assert "| 10:20 (0:20) |" in documents(90, tmp_path)["panel.facilitator-notes.md"]


def test_i_a_range_out_of_order_is_an_error() -> None:
    text = REFERENCE.read_text(encoding="utf-8").replace("[2, 5, 7]", "[8, 5, 10]")
    diagnostics = Diagnostics()
    load_source(Source("panel.yaml", text), diagnostics)
    assert [found.id for found in diagnostics] == ["time-order"]


def test_j_a_block_of_no_minutes_is_pre_work() -> None:
    text = REFERENCE.read_text(encoding="utf-8").replace(
        "  - id: close\n",
        "  - {id: read, kind: cornell, title: Read, cues: [Why?], priority: could, cut: 1}\n  - id: close\n",
    )
    found = load_source(Source("panel.yaml", text), Diagnostics())
    assert found
    for budget in (23, 60, 180):
        made = fit_outline(found, budget)
        done = {str(d.block.id): d for d in made.decisions}["read"]
        assert (done.action, done.minutes) == ("kept", 0)
        assert Words().tell(done.why) == "it takes no minutes: pre-work, or on paper"
        assert minutes(made) == minutes(fitted(budget)) | {"read": 0}


def test_k_clocks_are_starts_the_sum_is_compared_and_no_closing_is_added() -> None:
    made, _ = planned(60)
    assert made.entries[0].start == made.start  # a known generator prints the ends
    assert made.entries[1].start == made.start + made.entries[0].minutes
    assert not fitted(20).fits  # it never compares the sum with the length
    written = {str(block.id) for block in made.outline.blocks}
    assert {str(planned.block.id) for planned in made.blocks} <= written  # it adds a closing
