"""The same content by a plain python-pptx script, as its documentation teaches: COUNT OUT."""

from __future__ import annotations

import sys

from content import BenchSlide, bench_slides
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Inches


def add_slide(deck: Deck, slide: BenchSlide) -> None:
    """Add one slide with its notes."""
    page = deck.slides.add_slide(deck.slide_layouts[5 if slide.rows else 1])
    page.shapes.title.text = slide.title
    if slide.rows:
        frame = page.shapes.add_table(
            len(slide.rows) + 1, 3, Inches(1), Inches(2), Inches(8), Inches(3)
        )
        for r, row in enumerate((("", "Task", "Owner"), *slide.rows)):
            for c, text in enumerate(row):
                frame.table.cell(r, c).text = text
    else:
        body = page.placeholders[1].text_frame
        body.text = slide.bullets[0]
        for text in slide.bullets[1:]:
            body.add_paragraph().text = text
    notes = page.notes_slide.notes_text_frame
    notes.text = slide.notes[0]
    notes.add_paragraph().text = slide.notes[1]


deck = Presentation()
for bench_slide in bench_slides(int(sys.argv[1])):
    add_slide(deck, bench_slide)
deck.save(sys.argv[2])
