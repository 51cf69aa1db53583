"""Slides that announce a phase: one for each new phase, none unless asked for."""

from __future__ import annotations

import stages
from deckgen.boxes import State, plain

FRAME = 'workshop: {title: "Bread from scratch", phase_slides: PHASES, phases: {practice: "Knead"}}'
BLOCKS = """
  - {kind: title, title: "Bread from scratch", phase: connect, time: 2}
  - {kind: key_points, title: "Four things", phase: concept, time: 3, items: [Flour, Water]}
  - {kind: checklist, title: "At the table", phase: practice, time: 8, items: [Mix]}
  - {kind: checklist, title: "In the bowl", phase: practice, time: 4, items: [Fold]}
  - {kind: key_points, title: "No phase", time: 1, items: [Wait]}
"""


def slides(asked: str) -> list[tuple[str, str, str | None]]:
    sections = stages.sections(BLOCKS, frame=FRAME.replace("PHASES", asked))
    return [(s.slide_layout, plain(s.title), s.chip) for part in sections for s in part.slides]


def test_each_new_phase_begins_with_its_slide_and_its_minutes() -> None:
    announced = [slide for slide in slides("yes") if slide[0] == "Section"]
    assert announced == [("Section", "Concept", "3\u00a0min"), ("Section", "Knead", "13\u00a0min")]


def test_the_bar_marks_the_phase_and_names_all_four() -> None:
    sections = stages.sections(BLOCKS, frame=FRAME.replace("PHASES", "yes"))
    bar = sections[2].slides[0].bar
    assert bar is not None
    assert [segment.name for segment in bar.segments] == ["Connect", "Concept", "Knead", "Conclude"]
    assert [segment.state is State.BAR for segment in bar.segments] == [False, False, True, False]


def test_no_phase_slides_unless_asked_for() -> None:
    assert "Section" not in [slide[0] for slide in slides("no")]


def test_a_block_without_a_phase_goes_with_the_phase_around_it() -> None:
    blocks = (
        BLOCKS + '  - {kind: checklist, title: "Later", phase: practice, time: 2, items: [Bake]}\n'
    )
    sections = stages.sections(blocks, frame=FRAME.replace("PHASES", "yes"))
    assert [len(section.slides) for section in sections][-2:] == [1, 1]
