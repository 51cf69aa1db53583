"""A deck in, the bytes of a PowerPoint presentation out."""
