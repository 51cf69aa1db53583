"""The plan of an outline: which blocks run, from when to when, and that all clocks add up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.blocks import load_kind
from deckgen.blocks.activity_block import ActivityBlock
from deckgen.blocks.base import Block
from deckgen.blocks.content_block import ContentBlock
from deckgen.blocks.exit_ticket_block import ExitTicketBlock
from deckgen.diagnostics import Diagnostics
from deckgen.languages import Words
from deckgen.plan.make import make_plan
from deckgen.plan.model import Plan
from deckgen.reading.fields import Text, TimeRange
from stages import outline, outline_of, plan

FRAME = 'workshop: {title: "Kitchen safety", start: "09:00", people: 14, {more}}'
TALK = "- {kind: content, title: Heat, text: [Mind the pan], time: 10}"


def framed(more: str) -> str:
    """Return the frame of a workshop with more fields."""
    return FRAME.replace("{more}", more)


# random outlines ------------------------------------------------------------------------------

RANGES = st.lists(st.integers(0, 240), min_size=3, max_size=3).map(sorted)
KINDS = st.sampled_from(["talk", "work", "close"])


@st.composite
def random_plans(draw: st.DrawFn) -> Plan:
    """Draw the plan of blocks with any times, a start of the day, a budget or none."""
    drawn = draw(st.lists(st.tuples(RANGES, KINDS), min_size=1, max_size=15))
    blocks = [block(k, times, kind) for k, (times, kind) in enumerate(drawn)]
    least = sum(times[0] for times, _ in drawn) * 11 // 10 + 2
    made = make_plan(
        outline_of(
            *blocks,
            start=draw(st.integers(0, 1439)),
            budget=draw(st.none() | st.integers(least, least + 600)),
            buffer=draw(st.sampled_from([0, 0.05, 0.1, 0.25, 1])),
        ),
        "outline",
        Diagnostics(),
    )
    assert made is not None
    return made


def block(k: int, times: list[int], kind: str) -> Block:
    """Return a block of these minutes: least, ideal, most."""
    least, ideal, most = times
    fields = {
        "id": Text(f"b{k}"),
        "title": Text(f"Block {k}"),
        "time": TimeRange(min=least, ideal=ideal, max=most),
    }
    if kind == "work":
        return ActivityBlock(**fields, method=Text("think_pair_share"))
    if kind == "close":
        return ExitTicketBlock(**fields, prompts=(Text("I will …"),))
    return ContentBlock(**fields, text=(Text("words"),))


@given(random_plans())
def test_the_agenda_has_no_gap_and_no_overlap(made: Plan) -> None:
    assert made.entries[0].start == made.start
    assert all(one.start + one.minutes == two.start for one, two in pairwise(made.entries))
    assert made.entries[-1].start + made.entries[-1].minutes == made.end


@given(random_plans())
def test_the_minutes_add_up(made: Plan) -> None:
    assert made.minutes == sum(planned.minutes for planned in made.blocks) + made.buffer
    assert made.minutes == sum(entry.minutes for entry in made.entries)
    assert all(planned.least <= planned.minutes <= planned.most for planned in made.blocks)


@given(random_plans())
def test_agenda_and_blocks_tell_the_same_times(made: Plan) -> None:
    shown = [(e.block_id, e.start, e.minutes) for e in made.entries if e.block_id]
    assert shown == [(p.block.id, p.start, p.minutes) for p in made.blocks]
    assert [(p.context.start, p.context.minutes) for p in made.blocks] == [
        (p.start, p.minutes) for p in made.blocks
    ]


@given(random_plans())
def test_steps_add_up_to_their_block(made: Plan) -> None:
    for planned in made.blocks:
        works = isinstance(planned.block, ActivityBlock)
        assert sum(step.minutes for step in planned.steps) == (planned.minutes if works else 0)


@given(random_plans())
def test_from_the_latest_start_the_least_minutes_just_reach_the_end(made: Plan) -> None:
    left = 0
    for planned in reversed(made.blocks):
        left += planned.least
        assert planned.latest_start == made.end - left
        assert planned.latest_start >= planned.start


@given(random_plans())
def test_the_buffer_stands_before_the_closing_and_never_after_it(made: Plan) -> None:
    kinds = {str(planned.block.id): planned.block.KIND for planned in made.blocks}
    order = [  # without the fit's own breaks
        entry.block_id for entry in made.entries if kinds.get(str(entry.block_id)) != "break"
    ]
    assert order.count(None) == (1 if made.buffer else 0)
    if made.buffer:
        place = order.index(None)
        after = [load_kind(kinds[name]).CLOSES for name in order[place + 1 :] if name]
        before = [load_kind(kinds[name]).CLOSES for name in order[:place] if name]
        assert all(after) or len(after) <= 1
        assert place == 1 or not all(after) or not before[-1]
        assert place > 0


@given(random_plans())
def test_the_budget_is_kept(made: Plan) -> None:
    budget = made.workshop.budget
    if budget is not None:
        assert made.minutes + made.fit.unfilled == budget


@given(random_plans())
def test_blocks_are_numbered_in_order(made: Plan) -> None:
    assert [planned.ref for planned in made.blocks] == [
        f"B{k}" for k in range(1, len(made.blocks) + 1)
    ]


# examples -------------------------------------------------------------------------------------

SESSION = """
- {kind: content, title: Heat, text: [Mind the pan], time: [5, 10, 15]}
- {kind: activity, title: Try it, task: Chop an onion, time: [10, 30, 40]}
- {kind: exit_ticket, prompts: ["I will …"], time: [2, 4, 5]}
"""


def test_a_session_with_its_buffer_before_the_exit_ticket() -> None:
    made = plan(SESSION, frame=framed("budget: 50, buffer: 12%"))
    assert [f"{e.start} {e.minutes} {e.title}" for e in made.entries] == [
        "09:00 10 Heat",
        "09:10 30 Try it",
        "09:40 6 Buffer",
        "09:46 4 Before you go",
    ]
    assert [str(p.latest_start) for p in made.blocks] == ["09:33", "09:38", "09:48"]


def test_a_session_past_midnight() -> None:
    made = plan(SESSION, frame=framed("").replace("09:00", "23:40"))
    assert [str(p.start) for p in made.blocks] == ["23:40", "23:50", "00:20"]
    assert str(made.end) == "00:24"
    assert made.minutes == 44


def test_a_session_over_its_budget() -> None:
    made = plan(SESSION, frame=framed("budget: 40"))
    assert (made.buffer, made.minutes) == (4, 40)
    assert [planned.minutes for planned in made.blocks] == [9, 24, 3]


def test_a_session_under_its_budget() -> None:
    made = plan(SESSION, frame=framed("budget: 90"), expect={"unfilled"})
    assert (made.buffer, made.minutes) == (9, 69)
    assert [planned.minutes for planned in made.blocks] == [15, 40, 5]


def test_a_session_that_fills_its_budget_gives_no_finding() -> None:
    assert plan(SESSION, frame=framed("budget: 49")).buffer == 5


def test_without_a_budget_there_is_no_buffer() -> None:
    assert plan(SESSION).buffer == 0


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('people: ">=14"', True),
        ('people: ">14"', False),
        ('people: "14"', True),
        ('people: "!= 14"', False),
        ('budget: "<= 60"', True),
        ('budget: "<60"', False),
        ("mode: [online, hybrid]", False),
        ("mode: in_person", True),
        ('people: ">=14", budget: "<60"', False),
    ],
)
def test_a_block_takes_part_when_all_its_conditions_hold(condition: str, holds: bool) -> None:
    blocks = f"{TALK}\n- {{kind: break, title: Rest, time: 44, when: {{{condition}}}}}"
    frame = framed("budget: 60, buffer: 10%")
    made = plan(blocks, frame=frame, expect=() if holds else {"unfilled"})
    assert [b.block.title for b in made.blocks] == (["Heat", "Rest"] if holds else ["Heat"])
    assert [b.title for b in made.left_out] == ([] if holds else ["Rest"])


def test_a_condition_on_a_budget_that_is_not_given_does_not_hold() -> None:
    made = plan(f'{TALK}\n- {{kind: break, when: {{budget: ">=1"}}}}')
    assert [b.title for b in made.left_out] == ["Back at"]


def test_a_block_for_one_audience() -> None:
    text = f"{TALK}\n- {{kind: break, when: {{audience: cooks}}}}"
    frame = framed("") + "\naudiences: {cooks: {}, waiters: {}}"
    runs = {
        name: len(plan(outline(text, frame=frame, audience=name)).blocks)
        for name in (None, "cooks", "waiters")
    }
    assert runs == {None: 1, "cooks": 2, "waiters": 1}


def test_an_outline_in_which_nothing_runs_is_an_error() -> None:
    diagnostics = Diagnostics()
    found = outline('- {kind: break, when: {people: ">99"}}')
    assert make_plan(found, "outline", diagnostics) is None
    assert [d.id for d in diagnostics] == ["empty-outline"]


def test_steps_that_disagree_with_their_block_are_a_finding() -> None:
    text = "- {kind: activity, title: A, time: 9, steps: [{do: One, min: 3}, {do: Two, min: 3}]}"
    made = plan(text, expect={"step-minutes"})
    assert [step.minutes for step in made.blocks[0].steps] == [5, 4]


def test_an_objective_that_no_block_serves_is_a_finding() -> None:
    frame = framed("objectives: [Hold a knife, Put out a fire]")
    text = TALK.replace("time:", "objectives: [O1], time:")
    plan(text, frame=frame, expect={"unserved-objective"})
    plan(TALK, frame=frame)  # no block names an objective: the author does not track them


@pytest.mark.parametrize(
    ("fields", "groups"),
    [
        ("kind: activity, method: think_pair_share", "7 pairs"),
        ("kind: activity, method: breakout", "2 groups of 3 and 2 groups of 4"),
        ("kind: activity, method: four_corners", None),
        ("kind: activity, method: four_corners, groups: 4", "2 groups of 3 and 2 groups of 4"),
        ("kind: activity, method: breakout, group: 7", "2 groups of 7"),
        ("kind: activity", None),
        ("kind: case, cases: ['Ada, burnt']", "2 groups of 3 and 2 groups of 4"),
    ],
)
def test_groups_follow_the_block_then_its_method_then_the_workshop(
    fields: str, groups: str | None
) -> None:
    question = ", question: Why?" if "case" in fields else ""
    made = plan(f"- {{{fields}, title: A{question}}}", frame=framed(""))
    formed = made.blocks[0].groups
    assert (formed.told(made.words) if formed else None) == groups


def test_a_block_knows_what_comes_next() -> None:
    text = f"{TALK}\n- {{kind: agenda}}\n- {{kind: break, time: 5}}"
    assert [b.context.next_title for b in plan(text).blocks] == ["Back at", "Back at", ""]


def test_the_speaker_notes_begin_with_the_time() -> None:
    lead, text = (plan(TALK).blocks[0].context.notes[0].lead, plan(TALK).blocks[0].context.notes[0])
    assert lead == "Time."
    assert text.text[0].text == "09:00 to 09:10, 10 min. Start by 09:00 at the latest."


def test_cues_come_in_the_order_of_use() -> None:
    text = """
    - kind: briefing
      title: Fire
      key_message: Cover it
      caveats: [Not for every fire]
      notes: {transition: Now try, say: [Once, Twice], purpose: Stay calm, probes: [And then?]}
    """
    cues = plan(text).blocks[0].cues
    assert [cue.label for cue in cues] == ["Purpose", "Say", "Caveats", "If stuck", "Bridge"]
    notes = plan(text).blocks[0].context.notes
    assert [note.lead for note in notes] == [
        "Time.", "Purpose.", "Say.", "", "Caveats.", "If stuck.", "Bridge.",
    ]  # fmt: skip


def test_a_date_is_shown_as_people_read_it() -> None:
    assert Words().day("2026-03-04") == "4 March 2026"
