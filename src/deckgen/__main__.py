"""Runs the command line for `python -m deckgen`."""

from deckgen.cli import run

run()
