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
from deckgen.plan.timing import buffer_minutes, buffer_place, plan_steps, steps_differ, time_of
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
        ("budget", "ratio", "content", "minutes"),
        [
            (60, 0.1, 50, 6),
            (60, 0.1, 57, 3),
            (60, 0.1, 70, 0),
            (60, 0.0, 10, 0),
            (None, 0.1, 50, 0),
        ],
    )
    def test_it_is_a_share_of_the_budget_or_what_is_left(
        self, budget: int | None, ratio: float, content: int, minutes: int
    ) -> None:
        assert buffer_minutes(budget, ratio, content) == minutes

    @given(st.integers(1, 1000), st.floats(0, 1), st.integers(0, 2000))
    def test_it_never_goes_over_the_budget(self, budget: int, ratio: float, content: int) -> None:
        buffer = buffer_minutes(budget, ratio, content)
        assert 0 <= buffer <= budget
        assert content + buffer <= max(budget, content)

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
