"""Several sessions of one workshop: which blocks run where, and what one means for another."""

from __future__ import annotations

from deckgen.diagnostics import Diagnostics
from deckgen.languages import Words
from deckgen.outline.changes import Changes
from deckgen.outline.model import Outline
from deckgen.outline.sessions import changed_sessions, sessions_of
from deckgen.plan.fit import Fit
from deckgen.plan.make import make_plans
from deckgen.plan.model import Plan
from deckgen.plan.sessions import fit_sessions
from deckgen.reading.fields import Clock
from stages import ids, outline

FRAME = """
workshop:
  title: Sharp knives
  start: "10:00"
  budget: 30
  buffer: 0
  room: Kitchen
  prework: Bring a knife
  objectives: [{id: O1, text: Hold a knife}, {id: O2, text: Cut an onion}]
  sessions:
    - {id: one, title: Hold, date: 2026-03-14}
    - {id: two, title: Cut, date: 2026-03-15, start: "18:00", budget: 40, room: Garden}
"""
BLOCKS = """
- {kind: content, id: cover, title: Cover, points: [a], time: 5, session: each}
- {kind: content, id: hold, title: Hold, points: [a], time: 25, objectives: [O1]}
- {kind: content, id: cut, title: Cut, points: [a], time: 35, session: two, objectives: [O2]}
"""


def session(number: int, text: str = BLOCKS, frame: str = FRAME) -> Outline:
    """Return one session's outline."""
    return sessions_of(outline(text, frame=frame))[number - 1]


def plans(text: str = BLOCKS, frame: str = FRAME) -> tuple[list[Plan | None], Diagnostics]:
    """Return the plans of all sessions, and what was found."""
    diagnostics = Diagnostics()
    sessions = sessions_of(outline(text, frame=frame))
    names = [f"s{k}" for k in range(len(sessions))]
    return make_plans(sessions, fit_sessions(sessions), names, diagnostics), diagnostics


def fits(text: str, frame: str = FRAME) -> list[Fit]:
    """Return the fits of all sessions."""
    return fit_sessions(sessions_of(outline(text, frame=frame)))


def kept(fitted: Fit) -> list[str]:
    """Return the ids of the blocks that run."""
    return [str(row.form.block.id) for row in fitted.rows if row.form]


class TestOutline:
    def test_an_outline_without_sessions_is_its_own_only_one(self) -> None:
        found = outline("- {kind: content, title: A, points: [a]}")
        assert sessions_of(found) == (found,)
        assert found.session_number == 0

    def test_blocks_follow_the_block_before_and_each_runs_in_every_one(self) -> None:
        assert [str(b.id) for b in session(1).blocks] == ["cover", "hold"]
        assert [str(b.id) for b in session(2).blocks] == ["cover", "cut"]
        assert [str(b.id) for b in session(2).others] == ["hold"]

    def test_what_a_session_leaves_out_is_the_workshops(self) -> None:
        one, two = session(1).workshop, session(2).workshop
        assert (one.start, one.budget, one.room, one.date) == (600, 30, "Kitchen", "2026-03-14")
        assert (two.start, two.budget, two.room, two.date) == (1080, 40, "Garden", "2026-03-15")

    def test_prework_comes_before_the_first_session_only(self) -> None:
        assert session(1).workshop.prework
        assert session(2).workshop.prework is None

    def test_a_budgets_place_is_that_of_the_session(self) -> None:
        own, shared = session(2).places["budget"], session(1).places["budget"]
        assert (own.line, shared.line) == (11, 4)

    def test_changes_go_to_the_session_asked_for(self) -> None:
        found, diagnostics = outline(BLOCKS, frame=FRAME), Diagnostics()
        changed = changed_sessions(found, Changes(budget=35), "one", diagnostics)
        assert [one.workshop.budget for one in changed] == [35, 40]
        everywhere = changed_sessions(found, Changes(people=7), None, diagnostics)
        assert [one.workshop.people.expected for one in everywhere] == [7, 7]
        assert not ids(diagnostics)

    def test_a_budget_for_all_sessions_is_an_error(self) -> None:
        diagnostics = Diagnostics()
        changed_sessions(outline(BLOCKS, frame=FRAME), Changes(budget=35), None, diagnostics)
        assert ids(diagnostics) == ["which-session"]

    def test_a_session_that_does_not_exist(self) -> None:
        diagnostics = Diagnostics()
        changed_sessions(outline(BLOCKS, frame=FRAME), Changes(), "on", diagnostics)
        found = next(iter(diagnostics))
        assert (found.id, found.hints) == ("unknown-session", ("did you mean `one`?",))


class TestFit:
    def test_each_session_is_fitted_to_its_own_budget(self) -> None:
        assert [(fitted.minutes, kept(fitted)) for fitted in fits(BLOCKS)] == [
            (30, ["cover", "hold"]),
            (40, ["cover", "cut"]),
        ]

    def test_what_a_later_must_needs_stays(self) -> None:
        text = """
        - {kind: content, id: small, title: S, points: [a], time: 20, priority: should}
        - {kind: content, id: large, title: L, points: [a], time: 20, priority: could}
        - {kind: content, id: cut, title: Cut, points: [a], time: 30, session: two, needs: [large]}
        """
        assert [kept(fitted) for fitted in fits(text)] == [["large"], ["cut"]]
        free = text.replace(", needs: [large]", "")
        assert [kept(fitted) for fitted in fits(free)] == [["small"], ["cut"]]

    def test_a_need_is_passed_on_through_a_session_between(self) -> None:
        frame = FRAME.rstrip() + "\n    - {id: three, date: 2026-03-16, budget: 30}\n"
        text = """
        - {kind: content, id: small, title: S, points: [a], time: 20, priority: should}
        - {kind: content, id: large, title: L, points: [a], time: 20, priority: could}
        - {kind: content, id: mid, title: M, points: [a], time: 9, session: two, needs: [large],
           priority: could}
        - {kind: content, id: end, title: E, points: [a], time: 9, session: three, needs: [mid]}
        """
        assert [kept(fitted) for fitted in fits(text, frame)] == [["large"], ["mid"], ["end"]]

    def test_what_needs_a_block_that_an_earlier_session_cut_goes_too(self) -> None:
        text = """
        - {kind: content, id: must, title: M, points: [a], time: 20}
        - {kind: content, id: large, title: L, points: [a], time: 20, priority: could}
        - {kind: content, id: cut, title: Cut, points: [a], time: 20, session: two}
        - {kind: content, id: more, title: More, points: [a], time: 10, priority: could,
           needs: [large]}
        """
        first, second = fits(text)
        assert kept(first) == ["must"]
        assert kept(second) == ["cut"]
        decision = next(d for d in second.decisions if d.block.id == "more")
        assert Words().tell(decision.why) == "it needs “L”, which does not take part"
        assert decision.is_lost_for_time

    def test_a_block_of_each_session_is_not_missed_where_it_runs(self) -> None:
        text = """
        - {kind: content, id: warm, title: W, points: [a], time: 5, priority: could, session: each}
        - {kind: content, id: long, title: L, points: [a], time: 30}
        - {kind: content, id: cut, title: C, points: [a], time: 20, session: two, priority: could,
           needs: [warm]}
        """
        assert [kept(fitted) for fitted in fits(text)] == [["long"], ["warm", "cut"]]


class TestPlans:
    def test_each_session_has_its_clock_and_its_objectives(self) -> None:
        (one, two), diagnostics = plans()
        assert one is not None
        assert two is not None
        assert (one.start, one.end) == (Clock(600), Clock(630))
        assert (two.start, two.end) == (Clock(1080), Clock(1120))
        assert [*one.promised] == ["Hold a knife"]
        assert [*two.promised] == ["Cut an onion"]
        assert ids(diagnostics) == []

    def test_an_objective_that_no_session_serves_is_told_once(self) -> None:
        _, diagnostics = plans(BLOCKS.replace(", objectives: [O2]", ""))
        assert ids(diagnostics) == ["unserved-objective"]

    def test_titles_name_the_session(self) -> None:
        (one, two), _ = plans()
        assert [plan.full_title for plan in (one, two) if plan] == [
            "Sharp knives, Session 1 of 2: Hold",
            "Sharp knives, Session 2 of 2: Cut",
        ]

    def test_a_session_that_does_not_fit_is_told_at_its_budget(self) -> None:
        made, diagnostics = plans(BLOCKS.replace("time: 35", "time: 50"))
        assert made[0] is not None
        assert made[1] is None
        found = [d for d in diagnostics if d.id == "does-not-fit"]
        assert [d.span.line for d in found if d.span] == [11]

    def test_sessions_may_follow_at_once_but_not_overlap(self) -> None:
        frame = FRAME.replace('2026-03-15, start: "18:00"', '2026-03-14, start: "10:30"')
        assert ids(plans(frame=frame)[1]) == []
        overlapping = plans(frame=frame.replace('"10:30"', '"10:29"'))[1]
        assert ids(overlapping) == ["session-overlap"]
        assert "begins 1 min before `one` ends" in next(iter(overlapping)).message

    def test_a_session_past_midnight_reaches_the_next_day(self) -> None:
        frame = FRAME.replace('start: "10:00"', 'start: "23:45"').replace(
            '2026-03-15, start: "18:00"', '2026-03-15, start: "00:10"'
        )
        assert ids(plans(frame=frame)[1]) == ["session-overlap"]
