"""Parts of the readers of Brå's layouts."""
