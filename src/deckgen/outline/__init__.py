"""What the author wrote: the typed outline, how it is loaded, its editor schema."""
