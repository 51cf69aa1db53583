"""Turns a `Plan` into the documents beside the deck: Markdown, one file for each reader.

Facts and their order are made in Python (`facilitator_notes`, `run_sheet`, `handout`), their form
stands in `templates/`, every word of ours in `labels`. An author's text becomes Markdown in one
place (`markdown.markdown`), and the handout's templates see only what participants may (`seen`).
"""
