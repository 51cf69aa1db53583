"""Decks and plans in, bytes out; the writers know nothing of each other."""
