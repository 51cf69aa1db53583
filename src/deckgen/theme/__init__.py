"""How decks look: tokens of themes, and the places that all themes share."""
