"""The version of deckgen; the one place that tells it."""

__version__ = "0.1.0"
