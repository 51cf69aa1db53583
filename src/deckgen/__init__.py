r"""deckgen: one YAML workshop outline in; a PowerPoint deck and facilitator documents out.

The steps, each with one value and one verb (`compiler.py` runs them):

    outline.yaml -load-> Outline -make_plan-> Plan -compose-> boxes -lay_out-> Deck -write_pptx-> .pptx
                                               \-write_documents-> facilitator notes, run sheet, handout
"""

from __future__ import annotations

__version__ = "0.1.0"
