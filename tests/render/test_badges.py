"""Name badges: one for each person, dealt to the tables, and spare ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler import Options, build
from deckgen.diagnostics import Diagnostics
from deckgen.document.nodes import Cards
from deckgen.document.texts import BLANK
from deckgen.plan.model import Plan
from deckgen.render.documents.badges import badges
from deckgen.render.documents.options import DocumentOptions
from stages import plan

BLOCKS = "- {kind: key_points, title: T, time: 5, items: [One, Two]}"
FRAME = 'workshop: {{title: "Sharp *knives* | x", people: {people}, team: {{lead: Ana, host: host}}{more}}}'


def made(people: str, more: str = "") -> tuple[Plan, Cards]:
    """Return a plan and its badges."""
    planned = plan(BLOCKS, frame=FRAME.format(people=people, more=more))
    (cards,) = badges(planned).parts["badges"]
    assert isinstance(cards, Cards)
    return planned, cards


def test_everyone_has_a_badge_and_a_tenth_are_spare() -> None:
    _, cards = made("{expected: 21, group: 4}")
    assert len(cards.cards) == 2 + 21 + 3
    assert {card.head for card in cards.cards} == {"Sharp knives \\| x"}
    assert cards.cards[0].lines == ("**Ana**", "Lead")
    assert cards.cards[1].lines == (BLANK, "Host")


def test_people_are_dealt_to_the_tables_in_turn() -> None:
    _, cards = made("{expected: 12, group: 4}")
    tables = [card.lines[2] for card in cards.cards[2:14]]
    assert tables == ["Table 1", "Table 2", "Table 3"] * 4
    assert [len(card.lines) for card in cards.cards[14:]] == [2, 2]


@pytest.mark.parametrize(
    ("people", "more"), [("{expected: 5, group: 5}", ""), ("12", ", mode: online")]
)
def test_one_table_and_none_need_no_number(people: str, more: str) -> None:
    _, cards = made(people, more)
    assert {len(card.lines) for card in cards.cards[2:]} == {2}


@pytest.mark.parametrize("lang", ["de", "ja", "ar"])
def test_badges_are_written_where_they_are_asked_for(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(
        f"workshop: {{title: T, lang: {lang}}}\nblocks:\n  {BLOCKS}\n", encoding="utf-8"
    )
    for with_badges in (False, True):
        for edition in ("facilitator", "participant"):
            documents = DocumentOptions(edition=edition, badges=with_badges)
            options = Options(documents=documents, formats=("html",))
            written = build(path, tmp_path / "out", Diagnostics(), options)
            names = {file.name for file in written if ".badges." in file.name}
            is_there = with_badges and edition == "facilitator"
            assert names == ({"o.badges.md", "o.badges.html"} if is_there else set())
