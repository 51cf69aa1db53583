"""Boxes and a theme in, frames at fixed places out: every text measured and fitted."""
