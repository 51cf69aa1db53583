"""What an author writes is what people get: every word of it, unaltered, or a finding at its place.

Each trap is an outline as people write them, and either the words of it that must stand in the deck
and in the facilitator notes (compared as word lists, case and all), or the finding that says at which
line and column something would be lost.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, NamedTuple

import pytest
from markdown_it import MarkdownIt
from pptx import Presentation
from pptx.oxml.ns import qn

from deckgen.compiler import make_build
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.load import load_outlines

MARKERS = {"-", "|", ">", "1.", "3.", "##", "```", "**", "~~", "$"}  # no deck shows any

FRAME = """\
deckgen: 1
workshop:
  title: "Bread for beginners"
  budget: 60
"""


class Trap(NamedTuple):
    """Blocks of an outline, and its words that must be kept, or the finding and its place."""

    blocks: str
    words: str = ""
    finding: str = ""
    at: tuple[int, int] = (0, 0)
    workshop: str = ""


TRAPS = {
    "paragraphs": Trap(
        """
        - kind: content
          title: Flour
          text: |
            Strong flour holds gas.

            Weak flour crumbles;
            use it for biscuits.
        """,
        "Strong flour holds gas. Weak flour crumbles; use it for biscuits.",
    ),
    "a list in a text": Trap(
        """
        - kind: content
          title: Flour
          text: |
            Buy two kinds:

            - rye, which is dark
              - coarse rye
              - fine rye
            - spelt, which is NOT wheat
        """,
        "Buy two kinds: rye, which is dark coarse rye fine rye spelt, which is NOT wheat",
    ),
    "a numbered list": Trap(
        """
        - kind: content
          title: Steps
          text: |
            3. Fold the dough
            4. Rest it
               1. covered
               2. in a cool place
        """,
        "Fold the dough Rest it covered in a cool place",
    ),
    "a table": Trap(
        """
        - kind: content
          title: Flours
          text: |
            What the numbers mean:

            | Type | Ash | Use |
            |:-----|----:|-----|
            | 405 | 0.50 | cakes |
            | 1050 | 1.20 | `bread` and **rolls** |
        """,
        "What the numbers mean: Type Ash Use 405 0.50 cakes 1050 1.20 bread and rolls",
    ),
    "fenced code": Trap(
        """
        - kind: content
          title: Scales
          text: |
            Read the scale:

            ```python
            grams = read()  # not ounces
            if grams < 500:
                raise Light("$5 <b>&amp;</b>")
            ```
        """,
        'Read the scale: grams = read() # not ounces if grams < 500: raise Light("$5 <b>&amp;</b>")',
    ),
    "a quotation": Trap(
        """
        - kind: content
          title: Patience
          text: |
            > Dough waits for nobody.
            >
            > Nor do bakers.

            So set a timer.
        """,
        "Dough waits for nobody. Nor do bakers. So set a timer.",
    ),
    "a heading in a text": Trap(
        """
        - kind: content
          title: Ovens
          text: |
            ## Deck ovens
            Heat from below.
            ## Fan ovens
            Heat from the sides.
        """,
        "Deck ovens Heat from below. Fan ovens Heat from the sides.",
    ),
    "marks": Trap(
        """
        - kind: content
          title: Salt
          text: "*Never* forget **the salt**, ~~sugar~~ and `2 %` of it; snake_case and 2*3*4 stay."
        """,
        "Never forget the salt, sugar and 2 % of it; snake_case and stay.",
    ),
    "links": Trap(
        """
        - kind: content
          title: Read on
          text: |
            See [the table](tables/flour.md), [the mill](https://example.org/mill "Mill house")
            and <https://example.org/oven>.
        """,
        "See the table, the mill and https://example.org/oven.",
    ),
    "hard breaks": Trap(
        """
        - kind: content
          title: Address
          text: |
            Old Mill\\
            River Lane 3\\
            Open on Mondays
        """,
        "Old Mill River Lane 3 Open on Mondays",
    ),
    "a list that YAML folds": Trap(
        """
        - kind: content
          title: Flour
          points:
            - rye
              - coarse
              - fine
            - spelt
        """,
        finding="misread-text",
        at=(10, 9),
    ),
    "a comment that eats words": Trap(
        """
        - kind: content
          title: Tickets
          points:
            - Issue #5 is # important
            - closed
        """,
        finding="misread-text",
        at=(9, 15),
    ),
    "an inline equation": Trap(
        """
        - kind: content
          title: Growth
          text: "After $n$ hours the yeast is $m_0 e^{kn}$ grams."
        """,
        "After hours the yeast is grams.",
    ),
    "a displayed equation": Trap(
        """
        - kind: content
          title: Growth
          text: |
            It doubles:

            $$ m(t) = m_0 \\cdot 2^{t/T} $$

            until the sugar is gone.
        """,
        "It doubles: until the sugar is gone.",
    ),
    "an equation that cannot be read": Trap(
        """
        - kind: content
          title: Growth
          text: "It grows like $\\\\frac{1}{2$ at first."
        """,
        finding="unreadable-equation",
        at=(8, 36),
    ),
    "amounts of money": Trap(
        """
        - kind: content
          title: Prices
          text: "A loaf costs $5 or $7, not $12; a US$-price is no equation."
        """,
        "A loaf costs $5 or $7, not $12; a US$-price is no equation.",
    ),
    "case of objectives": Trap(
        """
        - kind: objectives
        """,
        "eBay prices: read them GLUTEN explained de Gaulle's baguette Weigh flour",
        workshop="""
        objectives: ["eBay prices: read them", GLUTEN explained, de Gaulle's baguette, Weigh flour]
        """,
    ),
    "case of an exit ticket": Trap(
        """
        - kind: exit_ticket
          title: Before you go
          prompts: ["iPhone photo of MY loaf: …", "what STILL puzzles me", "NASA bread?"]
        """,
        "iPhone photo of MY loaf: what STILL puzzles me NASA bread?",
    ),
    "case of what is produced": Trap(
        """
        - kind: activity
          title: Knead
          method: think_pair_share
          time: 15
          produce: "A dough that passes the Windowpane Test"
          steps: ["Oil the bowl", "KNEAD ten minutes", "eat nothing"]
        """,
        "A dough that passes the Windowpane Test Oil the bowl KNEAD ten minutes eat nothing",
    ),
    "a long text": Trap(
        "- kind: content\n  title: Long\n  text: |\n"
        + "".join(f"    Paragraph {k} of dough number {k} rises.\n\n" for k in range(60)),
        " ".join(f"Paragraph {k} of dough number {k} rises." for k in range(60)),
    ),
    "a table of eight columns": Trap(
        """
        - kind: content
          title: Week
          text: |
            | Mon | Tue | Wed | Thu | Fri | Sat | Sun | Sum |
            |--|--|--|--|--|--|--|--|
            | rye | oat | rye | oat | rye | oat | rest | 6 |
            | 11 | 12 | 13 | 14 | 15 | 16 | 0 | 81 |
        """,
        "Mon Tue Wed Thu Fri Sat Sun Sum rye oat rye oat rye oat rest 6 11 12 13 14 15 16 0 81",
    ),
    "four columns": Trap(
        """
        - kind: content
          title: Four ways
          columns:
            - title: By hand
              points: [slow, "cheap & cheerful"]
            - title: By machine
              text: "fast, *loud*"
              caption: "Spiral mixer"
            - title: No-knead
              quote: "Time does the work."
            - title: Sourdough
              number: "48 h"
              caption: "from start to crust"
        """,
        "By hand slow cheap & cheerful By machine fast, loud Spiral mixer No-knead "
        "\u201cTime does the work.\u201d Sourdough 48 h from start to crust",
    ),
    "notes as one text": Trap(
        """
        - kind: content
          title: Yeast
          points: [fresh, dry]
          notes: "Show BOTH kinds; let them smell."
        """,
        "fresh dry Show BOTH kinds; let them smell.",
    ),
    "notes with lists and tables": Trap(
        """
        - kind: content
          title: Yeast
          points: [fresh, dry]
          notes:
            say: |
              Two kinds:

              1. fresh keeps two weeks
              2. dry keeps a year

              | kind | grams |
              |------|-------|
              | fresh | 21 |
              | dry | 7 |
        """,
        "fresh dry Two kinds: fresh keeps two weeks dry keeps a year kind grams fresh 21 dry 7",
    ),
    "minutes in steps": Trap(
        """
        - kind: activity
          title: Shape
          time: 15
          steps: ["5 Deal the cards", "8 Shape one loaf each", "2 Swap"]
        """,
        "Deal the cards Shape one loaf each Swap",
    ),
    "a number that is no time": Trap(
        """
        - kind: activity
          title: Shape
          time: 10
          steps: ["3 people present, the others listen", "Swap"]
        """,
        "3 people present, the others listen Swap",
    ),
    "a resource without an address": Trap(
        """
        - kind: resources
          title: Read on
          links:
            - name: "The old baker's ledger (1911)"
            - {name: "Mill", url: "https://example.org/mill"}
        """,
        "The old baker's ledger (1911) Mill",
    ),
    "a hidden slide": Trap(
        """
        - kind: content
          title: Backup
          hidden: true
          text: "Only if SOMEBODY asks about spelt."
        """,
        "Only if SOMEBODY asks about spelt.",
    ),
    "a section": Trap(
        """
        - kind: section
          title: "Part TWO: ovens"
        - kind: content
          title: Heat
          points: [top, bottom]
        """,
        "Part TWO: ovens top bottom",
    ),
    "other scripts": Trap(
        """
        - kind: content
          title: "パン 🍞"
          text: "Brot heißt خبز auf Arabisch, 面包 auf Chinesisch – naïve façade ½ ™."
        """,
        "パン 🍞 Brot heißt خبز auf Arabisch, 面包 auf Chinesisch – naïve façade ½ ™.",
    ),
    "what looks like HTML": Trap(
        """
        - kind: content
          title: Tags
          text: "Write <b>bold</b> & <br> as text, AT&T too."
          points: ["1 < 2 > 0", "&copy is no entity"]
        """,
        "Write <b>bold</b> & <br> as text, AT&T too. 1 < 2 > 0 &copy is no entity",
    ),
    "a colon": Trap(
        """
        - kind: activity
          title: Roles
          time: 10
          steps:
            - Giver: gives the loaf
            - Taker: takes it
        """,
        finding="wrong-type",
        at=(10, 9),
    ),
    "a picture that is not there": Trap(
        """
        - kind: image
          title: Crust
          file: crust.png
          alt: "A dark crust"
        """,
        finding="cannot-read-picture",
        at=(8, 11),
    ),
    "indented code": Trap(
        """
        - kind: code
          title: Loop
          language: python
          code: |
            for loaf in oven:
                if loaf.dark:   # not black
                    loaf.take()
        """,
        "for loaf in oven: if loaf.dark: # not black loaf.take()",
    ),
    "block Markdown in a field of one line": Trap(
        """
        - kind: content
          title: Flour
          points:
            - |
              rye

              - coarse
              - fine
        """,
        finding="one-line-text",
        at=(9, 9),
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_every_word_is_kept_or_its_place_is_told(name: str, tmp_path: Path) -> None:
    trap = TRAPS[name]
    path = tmp_path / "outline.yaml"
    path.write_text(outline_of(trap), encoding="utf-8")
    diagnostics = Diagnostics()
    try:
        files = make_build(load_outlines(path, diagnostics), diagnostics).files
    except DeckgenError:
        files = {}
    found = [(each.id, each.span.line, each.span.column) for each in diagnostics if each.span]
    if trap.finding:
        assert (trap.finding, *trap.at) in found
        return
    assert files, found
    slides = list(Presentation(io.BytesIO(files["outline.pptx"])).slides)
    shown = [word for slide in slides for word in _element_words(slide._element)]
    notes = [slide.notes_slide._element for slide in slides if slide.has_notes_slide]
    kept = {"deck": shown + [word for element in notes for word in _element_words(element)]}
    documents = (files[f"outline.{name}.md"].decode() for name in ("facilitator-notes", "handout"))
    kept["documents"] = [word for text in documents for word in _words(_plain(text))]
    for where, words in kept.items():
        lost = Counter(_words(trap.words)) - Counter(words)
        assert not lost, f"{where} lost {sorted(lost)}; findings: {found}"
    if "fenced" not in name and "HTML" not in name:
        assert not MARKERS & set(shown)


def outline_of(trap: Trap) -> str:
    """Return the outline of a trap as its author wrote it."""
    frame, blocks = (
        indent(dedent(part).strip("\n"), "  ") for part in (trap.workshop, trap.blocks)
    )
    return "\n".join(filter(None, (FRAME.rstrip(), frame, "blocks:", blocks, "")))


def _words(text: str) -> Iterator[str]:
    """Yield words; a document sets a colon after a name whose address follows."""
    words = (word.rstrip(":") for word in re.split(r"[\s\u00a0\u200b]+", text))
    yield from filter(None, words)


def _element_words(element: Any) -> Iterator[str]:
    """Yield the words of all paragraphs; a line break parts words."""
    for paragraph in element.iter(qn("a:p")):
        parts = (
            "\n" if part.tag == qn("a:br") else part.text or ""
            for part in paragraph.iter(qn("a:t"), qn("a:br"))
        )
        yield from _words("".join(parts))


def _plain(markdown: str) -> str:
    """Return the text of a Markdown document without its marks."""
    tokens = (
        MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(markdown)
    )
    return "\n".join(
        "".join(_inline(token.children or [])) if token.type == "inline" else token.content
        for token in tokens
    )


def _inline(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        yield "\n" if token.type in ("softbreak", "hardbreak") else token.content
