"""Parts of the readers of population and figures per kommun."""
