"""What a method brings to the notes of a block, and what of its author's replaces it."""

from __future__ import annotations

import pytest

from deckgen.diagnostics import Diagnostics
from deckgen.languages import known
from deckgen.methods import load_methods
from deckgen.plan.lints import check_craft
from deckgen.plan.model import Plan
from stages import plan

SORT = "{kind: activity, title: Sort, task: Sort them%s}"
TALK = "{kind: discussion, title: Talk, question: Why%s}"
METHOD = ", method: card_sort, time: 14"
PAIRS = ", method: think_pair_share, time: 5"


def made(*blocks: str, lang: str = "en-GB") -> Plan:
    listed = "\n".join(f"- {block}" for block in blocks)
    return plan(listed, frame=f"workshop: {{title: T, lang: {lang}}}")


def cues(found: Plan, place: int = 0) -> dict[str, tuple[str, ...]]:
    return {cue.label: cue.texts for cue in found.blocks[place].cues}


def advice(found: Plan) -> dict[str, str]:
    diagnostics = Diagnostics()
    check_craft(found, diagnostics)
    return {finding.id: finding.message for finding in diagnostics}


def test_a_method_brings_probes_and_a_debrief_under_its_name() -> None:
    found, method = made(SORT % METHOD), load_methods()["card_sort"]
    assert cues(found)["If stuck (Card sort)"] == method.probes
    asked = cues(found)["Debrief (Card sort)"]
    leads = ("What?", "So what?", "Now what?")
    assert asked == tuple(f"{a} {b}" for a, b in zip(leads, method.debrief, strict=True))
    assert "no-debrief" not in advice(found)
    notes = found.blocks[0].context.notes
    assert any(note.lead == "Debrief (Card sort)." for note in notes)


def test_an_authors_own_replace_them() -> None:
    own = ", debrief: {what: 'What was hard?'}, notes: {probes: [Who disagrees?]}"
    labels = cues(made(SORT % (METHOD + own)))
    assert labels["If stuck"] == ("Who disagrees?",)
    assert not [label for label in labels if "Card sort" in label]


def test_a_block_that_is_the_debrief_replaces_the_methods() -> None:
    debrief = "{kind: debrief, title: D, what: a, so_what: b, now_what: c}"
    assert "Debrief (Card sort)" not in cues(made(SORT % METHOD, "{kind: break}", debrief))
    assert "Debrief (Card sort)" in cues(made(SORT % METHOD, TALK % PAIRS, debrief))


def test_a_discussion_needs_no_debrief_but_answers_to_expect() -> None:
    found = made(TALK % PAIRS)
    assert not [label for label in cues(found) if label.startswith("Debrief")]
    assert advice(found) == {"few-probes": "`discussion` has 0 of 2 `expect` in its notes"}
    full = made(TALK % f"{PAIRS}, notes: {{expect: [Sun, Rain]}}")
    assert advice(full) == {}


def test_one_probe_of_an_authors_own_is_still_too_few() -> None:
    found = made(TALK % f"{PAIRS}, notes: {{probes: [Why?], expect: [Sun, Rain]}}")
    assert advice(found) == {"few-probes": "`discussion` has 1 of 2 `probes` in its notes"}


@pytest.mark.parametrize("block", [SORT % ", time: 5", TALK % ", time: 5"])
def test_without_a_method_the_advice_stays(block: str) -> None:
    assert {"no-debrief", "few-probes"} & {*advice(made(block))}
    assert not [label for label in cues(made(block)) if "(" in label]


@pytest.mark.parametrize("lang", sorted(known()))
def test_they_are_in_the_language_of_the_workshop(lang: str) -> None:
    labels = cues(made(SORT % METHOD, lang=lang))
    method = load_methods(lang)["card_sort"]
    assert next(t for label, t in labels.items() if method.name in label) == method.probes
