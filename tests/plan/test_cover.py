"""The cover that no block is: what stands on it, and when there is none."""

from __future__ import annotations

import pytest

from deckgen.boxes import SlideBoxes, TextBox, plain
from deckgen.diagnostics import Diagnostics, Source
from deckgen.outline.changes import Changes
from deckgen.outline.load import outlines_in
from deckgen.outline.sessions import changed_sessions
from deckgen.plan.compose import compose
from deckgen.plan.make import make_plans
from deckgen.plan.sessions import fit_sessions
from deckgen.reading.fields import Clock, Text
from deckgen.render.documents.facilitator_notes import facilitator_notes
from deckgen.render.documents.schedule import Slides

TALK = "- {kind: content, title: One, points: [a], time: 5}"
COVER = "- {kind: title, title: Mine, time: 5}"


def decks(
    frame: str = "",
    blocks: str = TALK,
    rest: str = "",
    audience: str | None = None,
    **flags: object,
) -> list[list[SlideBoxes]]:
    """Return the slides of each session."""
    text = f"workshop: {{title: The *Zoo*{frame}}}\nblocks:\n  {blocks}\n{rest}"
    diagnostics = Diagnostics()
    outline = outlines_in(Source("o.yaml", text), diagnostics).of(audience, diagnostics)
    assert outline, [*diagnostics]
    changes = Changes(**flags)  # type: ignore[arg-type]
    sessions = changed_sessions(outline, changes, None, diagnostics)
    plans = make_plans(sessions, fit_sessions(sessions), ["o"] * len(sessions), diagnostics)
    assert all(plans), [*diagnostics]
    return [[b for section in compose(p) for b in section.slides] for p in plans if p]


def cover(frame: str = "", **flags: object) -> dict[str, str]:
    """Return the facts on the cover by their labels."""
    ((first, *_),) = decks(frame, **flags)
    assert first.slide_layout == "Title"
    boxes = (box for name, box in first.boxes.items() if name.startswith("fact"))
    parts = [[plain(p.runs) for p in box.paragraphs] for box in boxes if isinstance(box, TextBox)]
    return dict(parts)  # type: ignore[arg-type]


def layouts(*args: str, **named: str) -> list[list[str]]:
    return [[boxes.slide_layout for boxes in deck] for deck in decks(*args, **named)]


def test_a_cover_comes_of_the_workshop() -> None:
    ((first, second),) = decks(", subtitle: All animals, team: {lead: Ada}")
    assert (plain(first.title), second.slide_layout) == ("The Zoo", "Content")
    assert first.boxes["subtitle"].paragraphs[0].runs[0].text == "All animals"  # type: ignore[union-attr]
    assert (first.chip, first.notes) == (None, ())


def test_it_takes_no_minutes_and_no_number() -> None:
    text = f"workshop: {{title: T}}\nblocks:\n  {TALK}\n"
    outline = outlines_in(Source("o.yaml", text), Diagnostics()).of(None, Diagnostics())
    assert outline
    (plan,) = make_plans([outline], fit_sessions([outline]), ["o"], Diagnostics())
    assert plan
    assert [(planned.ref, planned.minutes) for planned in plan.blocks] == [("B1", 5)]
    assert plan.minutes == 5


@pytest.mark.parametrize(
    ("frame", "flags", "facts"),
    [
        ("", {}, {"How long": "5 minutes"}),
        (", start: '10:00'", {}, {"When": "10:00–10:05", "How long": "5 minutes"}),
        ("", {"start": Clock(600)}, {"When": "10:00–10:05", "How long": "5 minutes"}),
        (", date: 2026-03-14", {}, {"When": "14 March 2026", "How long": "5 minutes"}),
        ("", {"date": Text("2026-03-14")}, {"When": "14 March 2026", "How long": "5 minutes"}),
        (", people: 120", {}, {"How long": "5 minutes", "People": "120 people"}),
        ("", {"people": 120}, {"How long": "5 minutes", "People": "120 people"}),
        (
            ", people: {expected: 120, group: 4}",
            {},
            {"How long": "5 minutes", "People": "120 people, groups of 4"},
        ),
        (", people: 9, room: Hall", {}, {"How long": "5 minutes", "Room": "Hall"}),
        (", people: null, start: null", {}, {"How long": "5 minutes"}),
    ],
)
def test_it_says_only_what_somebody_gave(
    frame: str, flags: dict[str, object], facts: dict[str, str]
) -> None:
    assert cover(frame, **flags) == facts


def test_the_notes_say_only_what_somebody_gave() -> None:
    def head(frame: str) -> str:
        text = f"workshop: {{title: T{frame}}}\nblocks:\n  {TALK}\n"
        outline = outlines_in(Source("o.yaml", text), Diagnostics()).of(None, Diagnostics())
        assert outline
        (plan,) = make_plans([outline], fit_sessions([outline]), ["o"], Diagnostics())
        assert plan
        document = facilitator_notes(plan, Slides())
        assert "12 are assumed" in str(document.values["tasks"]) or "people" in frame
        return str(document.values["facts"])

    assert head("") == "5 min."
    assert head(", people: 30, mode: online") == "5 min, 30 people, online."
    assert head(", start: '10:00'") == "10:00 to 10:05, 5 min."


class TestWhereThereIsNone:
    def test_a_block_is_the_cover(self) -> None:
        assert layouts(blocks=f"{COVER}\n  {TALK}") == [["Title", "Content"]]
        assert layouts(blocks=f"{TALK}\n  {COVER}") == [["Content", "Title"]]

    def test_nobody_wants_one(self) -> None:
        assert layouts(", cover: false") == [["Content"]]

    def test_an_audience_takes_its_block_out(self) -> None:
        blocks = f"- {{kind: title, id: mine, title: Mine, time: 5}}\n  {TALK}"
        rest = "audiences: {few: {blocks: {mine: null}}}\n"
        assert layouts(blocks=blocks, rest=rest, audience="few") == [["Content"]]

    def test_a_condition_keeps_its_block_out(self) -> None:
        blocks = f"- {{kind: title, title: Mine, when: {{people: '>99'}}}}\n  {TALK}"
        assert layouts(blocks=blocks) == [["Content"]]


def test_each_session_has_its_own() -> None:
    frame = ", people: 9, sessions: [{id: a}, {id: b, start: '14:00', people: 3}]"
    blocks = f"{TALK}\n  - {{kind: content, title: Two, points: [b], session: b, time: 5}}"
    found = decks(frame, blocks)
    assert [[boxes.slide_layout for boxes in deck] for deck in found] == [["Title", "Content"]] * 2
    lines = [deck[0].boxes["subtitle"].paragraphs[0].runs[0].text for deck in found]  # type: ignore[union-attr]
    assert lines == ["Session 1 of 2", "Session 2 of 2"]
    facts = [str(deck[0].boxes) for deck in found]
    assert ["14:00–14:05" in text for text in facts] == [False, True]
    assert ["09:00" in text for text in facts] == [False, False]
    assert ["9 people" in text for text in facts] == [True, False]


def test_its_name_is_free_for_blocks() -> None:
    ((first, second),) = decks(blocks="- {kind: content, id: cover, title: One, points: [a]}")
    assert (first.key, second.key) == ("cover-2", "cover")
