"""YAML text in, typed values that know their place out; for outlines and for themes."""
