"""Advice on the craft: what is found in a plan, and what is not."""

from __future__ import annotations

import pytest

from deckgen.diagnostics import Diagnostics
from deckgen.plan.lints import active_share, check_craft
from deckgen.plan.model import Plan
from stages import plan

TALK = "{kind: content, title: Talk, text: a, time: %d}"
QUIZ = "{kind: quiz, title: Quiz, items: [{q: a, a: b}], time: %d}"


def craft(made: Plan) -> set[str]:
    """Return the ids of all advice on a plan."""
    found = Diagnostics()
    check_craft(made, found)
    return {finding.id for finding in found}


def with_objective(text: str, lang: str = "en-GB") -> set[str]:
    frame = f'workshop: {{title: T, lang: {lang}, objectives: ["{text}"]}}'
    return craft(plan("- {kind: recap, takeaways: [a]}", frame=frame))


@pytest.mark.parametrize(
    "text",
    [
        "Know the parts of a hive",
        "to understand bees",
        "You will be able to appreciate honey",
        "Participants will learn to light a smoker",
        "Be aware of swarms",
        "Become familiar with frames",
        "**Realise** why",
        "Have a good overview of hives",
    ],
)
def test_verbs_that_nobody_can_observe(text: str) -> None:
    assert with_objective(text) == {"objective-verb"}


@pytest.mark.parametrize("text", ["Light a smoker", "Explain what bees know", "Knowingly err"])
def test_verbs_that_people_see(text: str) -> None:
    assert with_objective(text) == set()


def test_verbs_are_judged_in_english_only() -> None:
    assert with_objective("Know", "en-US") == {"objective-verb"}
    assert with_objective("Know", "de-DE") == set()


@pytest.mark.parametrize(
    ("minutes", "found"),
    [((15,), False), ((16,), True), ((10, 6), True), ((10, 0, 6), True)],
)
def test_talk_in_a_row(minutes: tuple[int, ...], *, found: bool) -> None:
    blocks = "\n".join(f"- {TALK % part}" for part in minutes)
    assert ("long-talk" in craft(plan(f"{blocks}\n- {QUIZ % 40}"))) is found


def test_work_between_parts_talk() -> None:
    blocks = f"- {TALK % 15}\n- {QUIZ % 45}\n- {TALK % 15}"
    assert "long-talk" not in craft(plan(blocks))


@pytest.mark.parametrize(
    ("talk", "work", "found"), [(8, 12, False), (9, 11, True), (15, 0, False), (9, 6, False)]
)
def test_the_active_share(talk: int, work: int, *, found: bool) -> None:
    made = plan(f"- {TALK % talk}\n- {QUIZ % work}\n- {{kind: break, time: 40}}")
    assert active_share(made) == 100 * work // (talk + work)
    assert ("low-active-share" in craft(made)) is found


def test_advice_on_the_active_share_says_how_to_take_it_and_how_to_switch_it_off() -> None:
    found = Diagnostics()
    check_craft(plan(f"- {TALK % 20}"), found)
    (advice,) = (one for one in found if one.id == "low-active-share")
    assert "`ignore: [low-active-share]`" in " ".join(advice.hints)


def test_a_session_without_minutes_has_no_share() -> None:
    assert active_share(plan(f"- {TALK % 0}")) is None


@pytest.mark.parametrize(
    ("mode", "minutes", "found"),
    [
        ("in_person", 99, False),
        ("in_person", 100, True),
        ("online", 69, False),
        ("online", 70, True),
    ],
)
def test_breaks(mode: str, minutes: int, *, found: bool) -> None:
    frame = f"workshop: {{title: T, mode: {mode}}}"
    assert ("no-break" in craft(plan(f"- {QUIZ % minutes}", frame=frame))) is found
    parted = f"- {QUIZ % (minutes - 40)}\n- {{kind: break}}\n- {QUIZ % 40}"
    assert "no-break" not in craft(plan(parted, frame=frame))


@pytest.mark.parametrize("budget", range(60, 400, 17))
def test_breaks_that_the_fit_puts_in_are_enough(budget: int) -> None:
    frame = f"workshop: {{title: T, budget: {budget}}}"
    parts = "\n".join(f"- {QUIZ.replace('%d', '[1, 10, 20]')}" for _ in range(24))
    assert "no-break" not in craft(plan(parts, frame=frame))


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("- {kind: debrief, what: a}", False),
        ("- {kind: break}\n- {kind: debrief, what: a}", False),
        ("- {kind: recap, takeaways: [a]}", True),
        ("", True),
    ],
)
def test_a_debrief_may_follow(after: str, *, found: bool) -> None:
    made = plan(f"- {{kind: activity, title: A, task: b}}\n{after}")
    assert ("no-debrief" in craft(made)) is found


@pytest.mark.parametrize(
    ("fields", "lang", "found"),
    [
        ("method: think_pair_share", "en", False),
        ("method: fishbowl", "en", True),
        ("steps: ['Talk about it', 'Write alone']", "en", True),
        ("steps: ['Write alone', 'Talk about it']", "en", False),
        ("steps: ['Reden']", "de", False),
    ],
)
def test_silence_before_talk(fields: str, lang: str, *, found: bool) -> None:
    frame = f"workshop: {{title: T, lang: {lang}}}"
    made = plan(f"- {{kind: discussion, title: A, question: b, {fields}}}", frame=frame)
    assert ("no-silent-start" in craft(made)) is found


@pytest.mark.parametrize(
    ("fields", "mode", "found"),
    [
        ("", "in_person", True),
        ("", "hybrid", True),
        ("", "online", False),
        ("notes: {seated: Hold up a card}", "in_person", False),
        ("alt: {method: poll}", "in_person", False),
        ("alt: {method: gallery_walk}", "in_person", True),
    ],
)
def test_a_seated_form(fields: str, mode: str, *, found: bool) -> None:
    frame = f"workshop: {{title: T, mode: {mode}}}"
    block = f"- {{kind: activity, title: A, method: four_corners, {fields}}}".replace(", }", "}")
    assert ("no-seated-form" in craft(plan(block, frame=frame))) is found
