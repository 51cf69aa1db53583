"""A hidden block: its slides are in the deck, and nobody plans to show them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from deckgen.compiler import Compiled, Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.render.documents.options import DocumentOptions

STEPS = ["4 min: Deal", "6 min: Sort"]
SPARE = {"kind": "activity", "id": "spare", "title": "Spare", "steps": STEPS, "hidden": True}


def blocks(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"kind": "title", "id": "cover", "title": "Cover", "time": 0},
        {"kind": "agenda", "id": "plan"},
        {"kind": "content", "id": "first", "title": "First", "time": 5, "points": ["One"]},
        *more,
        {"kind": "content", "id": "last", "title": "Last", "time": 5, "points": ["Two"]},
    ]


def compiled(
    tmp_path: Path, *more: dict[str, Any], options: Options | None = None, **workshop: Any
) -> Compiled:
    path = tmp_path / "o.yaml"
    outline = {"workshop": {"title": "T", "cover": False, **workshop}, "blocks": blocks(*more)}
    path.write_text(json.dumps(outline), encoding="utf-8")
    return check(path, Diagnostics(), options or Options())[0]


def shown(pptx: bytes) -> list[bool]:
    """Return whether the show has each slide, as a reader of the file finds it."""
    return [s._element.get("show") != "0" for s in Presentation(io.BytesIO(pptx)).slides]


def pptx_of(made: Compiled) -> bytes:
    return next(content for name, content in render(made).items() if name.endswith(".pptx"))


def test_every_slide_of_it_is_hidden_and_no_other(tmp_path: Path) -> None:
    debrief = {"what": "What?", "so_what": "So?"}
    made = compiled(tmp_path, SPARE | {"debrief": debrief})
    assert shown(pptx_of(made)) == [True, True, True, False, False, True]


def test_it_takes_no_minutes_and_is_in_no_agenda(tmp_path: Path) -> None:
    plan = compiled(tmp_path, SPARE).plan
    assert [(p.block.id, p.minutes) for p in plan.blocks][3] == ("spare", 0)
    assert plan.minutes == 10
    assert "spare" not in [entry.block_id for entry in plan.entries if entry.minutes]
    assert plan.blocks[2].context.next_title == "Last"


def test_its_slide_says_the_minutes_that_it_takes_if_it_is_shown(tmp_path: Path) -> None:
    planned = compiled(tmp_path, SPARE).plan.blocks[3]
    assert [step.minutes for step in planned.steps] == [4, 6]
    assert planned.context.minutes == 10


def test_minutes_of_its_own_hold(tmp_path: Path) -> None:
    plan = compiled(tmp_path, SPARE | {"time": 10}).plan
    assert plan.minutes == 20
    assert "spare" in [entry.block_id for entry in plan.entries]


def test_reports_of_groups_add_nothing_to_it(tmp_path: Path) -> None:
    steps = [{"do": "Report", "min": 1, "per_group": 3}]
    assert compiled(tmp_path, SPARE | {"steps": steps}, people=40).plan.minutes == 10


@pytest.mark.parametrize("level", ["full", "brief"])
def test_the_notes_say_how_to_show_it(tmp_path: Path, level: Any) -> None:
    made = compiled(tmp_path, SPARE, options=Options(speaker_notes=level))
    notes = [slide.notes for slide in made.deck.slides()]
    leads = [[note.lead for note in found] for found in notes]
    assert ["Hidden." in found for found in leads] == [False, False, False, True, False]
    documents = render(made)
    text = next(c.decode() for n, c in documents.items() if n.endswith("facilitator-notes.md"))
    assert text.count("**Hidden.**") == 1
    assert "slide 4, hidden" in text


def test_participants_have_it_hidden_too(tmp_path: Path) -> None:
    options = Options(documents=DocumentOptions(edition="participant"))
    made = compiled(tmp_path, SPARE, options=options)
    files = render(made, options)
    deck = next(content for name, content in files.items() if name.endswith(".pptx"))
    assert shown(deck) == [True, True, True, False, True]
    handout = next(c.decode() for n, c in files.items() if n.endswith("handout.md"))
    assert "### Spare" in handout


def test_it_begins_no_phase(tmp_path: Path) -> None:
    made = compiled(tmp_path, SPARE | {"phase": "conclude"}, phase_slides=True)
    assert len(shown(pptx_of(made))) == 5
