"""Parts of the reader of EST lists, and what all observations go through."""
