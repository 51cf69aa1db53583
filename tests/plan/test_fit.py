"""The fit to a budget: what always holds, locked clocks, needs, and that its work stays linear."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deckgen.blocks.activity_block import ActivityBlock
from deckgen.blocks.base import Block
from deckgen.blocks.break_block import BreakBlock
from deckgen.blocks.content_block import ContentBlock
from deckgen.blocks.exit_ticket_block import ExitTicketBlock
from deckgen.languages import Words
from deckgen.outline.model import People, Stretch
from deckgen.plan.decisions import share_text
from deckgen.plan.fit import BUFFER, FREE, Fit, fit
from deckgen.plan.timing import least_buffer
from deckgen.reading.fields import Clock, Text, TimeRange

PEOPLE = People(expected=12)
TALK, WORK, CLOSE, REST = ContentBlock, ActivityBlock, ExitTicketBlock, BreakBlock


def made(
    name: str,
    time: tuple[int, int, int] | int = 10,
    priority: str = "must",
    *,
    kind: Any = TALK,
    needs: str = "",
    at: str | None = None,
    **fields: Any,
) -> Block:
    """Return a block; `needs` are names with spaces between them."""
    least, ideal, most = (time, time, time) if isinstance(time, int) else time
    if kind is CLOSE:
        fields["prompts"] = (Text("I will"),)
    block: Block = kind(
        id=Text(name),
        title=Text(name.title()),
        time=TimeRange(min=least, ideal=ideal, max=most),
        priority=priority,
        needs=tuple(Text(need) for need in needs.split()),
        at=Clock.parse(at) if at else None,
        **fields,
    )
    return block


def rows(found: Fit) -> list[tuple[str, int, int]]:
    """Return name, start and minutes of each stretch."""
    return [(str(r.form.block.id) if r.form else r.label, r.start, r.minutes) for r in found.rows]


def minutes(found: Fit) -> dict[str, int]:
    """Return the minutes of each stretch by its name."""
    return {name: length for name, _, length in rows(found)}


def done(found: Fit) -> dict[str, str]:
    """Return what was done with each block."""
    return {str(d.block.id): d.action for d in found.decisions}


# what always holds ----------------------------------------------------------------------------

RANGES = st.lists(st.integers(0, 40), min_size=3, max_size=3).map(sorted).map(tuple)
PRIORITIES = st.sampled_from(["must", "should", "could"])
CUTS = st.none() | st.integers(1, 9)


@st.composite
def workshops(draw: st.DrawFn) -> list[Block]:
    """Draw blocks in any order, with any times, priorities, short forms and needs without a circle."""
    blocks: list[Block] = []
    for k in range(draw(st.integers(1, 12))):
        earlier = [str(block.id) for block in blocks]
        needs = draw(st.sampled_from(["", "", "", *earlier]))
        time, priority = draw(RANGES), draw(PRIORITIES)
        kind = draw(st.sampled_from([TALK, WORK, CLOSE, REST]))
        short = made(f"b{k}", draw(RANGES), priority, kind=kind, needs=needs)
        fields = {"cut": draw(CUTS), "short_form": draw(st.sampled_from([None, short]))}
        blocks.append(made(f"b{k}", time, priority, kind=kind, needs=needs, **fields))
    return draw(st.permutations(blocks))


BUDGETS = st.integers(1, 420)
RATIOS = st.sampled_from([0, 0.03, 0.1, 0.25])


@given(workshops(), BUDGETS, RATIOS)
def test_the_sum_is_the_budget(blocks: list[Block], budget: int, buffer: float) -> None:
    found = fit(blocks, budget, PEOPLE, buffer=buffer)
    assume(found.fits)
    assert sum(row.minutes for row in found.rows) + found.unfilled == budget
    starts = [row.start for row in found.rows]
    ends = [row.start + row.minutes for row in found.rows]
    assert starts == [0, *ends[:-1]]


@given(workshops(), BUDGETS)
def test_every_block_stays_within_its_bounds(blocks: list[Block], budget: int) -> None:
    for row in fit(blocks, budget, PEOPLE).rows:
        if row.form:
            assert row.form.time.min <= row.minutes <= row.form.time.max


@given(workshops(), BUDGETS)
def test_the_order_is_kept(blocks: list[Block], budget: int) -> None:
    ids = [str(row.form.block.id) for row in fit(blocks, budget, PEOPLE).rows if row.form]
    planned = [str(block.id) for block in blocks]
    assert [name for name in planned if name in ids] == [name for name in ids if name in planned]


@given(workshops(), BUDGETS)
def test_a_must_always_runs_and_a_longer_budget_never_fails(
    blocks: list[Block], budget: int
) -> None:
    found = fit(blocks, budget, PEOPLE)
    musts = {str(block.id) for block in blocks if block.priority == "must"}
    if found.fits:
        assert musts <= minutes(found).keys()
        assert all(fit(blocks, budget + more, PEOPLE).fits for more in range(1, 30))


@given(workshops())
def test_the_smallest_budget_fits_and_one_minute_less_does_not(blocks: list[Block]) -> None:
    found = fit(blocks, 1, PEOPLE)
    if found.fits:
        return
    assert found.smallest
    assert found.smallest > 1
    assert fit(blocks, found.smallest, PEOPLE).fits
    assert not fit(blocks, found.smallest - 1, PEOPLE).fits
    assert [problem.id for problem in found.problems] == ["does-not-fit"]


@given(workshops(), BUDGETS)
def test_from_the_latest_start_on_the_least_minutes_just_reach_the_end(
    blocks: list[Block], budget: int
) -> None:
    found, left = fit(blocks, budget, PEOPLE), 0
    for row in reversed(found.rows):
        left += row.form.time.min if row.form else 0
        assert row.latest == found.minutes - left
        assert row.latest >= row.start


@given(workshops(), BUDGETS)
def test_what_runs_has_what_it_needs(blocks: list[Block], budget: int) -> None:
    runs = minutes(fit(blocks, budget, PEOPLE)).keys()
    assert all(set(map(str, b.needs)) <= runs for b in blocks if str(b.id) in runs)


@given(workshops(), BUDGETS)
def test_what_is_cut_would_not_have_fitted(blocks: list[Block], budget: int) -> None:
    """Put back what was cut alone, in its shortest form: a floor fails."""
    found = fit(blocks, budget, PEOPLE)
    assume(found.fits)
    forms = [row.form for row in found.rows if row.form]
    has = budget - found.buffer
    for decision in found.decisions:
        runs = {str(form.block.id) for form in forms}
        if decision.action != "cut" or not set(map(str, decision.block.needs)) <= runs:
            continue
        assert decision.block.time
        times = [form.time for form in forms] + [decision.block.time]
        needed = sum(t.min + 0.5 * (t.ideal - t.min) for t in times)
        assert needed > has or decision.block.priority == "could" or _has_could(found, blocks)


def _has_could(found: Fit, blocks: list[Block]) -> bool:
    runs = minutes(found)
    return any(b.priority == "could" and str(b.id) in runs for b in blocks)


def test_what_needs_a_block_that_is_back_comes_back_with_it() -> None:
    """The later of two alike goes first, and comes back after the one that needs it was asked."""
    blocks = [
        made("a"),
        made("large", 50, "should"),
        made("needing", 3, "could", needs="needed"),
        made("needed", 3, "could"),
        made("further", 3, "could", needs="needing"),
    ]
    assert minutes(fit(blocks, 20, PEOPLE, buffer=0)) == {
        "a": 10, "needing": 3, "needed": 3, "further": 3,
    }  # fmt: skip


@given(workshops(), BUDGETS)
def test_the_same_input_gives_the_same_output(blocks: list[Block], budget: int) -> None:
    one, two = (fit(blocks, budget, PEOPLE) for _ in range(2))
    assert rows(one) == rows(two)
    assert [d[:1] + d[2:] for d in one.decisions] == [d[:1] + d[2:] for d in two.decisions]


@given(workshops(), BUDGETS)
def test_there_is_one_plain_sentence_for_each_block(blocks: list[Block], budget: int) -> None:
    found = fit(blocks, budget, PEOPLE)
    assume(found.fits)
    assert [d.block for d in found.decisions] == blocks
    for decision in found.decisions:
        why = Words().tell(decision.why)
        assert why
        assert "\n" not in why
        assert (decision.action in ("cut", "left out")) == (
            str(decision.block.id) not in minutes(found)
        )


@given(workshops(), BUDGETS, RATIOS)
def test_the_buffer_is_its_share_or_has_shrunk(
    blocks: list[Block], budget: int, buffer: float
) -> None:
    found = fit(blocks, budget, PEOPLE, buffer=buffer)
    assume(found.fits)
    assert found.buffer in (round(round(budget * buffer, 6)), least_buffer(budget, buffer))


@given(workshops())
def test_without_a_budget_all_take_their_ideal(blocks: list[Block]) -> None:
    found = fit(blocks, None, PEOPLE)
    assert [row.minutes for row in found.rows] == [b.time.ideal for b in blocks if b.time]
    assert (found.buffer, found.unfilled) == (0, 0)


# examples -------------------------------------------------------------------------------------


def test_short_forms_come_before_drops_and_could_before_should() -> None:
    short = made("a", 3, "should")
    blocks = [
        made("a", 20, "should", cut=1, short_form=short),
        made("b", 20, "could", cut=9),
        made("c", 20),
    ]
    actions = {m: list(done(fit(blocks, m, PEOPLE, buffer=0)).values()) for m in (60, 59, 39, 22)}
    assert actions == {
        60: ["kept", "kept", "kept"],
        59: ["kept", "cut", "kept"],
        39: ["swapped", "cut", "kept"],
        22: ["cut", "cut", "kept"],
    }


def test_a_short_form_that_saves_nothing_is_not_taken() -> None:
    blocks = [made("a", 20, "could", short_form=made("a", 25, "could")), made("c", 20)]
    assert done(fit(blocks, 30, PEOPLE, buffer=0)) == {"a": "cut", "c": "kept"}


def test_a_must_takes_its_short_form_before_the_session_fails() -> None:
    blocks = [made("a", 20, short_form=made("a", 5)), made("b", 20)]
    found = fit(blocks, 30, PEOPLE, buffer=0)
    assert done(found) == {"a": "swapped", "b": "kept"}
    assert fit(blocks, 24, PEOPLE, buffer=0).smallest == 25


def test_a_large_cut_leaves_a_hole_that_a_small_block_fills() -> None:
    blocks = [made("a", 4, "should", cut=1), made("b", 20, "should", cut=2), made("c", 20)]
    found = fit(blocks, 30, PEOPLE, buffer=0)
    assert done(found) == {"a": "kept", "b": "cut", "c": "kept"}


def test_what_is_back_brings_what_needed_it_before_lesser_blocks() -> None:
    blocks = [
        made("huge", 30, "could"),
        made("a", 5, "could", needs="b"),
        made("b", 20, "could"),
        made("c", 5, "could"),
        made("d", 10),
    ]
    found = fit(blocks, 36, PEOPLE, buffer=0)
    assert done(found) == {"huge": "cut", "a": "kept", "b": "kept", "c": "cut", "d": "kept"}


def test_of_two_blocks_alike_the_later_one_goes() -> None:
    blocks = [made("a", 10, "could"), made("b", 10, "could"), made("c", 10)]
    assert done(fit(blocks, 20, PEOPLE, buffer=0)) == {"a": "kept", "b": "cut", "c": "kept"}


def test_dependents_go_with_what_they_need() -> None:
    blocks = [made("a", 20, "could"), made("b", 2, "could", needs="a"), made("c", 20)]
    found = fit(blocks, 30, PEOPLE, buffer=0)
    assert done(found) == {"a": "cut", "b": "cut", "c": "kept"}
    assert Words().tell(found.decisions[1].why) == "it needs “A”, which is cut"


def test_what_a_must_needs_stays() -> None:
    blocks = [
        made("a", 20, "could", cut=1),
        made("b", 20, "could", cut=2),
        made("c", 20, needs="a"),
    ]
    assert done(fit(blocks, 45, PEOPLE, buffer=0)) == {"a": "kept", "b": "cut", "c": "kept"}


def test_a_block_that_needs_what_its_condition_left_out_is_left_out() -> None:
    from deckgen.blocks.base import Condition

    never = Condition(people=Text(">99"))
    blocks = [
        made("a", when=never),
        made("b", priority="should", needs="a"),
        made("c", priority="should", needs="b"),
        made("d"),
    ]
    assert done(fit(blocks, 60, PEOPLE)) == {
        "a": "left out", "b": "left out", "c": "left out", "d": "kept",
    }  # fmt: skip


def test_talk_grows_last() -> None:
    blocks = [made("a", (5, 10, 20)), made("b", (5, 10, 20), kind=WORK)]
    assert minutes(fit(blocks, 25, PEOPLE, buffer=0)) == {"a": 10, "b": 15}
    assert minutes(fit(blocks, 36, PEOPLE, buffer=0)) == {"a": 16, "b": 20}


def test_all_get_the_same_share_of_their_way_to_the_ideal() -> None:
    blocks = [made("a", (0, 20, 20)), made("b", (10, 20, 20)), made("c", (5, 10, 10))]
    assert minutes(fit(blocks, 36, PEOPLE, buffer=0)) == {"a": 12, "b": 16, "c": 8}


def test_a_share_is_never_told_larger_than_it_is() -> None:
    assert share_text(2, 0, 3) == "66 %"
    assert share_text(30, 20, 40) == "25 %"
    assert share_text(10, 20, 40) == "0 %"


def test_nothing_fits_at_all() -> None:
    found = fit([made("a", 20, "could")], 10, PEOPLE)
    (problem,) = found.problems
    assert (problem.id, found.smallest) == ("does-not-fit", 22)
    assert (
        problem.message
        == "10 min is too short for any block; the smallest possible budget is 22 min"
    )


def test_the_smallest_budget_follows_conditions_on_the_budget() -> None:
    from deckgen.blocks.base import Condition

    long = made("b", 50, when=Condition(budget=Text(">=30")))
    assert fit([made("a", 40), long], 20, PEOPLE, buffer=0).smallest == 90
    late = made("b", 50, when=Condition(budget=Text(">=45")))
    assert fit([made("a", 40), late], 20, PEOPLE, buffer=0).smallest == 40


def test_breaks_of_the_author_count() -> None:
    blocks = [made("a", 50), made("rest", 10, kind=REST), made("b", 50)]
    assert [name for name, _, _ in rows(fit(blocks, 110, PEOPLE, buffer=0))] == ["a", "rest", "b"]


def test_a_session_of_one_block_has_no_place_for_a_break() -> None:
    assert minutes(fit([made("a", (10, 100, 300))], 200, PEOPLE, buffer=0)) == {"a": 200}


def test_no_break_stands_before_a_block_that_was_cut() -> None:
    found = fit([made("a", 200), made("b", 100, "could")], 215, PEOPLE, buffer=0)
    assert done(found) == {"a": "kept", "b": "cut"}
    assert rows(found) == [("a", 0, 200)]


def test_breaks_split_the_session_into_equal_parts() -> None:
    blocks = [made(f"b{k}", 20) for k in range(12)]
    found = rows(fit(blocks, 260, PEOPLE, buffer=0))
    assert [start for name, start, _ in found if name.startswith("break")] == [80, 170]


def test_online_breaks_come_earlier() -> None:
    blocks = [made(f"b{k}", 20) for k in range(4)]
    assert "break" not in minutes(fit(blocks, 90, PEOPLE, buffer=0))
    assert "break" in minutes(fit(blocks, 90, PEOPLE, "online", buffer=0))
    stretch = Stretch(in_person=30)
    assert "break" in minutes(fit(blocks, 90, PEOPLE, buffer=0, max_stretch=stretch))


def test_a_break_has_a_name_that_no_block_has() -> None:
    blocks = [made("break", 50), made("break-2", 60)]
    assert "break-3" in minutes(fit(blocks, 120, PEOPLE, buffer=0))


def test_a_break_goes_before_a_must_does() -> None:
    blocks = [made("a", 50), made("b", 50)]
    assert minutes(fit(blocks, 100, PEOPLE, buffer=0)) == {"a": 50, "b": 50}


# locked clocks --------------------------------------------------------------------------------


def test_each_segment_is_fitted_alone() -> None:
    blocks = [
        made("a", (5, 20, 30)),
        made("b", (5, 10, 15), "could"),
        made("guest", (10, 20, 40), at="09:25"),
        made("c", (5, 10, 15)),
    ]
    found = fit(blocks, 60, PEOPLE, buffer=0)
    assert rows(found) == [("a", 0, 16), ("b", 16, 9), ("guest", 25, 24), ("c", 49, 11)]
    earlier = [*blocks[:2], made("guest", (10, 20, 40), at="09:24"), blocks[3]]
    assert done(fit(earlier, 60, PEOPLE, buffer=0))["b"] == "cut"


def test_a_lock_with_too_little_before_it_leaves_free_minutes() -> None:
    blocks = [made("a", 10), made("guest", (10, 20, 40), at="09:30"), made("c", 5)]
    found = fit(blocks, 60, PEOPLE, buffer=0)
    assert rows(found) == [("a", 0, 10), (FREE, 10, 20), ("guest", 30, 25), ("c", 55, 5)]
    assert found.unfilled == 20
    assert [row.latest for row in found.rows] == [20, 30, 45, 55]


def test_a_lock_holds_without_a_budget() -> None:
    blocks = [made("a", 10), made("guest", 20, at="09:30"), made("c", 5)]
    found = fit(blocks, None, PEOPLE)
    assert rows(found) == [("a", 0, 10), (FREE, 10, 20), ("guest", 30, 20), ("c", 50, 5)]


def test_the_buffer_stands_before_a_locked_closing() -> None:
    blocks = [made("a", (5, 50, 60)), made("out", 5, kind=CLOSE, at="09:55")]
    assert rows(fit(blocks, 60, PEOPLE)) == [("a", 0, 49), (BUFFER, 49, 6), ("out", 55, 5)]


def test_a_lock_past_midnight() -> None:
    blocks = [made("a", (5, 30, 60)), made("b", 20, at="00:15")]
    found = fit(blocks, 65, PEOPLE, start=23 * 60 + 30, buffer=0)
    assert rows(found) == [("a", 0, 45), ("b", 45, 20)]


def test_an_optional_block_locked_after_the_end_is_cut() -> None:
    blocks = [made("a", (5, 30, 60)), made("b", 20, "could", at="11:00")]
    found = fit(blocks, 60, PEOPLE)
    assert done(found) == {"a": "lengthened", "b": "cut"}
    why = Words().tell(found.decisions[1].why)
    assert why == "locked at 11:00, outside the session from 09:00 to 10:00"


def test_what_another_segment_lost_takes_its_dependents_along() -> None:
    blocks = [
        made("a", 20, "could"),
        made("b", 20),
        made("guest", 10, at="09:25"),
        made("c", (5, 10, 40), "could", needs="a"),
        made("d", (5, 10, 40)),
    ]
    found = fit(blocks, 70, PEOPLE, buffer=0)
    assert done(found)["c"] == "cut"
    assert minutes(found)["d"] == 35


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (
            [made("a", 20), made("b", at="09:15")],
            "`b` is locked at 09:15, 15 min after the start; what runs before it needs at least 20 min",
        ),
        (
            [made("a", 20, at="09:00"), made("b", at="09:15")],
            "`b` is locked at 09:15, 15 min after `a`; what runs before it needs at least 20 min",
        ),
        (
            [made("a", 5, at="09:20"), made("b", at="09:15")],
            "`b` is locked at 09:15, but `a` runs before it and is locked at 09:20",
        ),
        (
            [made("a", 5), made("b", at="12:00")],
            "`b` is locked at 12:00, outside the session from 09:00 to 10:00",
        ),
    ],
)
def test_a_lock_that_cannot_hold(blocks: list[Block], message: str) -> None:
    found = fit(blocks, 60, PEOPLE, buffer=0)
    assert [(p.id, p.message) for p in found.problems] == [("locked-clock", message)]
    assert not found.fits


def test_too_little_time_after_the_last_lock() -> None:
    found = fit([made("a", 5), made("b", at="09:50"), made("c", 10)], 60, PEOPLE, buffer=0)
    assert found.smallest == 70
    assert found.problems[0].message == (
        "60 min is too short: the blocks that must run need at least 20 min from 09:50; "
        "the smallest possible budget is 70 min"
    )


# needs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needs", "message"),
    [
        (("a", "", ""), "`a` needs `a`"),
        (("b", "a", ""), "`a` needs `b`, which needs `a`"),
        (("b", "c", "a"), "`a` needs `b`, which needs `c`, which needs `a`"),
        (("b", "c", "b"), "`b` needs `c`, which needs `b`"),
    ],
)
def test_a_cycle_of_needs(needs: tuple[str, ...], message: str) -> None:
    blocks = [made(name, needs=need) for name, need in zip("abc", needs, strict=True)]
    found = fit(blocks, 60, PEOPLE)
    assert [(p.id, p.message) for p in found.problems] == [("needs-cycle", message)]


def test_a_long_chain_of_needs() -> None:
    blocks = [made(f"b{k}", 1, "could", needs=f"b{k - 1}" if k else "") for k in range(1500)]
    found = fit([*blocks, made("end", 10, kind=WORK)], 90, PEOPLE, buffer=0)
    assert minutes(found) == {f"b{k}": 1 for k in range(80)} | {"end": 10}


# effort ---------------------------------------------------------------------------------------


def calls(work: Callable[[], object]) -> int:
    """Return how many functions *work* calls."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("share", [0.3, 0.6, 1.2])
def test_twice_the_blocks_take_twice_the_work(share: float) -> None:
    def work(count: int) -> Callable[[], object]:
        levels = ("must", "should", "could")
        blocks = [made(f"b{k}", (1, 2, 3), levels[k % 3], cut=k % 90 + 1) for k in range(count)]
        return lambda: fit(blocks, int(2 * count * share), PEOPLE)

    few, many = calls(work(150)), calls(work(300))
    assert many < 2.3 * few
