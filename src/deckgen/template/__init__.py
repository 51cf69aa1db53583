"""A company's own PowerPoint file: read, matched to our slide layouts, and arranged for the engine."""
