"""Minutes of blocks, of their steps, of the buffer: all sums are exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.blocks.activity_block import ActivityBlock
from deckgen.blocks.base import Block, Step
from deckgen.blocks.content_block import ContentBlock
from deckgen.blocks.exit_ticket_block import ExitTicketBlock
from deckgen.blocks.recap_block import RecapBlock
from deckgen.methods import load_methods
from deckgen.plan.timing import (
    break_count,
    buffer_minutes,
    buffer_place,
    fill,
    least_buffer,
    plan_steps,
    steps_differ,
    time_of,
    time_with,
)
from deckgen.reading.fields import Text, TimeRange

PAIRS = load_methods()["think_pair_share"]
WEIGHTS = st.one_of(st.none(), st.floats(0, 60, allow_nan=False))


def activity(*minutes: float | None, time: int | None = None) -> ActivityBlock:
    """Return an activity with a step for each of *minutes*."""
    steps = tuple(Step(do=Text(f"step {k}"), min=share) for k, share in enumerate(minutes))
    given_time = TimeRange(min=time, ideal=time, max=time) if time is not None else None
    return ActivityBlock(id=Text("a"), title=Text("A"), steps=steps, time=given_time)


def shares(block: Block, minutes: int) -> list[int]:
    """Return the planned minutes of the steps."""
    return [step.minutes for step in plan_steps(block, None, minutes)]


class TestTimeOfABlock:
    def test_its_own_time_comes_first(self) -> None:
        assert time_of(activity(1, 2, time=7), PAIRS).ideal == 7

    def test_else_the_sum_of_its_steps(self) -> None:
        assert time_of(activity(1, 2.5, 1.5), PAIRS).ideal == 5

    def test_else_the_time_of_its_method(self) -> None:
        assert time_of(activity(), PAIRS).ideal == PAIRS.minutes
        assert time_of(activity(1, None), PAIRS).ideal == PAIRS.minutes

    def test_else_the_time_of_its_kind(self) -> None:
        assert time_of(activity(), None).ideal == ActivityBlock.MINUTES


class TestSteps:
    def test_no_step_is_without_a_minute_where_there_are_enough(self) -> None:
        assert shares(activity(8, 1, 1), 3) == [1, 1, 1]
        assert shares(activity(9, 1, 1), 4) == [2, 1, 1]
        assert shares(activity(8, 1, 1), 2) == [1, 1, 0]

    @pytest.mark.parametrize(
        ("minutes", "given_minutes", "planned"),
        [
            (10, (1, 3, 4, 2), [1, 3, 4, 2]),
            (20, (1, 3, 4, 2), [2, 6, 8, 4]),
            (5, (0, 0), [3, 2]),
            (9, (3, None, None), [3, 3, 3]),
            (2, (1, 1, 1), [1, 1, 0]),
            (4, (100, 1, 1), [2, 1, 1]),
            (0, (1, 2), []),
        ],
    )
    def test_steps_share_the_minutes_of_their_block(
        self, minutes: int, given_minutes: tuple[float | None, ...], planned: list[int]
    ) -> None:
        assert shares(activity(*given_minutes), minutes) == planned

    def test_a_block_without_steps_takes_those_of_its_method(self) -> None:
        planned = plan_steps(activity(), PAIRS, 10)
        assert [step.text for step in planned] == [text for text, _ in PAIRS.steps]
        assert sum(step.minutes for step in planned) == 10

    def test_a_block_in_which_people_listen_has_none(self) -> None:
        assert plan_steps(ContentBlock(id=Text("c"), title=Text("C")), PAIRS, 10) == ()

    @given(st.integers(1, 600), st.lists(WEIGHTS, min_size=1, max_size=12))
    def test_steps_sum_to_the_block(self, minutes: int, given_minutes: list[float | None]) -> None:
        planned = shares(activity(*given_minutes), minutes)
        assert sum(planned) == minutes
        assert len(planned) == len(given_minutes)

    @given(st.integers(1, 600), st.lists(WEIGHTS, min_size=1, max_size=12))
    def test_no_step_is_under_a_minute_where_there_are_enough(
        self, minutes: int, given_minutes: list[float | None]
    ) -> None:
        planned = shares(activity(*given_minutes), minutes)
        assert min(planned) >= (1 if minutes >= len(planned) else 0)

    @given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
    def test_steps_whose_minutes_agree_with_the_block_stay_as_given(
        self, minutes: list[int]
    ) -> None:
        assert shares(activity(*minutes), sum(minutes)) == minutes


@pytest.mark.parametrize(
    ("minutes", "time", "differs"),
    [((3, 4), 7, None), ((3, 4), 8, 7), ((3, None), 8, None), ((), 8, None), ((0.5, 0.5), 1, None)],
)
def test_steps_that_do_not_make_up_their_block(
    minutes: tuple[float | None, ...], time: int, differs: float | None
) -> None:
    assert steps_differ(activity(*minutes), time) == differs


class TestBuffer:
    @pytest.mark.parametrize(
        ("budget", "ratio", "minutes", "least"),
        [
            (60, 0.1, 6, 3),
            (58, 0.1, 6, 3),
            (45, 0.1, 4, 1),
            (46, 0.1, 5, 2),
            (20, 0.1, 2, 1),
            (60, 0.0, 0, 0),
            (60, 0.04, 2, 2),
        ],
    )
    def test_it_is_a_share_of_the_budget_and_may_shrink(
        self, budget: int, ratio: float, minutes: int, least: int
    ) -> None:
        assert buffer_minutes(budget, ratio) == minutes
        assert least_buffer(budget, ratio) == least

    @given(st.integers(1, 1000), st.floats(0, 1))
    def test_it_never_goes_over_the_budget(self, budget: int, ratio: float) -> None:
        assert 0 <= least_buffer(budget, ratio) <= buffer_minutes(budget, ratio) <= budget

    @pytest.mark.parametrize(
        ("kinds", "place"),
        [
            ("talk talk talk exit", 3),
            ("talk talk exit recap", 2),
            ("talk exit talk recap", 3),
            ("talk talk", 1),
            ("talk", 1),
            ("exit recap", 1),
        ],
    )
    def test_it_stands_before_the_closing(self, kinds: str, place: int) -> None:
        made: dict[str, Block] = {
            "talk": ContentBlock(id=Text("t"), title=Text("T")),
            "exit": ExitTicketBlock(id=Text("e"), title=Text("E"), prompts=()),
            "recap": RecapBlock(id=Text("r"), title=Text("R"), takeaways=()),
        }
        assert buffer_place([made[kind] for kind in kinds.split()]) == place


@pytest.mark.parametrize(
    ("budget", "stretch", "breaks"),
    [(90, 90, 0), (91, 90, 0), (99, 90, 0), (100, 90, 1), (189, 90, 1), (190, 90, 2), (240, 90, 2),
     (69, 60, 0), (70, 60, 1)],
)  # fmt: skip
def test_breaks_begin_once_they_fit_behind_the_first_stretch(
    budget: int, stretch: int, breaks: int
) -> None:
    assert break_count(budget, stretch) == breaks


class TestReports:
    def block(self, most: int | None = None) -> ActivityBlock:
        steps = (
            Step(do=Text("Talk"), min=6),
            Step(do=Text("Report"), min=4, per_group=0.5, max_reports=most),
        )
        time = TimeRange(min=5, ideal=10, max=12)
        return ActivityBlock(id=Text("a"), title=Text("A"), steps=steps, time=time)

    @pytest.mark.parametrize(
        ("groups", "most", "ideal"),
        [(6, None, 10), (8, None, 10), (9, None, 11), (30, None, 21), (30, 8, 10), (30, 10, 11)],
    )
    def test_every_group_has_time_to_report(
        self, groups: int, most: int | None, ideal: int
    ) -> None:
        time = time_with(self.block(most), None, groups)
        assert (time.min, time.ideal, time.max) == (ideal - 5, ideal, ideal + 2)

    def test_the_step_of_the_reports_takes_the_minutes(self) -> None:
        planned = plan_steps(self.block(), None, 21, 30)
        assert [step.minutes for step in planned] == [6, 15]


TIMES = st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted), max_size=20)


@given(TIMES, st.integers(0, 2000), st.data())
def test_what_blocks_share_is_shared_out_whole(
    drawn: list[list[int]], more: int, data: st.DataObject
) -> None:
    times = [TimeRange(min=a, ideal=b, max=c) for a, b, c in drawn]
    talks = data.draw(st.lists(st.booleans(), min_size=len(times), max_size=len(times)))
    minutes = sum(time.min for time in times) + more
    filled = fill(times, talks, minutes)
    assert sum(filled) == min(minutes, sum(time.max for time in times))
    assert all(t.min <= m <= t.max for t, m in zip(times, filled, strict=True))
