"""Parts of the readers of the police's layouts."""
