"""Turns font files into tables of widths: one JSON file per face, read by `deckgen.layout.text`.

Holds data and the script that makes it, no code of the compiler. The fonts are the free twins of
the Office faces (same advance widths); every file names the version and the licence of its font.
"""
