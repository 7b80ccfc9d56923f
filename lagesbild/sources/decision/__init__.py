"""The file that the review page exports: what a forum decided, held to its format before anything else is done with it."""
